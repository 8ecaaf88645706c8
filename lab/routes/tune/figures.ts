import { columnNames } from '../../../engine/simulation/columns.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';
import type { Estimate } from '../../../engine/tuning/estimate.ts';
import { checkFigure } from '../../../engine/tuning/outcome.ts';
import { count, dollars, milliseconds, NOTHING, percent } from '../../format.ts';

/** A figure of a run as the page speaks of it. */
export interface Figure {
  /** As the engine and the command line call it. */
  name: string;
  label: string;
  unit: 'ms' | 's' | 'share' | 'usd' | 'count' | 'score';
  better: 'least' | 'most';
}

const figure = (
  name: string,
  label: string,
  unit: Figure['unit'],
  better: Figure['better'] = 'least',
): Figure => ({ name, label, unit, better });

const ALL = [
  figure('recoveredAfterS', 'Recovered after', 's'),
  figure('endMeanMs', 'Last-minute mean', 'ms'),
  figure('endHitRate', 'Last-minute hits', 'share', 'most'),
  figure('endErrorRate', 'Last-minute errors', 'share'),
  figure('meanMs', 'Mean response', 'ms'),
  figure('p50Ms', 'Median response', 'ms'),
  figure('p95Ms', 'p95 response', 'ms'),
  figure('p99Ms', 'p99 response', 'ms'),
  figure('hitRate', 'Hit rate', 'share', 'most'),
  figure('errorRate', 'Errors', 'share'),
  figure('criticalServed', 'Critical served', 'share', 'most'),
  figure('costUsd', 'Model cost', 'usd'),
  figure('infraUsd', 'Cost of agents', 'usd'),
  figure('totalUsd', 'Model cost and agents', 'usd'),
  figure('calls', 'Model calls', 'count'),
  figure('quality', 'Answer quality', 'score', 'most'),
];

/** Those that runs of the scenario have. */
export function figuresOf(scenario: Scenario): Figure[] {
  const columns = columnNames(scenario);
  const known = ({ name }: Figure): boolean => {
    if (name === 'recoveredAfterS' && scenario.events.length === 0) return false;
    try {
      checkFigure(name, columns);
      return true;
    } catch {
      return false;
    }
  };
  return ALL.filter(known);
}

export const figureNamed = (name: string): Figure =>
  ALL.find((one) => one.name === name) ?? figure(name, name, 'score');

/** A value with its unit: 153 s, 44 ms, 97.8 %, $4.20. */
export function valueText(value: number, { unit }: Pick<Figure, 'unit'>): string {
  if (!Number.isFinite(value)) return NOTHING;
  switch (unit) {
    case 'ms':
      return milliseconds(value);
    case 's':
      return `${Number(value.toFixed(1))}\u00a0s`;
    case 'share':
      return percent(value);
    case 'usd':
      return dollars(value);
    case 'count':
      return count(value);
    case 'score':
      return String(Number(value.toPrecision(4)));
  }
}

/** Mean and half the interval; the half alone when there is one: 153 s ± 0.4 s. */
export function estimateText({ mean, high }: Estimate, unit: Pick<Figure, 'unit'>): string {
  if (high === null || !Number.isFinite(mean)) return valueText(mean, unit);
  const half = high - mean;
  return `${valueText(mean, unit)} ± ${half <= Math.abs(mean) * 1e-9 ? '0' : valueText(half, unit)}`;
}

/** What a field of a bound shows and takes: shares in percent, all else as it is. */
export const fieldScale = ({ unit }: Pick<Figure, 'unit'>): number => (unit === 'share' ? 100 : 1);
export const fieldUnit = ({ unit }: Pick<Figure, 'unit'>): string =>
  ({ ms: 'ms', s: 's', share: '%', usd: '$', count: '', score: '' })[unit];
