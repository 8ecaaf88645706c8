/**
 * LIRS: Jiang, Zhang, "LIRS: An Efficient Low Inter-reference Recency Set Replacement Policy to Improve Buffer Cache Performance",
 * SIGMETRICS 2002, https://doi.org/10.1145/511334.511340
 */
import { SlotIndex } from '../slot-index.ts';
import type { EvictionPolicy } from './policy.ts';
import { SlotList } from './slot-list.ts';

/** State of a node of the stack. A ghost is a key that was evicted while it stood in the stack. */
const LIR = 0;
const HIR = 1;

/**
 * Entries with a low inter-reference recency (LIR) keep 99 % of the cache, the others (HIR) pass through a short queue. Stack S
 * orders by recency the LIR entries and all that were used since the oldest of them, ghosts too; a hit on an HIR entry or a ghost in the
 * stack shows a recency below that of the oldest LIR entry, and the two change places.
 *
 * The paper lets the stack grow without a bound. Here at most `ghostsPerEntry` × capacity ghosts stay, the oldest goes first.
 */
export class Lirs implements EvictionPolicy {
  /** Nodes 0 … capacity − 1 are slots, the rest are ghosts. */
  private readonly stack: SlotList;
  private readonly inStack: Uint8Array;
  private readonly state: Uint8Array;
  private readonly keys: Int32Array;
  /** Queue Q: the HIR entries held, in the order in which they leave. */
  private readonly queue: SlotList;
  private readonly ghostIndex: SlotIndex;
  private readonly ghostsByAge: SlotList;
  private readonly freeGhosts: Int32Array;
  private freeGhostCount = 0;
  private readonly ghostCapacity: number;
  private lirCount = 0;
  private held = 0;
  private fitted = -1;
  private lirShare = 0;
  private ghost = -1;
  private named = -1;

  constructor(
    private readonly capacity: number,
    ghostsPerEntry = 2,
  ) {
    this.ghostCapacity = Math.ceil(capacity * ghostsPerEntry);
    const nodes = capacity + this.ghostCapacity;
    this.stack = new SlotList(nodes);
    this.inStack = new Uint8Array(nodes);
    this.state = new Uint8Array(capacity);
    this.keys = new Int32Array(nodes);
    this.queue = new SlotList(capacity);
    this.ghostIndex = new SlotIndex(this.ghostCapacity);
    this.ghostsByAge = new SlotList(nodes);
    this.freeGhosts = new Int32Array(this.ghostCapacity);
    this.clear();
  }

  onHit(slot: number): void {
    if (this.state[slot] === LIR) {
      const wasBottom = this.stack.oldest() === slot;
      this.stack.moveToNewest(slot);
      if (wasBottom) this.prune();
    } else if (this.inStack[slot] !== 0) {
      this.stack.moveToNewest(slot);
      this.queue.remove(slot);
      this.makeLir(slot);
    } else {
      this.push(slot);
      this.queue.moveToNewest(slot);
    }
  }

  onMiss(key: number): void {
    this.ghost = this.ghostIndex.find(key);
  }

  onInsert(slot: number, key: number): void {
    this.held++;
    this.keys[slot] = key;
    // Making room may have forgotten the ghost; it was there when its key was asked for, and that counts.
    const wasGhost = this.ghost >= 0;
    const ghost = wasGhost ? this.ghostIndex.find(key) : -1;
    if (ghost >= 0) this.forget(ghost);
    this.ghost = -1;
    this.push(slot);
    if (wasGhost || this.lirCount < this.lirShare) this.makeLir(slot);
    else {
      this.state[slot] = HIR;
      this.queue.addNewest(slot);
    }
  }

  onRemove(slot: number): void {
    const evicted = slot === this.named;
    this.named = -1;
    this.held--;
    if (this.state[slot] === LIR) {
      this.lirCount--;
      this.pop(slot);
      this.prune();
      return;
    }
    this.queue.remove(slot);
    if (this.inStack[slot] === 0) return;
    if (evicted && this.ghostCapacity > 0) this.leaveGhost(slot);
    else this.pop(slot);
  }

  victim(): number {
    this.fit(this.held);
    const slot = this.queue.oldest();
    return (this.named = slot >= 0 ? slot : this.stack.oldest());
  }

  clear(): void {
    this.stack.clear();
    this.queue.clear();
    this.ghostIndex.clear();
    this.ghostsByAge.clear();
    this.inStack.fill(0);
    const { capacity, ghostCapacity } = this;
    for (let i = 0; i < ghostCapacity; i++) this.freeGhosts[i] = capacity + ghostCapacity - 1 - i;
    this.freeGhostCount = ghostCapacity;
    this.lirCount = 0;
    this.held = 0;
    this.ghost = -1;
    this.named = -1;
    this.fit(capacity);
  }

  /** The cache is full when it asks for a victim, be it of entries or of bytes: as many as there are is the capacity. */
  private fit(capacity: number): void {
    if (capacity === this.fitted) return;
    this.fitted = capacity;
    this.lirShare = shareOfLir(capacity);
  }

  private push(node: number): void {
    this.stack.addNewest(node);
    this.inStack[node] = 1;
  }

  private pop(node: number): void {
    this.stack.remove(node);
    this.inStack[node] = 0;
  }

  /** The slot stands on top of the stack and in no queue. The oldest LIR entry makes way when there are too many. */
  private makeLir(slot: number): void {
    this.state[slot] = LIR;
    this.lirCount++;
    this.prune(); // where nothing was LIR, anything may stand at the bottom
    while (this.lirCount > this.lirShare) {
      const bottom = this.stack.oldest();
      this.pop(bottom);
      this.state[bottom] = HIR;
      this.lirCount--;
      this.queue.addNewest(bottom);
      this.prune();
    }
  }

  /** Afterwards the bottom of the stack is an LIR entry, as it must be. */
  private prune(): void {
    for (;;) {
      const bottom = this.stack.oldest();
      if (bottom < 0) return;
      if (bottom >= this.capacity) this.forget(bottom);
      else if (this.state[bottom] === HIR) this.pop(bottom);
      else return;
    }
  }

  /** A ghost takes the slot's place in the stack. */
  private leaveGhost(slot: number): void {
    if (this.freeGhostCount === 0) this.forget(this.ghostsByAge.oldest());
    const ghost = this.freeGhosts[--this.freeGhostCount];
    const key = this.keys[slot];
    this.keys[ghost] = key;
    this.stack.replace(slot, ghost);
    this.inStack[slot] = 0;
    this.inStack[ghost] = 1;
    this.ghostIndex.add(key, ghost);
    this.ghostsByAge.addNewest(ghost);
  }

  private forget(ghost: number): void {
    this.pop(ghost);
    this.ghostIndex.remove(this.keys[ghost]);
    this.ghostsByAge.remove(ghost);
    this.freeGhosts[this.freeGhostCount++] = ghost;
  }
}

/** All but one in a hundred, but at least two (the authors' own minimum), where there is room for that. */
function shareOfLir(capacity: number): number {
  const hir = Math.max(2, Math.floor(capacity / 100));
  return Math.max(capacity - hir, Math.min(1, capacity - 1), 0);
}
