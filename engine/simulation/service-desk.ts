import { DEAD, GONE, NO_KEY } from './call-queue.ts';
import { Calls, NONE, type Tries } from './calls.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import type { PathWalk } from './path-walk.ts';
import type { Recorder } from './recorder.ts';
import type { Station } from './station.ts';

/** What the callers do with the outcome of a call, for each try that waited for it. */
export interface Waiters {
  onServed(t: number, nowMs: number): void;
  onRefused(t: number, nowMs: number): void;
}

/** The callers' settings that matter to work in progress. */
export interface WorkRules {
  timeoutMs: number | null;
  onTimeout: 'leave' | 'cancel';
  lateFill: boolean;
}

/**
 * Calls at stations: they queue, are served, joined, abandoned and dropped. What a caller does before and after is not
 * known here.
 */
export class ServiceDesk {
  readonly calls = new Calls();
  waiters!: Waiters;

  constructor(
    private readonly stations: readonly Station[],
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly walk: PathWalk,
    private readonly recorder: Recorder,
    private readonly rules: WorkRules,
    private readonly severalPriorities: boolean,
  ) {}

  /** A try asks the station for a key. */
  arrive(station: Station, t: number, key: number, instance: number, priority: number, nowMs: number): void {
    const { calls, tries } = this;
    if (station.coalesce) {
      const flight = station.flights.get(key);
      if (flight !== undefined) {
        station.stats.coalesced++;
        if (calls.first[flight] === NONE && calls.position[flight] !== NONE) station.forsaken--;
        calls.join(tries, flight, t);
        return;
      }
    }
    station.stats.arrivals++;
    const free = station.busy < station.servers;
    if (!free && station.waiting >= station.maxQueue) {
      station.stats.rejected++;
      this.waiters.onRefused(t, nowMs);
      return;
    }
    const call = calls.open(station.index, key, instance, priority, nowMs);
    calls.join(tries, call, t);
    if (station.coalesce) station.flights.set(key, call);
    station.integrate(nowMs);
    if (free) {
      this.serve(station, call, nowMs, priority, nowMs);
      return;
    }
    station.stats.waited++;
    station.noteIfEmpty(nowMs);
    calls.position[call] = station.add(call, priority, nowMs);
    if (station.patience) {
      calls.expectPatience(call);
      this.events.push(nowMs + station.patience.next(), EventKind.Patience + SUBJECT * call);
    }
  }

  onServiceEnd(call: number, nowMs: number): void {
    const { calls, tries } = this;
    const station = this.stations[calls.station[call]!]!;
    station.integrate(nowMs);
    station.busy--;
    station.stats.onComplete(nowMs - calls.arrivedMs[call]!);
    this.recorder.cost.add(station.picoUsdPerCall);
    this.endFlight(station, call);
    if (calls.first[call] === NONE) {
      station.stats.deadCompleted++;
      const key = calls.key[call]!;
      if (this.rules.lateFill && key !== NO_KEY) this.walk.fillSharedBefore(station, key, nowMs);
    }
    // First whoever waits has the server: an answered try may go on to this very station, and must not pass the queue.
    this.serveNext(station, nowMs);
    for (let t = calls.first[call]!; t !== NONE;) {
      const next = tries.next[t]!;
      calls.leave(tries, t);
      this.waiters.onServed(t, nowMs);
      t = next;
    }
    calls.close(call);
  }

  /** The try's caller has gone. When nobody else waits for its call, the work by default stays to be done. */
  leave(t: number, nowMs: number): void {
    const call = this.tries.call[t]!;
    if (call !== NONE && this.calls.leave(this.tries, t)) this.abandon(call, nowMs);
  }

  onPatienceEnd(call: number, nowMs: number): void {
    const { calls } = this;
    if (!calls.patienceEnded(call)) return;
    const station = this.stations[calls.station[call]!]!;
    station.integrate(nowMs);
    if (calls.first[call] === NONE) station.forsaken--;
    else station.stats.abandoned++;
    station.remove(calls.priority[call]!, calls.position[call]!);
    station.noteIfEmpty(nowMs);
    this.endFlight(station, call);
    this.refuseAll(call, nowMs);
    calls.close(call);
  }

