/**
 * W-TinyLFU: Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM ToS 2017,
 * https://arxiv.org/abs/1512.00727; shares as in the paper and in Caffeine, https://github.com/ben-manes/caffeine
 */
import { FrequencySketch } from './frequency-sketch.ts';
import type { EvictionPolicy } from './policy.ts';
import { SlotQueues } from './slot-queues.ts';

const WINDOW = 0;
const PROBATION = 1;
const PROTECTED = 2;

/**
 * Newcomers enter a window (1 %). What falls out of the window must have been asked for more often than what the main space
 * (a segmented LRU, 80 % of it protected) would evict, by the count of a sketch over all requests; the loser of the two goes.
 */
export class WTinyLfu implements EvictionPolicy {
  private readonly queues: SlotQueues;
  private readonly sketch: FrequencySketch;
  private readonly keys: Int32Array;
  private fitted = -1;
  private windowShare = 0;
  private protectedShare = 0;

  constructor(private readonly capacity: number) {
    this.queues = new SlotQueues(capacity, 3);
    this.sketch = new FrequencySketch(capacity);
    this.keys = new Int32Array(capacity);
    this.fit(capacity);
  }
  onHit(slot: number): void {
    const { queues } = this;
    this.sketch.count(this.keys[slot]);
    if (queues.of(slot) === WINDOW) {
      queues.move(WINDOW, slot);
      return;
    }
    queues.move(PROTECTED, slot);
    while (queues.size(PROTECTED) > this.protectedShare) queues.move(PROBATION, queues.oldest(PROTECTED));
  }
  onMiss(key: number): void {
    this.sketch.count(key);
  }
  onInsert(slot: number, key: number): void {
    const { queues } = this;
    this.keys[slot] = key;
    queues.addNewest(WINDOW, slot);
    while (queues.size(WINDOW) > this.windowShare) queues.move(PROBATION, queues.oldest(WINDOW));
  }
  onRemove(slot: number): void {
    this.queues.remove(slot);
  }
  victim(): number {
    const { queues, keys, sketch } = this;
    this.fit(queues.size(WINDOW) + queues.size(PROBATION) + queues.size(PROTECTED));
    // The newcomer will push the window's oldest out; that one is the candidate for the main space.
    const candidate = queues.size(WINDOW) >= this.windowShare ? queues.oldest(WINDOW) : -1;
    const oldest = queues.oldest(PROBATION);
    if (candidate < 0) return oldest >= 0 ? oldest : queues.oldest(PROTECTED);
    if (oldest < 0) return candidate;
    return sketch.frequency(keys[candidate]) > sketch.frequency(keys[oldest]) ? oldest : candidate;
  }
  clear(): void {
    this.queues.clear();
    this.sketch.clear();
    this.fit(this.capacity);
  }

  /** The cache is full when it asks for a victim, be it of entries or of bytes: as many as there are is the capacity. */
  private fit(capacity: number): void {
    if (capacity === this.fitted) return;
    this.fitted = capacity;
    const main = Math.floor(capacity * 0.99);
    this.windowShare = Math.max(1, capacity - main);
    this.protectedShare = Math.floor(main * 0.8);
  }
}
