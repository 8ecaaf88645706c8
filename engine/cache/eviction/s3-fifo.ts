/**
 * S3-FIFO: Yang, Zhang, Qiu, Yue, Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023,
 * https://dl.acm.org/doi/10.1145/3600006.3613147; details as in libCacheSim,
 * https://github.com/1a1a11a/libCacheSim/blob/develop/libCacheSim/cache/eviction/S3FIFO.c
 */
import { GhostQueue } from './ghost-queue.ts';
import type { EvictionPolicy } from './policy.ts';
import { SlotQueues } from './slot-queues.ts';

const SMALL = 0;
const MAIN = 1;

/**
 * Newcomers enter a small queue (a tenth). What was used often enough there moves on to the main queue, the rest leaves its key in
 * a ghost queue; a newcomer whose key is a ghost enters main at once. Main is a CLOCK with two bits.
 */
export class S3Fifo implements EvictionPolicy {
  private readonly queues: SlotQueues;
  private readonly ghosts: GhostQueue;
  private readonly keys: Int32Array;
  /** Uses since the slot entered its queue, 3 at most: more makes no difference in either. */
  private readonly uses: Uint8Array;
  private wasGhost = false;
  private named = -1;

  /** @param promoteAt uses in the small queue that earn a place in main. */
  constructor(
    capacity: number,
    private readonly promoteAt = 2,
  ) {
    this.queues = new SlotQueues(capacity, 2);
    this.ghosts = new GhostQueue(Math.floor(capacity * 0.9));
    this.keys = new Int32Array(capacity);
    this.uses = new Uint8Array(capacity);
  }
  onHit(slot: number): void {
    if (this.uses[slot] < 3) this.uses[slot]++;
  }
  onMiss(key: number): void {
    this.wasGhost = this.ghosts.remove(key);
  }
  onInsert(slot: number, key: number): void {
    this.keys[slot] = key;
    this.uses[slot] = 0;
    this.queues.addNewest(this.wasGhost ? MAIN : SMALL, slot);
    this.wasGhost = false;
  }
  onRemove(slot: number): void {
    if (slot === this.named && this.queues.of(slot) === SMALL) this.ghosts.add(this.keys[slot]);
    this.queues.remove(slot);
    this.named = -1;
  }
  victim(): number {
    const { queues, uses } = this;
    // The cache is full now, be it of entries or of bytes, so this many is its capacity.
    const capacity = queues.size(SMALL) + queues.size(MAIN);
    const mainShare = capacity - Math.floor(capacity * 0.1);
    if (queues.size(MAIN) <= mainShare) {
      // Once begun it goes on, even when the slots that move on fill main over its share.
      for (let slot = queues.oldest(SMALL); slot >= 0; slot = queues.oldest(SMALL)) {
        if (uses[slot] < this.promoteAt) return (this.named = slot);
        uses[slot] = 0;
        queues.move(MAIN, slot);
      }
    }
    for (;;) {
      const slot = queues.oldest(MAIN);
      if (uses[slot] === 0) return (this.named = slot);
      uses[slot]--;
      queues.move(MAIN, slot);
    }
  }
  clear(): void {
    this.queues.clear();
    this.ghosts.clear();
    this.wasGhost = false;
    this.named = -1;
  }
}