  /** Takes waiting calls out of a station's queue; returns how many. */
  flush(station: Station, what: 'dead' | 'all', nowMs: number): number {
    const { calls } = this;
    station.integrate(nowMs);
    let dropped = 0;
    for (const call of station.identified()) {
      const forsaken = calls.first[call] === NONE;
      if (what === 'dead' && !forsaken) continue;
      if (forsaken) station.forsaken--;
      station.remove(calls.priority[call]!, calls.position[call]!);
      dropped++;
      this.drop(station, call, nowMs);
    }
    dropped += what === 'dead' ? station.dropDead() : station.clear();
    station.stats.dropped += dropped;
    station.noteIfEmpty(nowMs);
    return dropped;
  }

  /** Gives free servers work. */
  serveNext(station: Station, nowMs: number): void {
    const { calls } = this;
    while (station.busy < station.servers) {
      let call = station.takeNext(nowMs);
      if (call === GONE) break;
      if (call >= 0 && calls.first[call] === NONE) station.forsaken--;
      if (this.tooLate(station, call, nowMs)) {
        station.stats.dropped++;
        if (call >= 0) this.drop(station, call, nowMs);
        continue;
      }
      // Dead work gets an identity again while it occupies a server.
      if (call === DEAD)
        call = calls.open(station.index, station.takenKey, 0, station.takenPriority, station.takenEnqueuedMs);
      this.serve(station, call, station.takenEnqueuedMs, calls.priority[call]!, nowMs);
    }
    station.noteIfEmpty(nowMs);
  }

  private serve(station: Station, call: number, enqueuedMs: number, priority: number, nowMs: number): void {
    station.busy++;
    const serviceMs = station.service.next();
    station.stats.onStart(nowMs - enqueuedMs, serviceMs, this.severalPriorities ? priority : -1);
    this.calls.position[call] = NONE;
    this.events.push(nowMs + serviceMs, EventKind.ServiceEnd + SUBJECT * call);
  }

  /** True when the station drops calls by deadline and none of this one's callers has more than the margin left. */
  private tooLate(station: Station, call: number, nowMs: number): boolean {
    const marginMs = station.deadlineMarginMs;
    if (Number.isNaN(marginMs)) return false;
    const newest = call === DEAD ? NONE : this.calls.last[call]!;
    if (newest === NONE) return true;
    const { timeoutMs } = this.rules;
    return timeoutMs !== null && this.tries.sentMs[newest]! + timeoutMs - nowMs < marginMs;
  }

  /** Takes a call away from those who wait for it; they learn of it by their time-out, or at once when they have none. */
  private drop(station: Station, call: number, nowMs: number): void {
    this.endFlight(station, call);
    if (this.rules.timeoutMs === null) this.refuseAll(call, nowMs);
    else while (this.calls.first[call] !== NONE) this.calls.leave(this.tries, this.calls.first[call]!);
    this.calls.close(call);
  }

  private refuseAll(call: number, nowMs: number): void {
    for (let t = this.calls.first[call]!; t !== NONE; t = this.calls.first[call]!) {
      this.calls.leave(this.tries, t);
      this.waiters.onRefused(t, nowMs);
    }
  }

  private abandon(call: number, nowMs: number): void {
    const { calls } = this;
    const station = this.stations[calls.station[call]!]!;
    station.stats.abandoned++;
    const position = calls.position[call]!;
    if (position === NONE) return; // in service: it goes on to its end
    const priority = calls.priority[call]!;
    if (this.rules.onTimeout === 'cancel') {
      station.integrate(nowMs);
      station.remove(priority, position);
      station.noteIfEmpty(nowMs);
    } else if (station.coalesce) {
      station.forsaken++; // somebody may still join the flight, so the call keeps its identity
      return;
    } else station.markDead(priority, position, calls.key[call]!);
    this.endFlight(station, call);
    calls.close(call);
  }

  private endFlight(station: Station, call: number): void {
    const key = this.calls.key[call]!;
    if (station.flights.get(key) === call) station.flights.delete(key);
  }
}
