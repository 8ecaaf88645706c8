import { SlotIndex } from '../slot-index.ts';
import { SlotList } from './slot-list.ts';

/**
 * Keys of entries that were evicted, the oldest forgotten first; holds no values. At most `capacity` keys, in typed arrays;
 * every operation is O(1). Keys are 32-bit integers.
 */
export class GhostQueue {
  private readonly index: SlotIndex;
  private readonly list: SlotList;
  private readonly keys: Int32Array;
  private readonly free: Int32Array;
  private freeCount = 0;

  constructor(private readonly capacity: number) {
    this.index = new SlotIndex(capacity);
    this.list = new SlotList(capacity);
    this.keys = new Int32Array(capacity);
    this.free = new Int32Array(capacity);
    this.clear();
  }

  get size(): number {
    return this.capacity - this.freeCount;
  }

  has(key: number): boolean {
    return this.index.find(key) >= 0;
  }

  /** Remembers a key; the oldest goes when there is no room. A key that is there already becomes the newest. */
  add(key: number): void {
    if (this.capacity === 0) return;
    this.remove(key);
    if (this.freeCount === 0) this.removeOldest();
    const place = this.free[--this.freeCount];
    this.keys[place] = key;
    this.index.add(key, place);
    this.list.addNewest(place);
  }

  /** Forgets a key; whether it was there. */
  remove(key: number): boolean {
    const place = this.index.find(key);
    if (place < 0) return false;
    this.forget(place);
    return true;
  }

  removeOldest(): void {
    const place = this.list.oldest();
    if (place >= 0) this.forget(place);
  }

  clear(): void {
    this.index.clear();
    this.list.clear();
    for (let i = 0; i < this.capacity; i++) this.free[i] = this.capacity - 1 - i;
    this.freeCount = this.capacity;
  }

  private forget(place: number): void {
    this.index.remove(this.keys[place]);
    this.list.remove(place);
    this.free[this.freeCount++] = place;
  }
}
