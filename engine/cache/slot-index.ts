/**
 * Index from integer keys to slots. Keys are 32-bit integers, slots 0 <= slot < capacity.
 *
 * Keys below `direct` have a place of their own in a table: where keys are numbered by popularity, those asked most lie side by side, and
 * a lookup is one read that is mostly in the processor's cache. The others are hashed: open addressing, linear probing,
 * deletion by shifting back (Knuth 6.4 R), at most half full, key and slot side by side.
 */
export class SlotIndex {
  /** Slot + 1; 0 marks a free place. Of 16 bits where they do: many tables then fit the processor's cache. */
  private readonly table: Int32Array | Uint16Array;
  /** Key and slot + 1 of each place; 0 in place of the slot marks a free one. */
  private readonly places: Int32Array;
  private readonly direct: number;
  private readonly mask: number;
  private readonly shift: number;

  /** @param direct keys from 0 up to here, not including it, are in the table. */
  constructor(capacity: number, direct = 0) {
    let bits = 4;
    while (1 << bits < capacity * 2) bits++;
    const places = 1 << bits;
    this.direct = direct;
    this.mask = places - 1;
    this.shift = 32 - bits;
    this.table = capacity < 65_536 ? new Uint16Array(direct) : new Int32Array(direct);
    this.places = new Int32Array(2 * places);
  }

  /** Slot of the key, or −1. */
  find(key: number): number {
    if (key >>> 0 < this.direct) return this.table[key]! - 1;
    const { places, mask } = this;
    let i = Math.imul(key, 0x9e3779b1) >>> this.shift;
    for (;;) {
      const slot = places[2 * i + 1]!;
      if (slot === 0) return -1;
      if (places[2 * i] === key) return slot - 1;
      i = (i + 1) & mask;
    }
  }

  /** The key must not be there yet. */
  add(key: number, slot: number): void {
    if (key >>> 0 < this.direct) {
      this.table[key] = slot + 1;
      return;
    }
    const { places, mask } = this;
    let i = Math.imul(key, 0x9e3779b1) >>> this.shift;
    while (places[2 * i + 1] !== 0) i = (i + 1) & mask;
    places[2 * i] = key;
    places[2 * i + 1] = slot + 1;
  }

  /** The key must be there. */
  remove(key: number): void {
    if (key >>> 0 < this.direct) {
      this.table[key] = 0;
      return;
    }
    const { places, mask, shift } = this;
    let gap = Math.imul(key, 0x9e3779b1) >>> shift;
    while (places[2 * gap] !== key || places[2 * gap + 1] === 0) gap = (gap + 1) & mask;
    let i = gap;
    for (;;) {
      i = (i + 1) & mask;
      if (places[2 * i + 1] === 0) break;
      const home = Math.imul(places[2 * i]!, 0x9e3779b1) >>> shift;
      // The entry may move into the gap unless its home lies cyclically in (gap, i].
      if (((i - home) & mask) >= ((i - gap) & mask)) {
        places[2 * gap] = places[2 * i]!;
        places[2 * gap + 1] = places[2 * i + 1]!;
        gap = i;
      }
    }
    places[2 * gap + 1] = 0;
  }

  clear(): void {
    this.table.fill(0);
    this.places.fill(0);
  }
}
