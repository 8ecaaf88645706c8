import { DEAD } from './call-queue.ts';
import { NONE, type Calls, type Tries } from './calls.ts';
import type { Station } from './station.ts';
import type { StationPart } from './station-part.ts';

/** What the callers do with the outcome of a call, for each try that waited for it. */
export interface Waiters {
  onServed(t: number, nowMs: number): void;
  onRefused(t: number, nowMs: number): void;
  /** Its call begins to be served; told only where the desk is to tell. */
  onBegun?(t: number, nowMs: number): void;
}

/** Who sent a call that is priced and timed by its tokens: the gateway. */
export interface Orderer {
  /** Milliseconds of service for the station's draw. */
  serviceMs(order: number, drawnMs: number): number;
  onEnded(order: number, nowMs: number): void;
  /** It left the queue unserved. */
  onDropped(order: number, nowMs: number): void;
}

/** How calls leave queues and end without having been served, who is told, and how work for nobody is kept. */
export class CallEnds {
  constructor(
    private readonly calls: Calls,
    private readonly tries: Tries,
    private readonly parties: { readonly waiters: Waiters; readonly orderer: Orderer },
  ) {}

  /** Takes a call away from those who wait for it; they learn of it by their time-out, or at once when they have none. */
  drop(station: Station, call: number, nowMs: number): void {
    const { calls, tries } = this;
    const newest = calls.last[call]!;
    if (calls.order[call] !== NONE || newest === NONE || tries.deadlineMs[newest] === Infinity)
      this.refuse(station, call, nowMs);
    else {
      this.endFlight(station, call);
      this.release(call);
      calls.close(call);
    }
  }

  /** Closes the call; those who waited for it are told now. */
  refuse(station: Station, call: number, nowMs: number): void {
    this.endFlight(station, call);
    const { calls, parties } = this;
    const order = calls.order[call]!;
    if (order !== NONE) {
      this.release(call);
      calls.close(call);
      parties.orderer.onDropped(order, nowMs);
      return;
    }
    for (let t = calls.first[call]!; t !== NONE; t = calls.first[call]!) {
      calls.leave(this.tries, t);
      parties.waiters.onRefused(t, nowMs);
    }
    calls.close(call);
  }

  tellBegun(call: number, nowMs: number): void {
    const { calls, tries, parties } = this;
    for (let t = calls.first[call]!; t !== NONE;) {
      const next = tries.next[t]!;
      parties.waiters.onBegun!(t, nowMs);
      t = next;
    }
  }

  /** Nobody waits for the call any more. */
  release(call: number): void {
    while (this.calls.first[call] !== NONE) this.calls.leave(this.tries, this.calls.first[call]!);
  }

  endFlight(station: Station, call: number): void {
    if (station.flights.size === 0) return;
    const key = this.calls.key[call]!;
    if (station.flights.get(key) === call) station.flights.delete(key);
  }

  /** True when the station drops calls by deadline and none of this one's callers has more than the margin left. */
  tooLate(station: Station, call: number, nowMs: number): boolean {
    const marginMs = station.deadlineMarginMs;
    if (Number.isNaN(marginMs)) return false;
    const newest = call === DEAD ? NONE : this.calls.last[call]!;
    if (newest === NONE) return true;
    return this.tries.deadlineMs[newest]! - nowMs < marginMs;
  }

  /** Dead work gets an identity again while it occupies a server. */
  revive(station: Station, place: StationPart): number {
    const { takenKey, takenPriority, takenEnqueuedMs } = place;
    const call = this.calls.open(station.index, takenKey, 0, takenPriority, takenEnqueuedMs);
    this.calls.place[call] = place.index;
    return call;
  }

  /** Takes a waiting call out of its queue. */
  takeOut(station: Station, call: number, nowMs: number): void {
    const { calls } = this;
    const place = station.places[calls.place[call]!]!;
    place.remove(calls.priority[call]!, calls.position[call]!);
    place.noteIfEmpty(nowMs);
    if (place !== station.gate) station.onLeft(place, calls.enteredMs[call]!, 'dropped', nowMs);
  }

  /** Waiting work that will be done for nobody: it needs no identity. */
  forget(place: StationPart, call: number): void {
    const { calls } = this;
    place.markDead(calls.priority[call]!, calls.position[call]!, calls.key[call]!);
    calls.close(call);
  }
}
