import type { LogHistogram } from '../core/histogram.ts';

/** Quantiles of response times, ms; NaN where nothing ended. */
export interface Quantiles {
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  p999Ms: number;
  maxMs: number;
}

/** One place of both distributions; NaN beyond the last request that a distribution has. */
export interface CurvePoint {
  p: number;
  ms: number;
  waitingMs: number;
}

/** Points between one halving of what is left and the next. */
const PER_HALF = 5;

export function quantilesOf(histogram: LogHistogram): Quantiles {
  const at = (p: number): number => quantile(histogram, p);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), p999Ms: at(0.999), maxMs: at(1) };
}

/**
 * Both distributions at the same quantiles, closer and closer towards 1: a fixed number of points to each halving of what is left, down to
 * the one slowest request (the percentile iteration of HdrHistogram).
 */
export function curveOf(all: LogHistogram, waiting: LogHistogram): CurvePoint[] {
  const points: CurvePoint[] = [];
  const most = Math.max(all.total, waiting.total);
  // Beyond the last of its requests a distribution has nothing to say.
  const at = (histogram: LogHistogram, p: number, left: number): number =>
    left * histogram.total >= 1 - 1e-9 ? quantile(histogram, p) : NaN;
  for (let half = 1, i = 0; half * most >= 1;) {
    const left = half * (1 - i / (2 * PER_HALF));
    if (left * most < 1 - 1e-9) break;
    const p = 1 - left;
    points.push({ p, ms: at(all, p, left), waitingMs: at(waiting, p, left) });
    if (++i === PER_HALF) {
      i = 0;
      half /= 2;
    }
  }
  return points;
}

const quantile = (histogram: LogHistogram, p: number): number =>
  histogram.total > 0 ? histogram.quantile(p) : NaN;
