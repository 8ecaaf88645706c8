/** Copies into a new typed array of twice the length; for arrays that double when they are full. */
export function doubled<T extends Int32Array | Float64Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}

/** Hands out integer slots and takes them back; the last one returned is the next one given. */
export class SlotAllocator {
  private free: Int32Array;
  private freeCount: number;
  private limit: number;

  /** @param grow called with the new capacity when all slots are taken; it must enlarge the columns. */
  constructor(
    capacity: number,
    private readonly grow: () => void,
  ) {
    this.limit = capacity;
    this.free = Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    this.freeCount = capacity;
  }

  get capacity(): number {
    return this.limit;
  }

  get taken(): number {
    return this.limit - this.freeCount;
  }

  take(): number {
    if (this.freeCount === 0) {
      this.grow();
      const old = this.limit;
      this.limit = old * 2;
      this.free = new Int32Array(this.limit);
      for (let slot = this.limit - 1; slot >= old; slot--) this.free[this.freeCount++] = slot;
    }
    return this.free[--this.freeCount]!;
  }

  give(slot: number): void {
    this.free[this.freeCount++] = slot;
  }
}
