/** Prime Day as it is shipped, in this process: all tiers, costs, recorder. */
import { primeDayWork, type PrimeDayPhase } from './prime-day-work.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { spread } from './paired.ts';

const PHASES: Record<PrimeDayPhase, { title: string; seconds: number; target: string }> = {
  healthy: { title: 'healthy', seconds: 200, target: '>= 10 M requests/s' },
  collapse: { title: 'in full collapse', seconds: 60, target: '>= 3 M requests/s' },
};
/** Rounds before the first that counts: the compiler needs about a second of the work. */
const WARM_UP = 2;

function run({ quick, pairs }: CaseOptions): Promise<Row[]> {
  const rows = (Object.keys(PHASES) as PrimeDayPhase[]).map((phase): Row => {
    const { title, target } = PHASES[phase];
    const seconds = quick ? PHASES[phase].seconds / 20 : PHASES[phase].seconds;
    const simulate = primeDayWork(phase, 7, seconds * (WARM_UP + pairs));
    const rates: number[] = [];
    for (let round = 0; round < WARM_UP + pairs; round++) {
      const began = performance.now();
      const requests = simulate(seconds);
      const rate = requests / (performance.now() - began) / 1000;
      if (round >= WARM_UP) rates.push(rate);
    }
    return {
      case: `${title}, Node`,
      value: spread(rates).median,
      unit: 'M requests/s',
      peer: null,
      ratio: null,
      target,
    };
  });
  return Promise.resolve(rows);
}

export const primeDay: Case = {
  name: 'prime-day',
  summary: 'Prime Day, one worker: requests simulated a second, with all tiers, costs and the recorder.',
  run,
};
