/**
 * OPT, the ceiling: Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966,
 * https://doi.org/10.1147/sj.52.0078; Mattson et al., "Evaluation techniques for storage hierarchies", ibid. 9(2), 1970.
 */
import { DECLINE, type EvictionPolicy } from './policy.ts';
import { SlotHeap } from './slot-heap.ts';

/** A use that never comes: later than any request. */
const NEVER = 2147483647;

/**
 * The slot whose next use lies farthest ahead goes. It must see each request of the trace once, in order. No policy misses less
 * when all entries have one size; where bytes bind, it is a good guess only.
 */
export class Opt implements EvictionPolicy {
  private readonly heap: SlotHeap;
  private at = -1;

  /**
   * @param nextUses for each request the number of the next one with the same key, see {@link nextUsesOf}.
   * @param mayDecline a newcomer whose next use lies farther ahead than all others' stays out (OPT with bypass).
   */
  constructor(
    capacity: number,
    private readonly nextUses: Int32Array,
    private readonly mayDecline = false,
  ) {
    this.heap = new SlotHeap(capacity);
  }
  onHit(slot: number): void {
    this.heap.change(slot, -this.nextUses[++this.at]);
  }
  onMiss(): void {
    this.at++;
  }
  onInsert(slot: number): void {
    this.heap.add(slot, -this.nextUses[this.at]);
  }
  onRemove(slot: number): void {
    this.heap.remove(slot);
  }
  victim(): number {
    const slot = this.heap.top();
    return this.mayDecline && this.nextUses[this.at] >= -this.heap.rank(slot) ? DECLINE : slot;
  }
  clear(): void {
    this.heap.clear();
    this.at = -1;
  }
}

/** For each request the index of the next one with the same id, or 2^31 − 1. Ids are 0 … unique − 1. */
export function nextUsesOf(ids: Int32Array, unique: number): Int32Array {
  const seen = new Int32Array(unique).fill(NEVER);
  const nextUses = new Int32Array(ids.length);
  for (let i = ids.length - 1; i >= 0; i--) {
    nextUses[i] = seen[ids[i]];
    seen[ids[i]] = i;
  }
  return nextUses;
}
