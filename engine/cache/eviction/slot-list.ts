/**
 * Doubly linked list of slots in two typed arrays; every operation is O(1) and allocates nothing.
 * The sentinel sits at index `capacity`: its `next` is the newest, its `previous` the oldest.
 */
export class SlotList {
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly sentinel: number;

  constructor(capacity: number) {
    this.sentinel = capacity;
    this.next = new Int32Array(capacity + 1);
    this.previous = new Int32Array(capacity + 1);
    this.clear();
  }

  clear(): void {
    this.next[this.sentinel] = this.sentinel;
    this.previous[this.sentinel] = this.sentinel;
  }

  addNewest(slot: number): void {
    const { next, previous, sentinel } = this;
    const newest = next[sentinel]!;
    next[slot] = newest;
    previous[slot] = sentinel;
    previous[newest] = slot;
    next[sentinel] = slot;
  }

  remove(slot: number): void {
    const { next, previous } = this;
    const before = previous[slot]!;
    const after = next[slot]!;
    next[before] = after;
    previous[after] = before;
  }

  /** The oldest slot, or −1 when the list is empty. */
  oldest(): number {
    const slot = this.previous[this.sentinel]!;
    return slot === this.sentinel ? -1 : slot;
  }

  newest(): number {
    const slot = this.next[this.sentinel]!;
    return slot === this.sentinel ? -1 : slot;
  }
}
