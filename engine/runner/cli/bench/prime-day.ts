/** Prime Day as it is shipped: all tiers, costs, recorder; in this process, and in one worker of a browser. */
import { primeDayWork, type PrimeDayPhase } from '../../bench/prime-day-work.ts';
import type { PrimeDayAsk } from '../../bench/protocol.ts';
import { inChromium, NO_CHROMIUM, type Chromium } from './browser.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { paired, spread } from './paired.ts';

/** `seconds` of a round, simulated: about as many requests as the engine does in half a second or more. */
const PHASES: Record<PrimeDayPhase, { title: string; seconds: number; target: string }> = {
  healthy: { title: 'healthy', seconds: 3000, target: '>= 10 M requests/s' },
  collapse: { title: 'in full collapse', seconds: 600, target: '>= 3 M requests/s' },
};
/** Of this process beside the browser. */
const NODE_TARGET = '>= 0.9';
/** Rounds before the first that counts: the compiler needs about a second of the work. */
const WARM_UP = 2;
const SEED = 7;

async function run(options: CaseOptions): Promise<Row[]> {
  return (
    (await inChromium((chromium) => ofPhases((phase) => beside(chromium, phase, options)))) ??
    ofPhases((phase) => alone(phase, options))
  );
}

async function ofPhases(measure: (phase: PrimeDayPhase) => Row[] | Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const phase of Object.keys(PHASES) as PrimeDayPhase[]) rows.push(...(await measure(phase)));
  return rows;
}

async function beside(
  chromium: Chromium,
  phase: PrimeDayPhase,
  { quick, pairs }: CaseOptions,
): Promise<Row[]> {
  const { title, target } = PHASES[phase];
  const { seconds, atMostS, node } = workOf(phase, quick, pairs);
  const worker = await chromium.worker('prime-day-worker');
  const ask = (message: PrimeDayAsk): Promise<number> => worker.ask(message);
  await ask({ ready: { phase, seed: SEED, atMostS } });
  const rates: number[] = [];
  const inWorker = async (): Promise<number> => {
    const rate = await ask({ seconds });
    rates.push(rate);
    return rate;
  };
  for (let round = 1; round < WARM_UP; round++) {
    node();
    await inWorker();
  }
  const both = await paired(node, inWorker, pairs);
  await worker.close();
  const unit = 'M requests/s';
  return [
    {
      case: `${title}, a worker of ${chromium.name}`,
      value: spread(rates.slice(WARM_UP)).median / 1e6,
      unit,
      peer: null,
      ratio: null,
      target,
    },
    {
      case: `${title}, Node`,
      value: both.ours / 1e6,
      unit,
      peer: chromium.name,
      ratio: both.ratio,
      target: NODE_TARGET,
    },
  ];
}

function alone(phase: PrimeDayPhase, { quick, pairs }: CaseOptions): Row[] {
  const { title, target } = PHASES[phase];
  const { node } = workOf(phase, quick, pairs);
  const rates = Array.from({ length: WARM_UP + pairs }, node).slice(WARM_UP);
  const row = { unit: 'M requests/s', peer: NO_CHROMIUM, ratio: null };
  return [
    { ...row, case: `${title}, a worker of Chromium`, value: null, target },
    { ...row, case: `${title}, Node`, value: spread(rates).median / 1e6, target: NODE_TARGET },
  ];
}

function workOf(phase: PrimeDayPhase, quick: boolean, pairs: number) {
  const seconds = quick ? PHASES[phase].seconds / 20 : PHASES[phase].seconds;
  const atMostS = seconds * (WARM_UP + pairs);
  const simulate = primeDayWork(phase, SEED, atMostS);
  const node = (): number => {
    const began = performance.now();
    const requests = simulate(seconds);
    return (requests / (performance.now() - began)) * 1000;
  };
  return { seconds, atMostS, node };
}

export const primeDay: Case = {
  name: 'prime-day',
  summary: 'Prime Day, one worker: requests simulated a second, with all tiers, costs and the recorder.',
  run,
};
