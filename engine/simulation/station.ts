import { LawSampler } from '../core/distributions.ts';
import { RandomStream } from '../core/random.ts';
import type { PicoUsd } from '../cost/money.ts';
import { Codel } from '../latency/codel.ts';
import { Replicas } from './replicas.ts';
import { StationDoor } from './station-door.ts';
import { StationPart } from './station-part.ts';
import type { StationCodelSettings, StationSettings } from './station-schema.ts';
import { StationStats } from './station-stats.ts';
import { Tally } from './tally.ts';

/**
 * The one queueing primitive: servers, a law of service times, and calls that wait for a free server. It knows whom to let in and
 * counts; what a call is for, time-outs and retries are the world's.
 *
 * Servers and queues are in its parts: one, or one for each replica. Where calls may wait for the limit, they do so at the gate, a
 * part without servers.
 */
export class Station {
  readonly service: LawSampler;
  readonly delay: LawSampler;
  readonly patience: LawSampler | null;
  /** Of each part. */
  serversEach: number;
  discipline: StationSettings['discipline'];
  /** Of each part. */
  maxQueue: number;
  /** NaN: off. */
  deadlineMarginMs: number;
  coalesce: boolean;
  modelName: string | null;
  /** Price of a call where it does not depend on the tokens of the request. */
  picoUsdPerCall: PicoUsd = 0;
  stats = new StationStats();
  /** Calls that CoDel dropped. */
  readonly codelTally = new Tally({ dropped: 0 });
  /** Key to call, while a call for it is in flight; only when coalescing. */
  readonly flights = new Map<number, number>();
  /** Why the last call that was refused was. */
  refusedBy: 'shed' | 'limit' | 'replica' | 'full' = 'full';
  /** Waiting calls that nobody waits for, but somebody may join: they keep their identity. */
  forsaken = 0;
  readonly parts: readonly StationPart[];
  readonly gate: StationPart | null;
  /** Parts and gate. */
  readonly places: readonly StationPart[];
  readonly replicas: Replicas | null;
  readonly door: StationDoor | null;
  readonly codel: StationCodelSettings | null;
  readonly standingMs: number;
  private integratedMs = 0;

  constructor(
    readonly index: number,
    readonly name: string,
    readonly settings: StationSettings,
    seed: number,
    priorities: number,
    moved: (slot: number, position: number) => void,
  ) {
    const stream = (purpose: string): RandomStream => new RandomStream(seed, `${purpose}:${name}`);
    this.service = new LawSampler(settings.service, stream('service'));
    this.delay = new LawSampler(settings.delay, stream('delay'));
    this.patience = settings.patience ? new LawSampler(settings.patience, stream('patience')) : null;
    this.serversEach = settings.servers ?? Infinity;
    this.discipline = settings.discipline;
    this.maxQueue = settings.maxQueue ?? Infinity;
    this.deadlineMarginMs = settings.deadlineMarginMs ?? NaN;
    this.coalesce = settings.coalesce;
    this.modelName = settings.model;
    this.standingMs = settings.standingMs;
    const part = (_: unknown, i: number): StationPart => new StationPart(i, priorities, moved);
    this.parts = Array.from({ length: settings.replicas?.count ?? 1 }, part);
    this.gate = settings.limit ? part(null, this.parts.length) : null;
    this.places = this.gate ? [...this.parts, this.gate] : this.parts;
    this.replicas = settings.replicas ? new Replicas(settings.replicas, name, seed, this.parts) : null;
    this.door = settings.shed || settings.limit ? new StationDoor(settings) : null;
    this.codel = settings.codel ? { ...settings.codel } : null;
    this.renewCodel();
  }

  /** Of all parts. */
  get servers(): number {
    return this.serversEach * this.parts.length;
  }
  get busy(): number {
    let n = 0;
    for (const part of this.parts) n += part.busy;
    return n;
  }
  /** At the gate, too. */
  get waiting(): number {
    let n = 0;
    for (const place of this.places) n += place.waiting;
    return n;
  }
  /** Calls waiting for nobody, whether they still have an identity or not. */
  get deadWaiting(): number {
    let n = this.forsaken;
    for (const place of this.places) n += place.dead;
    return n;
  }
  /** Entries that the queues take in memory. */
  get queueEntries(): number {
    return this.places.reduce((n, place) => n + place.entries, 0);
  }

