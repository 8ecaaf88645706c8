const FIRST_ROWS = 256;

/**
 * The finished intervals of a run, column by column, in arrays that grow. Interval `i` covers the simulated time from
 * `i × intervalS` to `(i + 1) × intervalS`.
 */
export class Series {
  private readonly index: Map<string, number>;
  private rows = 0;

  constructor(
    readonly names: readonly string[],
    readonly intervalS: number,
    private columns = names.map(() => new Float64Array(FIRST_ROWS)),
  ) {
    this.index = new Map(names.map((name, i) => [name, i]));
  }

  /** The same run as it was at an earlier time: its columns end there, and are not copied. */
  until(nowS: number): Series {
    // A time that is a whole number of intervals may miss it by a rounding.
    const rows = Math.max(0, Math.floor(nowS / this.intervalS + 1e-9));
    if (rows >= this.rows) return this;
    const view = new Series(
      this.names,
      this.intervalS,
      this.columns.map((column) => column.subarray(0, rows)),
    );
    view.rows = rows;
    return view;
  }

  /** Finished intervals. */
  get length(): number {
    return this.rows;
  }

  /** Simulated time up to which the intervals reach. */
  get endS(): number {
    return this.rows * this.intervalS;
  }

  /** Takes the rows of a frame: `data` holds one column after the other. @throws Error when they don't follow on. */
  append(fromInterval: number, rows: number, data: Float64Array): void {
    if (rows === 0) return;
    if (data.length !== rows * this.names.length || fromInterval > this.rows)
      throw new Error(
        `series: expected ${this.names.length} columns from interval ${this.rows} on, ` +
          `got ${data.length} numbers for ${rows} rows from interval ${fromInterval}. Restart the run.`,
      );
    const end = fromInterval + rows;
    this.makeRoom(end);
    this.columns.forEach((column, c) => column.set(data.subarray(c * rows, (c + 1) * rows), fromInterval));
    this.rows = Math.max(this.rows, end);
  }

  has(name: string): boolean {
    return this.index.has(name);
  }

  /** The finished part of a column, without a copy; valid until the next `append`. */
  column(name: string): Float64Array {
    return this.array(name).subarray(0, this.rows);
  }

  at(name: string, interval: number): number {
    return interval >= 0 && interval < this.rows ? this.array(name)[interval] : NaN;
  }

  /** Sum over the intervals from `from` up to, not including, `to`. */
  sum(name: string, from: number, to: number): number {
    const column = this.array(name);
    let total = 0;
    for (let i = Math.max(0, from); i < Math.min(to, this.rows); i++) total += column[i];
    return total;
  }

  private array(name: string): Float64Array {
    const i = this.index.get(name);
    if (i === undefined)
      throw new Error(`series: there is no column "${name}"; there are ${this.names.join(', ')}.`);
    return this.columns[i];
  }

  private makeRoom(rows: number): void {
    let capacity = this.columns[0]?.length || FIRST_ROWS;
    if (rows <= capacity) return;
    while (capacity < rows) capacity *= 2;
    this.columns = this.columns.map((column) => {
      const larger = new Float64Array(capacity);
      larger.set(column);
      return larger;
    });
  }
}
