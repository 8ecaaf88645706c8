/**
 * Doubly linked list of slots, two links a slot side by side in one typed array; every operation is O(1) and allocates nothing.
 * The sentinel sits at index `capacity`: its `next` is the newest, its `previous` the oldest.
 */
export class SlotList {
  private readonly links: Int32Array;
  private readonly sentinel: number;

  constructor(capacity: number) {
    this.sentinel = capacity;
    this.links = new Int32Array(2 * (capacity + 1));
    this.clear();
  }

  clear(): void {
    this.links[2 * this.sentinel] = this.sentinel;
    this.links[2 * this.sentinel + 1] = this.sentinel;
  }

  addNewest(slot: number): void {
    const { links, sentinel } = this;
    const newest = links[2 * sentinel + 1];
    links[2 * slot] = sentinel;
    links[2 * slot + 1] = newest;
    links[2 * newest] = slot;
    links[2 * sentinel + 1] = slot;
  }

  remove(slot: number): void {
    const { links } = this;
    const before = links[2 * slot];
    const after = links[2 * slot + 1];
    links[2 * before + 1] = after;
    links[2 * after] = before;
  }

  moveToNewest(slot: number): void {
    if (this.links[2 * slot] === this.sentinel) return;
    this.remove(slot);
    this.addNewest(slot);
  }

  /** `other`, which is not in the list, takes the place of `slot`. */
  replace(slot: number, other: number): void {
    const { links } = this;
    const before = links[2 * slot];
    const after = links[2 * slot + 1];
    links[2 * other] = before;
    links[2 * other + 1] = after;
    links[2 * before + 1] = other;
    links[2 * after] = other;
  }

  /** The oldest slot, or −1 when the list is empty. */
  oldest(): number {
    const slot = this.links[2 * this.sentinel];
    return slot === this.sentinel ? -1 : slot;
  }

  newest(): number {
    const slot = this.links[2 * this.sentinel + 1];
    return slot === this.sentinel ? -1 : slot;
  }

  /** The next one towards the newest end, or −1 when it is the newest. */
  newer(slot: number): number {
    const other = this.links[2 * slot];
    return other === this.sentinel ? -1 : other;
  }
}
