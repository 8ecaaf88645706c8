import { DEAD, GONE, NO_KEY } from './call-queue.ts';
import { CallEnds, type Orderer, type Waiters } from './call-ends.ts';
import { Calls, NONE, type Requests, type Tries } from './calls.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import type { PathWalk } from './path-walk.ts';
import type { Recorder } from './recorder.ts';
import type { DeskHooks } from './request-trace-hooks.ts';
import type { Station } from './station.ts';
import type { StationPart } from './station-part.ts';
import { userHash } from './user-hash.ts';

export type { Orderer, Waiters } from './call-ends.ts';

/** The callers' settings that matter to work in progress. */
export interface WorkRules {
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
  orderer!: Orderer;
  /** Of the callers: who sheds by user asks them. */
  requests!: Requests;
  /** Whether the waiters are told when a call begins to be served. */
  tellsBegun = false;
  /** Set by a tracer of requests. */
  trace: DeskHooks | null = null;
  private readonly ends: CallEnds;

  constructor(
    private readonly stations: readonly Station[],
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly walk: PathWalk,
    private readonly recorder: Recorder,
    private readonly rules: WorkRules,
    private readonly severalPriorities: boolean,
  ) {
    this.ends = new CallEnds(this.calls, tries, this);
  }

  /** A try asks the station for a key. */
  arrive(station: Station, t: number, key: number, instance: number, priority: number, nowMs: number): void {
    const { calls, tries } = this;
    if (station.coalesce) {
      const flight = station.flights.get(key);
      if (flight !== undefined) {
        station.stats.coalesced++;
        if (calls.first[flight] === NONE && calls.position[flight] !== NONE) station.forsaken--;
        calls.join(tries, flight, t);
        this.trace?.joins(t, flight, nowMs);
        return;
      }
    }
    station.stats.arrivals++;
    const place = station.admit(priority, this.userOf(station, t, key), nowMs);
    if (place === null) {
      this.trace?.rejected(t, station);
      this.waiters.onRefused(t, nowMs);
      return;
    }
    const call = calls.open(station.index, key, instance, priority, nowMs);
    calls.join(tries, call, t);
    this.trace?.calls(t, call);
    if (station.coalesce) station.flights.set(key, call);
    this.enter(station, place, call, nowMs);
  }

  /**
   * The gateway sends a call for several tries, of which none may be settled. False: the station refuses it, and nothing has happened.
   */
  order(
    station: Station,
    order: number,
    waiting: readonly number[],
    key: number,
    priority: number,
    nowMs: number,
  ): boolean {
    const { calls } = this;
    station.stats.arrivals++;
    const place = station.admit(priority, this.userOf(station, waiting[0] ?? NONE, key), nowMs);
    if (place === null) {
      for (const t of waiting) this.trace?.rejected(t, station);
      return false;
    }
    const call = calls.open(station.index, key, 0, priority, nowMs);
    calls.order[call] = order;
    for (const t of waiting) calls.join(this.tries, call, t);
    this.enter(station, place, call, nowMs);
    return true;
  }

  /** The same for all tries of a request. */
  private userOf(station: Station, t: number, key: number): number {
    if (!station.door?.isShedding) return 0;
    return userHash(t === NONE ? 0 : this.requests.intendedMs[this.tries.request[t]!]!, key);
  }

  /** A call that was let in goes to its place: it is served, or waits. */
  private enter(station: Station, place: StationPart, call: number, nowMs: number): void {
    const { calls } = this;
    station.integrate(nowMs);
    if (this.settle(station, place, call, nowMs)) return;
    station.stats.waited++;
    if (station.patience) {
      calls.expectPatience(call);
      this.events.push(nowMs + station.patience.next(), EventKind.Patience + SUBJECT * call);
    }
  }

  /** True when a server was free. */
  private settle(station: Station, place: StationPart, call: number, nowMs: number): boolean {
    const { calls } = this;
    const sinceMs = calls.arrivedMs[call]!;
    calls.place[call] = place.index;
    calls.enteredMs[call] = nowMs;
    if (place !== station.gate && place.busy < station.serversEach) {
      place.codel?.onEmpty();
      this.serve(station, place, call, sinceMs, nowMs);
      return true;
    }
    place.noteIfEmpty(nowMs);
    this.trace?.queues(call, station, place, nowMs);
    calls.position[call] = place.add(call, calls.priority[call]!, sinceMs);
    return false;
  }

