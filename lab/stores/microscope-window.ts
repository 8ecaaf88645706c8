import type { Series } from './series.ts';

/** Requests that the stretch around a moment should have: enough to see the odd one, few enough to be told apart. */
const WANTED = 500;
/** What is traced at most, should many more arrive than the series says. */
export const MOST_TRACED = 4000;
const LEAST_S = 0.1;
const MOST_S = 1800;
/** Intervals on each side that the rate is read off. */
const AROUND = 2;

/** Longest time that is left at the end of a run for its requests to end. */
const MOST_LEFT_S = 60;

/** How far a run must have come for the stretch around a moment to be the same ever after. */
export const reachFor = (atS: number): number => atS + MOST_S / 2 + MOST_LEFT_S;

/**
 * The stretch of a run around a moment in which about as many requests arrive as can be looked at. At the end of the run so far it lies
 * as far before it as requests take at present, as the last ones have not ended.
 * @returns undefined before the run has begun.
 */
export function stretchAround(
  series: Series,
  atS: number,
  reachedS: number,
): { fromS: number; toS: number } | undefined {
  if (!(reachedS > 0)) return undefined;
  const row = Math.min(Math.floor(atS / series.intervalS), series.length - 1);
  const from = Math.max(0, row - AROUND);
  const to = Math.min(series.length, row + AROUND + 1);
  const arrivals = to > from ? series.sum('arrivals', from, to) + background(series, from, to) : 0;
  const perS = arrivals > 0 ? arrivals / ((to - from) * series.intervalS) : 0;
  const lengthS = Math.min(MOST_S, Math.max(LEAST_S, perS > 0 ? WANTED / perS : MOST_S));
  const p99S = series.length > 0 ? series.at('p99Ms', row) / 1000 : NaN;
  const leftS = Math.min(Number.isNaN(p99S) ? 0 : p99S, MOST_LEFT_S, reachedS / 2);
  const toS = Math.min(thousandth(reachedS - leftS), thousandth(Math.max(atS + lengthS / 2, lengthS)));
  return { fromS: Math.max(0, thousandth(toS - lengthS)), toS };
}

function background(series: Series, from: number, to: number): number {
  return series.has('background.arrivals') ? series.sum('background.arrivals', from, to) : 0;
}

function thousandth(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
