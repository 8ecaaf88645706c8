import { LawSampler } from '../core/distributions.ts';
import type { PicoUsd } from '../cost/money.ts';
import { RandomStream } from '../core/random.ts';
import { CallQueue, GONE } from './call-queue.ts';
import type { StationSettings } from './scenario.ts';
import { StationStats } from './station-stats.ts';

/**
 * The one queueing primitive: servers, a law of service times, and calls that wait for a free server. It knows whom to serve
 * next and counts; what a call is for, time-outs and retries are the world's.
 */
export class Station {
  readonly service: LawSampler;
  readonly delay: LawSampler;
  readonly patience: LawSampler | null;
  servers: number;
  discipline: StationSettings['discipline'];
  maxQueue: number;
  /** NaN: off. */
  deadlineMarginMs: number;
  coalesce: boolean;
  modelName: string | null;
  /** Price of a call where it does not depend on the tokens of the request. */
  picoUsdPerCall: PicoUsd = 0;
  busy = 0;
  stats = new StationStats();
  /** Key to call, while a call for it is in flight; only when coalescing. */
  readonly flights = new Map<number, number>();
  /** Waiting calls that nobody waits for, but somebody may join: they keep their identity. */
  forsaken = 0;
  private readonly standingMs: number;
  private readonly queues: CallQueue[];
  private lastEmptyMs = 0;
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
    this.servers = settings.servers ?? Infinity;
    this.discipline = settings.discipline;
    this.maxQueue = settings.maxQueue ?? Infinity;
    this.deadlineMarginMs = settings.deadlineMarginMs ?? NaN;
    this.coalesce = settings.coalesce;
    this.modelName = settings.model;
    this.standingMs = settings.standingMs;
    this.queues = Array.from({ length: priorities }, () => new CallQueue(moved));
  }

  get waiting(): number {
    let n = 0;
    for (const q of this.queues) n += q.size;
    return n;
  }
  /** Calls waiting for nobody, whether they still have an identity or not. */
  get deadWaiting(): number {
    let n = this.forsaken;
    for (const q of this.queues) n += q.dead;
    return n;
  }
  /** Entries that the queue takes in memory. */
  get queueEntries(): number {
    return this.queues.reduce((n, q) => n + q.entries, 0);
  }

  /** When the call that `takeNext` returned was enqueued, and its priority class. */
  takenEnqueuedMs = 0;
  takenPriority = 0;
  takenKey = 0;

  add(call: number, priority: number, nowMs: number): number {
    return this.queueOf(priority).add(call, nowMs);
  }
  markDead(priority: number, position: number, key: number): void {
    this.queueOf(priority).markDead(position, key);
  }
  remove(priority: number, position: number): void {
    this.queueOf(priority).remove(position);
  }

  /** Slot of the call to serve next, −1 for dead work, −2 when none waits. */
  takeNext(nowMs: number): number {
    const newestFirst =
      this.discipline === 'lifo' ||
      (this.discipline === 'adaptive-lifo' && nowMs - this.lastEmptyMs > this.standingMs);
    for (let p = 0; p < this.queues.length; p++) {
      const queue = this.queues[p]!;
      if (queue.size === 0) continue;
      const call = newestFirst ? queue.takeNewest() : queue.takeOldest();
      this.takenEnqueuedMs = queue.takenEnqueuedMs;
      this.takenPriority = p;
      this.takenKey = queue.takenKey;
      return call;
    }
    return GONE;
  }

  /** To be called whenever the queue may have run empty: adaptive LIFO wants to know for how long it has been standing. */
  noteIfEmpty(nowMs: number): void {
    if (this.waiting === 0) this.lastEmptyMs = nowMs;
  }

  /** Takes out the dead work that has no identity; returns how many calls that were. */
  dropDead(): number {
    return this.queues.reduce((n, q) => n + q.dropDead(), 0);
  }
  /** Empties the queue; returns how many calls there were. */
  clear(): number {
    return this.queues.reduce((n, q) => n + q.clear(), 0);
  }
  identified(): number[] {
    return this.queues.flatMap((q) => q.identified());
  }
  /** Whether dead work keeps the key it was for, as late fills need it. */
  keepKeys(keep: boolean): void {
    for (const q of this.queues) q.keepKeys = keep;
  }

  /** Brings the time integrals up to now; to be called before `busy` or the queue changes. */
  integrate(nowMs: number): void {
    const span = nowMs - this.integratedMs;
    if (span <= 0) return;
    this.stats.busyAreaMs += this.busy * span;
    this.stats.queueAreaMs += this.waiting * span;
    this.integratedMs = nowMs;
  }

  private queueOf(priority: number): CallQueue {
    return this.queues[priority] ?? this.queues[0]!;
  }
}
