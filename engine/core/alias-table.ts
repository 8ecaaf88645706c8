import { pow } from './exact-math.ts';
import type { RandomSource, RandomStream } from './random.ts';

/** Of two random integers for each number of a block; the block is drawn as a whole. */
const BLOCK = 128;
const words = new Uint32Array(2 * BLOCK);

/**
 * Walker's alias method (Vose 1991): draws an index with given weights in O(1), two random integers a draw.
 * Weights are non-negative and not all zero.
 */
export class AliasTable {
  /** Threshold of 32 bits and alias of each index, side by side: a draw reads one line of the processor's cache. */
  private readonly pairs: Uint32Array;
  readonly size: number;

  constructor(weights: ArrayLike<number>) {
    const n = (this.size = weights.length);
    this.pairs = new Uint32Array(2 * n);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += weights[i]!;
    const scaled = new Float64Array(n);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < n; i++) {
      scaled[i] = (weights[i]! * n) / sum;
      (scaled[i]! < 1 ? small : large).push(i);
    }
    while (small.length > 0 && large.length > 0) {
      const s = small.pop()!;
      const l = large.pop()!;
      this.put(s, scaled[s]! * 4294967296, l);
      scaled[l] = scaled[l]! + scaled[s]! - 1;
      (scaled[l]! < 1 ? small : large).push(l);
    }
    for (const i of [...small, ...large]) this.put(i, 4294967296, i);
  }

  /** A random integer below `threshold` stays at `i`. A threshold above all of them has 32 bits with `i` as its own alias. */
  private put(i: number, threshold: number, alias: number): void {
    const whole = Math.ceil(threshold);
    const always = whole > 4294967295;
    this.pairs[2 * i] = always ? 4294967295 : whole;
    this.pairs[2 * i + 1] = always ? i : alias;
  }

  draw(random: RandomSource): number {
    const i = random.below(this.size);
    return random.uint32() < this.pairs[2 * i]! ? i : this.pairs[2 * i + 1]!;
  }

  /** The same numbers as so many calls of `draw`: reads that do not wait for each other take a fraction of the time. */
  draws(random: RandomStream, out: Int32Array): void {
    const { pairs, size } = this;
    for (let from = 0; from < out.length; from += BLOCK) {
      const count = Math.min(BLOCK, out.length - from);
      random.uint32s(words, 2 * count);
      for (let k = 0; k < count; k++) {
        const i = Math.floor(words[2 * k]! * 2.3283064365386963e-10 * size);
        out[from + k] = words[2 * k + 1]! < pairs[2 * i]! ? i : pairs[2 * i + 1]!;
      }
    }
  }
}

/** Zipf weights 1 / rank^exponent for ranks 1 … keys (index 0 is the most popular). */
export function zipfWeights(keys: number, exponent: number): Float64Array {
  const w = new Float64Array(keys);
  for (let i = 0; i < keys; i++) w[i] = 1 / pow(i + 1, exponent);
  return w;
}
