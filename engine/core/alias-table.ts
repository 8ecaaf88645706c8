import { pow } from './exact-math.ts';
import type { RandomSource } from './random.ts';

/**
 * Walker's alias method (Vose 1991): draws an index with given weights in O(1), two random integers a draw.
 * Weights are non-negative and not all zero.
 */
export class AliasTable {
  private readonly threshold: Float64Array;
  private readonly alias: Int32Array;
  readonly size: number;

  constructor(weights: ArrayLike<number>) {
    const n = (this.size = weights.length);
    this.threshold = new Float64Array(n);
    this.alias = new Int32Array(n);
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
      this.threshold[s] = scaled[s]! * 4294967296;
      this.alias[s] = l;
      scaled[l] = scaled[l]! + scaled[s]! - 1;
      (scaled[l]! < 1 ? small : large).push(l);
    }
    for (const i of [...small, ...large]) {
      this.threshold[i] = 4294967296;
      this.alias[i] = i;
    }
  }

  draw(random: RandomSource): number {
    const i = random.below(this.size);
    return random.uint32() < this.threshold[i]! ? i : this.alias[i]!;
  }
}

/** Zipf weights 1 / rank^exponent for ranks 1 … keys (index 0 is the most popular). */
export function zipfWeights(keys: number, exponent: number): Float64Array {
  const w = new Float64Array(keys);
  for (let i = 0; i < keys; i++) w[i] = 1 / pow(i + 1, exponent);
  return w;
}
