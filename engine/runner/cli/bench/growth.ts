/** What size costs: requests a second of a long run beside a short one, and of many keys beside few. */
import { primeDay } from '../../../scenarios/prime-day.ts';
import type { ScenarioInput } from '../../../simulation/scenario.ts';
import { Simulation } from '../../../simulation/simulation.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { paired } from './paired.ts';

/** Requests a second of one healthy cell, about. */
const RATE_PER_S = 331;
const SEED = 7;
const POPULATION = primeDay.population as { kind: 'zipf'; keys: number };
const USUAL_KEYS = POPULATION.keys;
/** A run may have 100,000 intervals at most. */
const INTERVAL_S = 10;

/** Prime Day without its incident, with models enough for any share of misses: only the size differs from run to run. */
function day(requests: number, keys = USUAL_KEYS, held = false): ScenarioInput {
  const { pool } = primeDay.stations!;
  const l3 = primeDay.tiers!['l3']!;
  return {
    ...primeDay,
    durationS: Math.ceil(requests / RATE_PER_S / INTERVAL_S) * INTERVAL_S,
    intervalS: INTERVAL_S,
    population: { ...POPULATION, keys },
    stations: { ...primeDay.stations, pool: { ...pool, servers: 4800 } },
    view: undefined,
    presets: {},
    // The tier that is filled before the start can hold every answer.
    ...(held ? { tiers: { ...primeDay.tiers, l3: { ...l3, on: true, capacityEntries: keys } } } : {}),
    events: [],
  };
}

/** Requests a second of a whole run; making it ready is left out. */
function rateOfRun(scenario: ScenarioInput): number {
  const simulation = new Simulation(scenario, SEED);
  const began = performance.now();
  simulation.advanceTo(simulation.durationMs);
  return (simulation.world.recorder.total.requests / (performance.now() - began)) * 1000;
}

async function run({ quick, pairs }: CaseOptions): Promise<Row[]> {
  const million = quick ? 100_000 : 1_000_000;
  const rows: Row[] = [];
  const compare = async (
    title: string,
    big: ScenarioInput,
    small: ScenarioInput,
    peer: string,
    target: string,
  ) => {
    const both = await paired(
      () => rateOfRun(big),
      () => rateOfRun(small),
      pairs,
    );
    rows.push({ case: title, value: both.ours / 1e6, unit: 'M requests/s', peer, ratio: both.ratio, target });
  };
  const far = quick ? 10 : 100;
  const words = (requests: number): string => `${requests / 1e6} M requests`;
  await compare(words(far * million), day(far * million), day(million), words(million), '>= 0.8');
  for (const held of [true, false])
    await compare(
      held ? '10 M keys, all of them held by L3' : '10 M keys, caches as shipped: most requests need a model',
      day(3 * million, 10_000_000, held),
      day(3 * million, 10_000, held),
      '10,000 keys',
      '>= 0.5',
    );
  return rows;
}

export const growth: Case = {
  name: 'growth',
  summary: 'What size costs: Prime Day without its incident, with models enough, longer and with more keys.',
  run,
};
