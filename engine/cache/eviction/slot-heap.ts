/**
 * Binary heap of slots by a number, the least on top; among equal numbers the one placed earlier. In typed arrays; placing and
 * removing take O(log n) and allocate nothing.
 */
export class SlotHeap {
  private readonly heap: Int32Array;
  /** Place in the heap of each slot. */
  private readonly places: Int32Array;
  private readonly ranks: Float64Array;
  private readonly stamps: Float64Array;
  private count = 0;
  private placed = 0;

  constructor(capacity: number) {
    this.heap = new Int32Array(capacity);
    this.places = new Int32Array(capacity);
    this.ranks = new Float64Array(capacity);
    this.stamps = new Float64Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  /** The slot on top, or −1. */
  top(): number {
    return this.count === 0 ? -1 : this.heap[0];
  }

  rank(slot: number): number {
    return this.ranks[slot];
  }

  add(slot: number, rank: number): void {
    this.set(slot, rank);
    this.up(this.count++, slot);
  }

  /** Gives a slot of the heap another rank. */
  change(slot: number, rank: number): void {
    this.set(slot, rank);
    this.settle(this.places[slot], slot);
  }

  remove(slot: number): void {
    const place = this.places[slot];
    const last = this.heap[--this.count];
    if (last !== slot) this.settle(place, last);
  }

  clear(): void {
    this.count = 0;
  }

  private set(slot: number, rank: number): void {
    this.ranks[slot] = rank;
    this.stamps[slot] = this.placed++;
  }

  private settle(place: number, slot: number): void {
    this.up(place, slot);
    if (this.places[slot] === place) this.down(place, slot);
  }

  private before(a: number, b: number): boolean {
    const { ranks } = this;
    return ranks[a] < ranks[b] || (ranks[a] === ranks[b] && this.stamps[a] < this.stamps[b]);
  }

  private up(place: number, slot: number): void {
    const { heap, places } = this;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (!this.before(slot, above)) break;
      heap[place] = above;
      places[above] = place;
      place = parent;
    }
    heap[place] = slot;
    places[slot] = place;
  }

  private down(place: number, slot: number): void {
    const { heap, places, count } = this;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= count) break;
      if (child + 1 < count && this.before(heap[child + 1], heap[child])) child++;
      const below = heap[child];
      if (!this.before(below, slot)) break;
      heap[place] = below;
      places[below] = place;
      place = child;
    }
    heap[place] = slot;
    places[slot] = place;
  }
}
