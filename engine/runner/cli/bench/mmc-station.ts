/** One M/M/c station: its speed beside SimPy's, and its mean wait beside Erlang C's. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Simulation } from '../../../simulation/simulation.ts';
import { mmc } from '../../../simulation/theory.ts';
import { deskFigures, oneStation } from '../../../trust/one-station.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { paired, rateOf } from './paired.ts';

const [ARRIVALS_PER_S, SERVICES_PER_S, SERVERS] = [8, 1, 10];
const SEEDS = 30;
/** The interpreters that may have SimPy: the first one found, and that of Debian's packages. */
const PYTHONS = ['python3', '/usr/bin/python3'];
const SCRIPT = fileURLToPath(new URL('./peers/mmc.py', import.meta.url));

const stationOf = (customers: number) =>
  oneStation(ARRIVALS_PER_S, customers, {
    servers: SERVERS,
    service: { law: 'exponential', meanMs: 1000 / SERVICES_PER_S },
  });

function simulate(customers: number, seed: number): Simulation {
  const simulation = new Simulation(stationOf(customers), seed);
  simulation.advanceTo(simulation.durationMs);
  return simulation;
}

async function run({ quick, pairs }: CaseOptions): Promise<Row[]> {
  const customers = quick ? 20_000 : 1_000_000;
  const ofSimPy = quick ? 2_000 : 100_000;
  const ours = (): number => rateOf(customers * 1.1, () => void simulate(customers, 1));
  const python = PYTHONS.find((name) => simPy(name, 10) !== null);
  const title = `${SERVERS} servers, ${ARRIVALS_PER_S} arrivals a second`;
  const speed: Row =
    python === undefined
      ? {
          case: title,
          value: ours() / 1e6,
          unit: 'M customers/s',
          peer: 'SimPy: missing (apt-get install python3-simpy)',
          ratio: null,
          target: '>= 50',
        }
      : await paired(ours, () => simPy(python, ofSimPy)!.rate, pairs).then((both) => ({
          case: title,
          value: both.ours / 1e6,
          unit: 'M customers/s',
          peer: `SimPy ${simPy(python, 10)!.version}`,
          ratio: both.ratio,
          target: '>= 50',
        }));
  return [speed, waitRow(quick ? 20_000 : 200_000)];
}

/** How far the mean wait is from Erlang C, in its standard errors over seeds. */
function waitRow(customers: number): Row {
  const waits = Array.from({ length: SEEDS }, (_, i) => deskFigures(simulate(customers, i + 1)).meanWait);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / SEEDS;
  const variance = waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / (SEEDS - 1);
  const exact = mmc(ARRIVALS_PER_S, SERVICES_PER_S, SERVERS).meanWait;
  return {
    case: `mean wait, ${SEEDS} seeds, distance from Erlang C`,
    value: Math.abs(mean - exact) / Math.sqrt(variance / SEEDS),
    unit: 'standard errors',
    peer: null,
    ratio: null,
    target: '<= 3 standard errors',
  };
}

/** Customers a second in SimPy; null where the interpreter or the package is missing. */
function simPy(python: string, customers: number): { rate: number; version: string } | null {
  try {
    const words = execFileSync(python, [SCRIPT, String(customers), '1'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split(' ');
    return { rate: Number(words[0]), version: words[2]!.trim() };
  } catch {
    return null;
  }
}

export const mmcStation: Case = {
  name: 'mmc-station',
  summary: 'One M/M/c station: customers simulated a second, and its mean wait.',
  run,
};
