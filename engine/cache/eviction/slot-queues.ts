/**
 * Several doubly linked queues over one set of slots; a slot stands in one queue at most. Every operation is O(1) and allocates
 * nothing. Two links a slot, side by side in memory; the sentinel of queue q sits at index `capacity + q`.
 */
export class SlotQueues {
  /** [previous, next] of each slot: towards the newest, towards the oldest. */
  private readonly links: Int32Array;
  private readonly queueOf: Uint8Array;
  private readonly sizes: Int32Array;

  constructor(
    private readonly capacity: number,
    private readonly queues: number,
  ) {
    this.links = new Int32Array(2 * (capacity + queues));
    this.queueOf = new Uint8Array(capacity + queues);
    this.sizes = new Int32Array(queues);
    this.clear();
  }

  clear(): void {
    for (let q = 0; q < this.queues; q++) {
      const sentinel = this.capacity + q;
      this.links[2 * sentinel] = sentinel;
      this.links[2 * sentinel + 1] = sentinel;
      this.sizes[q] = 0;
    }
  }

  /** The slot stands in no queue yet. */
  addNewest(queue: number, slot: number): void {
    const { links } = this;
    const sentinel = this.capacity + queue;
    const newest = links[2 * sentinel + 1];
    links[2 * slot] = sentinel;
    links[2 * slot + 1] = newest;
    links[2 * newest] = slot;
    links[2 * sentinel + 1] = slot;
    this.queueOf[slot] = queue;
    this.sizes[queue]++;
  }

  remove(slot: number): void {
    const { links } = this;
    const previous = links[2 * slot];
    const next = links[2 * slot + 1];
    links[2 * previous + 1] = next;
    links[2 * next] = previous;
    this.sizes[this.queueOf[slot]]--;
  }

  /** To the newest end of the same or another queue. */
  move(queue: number, slot: number): void {
    this.remove(slot);
    this.addNewest(queue, slot);
  }

  /** The oldest slot of the queue, or −1. */
  oldest(queue: number): number {
    const slot = this.links[2 * (this.capacity + queue)];
    return slot >= this.capacity ? -1 : slot;
  }

  /** Queue in which the slot stands; meaningless for one that stands in none. */
  of(slot: number): number {
    return this.queueOf[slot];
  }

  size(queue: number): number {
    return this.sizes[queue];
  }
}