  /** The part or the gate that a call which comes now goes to; null: it is refused, and that is counted. */
  admit(criticality: number, userHash: number, nowMs: number): StationPart | null {
    const place = this.door === null ? this.choose(nowMs) : this.throughDoor(criticality, userHash, nowMs);
    if (place === null) this.stats.rejected++;
    return place;
  }

  private throughDoor(criticality: number, userHash: number, nowMs: number): StationPart | null {
    const door = this.door!;
    if (door.sheds(criticality, userHash, nowMs)) {
      this.refusedBy = 'shed';
      return null;
    }
    const outside = this.gate?.waiting ?? 0;
    // Nobody passes those who wait outside, not even in the moment before they are let in.
    if (outside === 0 && door.isOpen(this.inParts)) return this.choose(nowMs);
    if (this.gate && door.hasPlace(outside)) return this.gate;
    door.tally.now.overLimit++;
    this.refusedBy = 'limit';
    return null;
  }

  /** A part with a server or a place in its queue; null when the one that was chosen has neither, or fails. */
  choose(nowMs: number): StationPart | null {
    const { replicas } = this;
    this.refusedBy = 'full';
    if (replicas === null) return this.hasRoom(this.parts[0]!) ? this.parts[0]! : null;
    const part = replicas.pick(nowMs);
    replicas.onStart(part);
    const fails = replicas.fails(part);
    if (!fails && this.hasRoom(part)) return part;
    if (fails) this.refusedBy = 'replica';
    replicas.onEnd(part, 0, false, nowMs);
    part.tally.now.failed++;
    return null;
  }

  /** Whether the limit lets one in from the gate. */
  get isOpen(): boolean {
    return this.door === null || this.door.isOpen(this.inParts);
  }

  /** A call was completed by a part, which counts it no more as busy. */
  onServed(part: StationPart, arrivedMs: number, nowMs: number): void {
    this.stats.onComplete(nowMs - arrivedMs);
    if (this.replicas === null) return;
    part.tally.now.completed++;
    part.tally.now.responseSumMs += nowMs - arrivedMs;
  }

  /**
   * A call is no longer in a part: it was served, its callers having left or not, or taken out of the queue.
   * @param sinceMs when it entered the part.
   */
  onLeft(part: StationPart, sinceMs: number, how: 'served' | 'left' | 'dropped', nowMs: number): void {
    this.door?.onEnd(nowMs - sinceMs, this.inParts + 1, how !== 'served', nowMs);
    this.replicas?.onEnd(part, nowMs - sinceMs, how !== 'dropped', nowMs);
  }

  private get inParts(): number {
    let n = 0;
    for (const part of this.parts) n += part.busy + part.waiting;
    return n;
  }

  private hasRoom(part: StationPart): boolean {
    return part.busy < this.serversEach || part.waiting < this.maxQueue;
  }

  /** Slot of the call to serve next at a place, −1 for dead work, −2 when none waits. */
  takeNext(place: StationPart, nowMs: number): number {
    return place.takeNext(this.discipline, this.standingMs, nowMs);
  }

  /** Whether dead work keeps the key it was for, as late fills need it. */
  keepKeys(keep: boolean): void {
    for (const place of this.places) place.keepKeys(keep);
  }

  /** The settings of CoDel have changed, or are new: each queue has a machine of its own. */
  renewCodel(): void {
    for (const part of this.parts) part.codel = this.codel?.on ? new Codel(this.codel) : null;
  }

  /** Statistics begin anew: the end of the warm-up. */
  resetStatistics(): void {
    this.stats = new StationStats();
    this.codelTally.mark();
    this.door?.tally.mark();
    for (const part of this.parts) part.tally.mark();
  }

  /** Brings the time integrals up to now; to be called before `busy` or the queue changes. */
  integrate(nowMs: number): void {
    const span = nowMs - this.integratedMs;
    if (span <= 0) return;
    let busy = 0;
    let waiting = 0;
    for (const place of this.places) {
      busy += place.busy;
      waiting += place.waiting;
      if (this.replicas === null) continue;
      place.tally.now.busyAreaMs += place.busy * span;
      place.tally.now.queueAreaMs += place.waiting * span;
    }
    this.stats.busyAreaMs += busy * span;
    this.stats.queueAreaMs += waiting * span;
    this.integratedMs = nowMs;
  }
}
