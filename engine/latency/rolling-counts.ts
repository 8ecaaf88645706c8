/**
 * Counts over the last `windowMs` milliseconds, in buckets of time: the current bucket is still filling, so the counts cover
 * between windowMs − windowMs/buckets and windowMs. Several columns share the buckets. Allocates nothing after construction.
 */
export class RollingCounts {
  /** Sum of each column over the window, as of the last `advance` or `add`. Whole numbers, so taking out is exact. */
  readonly totals: Float64Array;
  private readonly cells: Float64Array;
  private readonly bucketMs: number;
  private bucket = 0;

  /** @param columns how many things are counted; @param buckets parts that the window moves on by, 1 or more. */
  constructor(
    private readonly columns: number,
    windowMs: number,
    private readonly buckets: number,
  ) {
    this.totals = new Float64Array(columns);
    this.cells = new Float64Array(columns * buckets);
    this.bucketMs = windowMs / buckets;
  }

  add(column: number, nowMs: number): void {
    this.advance(nowMs);
    this.cells[(this.bucket % this.buckets) * this.columns + column]!++;
    this.totals[column]!++;
  }

  /** Forgets what has left the window. `nowMs` is 0 or more; a time before the last one counts as the last one. */
  advance(nowMs: number): void {
    const bucket = Math.floor(nowMs / this.bucketMs);
    if (bucket - this.bucket >= this.buckets) {
      this.clear();
      this.bucket = bucket;
      return;
    }
    while (this.bucket < bucket) {
      const first = (++this.bucket % this.buckets) * this.columns;
      for (let c = 0; c < this.columns; c++) {
        this.totals[c]! -= this.cells[first + c]!;
        this.cells[first + c] = 0;
      }
    }
  }

  clear(): void {
    this.totals.fill(0);
    this.cells.fill(0);
  }
}
