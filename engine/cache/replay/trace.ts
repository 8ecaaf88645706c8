import { doubled } from '../../core/growing.ts';

/** A trace in memory, as columns. */
export interface Trace {
  readonly requests: number;
  readonly unique: number;
  /** Key of each request, numbered 0 … unique − 1 in the order in which they first appear. */
  readonly ids: Int32Array;
  /** Bytes of each request's object; null where the format has none. */
  readonly sizes: Float64Array | null;
}

/** Collects a trace request by request; the columns double as they fill. */
export class TraceBuilder {
  private ids = new Int32Array(65536);
  private sizes = new Float64Array(0);
  private count = 0;

  get requests(): number {
    return this.count;
  }

  add(id: number): void {
    if (this.count === this.ids.length) this.ids = doubled(this.ids);
    this.ids[this.count++] = id;
  }

  addSized(id: number, sizeBytes: number): void {
    if (this.sizes.length < this.ids.length) {
      const longer = new Float64Array(this.ids.length);
      longer.set(this.sizes);
      this.sizes = longer;
    }
    this.add(id);
    if (this.sizes.length < this.ids.length) this.sizes = doubled(this.sizes);
    this.sizes[this.count - 1] = sizeBytes;
  }

  build(unique: number): Trace {
    return {
      requests: this.count,
      unique,
      ids: this.ids.slice(0, this.count),
      sizes: this.sizes.length === 0 ? null : this.sizes.slice(0, this.count),
    };
  }
}

/** Sum of the sizes of all keys, each with the size it had first; null where there are no sizes. */
export function uniqueBytes({ ids, sizes }: Trace): number | null {
  if (sizes === null) return null;
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < ids.length; i++)
    if (ids[i] === seen) {
      seen++;
      sum += sizes[i];
    }
  return sum;
}
