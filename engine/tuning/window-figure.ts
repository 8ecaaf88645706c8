import { InputError } from '../core/errors.ts';
import type { Simulation } from '../simulation/simulation.ts';

/** What a stretch of a run has by itself: over the requests that completed in it. */
const REQUEST_FIGURES = ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms', 'hitRate', 'errorRate', 'requests'] as const;
type RequestFigure = (typeof REQUEST_FIGURES)[number];

/** What becomes of a column's values in the stretch; NaN, an interval that had none, is left out. */
const OF_COLUMN = {
  sum: (values: readonly number[]) => values.reduce((a, b) => a + b, 0),
  mean: (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length,
  max: (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity),
} as const;
type OfColumn = keyof typeof OF_COLUMN;

interface WindowFigure {
  of: OfColumn | null;
  name: string;
  fromS: number;
  toS: number;
}

/**
 * A figure of a stretch of a run, by name: `meanMs@1320-1500`, `max:memory.longestPauseMs@2400-2700`. Seconds from the run's start, cut to whole
 * intervals. Columns are of the one simulated cell.
 */
const GRAMMAR = /^(?:(sum|mean|max):)?([A-Za-z][\w.-]*)@(\d+)-(\d+)$/;

export const isWindowFigure = (name: string): boolean => name.includes('@');

/** @throws InputError for a name that no run with these columns has. */
export function checkWindowFigure(name: string, columns: readonly string[]): void {
  const { of, name: what } = read(name);
  const known: readonly string[] = of === null ? REQUEST_FIGURES : columns;
  if (!known.includes(what))
    throw new InputError('figure', `one of ${known.join(', ')}`, JSON.stringify(what), `It is of ${name}.`);
}

/** @throws InputError for a name that this run does not have, or a stretch that it does not reach. */
export function windowFigure({ world: { recorder } }: Simulation, name: string): number {
  checkWindowFigure(name, recorder.columns);
  const { of, name: what, fromS, toS } = read(name);
  const from = Math.floor((fromS * 1000) / recorder.intervalMs);
  const to = Math.floor((toS * 1000) / recorder.intervalMs);
  if (to <= from || to > recorder.closed)
    throw new InputError(
      'figure',
      `a stretch of the run, which is of ${(recorder.closed * recorder.intervalMs) / 1000} s`,
      name,
    );
  if (of === null) return recorder.window(from, to)[what as RequestFigure];
  return OF_COLUMN[of](Array.from(recorder.column(what).subarray(from, to)).filter((x) => !Number.isNaN(x)));
}

function read(name: string): WindowFigure {
  const match = GRAMMAR.exec(name);
  if (!match)
    throw new InputError(
      'figure',
      'a stretch such as meanMs@60-120 or max:COLUMN@60-120',
      JSON.stringify(name),
    );
  return {
    of: (match[1] as OfColumn | undefined) ?? null,
    name: match[2],
    fromS: Number(match[3]),
    toS: Number(match[4]),
  };
}
