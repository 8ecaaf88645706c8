import type { Codel } from '../latency/codel.ts';
import { CallQueue, GONE } from './call-queue.ts';
import type { StationSettings } from './station-schema.ts';
import { Tally } from './tally.ts';

/** Servers and the queue before them: a whole station, or one of its replicas. A station's gate is one without servers. */
export class StationPart {
  busy = 0;
  /** Calls in the queue, dead ones included. */
  waiting = 0;
  /** Multiplies service times. */
  slow = 1;
  codel: Codel | null = null;
  /** Kept for replicas only. Times in milliseconds; areas are integrals over time. */
  readonly tally = new Tally({
    completed: 0,
    failed: 0,
    responseSumMs: 0,
    busyAreaMs: 0,
    queueAreaMs: 0,
  });
  private readonly queues: CallQueue[];
  private lastEmptyMs = 0;

  /** Of the call that `takeNext` returned: when it came to the station, its priority class, and the key of dead work. */
  takenEnqueuedMs = 0;
  takenPriority = 0;
  takenKey = 0;

  /** @param moved told when a living call's position in the queue changes. */
  constructor(
    readonly index: number,
    priorities: number,
    moved: (slot: number, position: number) => void,
  ) {
    this.queues = Array.from({ length: priorities }, () => new CallQueue(moved));
  }

  /** Dead work that has no identity any more. */
  get dead(): number {
    let n = 0;
    for (const q of this.queues) n += q.dead;
    return n;
  }
  get entries(): number {
    return this.queues.reduce((n, q) => n + q.entries, 0);
  }

  /** @param sinceMs when the call came to the station. */
  add(call: number, priority: number, sinceMs: number): number {
    this.waiting++;
    return this.queueOf(priority).add(call, sinceMs);
  }
  /** Calls that are served before a new one of this priority, oldest first; and those of them without an identity: dead work. */
  before(priority: number): { waiting: number; dead: number } {
    const sum = { waiting: 0, dead: 0 };
    for (const queue of this.queues.slice(0, priority + 1)) {
      sum.waiting += queue.size;
      sum.dead += queue.dead;
    }
    return sum;
  }
  markDead(priority: number, position: number, key: number): void {
    this.queueOf(priority).markDead(position, key);
  }
  remove(priority: number, position: number): void {
    this.waiting--;
    this.queueOf(priority).remove(position);
  }

  /** Slot of the call to serve next, −1 for dead work, −2 when none waits. */
  takeNext(discipline: StationSettings['discipline'], standingMs: number, nowMs: number): number {
    if (this.waiting === 0) return GONE;
    const newestFirst =
      discipline === 'lifo' || (discipline === 'adaptive-lifo' && nowMs - this.lastEmptyMs > standingMs);
    for (let p = 0; p < this.queues.length; p++) {
      const queue = this.queues[p]!;
      if (queue.size === 0) continue;
      const call = newestFirst ? queue.takeNewest() : queue.takeOldest();
      this.waiting--;
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
    const dropped = this.queues.reduce((n, q) => n + q.dropDead(), 0);
    this.waiting -= dropped;
    return dropped;
  }
  /** Empties the queue; returns how many calls there were. */
  clear(): number {
    this.waiting = 0;
    return this.queues.reduce((n, q) => n + q.clear(), 0);
  }
  identified(): number[] {
    return this.queues.flatMap((q) => q.identified());
  }
  /** Whether dead work keeps the key it was for, as late fills need it. */
  keepKeys(keep: boolean): void {
    for (const q of this.queues) q.keepKeys = keep;
  }

  private queueOf(priority: number): CallQueue {
    return this.queues[priority] ?? this.queues[0]!;
  }
}
