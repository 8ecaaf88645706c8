import { usdOf } from './money.ts';
import type { Candidate, SelectionSettings } from './selection-candidate.ts';

type Weights = SelectionSettings['weights'];

/**
 * The module's score as printed: 0.4 × 1 / max(cost in dollars, 0.001) + 0.4 × quality + 0.2 × 1000 / latency in ms.
 *
 * Its terms have different sizes. Cost reaches 1000 where quality reaches 1: a call that costs a few cents or less is given to
 * the cheapest model, whatever its quality. Below a tenth of a cent the term stands still at 1000, so that among models
 * that are all below it cost plays no part at all; among models of many dollars a call it vanishes.
 * A latency below 1 ms counts as 1 ms.
 */
export function printedScore(candidate: Candidate, weights: Weights): number {
  const sum = weights.cost + weights.quality + weights.speed;
  const cost = weights.cost * (1 / Math.max(usdOf(candidate.costPico), 0.001));
  const speed = weights.speed * (1000 / Math.max(candidate.meanMs, 1));
  return (cost + weights.quality * candidate.quality + speed) / sum;
}

/** Least and greatest figures of the models that passed the filters. */
export interface Ranges {
  leastPico: number;
  mostPico: number;
  leastQuality: number;
  mostQuality: number;
  leastMs: number;
  mostMs: number;
}

export const emptyRanges = (): Ranges => ({
  leastPico: Infinity,
  mostPico: -Infinity,
  leastQuality: Infinity,
  mostQuality: -Infinity,
  leastMs: Infinity,
  mostMs: -Infinity,
});

export function clearRanges(ranges: Ranges): void {
  ranges.leastPico = ranges.leastQuality = ranges.leastMs = Infinity;
  ranges.mostPico = ranges.mostQuality = ranges.mostMs = -Infinity;
}

export function widen(ranges: Ranges, candidate: Candidate): void {
  const { costPico, quality, meanMs } = candidate;
  if (costPico < ranges.leastPico) ranges.leastPico = costPico;
  if (costPico > ranges.mostPico) ranges.mostPico = costPico;
  if (quality < ranges.leastQuality) ranges.leastQuality = quality;
  if (quality > ranges.mostQuality) ranges.mostQuality = quality;
  if (meanMs < ranges.leastMs) ranges.leastMs = meanMs;
  if (meanMs > ranges.mostMs) ranges.mostMs = meanMs;
}

/**
 * The score with every term on a straight line from 0, the worst of the models that passed the filters, to 1, the best:
 * cost (dearest − cost) / (dearest − cheapest), quality (quality − lowest) / (highest − lowest), speed (slowest − ms) /
 * (slowest − fastest). Where all are equal the term is 1 for all. The terms are weighted, and divided by the sum of the weights: 0 … 1.
 *
 * It depends on who is in the race: a model that drops out can change the order of the others.
 */
export function normalisedScore(candidate: Candidate, ranges: Ranges, weights: Weights): number {
  const sum = weights.cost + weights.quality + weights.speed;
  const cost = share(ranges.mostPico - candidate.costPico, ranges.mostPico - ranges.leastPico);
  const quality = share(candidate.quality - ranges.leastQuality, ranges.mostQuality - ranges.leastQuality);
  const speed = share(ranges.mostMs - candidate.meanMs, ranges.mostMs - ranges.leastMs);
  return (weights.cost * cost + weights.quality * quality + weights.speed * speed) / sum;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 1);
