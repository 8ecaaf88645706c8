import { doubled } from '../core/growing.ts';

/** In place of a call's slot: its caller has left, the work is still to be done. */
export const DEAD = -1;
/** In place of a call's slot: nothing; the queue is empty, or the entry was taken out. */
export const GONE = -2;
/** The key of a dead entry is known no more. */
export const NO_KEY = -0x80000000;
/**
 * How many dead entries may keep their keys, for late fills. At 30 calls a second that is over two hours of work; what waits behind
 * them is merged, and fills nothing.
 */
const KEYED_DEAD = 1 << 18;
/** Dead entries within this time of each other may share one entry. */
const RUN_SPAN_MS = 10_000;

/**
 * The calls that wait at a station, oldest first, served from either end.
 *
 * A storm leaves millions of dead calls behind, work that will be done for nobody. They need no identity any more, only
 * their number and when they came, so neighbours are merged into runs when the ring is full: memory is bounded by the
 * living calls plus one entry for every ten seconds of dead ones. A run keeps the mean of its arrival times, hence
 * the sum of its members' waits is exact.
 */
export class CallQueue {
  private slots = new Int32Array(256);
  private enqueued = new Float64Array(256);
  private weight = new Int32Array(256);
  private keys = new Int32Array(256);
  /** Positions count up for ever; an entry's index is its position modulo the ring's length. */
  private head = 0;
  private tail = 0;
  private waiting = 0;
  private deadWaiting = 0;

  /** When the entry that `takeOldest` or `takeNewest` returned was enqueued. */
  takenEnqueuedMs = 0;
  /** Key of the dead entry that was returned, or NO_KEY. */
  takenKey = NO_KEY;
  /** Keep dead entries apart, with their keys, as long as there is room for that. */
  keepKeys = false;

  /** @param moved told when a living call's position changes. */
  constructor(private readonly moved: (slot: number, position: number) => void) {}

  /** Calls waiting, dead ones included. */
  get size(): number {
    return this.waiting;
  }
  get dead(): number {
    return this.deadWaiting;
  }
  /** Entries of the ring in use; for the test of the memory bound. */
  get entries(): number {
    return this.tail - this.head;
  }

  /** Adds a living call and returns its position. */
  add(slot: number, nowMs: number): number {
    if (this.tail - this.head === this.slots.length) this.compact();
    const position = this.tail++;
    const i = position & (this.slots.length - 1);
    this.slots[i] = slot;
    this.enqueued[i] = nowMs;
    this.weight[i] = 1;
    this.waiting++;
    return position;
  }

  /** The caller has left: the call stays as dead work, its slot is free. */
  markDead(position: number, key: number): void {
    const i = position & (this.slots.length - 1);
    this.slots[i] = DEAD;
    this.keys[i] = key;
    this.deadWaiting++;
  }

  /** Takes a living call out. */
  remove(position: number): void {
    const i = position & (this.slots.length - 1);
    this.slots[i] = GONE;
    this.weight[i] = 0;
    this.waiting--;
  }

  /** The oldest call's slot, −1 for dead work, −2 when the queue is empty. */
  takeOldest(): number {
    const { slots, weight } = this;
    const mask = slots.length - 1;
    while (this.head !== this.tail) {
      const i = this.head & mask;
      if (weight[i] === 0) {
        this.head++;
        continue;
      }
      const slot = this.takeAt(i);
      if (weight[i] === 0) this.head++;
      return slot;
    }
    return GONE;
  }

  /** The newest call's slot, −1 for dead work, −2 when the queue is empty. */
  takeNewest(): number {
    const { slots, weight } = this;
    const mask = slots.length - 1;
    while (this.head !== this.tail) {
      const i = (this.tail - 1) & mask;
      if (weight[i] === 0) {
        this.tail--;
        continue;
      }
      const slot = this.takeAt(i);
      if (weight[i] === 0) this.tail--;
      return slot;
    }
    return GONE;
  }

  private takeAt(i: number): number {
    const slot = this.slots[i]!;
    this.takenEnqueuedMs = this.enqueued[i]!;
    this.takenKey = slot === DEAD ? this.keys[i]! : NO_KEY;
    this.weight[i]!--;
    this.waiting--;
    if (slot === DEAD) this.deadWaiting--;
    return slot;
  }

  /** Drops all dead work; returns how many calls that were. */
  dropDead(): number {
    const dropped = this.deadWaiting;
    const mask = this.slots.length - 1;
    for (let p = this.head; p !== this.tail; p++)
      if (this.slots[p & mask] === DEAD) this.weight[p & mask] = 0;
    this.waiting -= dropped;
    this.deadWaiting = 0;
    this.rewrite();
    return dropped;
  }

  /** Slots of the calls that still have an identity, oldest first. */
  identified(): number[] {
    const mask = this.slots.length - 1;
    const found: number[] = [];
    for (let p = this.head; p !== this.tail; p++)
      if (this.slots[p & mask]! >= 0) found.push(this.slots[p & mask]!);
    return found;
  }

  /** Drops everything; the caller deals with the identified calls. Returns how many calls there were. */
  clear(): number {
    const dropped = this.waiting;
    this.head = this.tail = this.waiting = this.deadWaiting = 0;
    return dropped;
  }

  /** Makes room: merges dead neighbours; doubles the ring only if that frees less than half of it. */
  private compact(): void {
    this.rewrite();
    if (this.tail - this.head > this.slots.length / 2) {
      this.slots = doubled(this.slots);
      this.enqueued = doubled(this.enqueued);
      this.weight = doubled(this.weight);
      this.keys = doubled(this.keys);
    }
  }

  /** Writes the entries anew from position 0, without gaps, dead neighbours merged. */
  private rewrite(): void {
    const length = this.slots.length;
    const mask = length - 1;
    const slots = new Int32Array(length);
    const enqueued = new Float64Array(length);
    const weight = new Int32Array(length);
    const keys = new Int32Array(length);
    let n = 0;
    for (let p = this.head; p !== this.tail; p++) {
      const i = p & mask;
      const w = this.weight[i]!;
      if (w === 0) continue;
      const slot = this.slots[i]!;
      const at = this.enqueued[i]!;
      const mergeable =
        slot === DEAD && n > 0 && slots[n - 1] === DEAD && at - enqueued[n - 1]! <= RUN_SPAN_MS;
      if (mergeable && !(this.keepKeys && n < KEYED_DEAD)) {
        const merged = weight[n - 1]! + w;
        enqueued[n - 1] = (enqueued[n - 1]! * weight[n - 1]! + at * w) / merged;
        weight[n - 1] = merged;
        keys[n - 1] = NO_KEY;
        continue;
      }
      slots[n] = slot;
      enqueued[n] = at;
      weight[n] = w;
      keys[n] = this.keys[i]!;
      if (slot >= 0) this.moved(slot, n);
      n++;
    }
    this.slots = slots;
    this.enqueued = enqueued;
    this.weight = weight;
    this.keys = keys;
    this.head = 0;
    this.tail = n;
  }
}
