import { doubled, SlotAllocator } from '../core/growing.ts';
import { NONE } from './calls.ts';

/** How far a copy of a try has come at its station. */
export const enum Stage {
  /** Not sent, or over. */
  None = 0,
  /** It has asked for a connection. */
  Pool = 1,
  /** Its connection is being made. */
  Handshake = 2,
  /** It waits for its batch to go. */
  Window = 3,
  /** It is a call at the station, or in one. */
  Desk = 4,
}

/**
 * Visits of tries to guarded stations, as columns addressed by slot. A visit `v` has up to two copies, 2 v and 2 v + 1: the call
 * itself and its hedge. Each copy that is under way has a try's slot of its own, since a try can wait for one call only.
 */
export class VisitTable {
  /** The try that visits. */
  owner = new Int32Array(64);
  station = new Int32Array(64);
  /** Never used twice: a late timer cannot meet a newer visit. */
  serial = new Int32Array(64);
  startedMs = new Float64Array(64);

  // Of copies.
  tryOf = new Int32Array(128);
  stage = new Uint8Array(128);
  sentMs = new Float64Array(128);
  /** Under which it waits for a connection or in a batch, or NONE. */
  nameOf = new Int32Array(128);

  /** By try: the copy that goes by it, and the visit that it owns; or NONE. */
  private copyOfTry = new Int32Array(1024).fill(NONE);
  private visitOfTry = new Int32Array(1024).fill(NONE);
  private readonly byName = new Map<number, number>();
  private lastName = 0;
  private serials = 0;
  private readonly slots = new SlotAllocator(64, () => {
    this.owner = doubled(this.owner);
    this.station = doubled(this.station);
    this.serial = doubled(this.serial);
    this.startedMs = doubled(this.startedMs);
    this.tryOf = doubled(this.tryOf);
    this.stage = doubled(this.stage);
    this.sentMs = doubled(this.sentMs);
    this.nameOf = doubled(this.nameOf);
  });

  open(t: number, station: number, nowMs: number): number {
    const v = this.slots.take();
    this.makeRoom(t);
    this.visitOfTry[t] = v;
    this.owner[v] = t;
    this.station[v] = station;
    this.serial[v] = ++this.serials;
    this.startedMs[v] = nowMs;
    this.stage[2 * v] = this.stage[2 * v + 1] = Stage.None;
    return v;
  }

  close(v: number): void {
    this.serial[v] = 0;
    this.visitOfTry[this.owner[v]!] = NONE;
    this.slots.give(v);
  }

  isOpen(v: number, serial: number): boolean {
    return this.serial[v] === serial;
  }

  /** Copy `c` goes out as try `t`. */
  begin(c: number, t: number, nowMs: number): void {
    this.makeRoom(t);
    this.copyOfTry[t] = c;
    this.tryOf[c] = t;
    this.sentMs[c] = nowMs;
    this.nameOf[c] = NONE;
  }

  end(c: number): void {
    this.forget(c);
    this.stage[c] = Stage.None;
    this.copyOfTry[this.tryOf[c]!] = NONE;
  }

  /** A name of its own for the copy, never used twice: pools and batches may speak of it when it has gone. */
  name(c: number): number {
    const name = ++this.lastName;
    this.nameOf[c] = name;
    this.byName.set(name, c);
    return name;
  }
  /** The copy of that name, or NONE when it has gone. */
  named(name: number): number {
    return this.byName.get(name) ?? NONE;
  }
  forget(c: number): void {
    this.byName.delete(this.nameOf[c]!);
  }

  /** The copy that goes by try `t`, or NONE. */
  copyOf(t: number): number {
    return this.copyOfTry[t] ?? NONE;
  }

  /** The visit that the try owns, or NONE. */
  visitOf(t: number): number {
    return this.visitOfTry[t] ?? NONE;
  }

  /** Visits under way. */
  get size(): number {
    return this.slots.taken;
  }

  private makeRoom(t: number): void {
    const { length } = this.copyOfTry;
    if (t < length) return;
    this.copyOfTry = doubled(this.copyOfTry).fill(NONE, length);
    this.visitOfTry = doubled(this.visitOfTry).fill(NONE, length);
    this.makeRoom(t);
  }
}

/** What a visit timer is about. */
export const enum Due {
  /** Visit: time for its second copy. */
  Hedge = 0,
  /** Visit: the lookup has taken too long. */
  Lookup = 1,
  /** Copy: its connection is usable. */
  Connected = 2,
  /** Station; detail: the pool. */
  Pool = 3,
  /** Station; detail: the batcher's window. */
  Window = 4,
}

/** Pending timers by slot. `detail` tells whether what the timer was set for is still there. */
export class VisitTimers {
  private due = new Uint8Array(64);
  private subject = new Int32Array(64);
  private detail = new Int32Array(64);
  /** Of the timer that `take` took. */
  takenDue: Due = Due.Hedge;
  takenSubject = 0;
  takenDetail = 0;
  private readonly slots = new SlotAllocator(64, () => {
    this.due = doubled(this.due);
    this.subject = doubled(this.subject);
    this.detail = doubled(this.detail);
  });

  set(due: Due, subject: number, detail: number): number {
    const timer = this.slots.take();
    this.due[timer] = due;
    this.subject[timer] = subject;
    this.detail[timer] = detail;
    return timer;
  }

  take(timer: number): void {
    this.takenDue = this.due[timer]! as Due;
    this.takenSubject = this.subject[timer]!;
    this.takenDetail = this.detail[timer]!;
    this.slots.give(timer);
  }
}
