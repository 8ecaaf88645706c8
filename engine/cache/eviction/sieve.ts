/**
 * SIEVE: Zhang, Yang, Yue, Vigfusson, Rashmi, "SIEVE is Simpler than LRU", NSDI 2024,
 * https://www.usenix.org/conference/nsdi24/presentation/zhang-yazhuo
 */
import type { EvictionPolicy } from './policy.ts';
import { SlotList } from './slot-list.ts';

/**
 * A FIFO list with a hand that moves from the oldest towards the newest. It clears the bits of visited slots and takes the first
 * one without a bit; those that stay keep their place in the list, and the hand goes on from where it took the last one.
 */
export class Sieve implements EvictionPolicy {
  readonly ignoresKeys = true;
  private readonly list: SlotList;
  private readonly visited: Uint8Array;
  /** −1: at the oldest. */
  private hand = -1;

  constructor(capacity: number) {
    this.list = new SlotList(capacity);
    this.visited = new Uint8Array(capacity);
  }
  onHit(slot: number): void {
    this.visited[slot] = 1;
  }
  onMiss(): void {}
  onInsert(slot: number): void {
    this.visited[slot] = 0;
    this.list.addNewest(slot);
  }
  onRemove(slot: number): void {
    if (slot === this.hand) this.hand = this.list.newer(slot);
    this.list.remove(slot);
  }
  victim(): number {
    const { list, visited } = this;
    let slot = this.hand < 0 ? list.oldest() : this.hand;
    while (visited[slot] !== 0) {
      visited[slot] = 0;
      slot = list.newer(slot);
      if (slot < 0) slot = list.oldest();
    }
    this.hand = slot;
    return slot;
  }
  clear(): void {
    this.list.clear();
    this.hand = -1;
  }
}
