/**
 * Hash index from integer keys to slots: open addressing, linear probing, deletion by shifting back (Knuth 6.4 R), at most
 * half full. Keys are 32-bit integers, slots 0 <= slot < capacity.
 */
export class SlotIndex {
  private readonly keys: Int32Array;
  /** Slot + 1; 0 marks a free place. */
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly shift: number;

  constructor(capacity: number) {
    let bits = 4;
    while (1 << bits < capacity * 2) bits++;
    const places = 1 << bits;
    this.mask = places - 1;
    this.shift = 32 - bits;
    this.keys = new Int32Array(places);
    this.slots = new Int32Array(places);
  }

  /** Slot of the key, or −1. */
  find(key: number): number {
    const { keys, slots, mask } = this;
    let i = Math.imul(key, 0x9e3779b1) >>> this.shift;
    for (;;) {
      const slot = slots[i]!;
      if (slot === 0) return -1;
      if (keys[i] === key) return slot - 1;
      i = (i + 1) & mask;
    }
  }

  /** The key must not be there yet. */
  add(key: number, slot: number): void {
    const { keys, slots, mask } = this;
    let i = Math.imul(key, 0x9e3779b1) >>> this.shift;
    while (slots[i] !== 0) i = (i + 1) & mask;
    keys[i] = key;
    slots[i] = slot + 1;
  }

  /** The key must be there. */
  remove(key: number): void {
    const { keys, slots, mask, shift } = this;
    let gap = Math.imul(key, 0x9e3779b1) >>> shift;
    while (keys[gap] !== key || slots[gap] === 0) gap = (gap + 1) & mask;
    let i = gap;
    for (;;) {
      i = (i + 1) & mask;
      if (slots[i] === 0) break;
      const home = Math.imul(keys[i]!, 0x9e3779b1) >>> shift;
      // The entry may move into the gap unless its home lies cyclically in (gap, i].
      if (((i - home) & mask) >= ((i - gap) & mask)) {
        keys[gap] = keys[i]!;
        slots[gap] = slots[i]!;
        gap = i;
      }
    }
    slots[gap] = 0;
  }

  clear(): void {
    this.slots.fill(0);
  }
}
