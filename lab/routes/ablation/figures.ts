import { checkFigure } from '../../../engine/tuning/outcome.ts';
import type { Estimate } from '../../../engine/tuning/estimate.ts';
import { columnNames } from '../../../engine/simulation/columns.ts';
import { parseScenario, type ScenarioInput } from '../../../engine/simulation/scenario.ts';

/** A figure as the page speaks of it. */
export interface Figure {
  /** As the engine and the command line call it. */
  name: string;
  label: string;
  /** Within a sentence. */
  noun: string;
  unit: 'usd' | 'count' | 'ms' | 'share' | 'score';
  /** What one wants of it. */
  better: 'less' | 'more';
}

const figure = (
  name: string,
  label: string,
  noun: string,
  unit: Figure['unit'],
  better: Figure['better'] = 'less',
): Figure => ({ name, label, noun, unit, better });

const ALL = [
  figure('costUsd', 'Model cost', 'for model calls', 'usd'),
  figure('infraUsd', 'Agents', 'for agents', 'usd'),
  figure('totalUsd', 'Model cost and agents', 'for models and agents', 'usd'),
  figure('calls', 'Model calls', 'model calls', 'count'),
  figure('meanMs', 'Mean response', 'the mean response', 'ms'),
  figure('p50Ms', 'Median response', 'the median response', 'ms'),
  figure('p95Ms', 'p95 response', 'the p95 response', 'ms'),
  figure('p99Ms', 'p99 response', 'the p99 response', 'ms'),
  figure('quality', 'Answer quality', 'the answers’ quality', 'score', 'more'),
  figure('hitRate', 'Hit rate', 'the hit rate', 'share', 'more'),
  figure('errorRate', 'Errors', 'the error rate', 'share'),
];

/** Those that runs of the scenario have. */
export function figuresOf(scenario: ScenarioInput): Figure[] {
  const columns = columnNames(parseScenario(scenario));
  return ALL.filter(({ name }) => {
    try {
      checkFigure(name, columns);
      return true;
    } catch {
      return false;
    }
  });
}

const NBSP = '\u00a0';
/** More would be noise, whatever the interval. */
const MOST_DECIMALS = { usd: 4, count: 1, ms: 2, share: 2, score: 4 } as const;
/** What stands before and after a number, and what it is multiplied by. */
const AFFIXES = {
  usd: ['$', '', 1],
  count: ['', '', 1],
  ms: ['', `${NBSP}ms`, 1],
  share: ['', `${NBSP}%`, 100],
  score: ['', '', 1],
} as const;

/** A value of the figure, to be read by itself: $5,134 · $8.00 · 812 ms · 62.1 %. */
export function valueText(value: number, { unit }: Pick<Figure, 'unit'>): string {
  const [before, after, times] = AFFIXES[unit];
  const size = Math.abs(value) * times;
  const decimals =
    unit === 'usd' && size >= 1
      ? size >= 100
        ? 0
        : 2
      : unit === 'share' && size >= 1
        ? 1
        : places(size / 10, before);
  return `${signed(value * times, decimals, before)}${after}`;
}

/** A mark of an axis, `step` from the next. */
export function tickText(value: number, { unit }: Pick<Figure, 'unit'>, step: number): string {
  const [before, after, times] = AFFIXES[unit];
  const n = Math.max(0, -Math.floor(Math.log10(step * times) + 1e-9));
  return `${signed(value * times, before === '$' && n === 1 ? 2 : n, before)}${after}`;
}

/** Mean and half interval, with as many decimals as show two figures of the half interval: $121.4 ± 1.2. */
export function estimateText({ mean, high }: Estimate, { unit }: Pick<Figure, 'unit'>, least = 0): string {
  const half = high === null ? 0 : Math.abs(high - mean);
  const certain = half <= least;
  const value = Math.abs(mean) <= least && certain ? 0 : mean;
  const [before, after, times] = AFFIXES[unit];
  const step = (certain ? Math.abs(value) / 100 : half) * times;
  const decimals = Math.min(places(step, before), MOST_DECIMALS[unit]);
  const interval = high === null ? '' : ` ±${NBSP}${certain ? 0 : atLeast(half * times, decimals)}`;
  return `${signed(value * times, decimals, before)}${interval}${after}`;
}

/** A change, so that above 0 it has its sign too: +$0.12 ± 0.03. */
export function changeText(estimate: Estimate, figure: Pick<Figure, 'unit'>, least = 0): string {
  const text = estimateText(estimate, figure, least);
  return /^\$?0(?![.\d])/.test(text) || text.startsWith('−') ? text : `+${text}`;
}

/** A share of a whole: 78.2 ± 0.9 %. Null is a dash: the whole cannot be told from 0. */
export function shareText(estimate: Estimate | null, decimals = 1): string {
  if (estimate === null) return '–';
  const { mean, high } = estimate;
  const half = high === null ? '' : ` ±${NBSP}${atLeast(Math.abs(high - mean) * 100, decimals)}`;
  return `${signed(mean * 100, decimals)}${half}${NBSP}%`;
}

/** Whether the interval leaves the sign open, or there is nothing but rounding. One seed has no interval, and so no doubt. */
export const isNothing = ({ mean, low, high }: Estimate, least: number): boolean =>
  Math.abs(mean) <= least || (low !== null && low <= 0 && high! >= 0);

/** What rounds to 0 is a plain 0. */
function signed(value: number, decimals: number, before = ''): string {
  const text = decimal(Math.abs(value), decimals);
  return /[1-9]/.test(text) ? `${value < 0 ? '−' : ''}${before}${text}` : `${before}0`;
}

/** An interval that rounds to 0 is not 0. */
function atLeast(half: number, decimals: number): string {
  if (half === 0) return '0';
  const text = decimal(half, decimals);
  return /[1-9]/.test(text) ? text : `<${decimal(10 ** -decimals, decimals)}`;
}

/** Decimals that show two figures of a number; of money never one, as nobody writes $1.5. */
function places(step: number, before: string): number {
  const n = step > 0 ? Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(step) + 1e-9))) : 0;
  return before === '$' && n === 1 ? 2 : n;
}

const decimal = (n: number, decimals: number): string =>
  n.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
