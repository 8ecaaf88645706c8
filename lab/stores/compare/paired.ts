/** What the pairs of runs with the same seed say about a difference. */
import { estimate, type Estimate } from '../../../engine/tuning/estimate.ts';
import type { Outcome } from '../../../engine/tuning/outcome.ts';
import { minus } from './figures.ts';
import { CONFIDENCE, type Goal } from './study-plan.ts';

export interface Paired {
  /** Other minus base, seed by seed. */
  differences: number[];
  found: Estimate;
  /** `open`: the interval holds 0, or there is one pair only. */
  verdict: 'better' | 'worse' | 'same' | 'open';
}

/**
 * Undefined when a run of a pair has no such figure: a mean over the rest would be of other seeds.
 * @param base by seed
 * @param other the same seeds in the same order
 */
export function pairedOf(
  base: readonly Outcome[],
  other: readonly Outcome[],
  { name, better }: Pick<Goal, 'name' | 'better'>,
): Paired | undefined {
  const differences = base.map((outcome, s) => minus(other[s]?.[name] ?? NaN, outcome[name] ?? NaN));
  if (differences.length === 0 || differences.some(Number.isNaN)) return undefined;
  const found = estimate(differences, CONFIDENCE);
  return { differences, found, verdict: verdictOf(differences, found, better) };
}

function verdictOf(
  differences: readonly number[],
  { low, high }: Estimate,
  better: Goal['better'],
): Paired['verdict'] {
  if (low === null || high === null) return 'open';
  if (differences.every((by) => by === 0)) return 'same';
  if (low <= 0 && high >= 0) return 'open';
  return low > 0 === (better === 'more') ? 'better' : 'worse';
}

/**
 * The value that is better than each of the others, by the paired 95 % intervals of the differences; undefined when the seeds do not tell.
 * @param outcomes by value, then by seed, the same seeds for all
 */
export function bestOf(outcomes: readonly (readonly Outcome[])[], goal: Goal): number | undefined {
  const found = outcomes.findIndex((mine, i) =>
    outcomes.every((others, j) => i === j || pairedOf(others, mine, goal)?.verdict === 'better'),
  );
  return outcomes.length > 1 && found >= 0 ? found : undefined;
}
