import { RandomStream } from '../../core/random.ts';
import type { EvictionPolicy } from './policy.ts';

/** Any slot, each with the same chance; the same seed chooses the same ones. What every other policy has to beat. */
export class Random implements EvictionPolicy {
  /** The slots held, in no order. */
  private readonly held: Int32Array;
  private readonly places: Int32Array;
  private count = 0;
  private random: RandomStream;
  private named = -1;

  constructor(
    capacity: number,
    private readonly seed = 1,
  ) {
    this.held = new Int32Array(capacity);
    this.places = new Int32Array(capacity);
    this.random = new RandomStream(seed, 'eviction');
  }
  onHit(): void {}
  onMiss(): void {
    this.named = -1;
  }
  onInsert(slot: number): void {
    this.places[slot] = this.count;
    this.held[this.count++] = slot;
  }
  onRemove(slot: number): void {
    const place = this.places[slot];
    const last = this.held[--this.count];
    this.held[place] = last;
    this.places[last] = place;
    this.named = -1;
  }
  victim(): number {
    if (this.named < 0) this.named = this.held[this.random.below(this.count)];
    return this.named;
  }
  clear(): void {
    this.count = 0;
    this.named = -1;
    this.random = new RandomStream(this.seed, 'eviction');
  }
}
