import type { EvictionPolicy } from './policy.ts';
import { SlotList } from './slot-list.ts';

/** First in, first out: hits change nothing. */
export class Fifo implements EvictionPolicy {
  readonly ignoresKeys = true;
  private readonly list: SlotList;

  constructor(capacity: number) {
    this.list = new SlotList(capacity);
  }
  onHit(): void {}
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
