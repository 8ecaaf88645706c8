/**
 * CLOCK, also FIFO with a second chance: F. J. Corbató, "A Paging Experiment with the Multics System", MIT Project MAC
 * Report MAC-M-384, 1968, https://www.multicians.org/paging-experiment.pdf
 */
import type { EvictionPolicy } from './policy.ts';
import { SlotList } from './slot-list.ts';

/** A hit sets the slot's bit. The hand clears bits as it passes and takes the first slot whose bit is clear already. */
export class Clock implements EvictionPolicy {
  /** The oldest is where the hand stands; a slot it passed goes to the newest end. */
  private readonly list: SlotList;
  private readonly used: Uint8Array;

  constructor(capacity: number) {
    this.list = new SlotList(capacity);
    this.used = new Uint8Array(capacity);
  }
  onHit(slot: number): void {
    this.used[slot] = 1;
  }
  onMiss(): void {}
  onInsert(slot: number): void {
    this.used[slot] = 0;
    this.list.addNewest(slot);
  }
  onRemove(slot: number): void {
    this.list.remove(slot);
  }
  victim(): number {
    const { list, used } = this;
    let slot = list.oldest();
    while (used[slot] !== 0) {
      used[slot] = 0;
      list.moveToNewest(slot);
      slot = list.oldest();
    }
    return slot;
  }
  clear(): void {
    this.list.clear();
  }
}
