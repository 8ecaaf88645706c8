/**
 * Least frequently used, counted while an entry is held ("in-cache LFU"), in constant time: Shah, Mitra, Matani, "An O(1)
 * algorithm for implementing the LFU cache eviction scheme", 2010, http://dhruvbird.com/lfu.pdf
 */
import { CountGroups } from './count-groups.ts';
import type { EvictionPolicy } from './policy.ts';

/** The slot with the fewest uses goes; among equals the one that reached its count first. An insertion is the first use. */
export class Lfu implements EvictionPolicy {
  private readonly groups: CountGroups;

  constructor(capacity: number) {
    this.groups = new CountGroups(capacity);
  }
  onHit(slot: number): void {
    this.groups.increment(slot);
  }
  onMiss(): void {}
  onInsert(slot: number): void {
    this.groups.add(slot, 1);
  }
  onRemove(slot: number): void {
    this.groups.remove(slot);
  }
  victim(): number {
    return this.groups.oldest(this.groups.firstGroup());
  }
  clear(): void {
    this.groups.clear();
  }
}
