/**
 * 2Q, full version: Johnson, Shasha, "2Q: A Low Overhead High Performance Buffer Management Replacement Algorithm", VLDB 1994,
 * https://www.vldb.org/conf/1994/P439.PDF
 */
import { GhostQueue } from './ghost-queue.ts';
import type { EvictionPolicy } from './policy.ts';
import { SlotQueues } from './slot-queues.ts';

/** A1in: newcomers, first in, first out. */
const IN = 0;
/** Am: what was asked for again after it had left A1in, least recently used last. */
const MAIN = 1;

/** Kin is a quarter and Kout (ghosts of A1in) a half of the capacity, the paper's recommendation. */
export class TwoQueue implements EvictionPolicy {
  private readonly queues: SlotQueues;
  private readonly ghosts: GhostQueue;
  private readonly keys: Int32Array;
  private wasGhost = false;
  private named = -1;

  constructor(capacity: number) {
    this.queues = new SlotQueues(capacity, 2);
    this.ghosts = new GhostQueue(Math.max(1, Math.floor(capacity * 0.5)));
    this.keys = new Int32Array(capacity);
  }
  onHit(slot: number): void {
    if (this.queues.of(slot) === MAIN) this.queues.move(MAIN, slot);
  }
  onMiss(key: number): void {
    this.wasGhost = this.ghosts.has(key);
  }
  onInsert(slot: number, key: number): void {
    this.keys[slot] = key;
    // Making room may have pushed the key out of the ghosts; it was there when it was asked for, and that counts.
    if (this.wasGhost) this.ghosts.remove(key);
    this.queues.addNewest(this.wasGhost ? MAIN : IN, slot);
    this.wasGhost = false;
  }
  onRemove(slot: number): void {
    if (slot === this.named && this.queues.of(slot) === IN) this.ghosts.add(this.keys[slot]);
    this.queues.remove(slot);
    this.named = -1;
  }
  victim(): number {
    const { queues } = this;
    const capacity = queues.size(IN) + queues.size(MAIN);
    const inShare = Math.max(1, Math.floor(capacity * 0.25));
    const fromIn = queues.size(IN) > inShare || queues.size(MAIN) === 0;
    return (this.named = queues.oldest(fromIn ? IN : MAIN));
  }
  clear(): void {
    this.queues.clear();
    this.ghosts.clear();
    this.wasGhost = false;
    this.named = -1;
  }
}