  onServiceEnd(call: number, nowMs: number): void {
    const { calls, tries } = this;
    const station = this.stations[calls.station[call]!]!;
    const part = station.parts[calls.place[call]!]!;
    station.integrate(nowMs);
    this.trace?.serviceEnds(call, station, nowMs);
    part.busy--;
    station.onServed(part, calls.arrivedMs[call]!, nowMs);
    station.onLeft(part, calls.enteredMs[call]!, calls.first[call] === NONE ? 'left' : 'served', nowMs);
    const order = calls.order[call]!;
    if (order === NONE) this.recorder.cost.add(station.picoUsdPerCall);
    this.ends.endFlight(station, call);
    if (calls.first[call] === NONE) {
      station.stats.deadCompleted++;
      const key = calls.key[call]!;
      if (this.rules.lateFill && key !== NO_KEY && order === NONE)
        this.walk.fillSharedBefore(station, key, nowMs);
    }
    // First whoever waits has the server: an answered try may go on to this very station, and must not pass the queue.
    this.work(station, part, nowMs);
    this.openGate(station, nowMs);
    if (order !== NONE) {
      this.ends.release(call);
      calls.close(call);
      this.orderer.onEnded(order, nowMs);
      return;
    }
    for (let t = calls.first[call]!; t !== NONE;) {
      const next = tries.next[t]!;
      calls.leave(tries, t);
      this.waiters.onServed(t, nowMs);
      t = next;
    }
    calls.close(call);
  }

  /** The try's caller has gone. When nobody else waits for its call, the work by default stays to be done. */
  leave(t: number, nowMs: number, cancel = this.rules.onTimeout === 'cancel'): void {
    const call = this.tries.call[t]!;
    if (call === NONE || !this.calls.leave(this.tries, t)) return;
    this.trace?.abandons(t, call, cancel, nowMs);
    this.abandon(call, cancel, nowMs);
  }

  onPatienceEnd(call: number, nowMs: number): void {
    const { calls } = this;
    if (!calls.patienceEnded(call)) return;
    const station = this.stations[calls.station[call]!]!;
    this.trace?.drops(call, 'patience', nowMs);
    station.integrate(nowMs);
    if (calls.first[call] === NONE) station.forsaken--;
    else station.stats.abandoned++;
    this.ends.takeOut(station, call, nowMs);
    this.openGate(station, nowMs);
    this.ends.refuse(station, call, nowMs);
  }

  /** Takes waiting calls out of a station's queues; returns how many. */
  flush(station: Station, what: 'dead' | 'all', nowMs: number): number {
    const { calls } = this;
    station.integrate(nowMs);
    let dropped = 0;
    const told: number[] = [];
    for (const place of station.places) {
      for (const call of place.identified()) {
        const forsaken = calls.first[call] === NONE;
        if (what === 'dead' && !forsaken) continue;
        if (forsaken) station.forsaken--;
        place.remove(calls.priority[call]!, calls.position[call]!);
        told.push(call);
      }
      dropped += what === 'dead' ? place.dropDead() : place.clear();
      place.noteIfEmpty(nowMs);
    }
    dropped += told.length;
    station.stats.dropped += dropped;
    station.replicas?.recount();
    this.openGate(station, nowMs);
    for (const call of told) {
      this.trace?.drops(call, 'flushed', nowMs);
      this.ends.drop(station, call, nowMs);
    }
    return dropped;
  }

  /** Gives free servers work, after servers or what protects them have changed. */
  serveNext(station: Station, nowMs: number): void {
    for (const part of station.parts) this.work(station, part, nowMs);
    this.openGate(station, nowMs);
  }

