/**
 * ARC: Megiddo, Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache", FAST 2003, figure 4,
 * https://www.usenix.org/conference/fast-03/arc-self-tuning-low-overhead-replacement-cache
 */
import { GhostQueue } from './ghost-queue.ts';
import type { EvictionPolicy } from './policy.ts';
import { SlotQueues } from './slot-queues.ts';

/** T1: seen once lately. T2: at least twice. */
const RECENT = 0;
const FREQUENT = 1;

/**
 * Two LRU lists and the ghosts of both (B1, B2). A hit on a ghost shows which list was too short and moves the target `p` of T1.
 * `p` is a real number, as in the paper; ghosts and entries together are 2c keys at most.
 */
export class Arc implements EvictionPolicy {
  private readonly queues: SlotQueues;
  /** B1 and B2, keys that left T1 and T2. */
  private readonly recentGhosts: GhostQueue;
  private readonly frequentGhosts: GhostQueue;
  private readonly keys: Int32Array;
  /** Target size of T1, 0 <= p <= c. */
  private target = 0;
  private missed: 'new' | 'recent ghost' | 'frequent ghost' = 'new';
  private named = -1;

  constructor(private readonly capacity: number) {
    this.queues = new SlotQueues(capacity, 2);
    this.recentGhosts = new GhostQueue(capacity);
    this.frequentGhosts = new GhostQueue(capacity);
    this.keys = new Int32Array(capacity);
  }
  onHit(slot: number): void {
    this.queues.move(FREQUENT, slot);
  }
  onMiss(key: number): void {
    const { recentGhosts, frequentGhosts } = this;
    if (recentGhosts.has(key)) {
      const step = Math.max(1, frequentGhosts.size / recentGhosts.size);
      this.target = Math.min(this.target + step, this.capacity);
      recentGhosts.remove(key);
      this.missed = 'recent ghost';
    } else if (frequentGhosts.has(key)) {
      const step = Math.max(1, recentGhosts.size / frequentGhosts.size);
      this.target = Math.max(this.target - step, 0);
      frequentGhosts.remove(key);
      this.missed = 'frequent ghost';
    } else this.missed = 'new';
  }
  onInsert(slot: number, key: number): void {
    this.keys[slot] = key;
    this.queues.addNewest(this.missed === 'new' ? RECENT : FREQUENT, slot);
  }
  onRemove(slot: number): void {
    if (slot === this.named) this.leaveGhost(slot);
    this.queues.remove(slot);
    this.named = -1;
  }
  victim(): number {
    const { queues, target } = this;
    const recent = queues.size(RECENT);
    const frequent = queues.size(FREQUENT);
    const fromRecent =
      frequent === 0 ||
      recent > target ||
      (this.missed === 'frequent ghost' && recent === target && recent > 0);
    return (this.named = queues.oldest(fromRecent ? RECENT : FREQUENT));
  }
  clear(): void {
    this.queues.clear();
    this.recentGhosts.clear();
    this.frequentGhosts.clear();
    this.target = 0;
    this.missed = 'new';
    this.named = -1;
  }

  /** Cases II to IV: the evicted slot becomes a ghost, and for a key that was none an old ghost is forgotten. */
  private leaveGhost(slot: number): void {
    const { queues, recentGhosts, frequentGhosts } = this;
    const recent = queues.size(RECENT);
    // It is full now, be it of entries or of bytes: as many as there are is c.
    const c = recent + queues.size(FREQUENT);
    if (this.missed === 'new') {
      if (recent === c) return;
      if (recent + recentGhosts.size >= c)
        while (recent + recentGhosts.size >= c) recentGhosts.removeOldest();
      else while (recentGhosts.size + frequentGhosts.size >= c) frequentGhosts.removeOldest();
    }
    (queues.of(slot) === RECENT ? recentGhosts : frequentGhosts).add(this.keys[slot]);
  }
}
