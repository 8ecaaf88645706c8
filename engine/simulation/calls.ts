import { doubled, SlotAllocator } from '../core/growing.ts';

export const NONE = -1;

/**
 * The requests, tries and calls that are under way, as columns addressed by slot.
 *
 * A *request* is what a user wants; it lives until it is answered or given up. A *try* is one attempt at it, with a
 * time-out. A *call* is one piece of work at a station; several tries may wait for the same call when it is coalesced.
 * The tries that wait for a call form a doubly linked list, so that one can leave in O(1).
 */
export class Requests {
  key = new Int32Array(1024);
  instance = new Int32Array(1024);
  priority = new Int32Array(1024);
  /** When the user wanted it, not when it was sent: no coordinated omission. */
  intendedMs = new Float64Array(1024);
  tries = new Int32Array(1024);
  /** What it asks of a model, or NONE where requests are all alike. */
  demand = new Int32Array(1024);
  private readonly slots = new SlotAllocator(1024, () => {
    this.key = doubled(this.key);
    this.instance = doubled(this.instance);
    this.priority = doubled(this.priority);
    this.intendedMs = doubled(this.intendedMs);
    this.tries = doubled(this.tries);
    this.demand = doubled(this.demand);
  });

  open(key: number, instance: number, priority: number, intendedMs: number, demand: number): number {
    const r = this.slots.take();
    this.key[r] = key;
    this.instance[r] = instance;
    this.priority[r] = priority;
    this.intendedMs[r] = intendedMs;
    this.tries[r] = 0;
    this.demand[r] = demand;
    return r;
  }
  close(r: number): void {
    this.slots.give(r);
  }
  get capacity(): number {
    return this.slots.capacity;
  }
}

/** A try's slot stays taken while something may still refer to it. */
export const enum Hold {
  /** Its time-out is in the event queue. */
  Timeout = 1,
  /** It is on its way to a station or its answer is on its way back. */
  Travel = 2,
  /** It waits for a call. */
  Call = 4,
  /** Its outcome is known. Not a hold. */
  Settled = 8,
}

export class Tries {
  request = new Int32Array(1024);
  /** When its caller gives up; Infinity: never. */
  deadlineMs = new Float64Array(1024);
  /** Index of the path's node it is at or travels to. */
  node = new Int32Array(1024);
  /** Tier whose answer is on its way back, or NONE. */
  source = new Int32Array(1024);
  flags = new Uint8Array(1024);
  call = new Int32Array(1024);
  next = new Int32Array(1024);
  previous = new Int32Array(1024);
  /** The gateway's name for it, or NONE. */
  job = new Int32Array(1024);
  private readonly slots = new SlotAllocator(1024, () => {
    this.request = doubled(this.request);
    this.deadlineMs = doubled(this.deadlineMs);
    this.node = doubled(this.node);
    this.source = doubled(this.source);
    this.flags = doubled(this.flags);
    this.call = doubled(this.call);
    this.next = doubled(this.next);
    this.previous = doubled(this.previous);
    this.job = doubled(this.job);
  });

  open(request: number, deadlineMs: number): number {
    const t = this.slots.take();
    this.request[t] = request;
    this.deadlineMs[t] = deadlineMs;
    this.flags[t] = 0;
    this.source[t] = NONE;
    this.call[t] = NONE;
    this.job[t] = NONE;
    return t;
  }
  hold(t: number, hold: Hold): void {
    this.flags[t]! |= hold;
  }
  /** Lets go of one hold; the last one frees the slot of a settled try. */
  release(t: number, hold: Hold): void {
    const flags = this.flags[t]! & ~hold;
    this.flags[t] = flags;
    if (flags === Hold.Settled) this.slots.give(t);
  }
  settle(t: number): void {
    const flags = this.flags[t]! | Hold.Settled;
    this.flags[t] = flags;
    if (flags === Hold.Settled) this.slots.give(t);
  }
  isSettled(t: number): boolean {
    return (this.flags[t]! & Hold.Settled) !== 0;
  }
  get capacity(): number {
    return this.slots.capacity;
  }
}

export class Calls {
  station = new Int32Array(256);
  key = new Int32Array(256);
  instance = new Int32Array(256);
  priority = new Int32Array(256);
  arrivedMs = new Float64Array(256);
  /** Index of the station's part that it waits or is served at, or of its gate; and since when. */
  place = new Int32Array(256);
  enteredMs = new Float64Array(256);
  /** Position in that place's queue, or NONE once in service. */
  position = new Int32Array(256);
  first = new Int32Array(256);
  last = new Int32Array(256);
  /** The gateway's name for it, or NONE. */
  order = new Int32Array(256);
  private pendingPatience = new Uint8Array(256);
  private finished = new Uint8Array(256);
  private readonly slots = new SlotAllocator(256, () => {
    this.station = doubled(this.station);
    this.key = doubled(this.key);
    this.instance = doubled(this.instance);
    this.priority = doubled(this.priority);
    this.arrivedMs = doubled(this.arrivedMs);
    this.place = doubled(this.place);
    this.enteredMs = doubled(this.enteredMs);
    this.position = doubled(this.position);
    this.first = doubled(this.first);
    this.last = doubled(this.last);
    this.order = doubled(this.order);
    this.pendingPatience = doubled(this.pendingPatience);
    this.finished = doubled(this.finished);
  });

  open(station: number, key: number, instance: number, priority: number, nowMs: number): number {
    const c = this.slots.take();
    this.station[c] = station;
    this.key[c] = key;
    this.instance[c] = instance;
    this.priority[c] = priority;
    this.arrivedMs[c] = nowMs;
    this.place[c] = 0;
    this.enteredMs[c] = nowMs;
    this.position[c] = NONE;
    this.first[c] = NONE;
    this.last[c] = NONE;
    this.order[c] = NONE;
    this.pendingPatience[c] = 0;
    this.finished[c] = 0;
    return c;
  }
  /** Its slot stays taken until the pending patience event has come. */
  expectPatience(c: number): void {
    this.pendingPatience[c] = 1;
  }
  /** True when the call is still waiting. */
  patienceEnded(c: number): boolean {
    this.pendingPatience[c] = 0;
    if (this.finished[c] === 1) this.slots.give(c);
    else return this.position[c] !== NONE;
    return false;
  }
  close(c: number): void {
    this.finished[c] = 1;
    this.position[c] = NONE;
    if (this.pendingPatience[c] === 0) this.slots.give(c);
  }
  join(tries: Tries, c: number, t: number): void {
    tries.call[t] = c;
    tries.next[t] = NONE;
    tries.previous[t] = this.last[c]!;
    if (this.last[c] === NONE) this.first[c] = t;
    else tries.next[this.last[c]!] = t;
    this.last[c] = t;
    tries.hold(t, Hold.Call);
  }
  /** Returns true when nobody waits for the call any more. */
  leave(tries: Tries, t: number): boolean {
    const c = tries.call[t]!;
    const before = tries.previous[t]!;
    const after = tries.next[t]!;
    if (before === NONE) this.first[c] = after;
    else tries.next[before] = after;
    if (after === NONE) this.last[c] = before;
    else tries.previous[after] = before;
    tries.call[t] = NONE;
    tries.release(t, Hold.Call);
    return this.first[c] === NONE;
  }
  get capacity(): number {
    return this.slots.capacity;
  }
}