  private work(station: Station, part: StationPart, nowMs: number): void {
    const { calls } = this;
    while (part.busy < station.serversEach) {
      let call = station.takeNext(part, nowMs);
      if (call === GONE) break;
      if (call >= 0 && calls.first[call] === NONE) station.forsaken--;
      const sinceMs = part.takenEnqueuedMs;
      const late = this.ends.tooLate(station, call, nowMs);
      if (late || part.codel?.onDequeue(nowMs - sinceMs, nowMs, part.waiting)) {
        station.stats.dropped++;
        if (!late) station.codelTally.now.dropped++;
        station.door?.onWaited(nowMs - sinceMs, nowMs);
        station.onLeft(part, call === DEAD ? sinceMs : calls.enteredMs[call]!, 'dropped', nowMs);
        if (call === DEAD) continue;
        this.trace?.drops(call, late ? 'tooLate' : 'codel', nowMs);
        if (late || station.codel!.dropped === 'silent') this.ends.drop(station, call, nowMs);
        else this.ends.refuse(station, call, nowMs);
        continue;
      }
      if (call === DEAD) call = this.ends.revive(station, part);
      this.serve(station, part, call, sinceMs, nowMs);
    }
    part.noteIfEmpty(nowMs);
  }

  /** Lets those who wait outside in, as many as the limit has room for. */
  private openGate(station: Station, nowMs: number): void {
    const { gate } = station;
    const { calls } = this;
    if (gate === null || gate.waiting === 0) return;
    while (station.isOpen) {
      const taken = station.takeNext(gate, nowMs);
      if (taken === GONE) break;
      const call = taken === DEAD ? this.ends.revive(station, gate) : taken;
      const forsaken = taken !== DEAD && calls.first[call] === NONE;
      if (forsaken) station.forsaken--;
      if (this.ends.tooLate(station, taken, nowMs)) {
        station.stats.dropped++;
        this.trace?.drops(call, 'tooLate', nowMs);
        this.ends.drop(station, call, nowMs);
        continue;
      }
      const part = station.choose(nowMs);
      if (part === null) {
        station.stats.dropped++;
        this.trace?.drops(call, station.refusedBy, nowMs);
        this.ends.refuse(station, call, nowMs);
      } else if (!this.settle(station, part, call, nowMs)) {
        if (forsaken) station.forsaken++;
        if (taken === DEAD) this.forget(part, call);
      }
    }
    gate.noteIfEmpty(nowMs);
  }

  private serve(station: Station, part: StationPart, call: number, sinceMs: number, nowMs: number): void {
    const { calls } = this;
    part.busy++;
    const order = calls.order[call]!;
    const drawnMs = station.service.next();
    const serviceMs = (order === NONE ? drawnMs : this.orderer.serviceMs(order, drawnMs)) * part.slow;
    const waitMs = nowMs - sinceMs;
    station.stats.onStart(waitMs, serviceMs, this.severalPriorities ? calls.priority[call]! : -1);
    station.door?.onWaited(waitMs, nowMs);
    calls.position[call] = NONE;
    this.trace?.serves(call, station, part, nowMs);
    this.events.push(nowMs + serviceMs, EventKind.ServiceEnd + SUBJECT * call);
    if (this.tellsBegun) this.ends.tellBegun(call, nowMs);
  }

  private abandon(call: number, cancel: boolean, nowMs: number): void {
    const { calls } = this;
    const station = this.stations[calls.station[call]!]!;
    station.stats.abandoned++;
    if (calls.position[call] === NONE) return; // in service: it goes on to its end
    if (cancel) {
      station.integrate(nowMs);
      this.trace?.drops(call, 'cancelled', nowMs);
      this.ends.takeOut(station, call, nowMs);
      this.openGate(station, nowMs);
      this.ends.refuse(station, call, nowMs);
    } else if (station.coalesce || calls.order[call] !== NONE) {
      station.forsaken++; // somebody may still join the flight, or pay for it, so the call keeps its identity
    } else {
      this.ends.endFlight(station, call);
      this.forget(station.places[calls.place[call]!]!, call);
    }
  }

  private forget(place: StationPart, call: number): void {
    this.trace?.forgets(call);
    this.ends.forget(place, call);
  }
}
