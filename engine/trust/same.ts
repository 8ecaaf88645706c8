/** The same scenario, seed and levers give the same run: here and now, twice, and as Node made it. */
import { scenarioByName } from '../scenarios/catalogue.ts';
import { Simulation } from '../simulation/simulation.ts';
import { resultOf, type Check, type CheckPoint } from './check.ts';

/** Runs with the fingerprint that they have in Node. `npx vitest run engine/trust` says what a changed engine makes of them. */
export const SAME_RUNS = [
  { scenario: 'mmc', untilS: 4000, seed: 1, fingerprint: 'f10d84e8b0e3ed88' },
  { scenario: 'prime-day', untilS: 1040, seed: 4217, fingerprint: '1a294ab3deac2963' },
  { scenario: 'hot-key', untilS: 300, seed: 7, fingerprint: '57f12e35a6218d2f' },
  { scenario: 'news-feed', untilS: 120, seed: 3, fingerprint: '4810a40951a2acb7' },
] as const;

/** The fingerprint of a run cut at `untilS`; yields the share done. */
export function* fingerprintOf(scenario: string, seed: number, untilS: number): Generator<number, string> {
  const simulation = new Simulation(scenarioByName(scenario), seed);
  const steps = 20;
  for (let i = 1; i <= steps; i++) {
    simulation.advanceTo((untilS * 1000 * i) / steps);
    yield i / steps;
  }
  return simulation.fingerprint();
}

export const sameRun: Check = {
  id: 'same-run',
  group: 'same',
  title: 'One seed, one run',
  says: 'A fingerprint is a hash over every number of a run. Each of these runs is made twice here, and must have the fingerprint that Node gave it when this lab was built.',
  source: 'Sixteen hexadecimal digits each, kept with the source',
  x: { title: 'Run', unit: '' },
  y: { title: 'Equal fingerprints', unit: '' },
  *run() {
    const points: CheckPoint[] = [];
    for (const [i, { scenario, seed, untilS, fingerprint }] of SAME_RUNS.entries()) {
      let measured = 0;
      for (let again = 0; again < 2; again++) {
        const run = fingerprintOf(scenario, seed, untilS);
        let step = run.next();
        while (step.done !== true) {
          yield (i + (again + step.value) / 2) / SAME_RUNS.length;
          step = run.next();
        }
        if (step.value === fingerprint) measured++;
      }
      const at = { series: 'Fingerprints', label: `${scenario}, seed ${seed}: ${fingerprint}`, x: i + 1 };
      points.push({ ...at, expected: 2, measured, halfWidth: 0, slack: 0, holds: measured === 2 });
    }
    return resultOf(points);
  },
};
