/**
 * Slots grouped by a count that only grows by one: Shah, Mitra, Matani, "An O(1) algorithm for implementing the LFU cache
 * eviction scheme", 2010, http://dhruvbird.com/lfu.pdf
 *
 * Groups stand in a list by ascending count, none is empty; within a group the slot that came first is the oldest. Adding,
 * counting and removing are O(1) and allocate nothing. There are never more groups than slots, and one more while a slot moves.
 */
export class CountGroups {
  /** [previous, next] of slots, then of each group's sentinel. */
  private readonly slotLinks: Int32Array;
  private readonly groupOf: Int32Array;
  /** [previous, next] of groups, then of the sentinel of all. */
  private readonly groupLinks: Int32Array;
  private readonly counts: Float64Array;
  private readonly free: Int32Array;
  private freeCount = 0;
  private readonly end: number;

  constructor(private readonly capacity: number) {
    this.end = capacity + 1;
    this.slotLinks = new Int32Array(2 * (capacity + this.end));
    this.groupOf = new Int32Array(capacity);
    this.groupLinks = new Int32Array(2 * (this.end + 1));
    this.counts = new Float64Array(this.end);
    this.free = new Int32Array(this.end);
    this.clear();
  }

  clear(): void {
    const { end } = this;
    this.groupLinks[2 * end] = end;
    this.groupLinks[2 * end + 1] = end;
    for (let g = 0; g < end; g++) this.free[g] = end - 1 - g;
    this.freeCount = end;
  }

  /** The slot begins with `count`, which must not be above any count held. */
  add(slot: number, count: number): void {
    const first = this.groupLinks[2 * this.end + 1];
    const group =
      first !== this.end && this.counts[first] === count ? first : this.openGroup(this.end, count);
    this.link(slot, group);
  }

  increment(slot: number): void {
    const { groupLinks, slotLinks, counts } = this;
    const group = this.groupOf[slot];
    const next = groupLinks[2 * group + 1];
    const count = counts[group] + 1;
    const fits = next !== this.end && counts[next] === count;
    const sentinel = this.capacity + group;
    if (!fits && slotLinks[2 * slot] === sentinel && slotLinks[2 * slot + 1] === sentinel) {
      counts[group] = count; // alone in its group: the group goes with it
      return;
    }
    const target = fits ? next : this.openGroup(group, count);
    this.remove(slot);
    this.link(slot, target);
  }

  remove(slot: number): void {
    const { slotLinks } = this;
    const previous = slotLinks[2 * slot];
    const next = slotLinks[2 * slot + 1];
    slotLinks[2 * previous + 1] = next;
    slotLinks[2 * next] = previous;
    if (previous === next && previous >= this.capacity) this.closeGroup(previous - this.capacity);
  }

  /** The group with the lowest count, or −1. */
  firstGroup(): number {
    return this.nextGroup(this.end);
  }

  /** The group with the next higher count, or −1. */
  nextGroup(group: number): number {
    const next = this.groupLinks[2 * group + 1];
    return next === this.end ? -1 : next;
  }

  countOf(group: number): number {
    return this.counts[group];
  }

  /** The slot that has been in the group for longest. */
  oldest(group: number): number {
    return this.slotLinks[2 * (this.capacity + group)];
  }

  private link(slot: number, group: number): void {
    const { slotLinks } = this;
    const sentinel = this.capacity + group;
    const newest = slotLinks[2 * sentinel + 1];
    slotLinks[2 * slot] = sentinel;
    slotLinks[2 * slot + 1] = newest;
    slotLinks[2 * newest] = slot;
    slotLinks[2 * sentinel + 1] = slot;
    this.groupOf[slot] = group;
  }

  private openGroup(after: number, count: number): number {
    const { groupLinks, slotLinks } = this;
    const group = this.free[--this.freeCount];
    const next = groupLinks[2 * after + 1];
    groupLinks[2 * group] = after;
    groupLinks[2 * group + 1] = next;
    groupLinks[2 * after + 1] = group;
    groupLinks[2 * next] = group;
    const sentinel = this.capacity + group;
    slotLinks[2 * sentinel] = sentinel;
    slotLinks[2 * sentinel + 1] = sentinel;
    this.counts[group] = count;
    return group;
  }

  private closeGroup(group: number): void {
    const { groupLinks } = this;
    const previous = groupLinks[2 * group];
    const next = groupLinks[2 * group + 1];
    groupLinks[2 * previous + 1] = next;
    groupLinks[2 * next] = previous;
    this.free[this.freeCount++] = group;
  }
}
