/**
 * GreedyDual-Size with Frequency: Cherkasova, "Improving WWW Proxies Performance with Greedy-Dual-Size-Frequency Caching Policy",
 * HP Laboratories HPL-98-69R1, 1998, https://www.hpl.hp.com/techreports/98/HPL-98-69R1.html
 */
import type { EvictionPolicy } from './policy.ts';
import { SlotHeap } from './slot-heap.ts';

/**
 * The slot with the lowest L + uses × cost / size goes; L is the value of the last one evicted, so what is not used ages. Among
 * equals the one used longest ago goes. A hit and an eviction take O(log n).
 */
export class Gdsf implements EvictionPolicy {
  private readonly heap: SlotHeap;
  private readonly uses: Float64Array;
  /** Cost per byte. */
  private readonly density: Float64Array;
  private floor = 0;
  private named = -1;

  constructor(capacity: number) {
    this.heap = new SlotHeap(capacity);
    this.uses = new Float64Array(capacity);
    this.density = new Float64Array(capacity);
  }
  onHit(slot: number): void {
    this.heap.change(slot, this.floor + ++this.uses[slot] * this.density[slot]);
  }
  onMiss(): void {}
  onInsert(slot: number, _key: number, sizeBytes: number, cost: number): void {
    this.uses[slot] = 1;
    this.density[slot] = cost / Math.max(1, sizeBytes);
    this.heap.add(slot, this.floor + this.density[slot]);
  }
  onRemove(slot: number): void {
    if (slot === this.named) this.floor = this.heap.rank(slot);
    this.heap.remove(slot);
    this.named = -1;
  }
  victim(): number {
    return (this.named = this.heap.top());
  }
  clear(): void {
    this.heap.clear();
    this.floor = 0;
    this.named = -1;
  }
}
