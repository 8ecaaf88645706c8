/** What is made of the reports of several contestants: figures with their units, an axis, and where yours wins and loses. */
import type { ContestantReport, Figures } from '../../../../engine/runner/learner-protocol.ts';
import type { ChallengeMetric } from '../../../../engine/scenarios/challenges.ts';
import { dollars, milliseconds, NOTHING, percent } from '../../../format.ts';

export interface Metric {
  id: ChallengeMetric;
  title: string;
  better: 'less' | 'more';
  /** Logarithmic axis. */
  log: boolean;
  text: (value: number | null) => string;
  /** Smaller differences are none. A share of the figure, or, of a share, a difference. */
  even: { share: number } | { by: number };
}

const share = (title: string, better: Metric['better']): Omit<Metric, 'id'> => ({
  title,
  better,
  log: false,
  text: (value) => percent(value, value !== null && value > 0 && value < 0.1 ? 2 : 1),
  even: { by: 0.0005 },
});

const METRICS: Readonly<Record<ChallengeMetric, Omit<Metric, 'id'>>> = {
  meanMs: { title: 'Mean response', better: 'less', log: true, text: milliseconds, even: { share: 0.01 } },
  p99Ms: { title: 'p99 response', better: 'less', log: true, text: milliseconds, even: { share: 0.01 } },
  hitRate: share('Hit rate', 'more'),
  errorRate: share('Without an answer', 'less'),
  costUsd: { title: 'Dollars', better: 'less', log: true, text: dollars, even: { share: 0.01 } },
  quality: {
    title: 'Mean quality',
    better: 'more',
    log: false,
    text: (value) => (value === null ? NOTHING : value.toFixed(3)),
    even: { by: 0.001 },
  },
};

export const metricOf = (id: ChallengeMetric): Metric => ({ id, ...METRICS[id] });

export function mean(values: readonly (number | null)[]): number | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length > 0 ? numbers.reduce((a, b) => a + b, 0) / numbers.length : null;
}

/** Half the width of the 95 % confidence interval of a mean, by Student's t; null for fewer than two values. */
export function halfWidth95(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const middle = mean(values)!;
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1);
  return (T95[Math.min(n - 2, T95.length - 1)] * Math.sqrt(variance)) / Math.sqrt(n);
}

/** Student's t at 0.975 for 1, 2, … degrees of freedom. */
const T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** Time of a decision; a browser's clock is too coarse for what is shorter than a tenth of a microsecond. */
export const decisionTime = (us: number): string =>
  us < 0.1 ? 'less than 0.1\u00a0µs' : `${us.toFixed(1)}\u00a0µs`;

export interface Difference {
  yours: number | null;
  other: number | null;
  /** Yours less the other's. */
  by: number | null;
  /** Half the width of its 95 % confidence interval; null for one seed. */
  halfWidth: number | null;
  says: 'wins' | 'loses' | 'even' | 'unknown';
}

/** Compares two contestants in one figure, seed by seed: the same seed brings the same requests to both. */
export function differenceOf(
  metric: Metric,
  yours: readonly Figures[],
  others: readonly Figures[],
): Difference {
  const both = yours
    .map((own, i) => [own[metric.id], others[i]?.[metric.id] ?? null])
    .filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null);
  const own = mean(both.map(([a]) => a));
  const other = mean(both.map(([, b]) => b));
  if (own === null || other === null)
    return {
      yours: mean(yours.map((one) => one[metric.id])),
      other: mean(others.map((one) => one[metric.id])),
      by: null,
      halfWidth: null,
      says: 'unknown',
    };
  const by = own - other;
  const halfWidth = halfWidth95(both.map(([a, b]) => a - b));
  const least =
    'share' in metric.even ? metric.even.share * Math.max(Math.abs(own), Math.abs(other)) : metric.even.by;
  const even = Math.abs(by) <= Math.max(least, halfWidth ?? 0);
  const says = even ? 'even' : by < 0 === (metric.better === 'less') ? 'wins' : 'loses';
  return { yours: own, other, by, halfWidth, says };
}

/** A difference with its sign: −41 ms, +3.1 %. */
export function signed(metric: Metric, by: number | null): string {
  if (by === null) return NOTHING;
  const text = metric.text(Math.abs(by));
  return by === 0 ? text : `${by < 0 ? '−' : '+'}${text}`;
}

export interface Axis {
  /** Place of a value from 0 to 1. */
  place: (value: number) => number;
  ticks: { at: number; text: string }[];
}

/** An axis with room at both ends, with a few round ticks. */
export function axisFor(metric: Metric, values: readonly number[]): Axis {
  const known = values.filter((value) => Number.isFinite(value) && (!metric.log || value > 0));
  const least = Math.min(...known);
  const most = Math.max(...known);
  if (known.length === 0) return { place: () => 0.5, ticks: [] };
  if (metric.log) {
    const [low, high] = [Math.log10(least) - 0.15, Math.log10(most) + 0.15];
    const place = (value: number): number => (Math.log10(Math.max(value, 1e-9)) - low) / (high - low);
    return { place, ticks: ticksOf(logSteps(10 ** low, 10 ** high), metric, place) };
  }
  const room = Math.max((most - least) * 0.12, 1e-4);
  const [low, high] = [least - room, most + room];
  const place = (value: number): number => (value - low) / (high - low);
  const step = roundStep((high - low) / 3);
  const steps: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) steps.push(value);
  return { place, ticks: ticksOf(steps, metric, place) };
}

/** 1, 2, 5 × powers of ten, or the powers alone where there are many. */
function logSteps(low: number, high: number): number[] {
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const digit of high / low > 20 ? [1] : [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) steps.push(value);
    }
  return steps;
}

function roundStep(about: number): number {
  const power = 10 ** Math.floor(Math.log10(about));
  return ([1, 2, 5].find((digit) => digit * power >= about) ?? 10) * power;
}

const ticksOf = (steps: readonly number[], metric: Metric, place: (value: number) => number): Axis['ticks'] =>
  steps
    .filter((value) => place(value) >= 0.02 && place(value) <= 0.98)
    .map((value) => ({ at: place(value), text: metric.text(value).replace(/\.0+(?=\u00a0|$)/, '') }));

/** Mean of one figure of whole runs over the seeds. */
export const wholeMean = (reports: readonly ContestantReport[], metric: Metric): number | null =>
  mean(reports.map(({ whole }) => whole[metric.id]));

/** Place of `own` among all, from 1; equals share the better place. */
export function rankOf(metric: Metric, own: number, all: readonly number[]): number {
  return 1 + all.filter((value) => (metric.better === 'less' ? value < own : value > own)).length;
}
