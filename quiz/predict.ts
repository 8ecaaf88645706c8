/** A question about a run is answered by the run. */
import type { Outcome } from '../engine/tuning/outcome.ts';
import type { TrialRequest } from '../engine/tuning/trial.ts';
import type { PredictQuestion } from './format.ts';

/** The runs that decide, all with the same seed. */
export const runsOf = ({ runs, measure }: PredictQuestion, seed: number): TrialRequest[] =>
  runs.map(({ scenario, overrides, pulls, untilS }) => ({
    scenario,
    seed,
    overrides: overrides.map(({ path, value }) => ({ path, value })),
    pulls,
    ...(untilS === undefined ? {} : { untilS }),
    figures: [measure.figure],
  }));

/** What the options speak of, from the outcomes in the order of the runs. NaN when a run has no such figure. */
export function measured({ measure }: PredictQuestion, outcomes: readonly Outcome[]): number {
  const [first = NaN, second = NaN] = outcomes.map((outcome) => outcome[measure.figure]);
  if (measure.of === 'value') return first;
  return measure.of === 'ratio' ? second / first : second - first;
}
