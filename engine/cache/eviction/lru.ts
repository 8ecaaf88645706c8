import type { EvictionPolicy } from './policy.ts';
import { SlotList } from './slot-list.ts';

/** Least recently used: a hit makes a slot the newest, the oldest goes. */
export class Lru implements EvictionPolicy {
  readonly ignoresKeys = true;
  private readonly list: SlotList;

  constructor(capacity: number) {
    this.list = new SlotList(capacity);
  }
  onHit(slot: number): void {
    this.list.moveToNewest(slot);
  }
  onMiss(): void {}
  onInsert(slot: number): void {
    this.list.addNewest(slot);
  }
  onRemove(slot: number): void {
    this.list.remove(slot);
  }
  victim(): number {
    return this.list.oldest();
  }
  clear(): void {
    this.list.clear();
  }
}
