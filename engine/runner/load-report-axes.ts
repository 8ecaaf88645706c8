import { ln } from '../core/exact-math.ts';
import type { CurvePoint } from '../simulation/load-report.ts';

/** Quantiles that are written on the axis of a latency spectrum. */
const MARKS = [0, 0.9, 0.99, 0.999, 0.9999, 0.999_99, 0.999_999];

/**
 * Places of a latency spectrum as HdrHistogram draws it: quantiles by their nines, as tails are what is looked for, and times on a
 * logarithmic scale. Places are shares of width and height, from the lower left.
 */
export interface SpectrumAxes {
  x(p: number): number;
  y(ms: number): number;
  /** Quantiles with a mark. */
  quantiles: number[];
  /** Times with a line, each ten times the one before. */
  decadesMs: number[];
}

/** Null where there are fewer than two points to draw. */
export function spectrumAxes(curve: readonly CurvePoint[]): SpectrumAxes | null {
  const times = curve.flatMap(({ ms, waitingMs }) => [ms, waitingMs]).filter((ms) => ms > 0);
  if (curve.length < 2 || times.length < 2) return null;
  const decadesMs = decadesOf(Math.min(...times), Math.max(...times));
  const low = log10(decadesMs[0]!);
  const span = log10(decadesMs.at(-1)!) - low || 1;
  const end = nines(curve.at(-1)!.p);
  return {
    x: (p) => nines(p) / end,
    y: (ms) => (log10(ms) - low) / span,
    quantiles: MARKS.filter((p) => nines(p) <= end),
    decadesMs,
  };
}

/** 99.9 %, without the zeros that rounding leaves. */
export const quantileName = (p: number): string => `${Number((p * 100).toFixed(4))} %`;

/** Powers of ten from below the least to above the most. */
export function decadesOf(least: number, most: number): number[] {
  let from = 1;
  while (from > least) from /= 10;
  while (from * 10 <= least) from *= 10;
  const list = [from];
  while (list.at(-1)! < most) list.push(list.at(-1)! * 10);
  return list;
}

/** 1 for 90 %, 2 for 99 %. */
const nines = (p: number): number => -log10(1 - p);
const log10 = (value: number): number => ln(value) / ln(10);
