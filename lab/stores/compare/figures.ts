/** The figures that runs are compared by. */
import type { ComparedRun } from '../../../engine/runner/compare-run.ts';
import { timeWords } from '../../figures/scale.ts';
import { poolName, tierNames } from '../../charts/reading.ts';
import { count, dollars, milliseconds, NOTHING, percent } from '../../format.ts';

export interface FigureRow {
  label: string;
  /** Which way is better; undefined: neither. */
  better?: 'less' | 'more';
  /** NaN where a run has none. */
  values: number[];
  text: (value: number) => string;
  /** Without it a difference is written as the values are, with its share of the base. */
  change?: (by: number) => string;
  /** What stands for a value that a run has not. */
  none?: string;
  /** A 0 in all runs is told, too. */
  zero?: boolean;
}

export interface Difference {
  by: number;
  /** Share of the base; undefined for a base of 0. */
  share: number | undefined;
  verdict: 'better' | 'worse' | 'same' | 'other';
}

/** Sums of the same run in another order differ by a rounding, which is no difference. */
export const minus = (value: number, base: number): number =>
  Math.abs(value - base) <= 1e-9 * Math.max(Math.abs(value), Math.abs(base)) ? 0 : value - base;

/** How a value lies to the base's. Undefined when one of them has none. */
export function differenceOf(
  base: number,
  value: number,
  better?: FigureRow['better'],
): Difference | undefined {
  if (!Number.isFinite(base) || !Number.isFinite(value)) return undefined;
  const by = minus(value, base);
  const verdict =
    by === 0 ? 'same' : better === undefined ? 'other' : by < 0 === (better === 'less') ? 'better' : 'worse';
  return { by, share: base === 0 ? undefined : by / base, verdict };
}

/** From here on a share is a factor: nobody reads +1200 %. */
const FACTOR_FROM = 10;

/** +12.0 ms (+8 %), worse. */
export function differenceWords(
  difference: Difference | undefined,
  { text, change }: Pick<FigureRow, 'text' | 'change'>,
): string {
  if (!difference) return NOTHING;
  const { by, share, verdict } = difference;
  if (verdict === 'same') return 'the same';
  const sign = by < 0 ? '−' : '+';
  const part =
    share === undefined || change
      ? ''
      : share >= FACTOR_FROM
        ? ` (×\u00a0${count(share + 1)})`
        : ` (${sign}${percent(Math.abs(share), Math.abs(share) < 0.1 ? 1 : 0)})`;
  return `${sign}${(change ?? text)(Math.abs(by))}${part}${verdict === 'other' ? '' : `, ${verdict}`}`;
}

/** A difference of two shares: a per cent of a per cent would be read as either. */
export const points = (by: number): string =>
  `${(by * 100).toFixed(Math.abs(by) < 0.00095 ? 2 : 1)}\u00a0points`;

const seconds = (s: number): string => (Number.isFinite(s) ? timeWords(s) : NOTHING);

/** Rows of the difference table, those that at least one of the runs has: without models there is no bill to compare. */
export function figureRows(runs: readonly ComparedRun[]): FigureRow[] {
  const of = (name: string) => runs.map(({ outcome }) => outcome[name] ?? NaN);
  const tiers = [...new Set(runs.flatMap(({ scenario }) => tierNames(scenario)))];
  const rows: FigureRow[] = [
    { label: 'Objectives met', better: 'more', zero: true, values: runs.map(metOf), text: String },
    {
      label: 'Recovery',
      better: 'less',
      values: runs.map((run) => run.recoveredAfterS ?? NaN),
      text: seconds,
      none: 'not recovered',
    },
    { label: 'Mean response', better: 'less', values: of('meanMs'), text: milliseconds },
    { label: 'p50', better: 'less', values: of('p50Ms'), text: milliseconds },
    { label: 'p95', better: 'less', values: of('p95Ms'), text: milliseconds },
    { label: 'p99', better: 'less', values: of('p99Ms'), text: milliseconds },
    { label: 'Hit rate, all tiers', better: 'more', values: of('hitRate'), text: percent, change: points },
    ...tiers.map((tier): FigureRow => ({
      label: `Answered by ${tier.replace(/^l(?=\d)/, 'L')}`,
      values: runs.map((run) => sumOf(run, `tier.${tier}.hits`) / sumOf(run, 'completed')),
      text: percent,
      change: points,
    })),
    { label: 'Failed', better: 'less', zero: true, values: of('errorRate'), text: percent, change: points },
    { label: 'Model calls', better: 'less', values: of('calls'), text: count },
    { label: 'Bill of model calls', better: 'less', values: of('costUsd'), text: dollars },
    { label: 'Peak queue', better: 'less', values: runs.map(peakQueue), text: count },
    { label: 'Requests', values: of('requests'), text: count },
  ];
  return rows.filter(({ values, zero }) =>
    values.some((value) => Number.isFinite(value) && (zero === true || value !== 0)),
  );
}

/** The table as a file, unrounded; a figure that a run has not is empty. @param names of the runs */
export const figuresCsv = (rows: readonly FigureRow[], names: readonly string[]): string =>
  `${[
    ['figure', ...names],
    ...rows.map(({ label, values }) => [
      `"${label}"`,
      ...values.map((value) => (Number.isFinite(value) ? value : '')),
    ]),
  ]
    .map((row) => row.join(','))
    .join('\n')}\n`;

const metOf = ({ objectives }: ComparedRun): number =>
  objectives.length === 0 ? NaN : objectives.filter(({ met }) => met).length;

function columnOf(run: ComparedRun, name: string): Float64Array {
  const i = run.columns.indexOf(name);
  return i < 0 ? new Float64Array() : run.series.subarray(i * run.rows, (i + 1) * run.rows);
}

const sumOf = (run: ComparedRun, name: string): number =>
  run.columns.includes(name) ? columnOf(run, name).reduce((sum, value) => sum + value, 0) : NaN;

/** Of the whole fleet, at the station that does the work. */
function peakQueue(run: ComparedRun): number {
  const pool = poolName(run.scenario);
  if (pool === undefined) return NaN;
  return (
    columnOf(run, `station.${pool}.queue`).reduce((most, value) => Math.max(most, value), 0) *
    run.scenario.fleet.cells
  );
}
