/**
 * A fleet of equal cells, each simulated request by request with dice of its own, and their sum. Cell 0 has the seed of the single run,
 * so a fleet of one cell is that run.
 */
import { ContentHash } from '../core/hash.ts';
import { BUCKETS, LogHistogram } from '../core/histogram.ts';
import { RandomStream } from '../core/random.ts';
import type { Simulation } from './simulation.ts';

/** Seed of a cell: the same for the same seed and number, everywhere. */
export function cellSeed(seed: number, cell: number): number {
  return cell === 0 ? seed : new RandomStream(seed, `cell ${cell}`).uint32();
}

/** What is kept of an interval, summed over requests, so that cells add up. */
export const FLEET_COLUMNS = ['arrivals', 'completed', 'failed', 'hits', 'latencyMs', 'costUsd'] as const;
export type FleetColumn = (typeof FLEET_COLUMNS)[number];

/** What a cell comes to: a few kilobytes, whatever it simulated. */
export interface CellResult {
  cell: number;
  requests: number;
  /** `FLEET_COLUMNS` × intervals, column after column. */
  series: Float64Array;
  /** Buckets of the response times. */
  histogram: Float64Array;
  recoveredAfterS: number | null;
  fingerprint: string;
}

/** Reads a run that has ended. */
export function cellResult(simulation: Simulation, cell: number): CellResult {
  const { recorder } = simulation.world;
  const { recoveredAfterS } = simulation.objectives;
  const rows = recorder.intervals;
  const series = new Float64Array(FLEET_COLUMNS.length * rows);
  const completed = recorder.column('completed');
  const perRequest: Partial<Record<FleetColumn, string>> = { hits: 'hitRate', latencyMs: 'meanMs' };
  for (const [c, name] of FLEET_COLUMNS.entries()) {
    const mean = perRequest[name];
    const column = recorder.column(mean ?? name);
    for (let row = 0; row < rows; row++) {
      const value =
        mean === undefined ? column[row]! : completed[row]! > 0 ? column[row]! * completed[row]! : 0;
      // Hits are whole; the share times the count may miss that by the last bit.
      series[c * rows + row] = name === 'hits' ? Math.round(value) : value;
    }
  }
  const requests = recorder.total.requests;
  const histogram = recorder.histogram.counts.slice();
  return { cell, requests, series, histogram, recoveredAfterS, fingerprint: simulation.fingerprint() };
}

/** The sum over the cells so far, in memory that does not grow with their number. Sums are made in the order of the cells. */
export class Fleet {
  /** Cells in the sum. */
  cells = 0;
  requests = 0;
  recovered = 0;
  readonly series: Float64Array;
  private readonly buckets = new Float64Array(BUCKETS);
  private readonly prints = new ContentHash();
  /** Finished before an earlier one: they wait, so that the sum does not depend on who was faster. */
  private readonly early = new Map<number, CellResult>();

  /** @param intervals rows of the series */
  constructor(readonly intervals: number) {
    this.series = new Float64Array(FLEET_COLUMNS.length * intervals);
  }

  /** Cells that are done, in the sum or not yet. */
  get done(): number {
    return this.cells + this.early.size;
  }

  add(result: CellResult): void {
    if (result.series.length !== this.series.length)
      throw new Error(
        `cell ${result.cell}: expected ${this.series.length} numbers, got ${result.series.length}`,
      );
    this.early.set(result.cell, result);
    for (let next = this.early.get(this.cells); next; next = this.early.get(this.cells)) {
      this.early.delete(this.cells++);
      this.requests += next.requests;
      if (next.recoveredAfterS !== null) this.recovered++;
      for (let i = 0; i < this.series.length; i++) this.series[i]! += next.series[i]!;
      for (let i = 0; i < BUCKETS; i++) this.buckets[i]! += next.histogram[i]!;
      this.prints.text(next.fingerprint);
    }
  }

  column(name: FleetColumn): Float64Array {
    const from = FLEET_COLUMNS.indexOf(name) * this.intervals;
    return this.series.subarray(from, from + this.intervals);
  }

  /** Response times of all requests in the sum. */
  latencies(): LogHistogram {
    const histogram = new LogHistogram();
    for (let i = 0; i < BUCKETS; i++) if (this.buckets[i]! > 0) histogram.addBucket(i, this.buckets[i]!);
    return histogram;
  }

  /** Stands for every number of every cell in the sum. Asked for once, at the end. */
  fingerprint(): string {
    return this.prints.digest();
  }
}
