import { InputError } from '../core/errors.ts';
import type { Outcome } from './outcome.ts';

/** What is looked for. */
export interface Goal {
  /** A figure of the outcome to be as small as possible, or as large. */
  figure: string;
  direction: 'least' | 'most';
  /** Bounds that come first: a setting that keeps them beats one that does not, whatever their figures. */
  constraints?: readonly { figure: string; atMost?: number; atLeast?: number }[];
}

/** How good a setting is, over its seeds. */
export interface Score {
  /** By how much the constraints are missed, from 0 (kept) to 1 for each; 0: all are kept. */
  missed: number;
  /** Mean of the figure; the sign is such that smaller is better. */
  value: number;
  seeds: number;
}

/** What a figure that is missing or not a number counts as: worse than anything. */
const WORST = 1e300;

/** @throws InputError for a figure that the outcomes do not have. */
export function scoreOf(outcomes: readonly Outcome[], goal: Goal): Score {
  let missed = 0;
  let sum = 0;
  for (const outcome of outcomes) {
    for (const { figure, atMost, atLeast } of goal.constraints ?? []) {
      const value = figureOf(outcome, figure);
      if (Number.isNaN(value)) missed += 1;
      else {
        if (atMost !== undefined && value > atMost) missed += missedBy(value - atMost, atMost);
        if (atLeast !== undefined && value < atLeast) missed += missedBy(atLeast - value, atLeast);
      }
    }
    const value = figureOf(outcome, goal.figure);
    sum += Number.isNaN(value) ? WORST : goal.direction === 'least' ? value : -value;
  }
  const n = outcomes.length;
  return { missed: missed / n, value: sum / n, seeds: n };
}

/** True when no bound is missed with any seed. */
export const keepsBounds = (outcome: Outcome, goal: Goal): boolean => scoreOf([outcome], goal).missed === 0;

/** Negative when a is the better one. */
export function compareScores(a: Score, b: Score): number {
  return a.missed === b.missed ? a.value - b.value : a.missed - b.missed;
}

/** From 0, just kept, to 1, hopeless: a half when it is missed by as much as the bound itself. */
function missedBy(by: number, bound: number): number {
  const ratio = bound > 0 ? by / bound : by;
  return ratio / (1 + ratio);
}

function figureOf(outcome: Outcome, figure: string): number {
  const value = outcome[figure];
  if (value === undefined)
    throw new InputError('goal', `one of ${Object.keys(outcome).join(', ')}`, JSON.stringify(figure));
  return value;
}
