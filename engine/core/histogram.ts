/**
 * Log-bucket histogram of non-negative values: 64 buckets to the octave, so a reported value is within 1/128 (0.8 %) of the
 * true one, from 2^−10 to 2^32 in the caller's unit (with milliseconds: one microsecond to 49 days). Smaller values, zero
 * among them, share one bucket that reports 0; larger ones are counted in the last.
 *
 * The bucket is read off the bits of the value as a 32-bit float: no logarithm, the same in every engine.
 */
const OCTAVES = 42;
const SUB_BITS = 6;
const FIRST = (127 - 10) << SUB_BITS; // float32 exponent of 2^−10, shifted like the index
/** Bucket 0 is "below 2^−10"; bucket i >= 1 starts at the float whose top bits are FIRST + i − 1. */
export const BUCKETS = (OCTAVES << SUB_BITS) + 1;

const floatView = new Float32Array(1);
const bitsView = new Int32Array(floatView.buffer);

export function bucketOf(value: number): number {
  floatView[0] = value;
  const i = (bitsView[0]! >> 17) - FIRST + 1;
  return i < 1 ? 0 : i >= BUCKETS ? BUCKETS - 1 : i;
}

/** The value that stands for a bucket: the middle between its edges. */
export function bucketValue(bucket: number): number {
  return bucket === 0 ? 0 : (bucketEdge(bucket) + bucketEdge(bucket + 1)) / 2;
}

function bucketEdge(bucket: number): number {
  bitsView[0] = (FIRST + bucket - 1) << 17;
  return floatView[0]!;
}

export class LogHistogram {
  readonly counts = new Float64Array(BUCKETS);
  total = 0;

  add(value: number): void {
    this.counts[bucketOf(value)]!++;
    this.total++;
  }

  addBucket(bucket: number, count: number): void {
    this.counts[bucket]! += count;
    this.total += count;
  }

  merge(other: LogHistogram): void {
    for (let i = 0; i < BUCKETS; i++) this.counts[i]! += other.counts[i]!;
    this.total += other.total;
  }

  clear(): void {
    this.counts.fill(0);
    this.total = 0;
  }

  /** Nearest-rank quantile, 0 <= p <= 1; NaN when empty. */
  quantile(p: number): number {
    if (this.total === 0) return NaN;
    let rank = Math.max(1, Math.ceil(p * this.total));
    for (let i = 0; i < BUCKETS; i++) {
      rank -= this.counts[i]!;
      if (rank <= 0) return bucketValue(i);
    }
    return bucketValue(BUCKETS - 1);
  }
}
