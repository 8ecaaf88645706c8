/** How the runs of several seeds spread. */

/** Between the two nearest values by rank, as spreadsheets do. NaN of no values. @param sorted rising */
export function quantileOf(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return NaN;
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

export interface Band {
  low: number[];
  median: number[];
  high: number[];
}

/** Median and 10 to 90 % of the runs at each place; a run without a value there is left out. @param runs one row for each run */
export function bandOf(runs: readonly (readonly number[])[]): Band {
  const band: Band = { low: [], median: [], high: [] };
  const places = Math.max(0, ...runs.map((run) => run.length));
  for (let i = 0; i < places; i++) {
    const values = runs.map((run) => run[i] ?? NaN).filter((value) => Number.isFinite(value));
    values.sort((a, b) => a - b);
    band.low.push(quantileOf(values, 0.1));
    band.median.push(quantileOf(values, 0.5));
    band.high.push(quantileOf(values, 0.9));
  }
  return band;
}
