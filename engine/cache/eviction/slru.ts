/**
 * Segmented LRU: Karedla, Love, Wherry, "Caching strategies to improve disk system performance", IEEE Computer 27(3), 1994,
 * https://doi.org/10.1109/2.268884
 */
import type { EvictionPolicy } from './policy.ts';
import { SlotQueues } from './slot-queues.ts';

const PROBATION = 0;
const PROTECTED = 1;

/**
 * A newcomer is on probation; a hit there makes it protected. The protected segment holds four fifths at most, its oldest goes back
 * on probation; the oldest on probation is evicted.
 */
export class Slru implements EvictionPolicy {
  private readonly queues: SlotQueues;
  private protectedShare = 0;
  private fitted = -1;

  constructor(private readonly capacity: number) {
    this.queues = new SlotQueues(capacity, 2);
    this.fit(capacity);
  }
  onHit(slot: number): void {
    const { queues } = this;
    queues.move(PROTECTED, slot);
    while (queues.size(PROTECTED) > this.protectedShare) queues.move(PROBATION, queues.oldest(PROTECTED));
  }
  onMiss(): void {}
  onInsert(slot: number): void {
    this.queues.addNewest(PROBATION, slot);
  }
  onRemove(slot: number): void {
    this.queues.remove(slot);
  }
  victim(): number {
    const { queues } = this;
    this.fit(queues.size(PROBATION) + queues.size(PROTECTED));
    const slot = queues.oldest(PROBATION);
    return slot >= 0 ? slot : queues.oldest(PROTECTED);
  }
  clear(): void {
    this.queues.clear();
    this.fit(this.capacity);
  }

  /** The cache is full when it asks for a victim, be it of entries or of bytes: as many as there are is the capacity. */
  private fit(capacity: number): void {
    if (capacity === this.fitted) return;
    this.fitted = capacity;
    this.protectedShare = Math.floor(capacity * 0.8);
  }
}
