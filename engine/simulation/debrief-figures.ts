/** How a run stood over a stretch of it, and which of two stretches is the better one. */
import type { ReasonSeries } from './event-reason.ts';
import { amount, percent, time } from './wording.ts';

export interface Stretch {
  meanMs: number;
  /** Share of the requests that ended. */
  errorRate: number;
  /** Of its worst interval. */
  p99Ms: number;
  /** Of the models, of the fleet. */
  usdPerHour: number;
}

/** Of the intervals that lie in [fromS, toS), at least one of them. */
export function stretchOf(series: ReasonSeries, fromS: number, toS: number, cells: number): Stretch {
  const { intervalS, length } = series;
  const to = Math.min(length, Math.max(1, Math.floor(toS / intervalS + 1e-9)));
  const from = Math.max(0, Math.min(to - 1, Math.ceil(fromS / intervalS - 1e-9)));
  let [completed, failed, latencyMs, usd, p99Ms] = [0, 0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const ended = series.at('completed', i);
    completed += ended;
    failed += series.at('failed', i);
    if (ended > 0) {
      latencyMs += ended * series.at('meanMs', i);
      p99Ms = Math.max(p99Ms, series.at('p99Ms', i));
    }
    usd += series.at('costUsd', i);
  }
  return {
    meanMs: latencyMs / completed,
    errorRate: failed / completed,
    p99Ms: completed > 0 ? p99Ms : NaN,
    usdPerHour: (usd * cells * 3600) / ((to - from) * intervalS),
  };
}

/** Changes below these are not worth a word. */
const SAME = { errors: 0.02, ratio: 0.1 };

/** What a scenario is about, beside answers and their time. */
export interface Told {
  p99: boolean;
  paid: boolean;
}

type Sign = -1 | 0 | 1;
const signOf = (before: number, after: number): Sign =>
  Math.abs(after / before - 1) > SAME.ratio ? (after < before ? 1 : -1) : 0;

/** 1: better after it, -1: worse, 0: much the same. Answers count more than their time; money is told apart. */
function service(before: Stretch, after: Stretch, p99: boolean): Sign {
  const errors = after.errorRate - before.errorRate;
  if (Math.abs(errors) > SAME.errors) return errors < 0 ? 1 : -1;
  return (p99 && signOf(before.p99Ms, after.p99Ms)) || signOf(before.meanMs, after.meanMs);
}

const VERDICTS: Record<Sign, Record<Sign, string>> = {
  [1]: { [1]: 'It got better, and cheaper', [0]: 'It got better', [-1]: 'It got better, at a price' },
  [0]: { [1]: 'It got cheaper', [0]: 'It changed little', [-1]: 'It got dearer' },
  [-1]: { [1]: 'It got cheaper, and worse', [0]: 'It got worse', [-1]: 'It got worse, and dearer' },
};

export const verdictOn = (before: Stretch, after: Stretch, { p99, paid }: Told): string =>
  VERDICTS[service(before, after, p99)][paid ? signOf(before.usdPerHour, after.usdPerHour) : 0];

/** "mean response 95 ms, p99 at worst 1.1 s, 2 % without an answer, $40 an hour for models" */
export const stretchWords = (stretch: Stretch, { p99, paid }: Told): string =>
  [
    `mean response ${time(stretch.meanMs)}`,
    ...(p99 ? [`p99 at worst ${time(stretch.p99Ms)}`] : []),
    `${percent(stretch.errorRate)} without an answer`,
    ...(paid ? [`$${amount(stretch.usdPerHour)} an hour for models`] : []),
  ].join(', ');
