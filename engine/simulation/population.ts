import { AliasTable, zipfWeights } from '../core/alias-table.ts';
import { RandomStream, type RandomSource } from '../core/random.ts';
import type { Scenario } from './scenario.ts';

/** Number of keys that are asked again and again. */
export const keysOf = (settings: Scenario['population']): number =>
  settings.kind === 'zipf' ? settings.keys : settings.weights.length;

/** Keys drawn at once. */
const BLOCK = 128;

/**
 * What is asked: keys 0 … size − 1 by popularity, and one-time keys from `size` upwards that never come again.
 */
export class Population {
  readonly size: number;
  private readonly weights: ArrayLike<number>;
  private weightSum = 0;
  private readonly table: AliasTable;
  /** Share of requests for something that nobody asks again, as it is now. */
  oneTimeShare: number;
  private readonly keys: RandomStream;
  private readonly kinds: RandomStream;
  private nextOneTime: number;
  private readonly block = new Int32Array(BLOCK);
  private at = BLOCK;

  /** @param purpose names the random streams, so that the caches' past and the run draw apart. */
  constructor(settings: Scenario['population'], seed: number, purpose: string) {
    const weights =
      settings.kind === 'zipf' ? zipfWeights(settings.keys, settings.exponent) : settings.weights;
    this.size = weights.length;
    this.weights = weights;
    for (let i = 0; i < weights.length; i++) this.weightSum += weights[i]!;
    this.table = new AliasTable(weights);
    this.oneTimeShare = settings.oneTimeShare;
    this.keys = new RandomStream(seed, `${purpose}:keys`);
    this.kinds = new RandomStream(seed, `${purpose}:one-time`);
    this.nextOneTime = purpose === 'history' ? -1 : this.size;
  }

  /** Share of the requests for keys of the population that ask for this one. */
  shareOf(key: number): number {
    return this.weights[key]! / this.weightSum;
  }

  /** Key of the next request. One-time keys of the history are negative, those of the run above the population. */
  next(): number {
    if (this.oneTimeShare > 0 && this.kinds.uniform() < this.oneTimeShare)
      return this.nextOneTime < 0 ? this.nextOneTime-- : this.nextOneTime++ | 0;
    if (this.size === 1) return 0;
    if (this.at === BLOCK) {
      this.table.draws(this.keys, this.block);
      this.at = 0;
    }
    return this.block[this.at++]!;
  }

  /** A key of the population. */
  repeated(random: RandomSource): number {
    return this.size === 1 ? 0 : this.table.draw(random);
  }
}
