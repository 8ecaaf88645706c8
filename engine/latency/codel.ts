import * as v from 'valibot';
import { positive } from './fields.ts';

export const codelSchema = v.strictObject({
  /**
   * Wait that a standing queue may have. The 5 ms of the RFC are for packets; it must be longer than a service takes, or good work is
   * dropped: hundreds of milliseconds in front of models.
   */
  targetMs: v.optional(positive, 5),
  /** How long the wait must stay above the target before anything is dropped. */
  intervalMs: v.optional(positive, 100),
});
export type CodelSettings = v.InferOutput<typeof codelSchema>;

/**
 * CoDel for a queue of requests: it drops at the head when the wait has stood above the target for an interval, and then again after
 * intervals that shrink with the root of the number of drops. A burst that drains within an interval costs nothing.
 * Source: RFC 8289 (2018), the pseudocode of § 5; Nichols and Jacobson, Controlling Queue Delay (CACM 2012).
 *
 * Failure modes. (1) It was made for senders that slow down when they lose something. Requests do not: with an excess of E requests
 * a second it needs about 2·E·interval² seconds to drop as many, and the queue grows meanwhile (`codelOnsetS`); bound the queue
 * or choose newest first (LifoOrFifo). (2) With a target below the service time it drops at loads that need no dropping.
 */
export class Codel {
  private dropping = false;
  /** When the wait will have been above the target for an interval; NaN while it is below. */
  private firstAboveMs = NaN;
  private dropNextMs = 0;
  private count = 0;
  private lastCount = 0;
  /** The last request was dropped; the next drop is set by the one after it. */
  private dropped = false;

  constructor(private readonly settings: CodelSettings) {}

  /**
   * To be asked for each request that leaves the queue to be served; true: drop it and take the next, at the same `nowMs`.
   * @param waiting requests still in the queue; the last one is never dropped, as in the RFC, where a packet may always stand.
   */
  onDequeue(sojournMs: number, nowMs: number, waiting: number): boolean {
    const mayDrop = this.hasStood(sojournMs, nowMs, waiting);
    if (!this.dropping) {
      if (!mayDrop) return false;
      this.begin(nowMs);
      return true;
    }
    if (!mayDrop) {
      this.dropping = false;
      this.dropped = false;
      return false;
    }
    if (this.dropped) this.dropNextMs = this.law(this.dropNextMs);
    this.dropped = nowMs >= this.dropNextMs;
    if (this.dropped) this.count++;
    return this.dropped;
  }

  /** A server found nothing waiting, or a request was served without waiting. */
  onEmpty(): void {
    this.firstAboveMs = NaN;
  }

  private hasStood(sojournMs: number, nowMs: number, waiting: number): boolean {
    if (sojournMs < this.settings.targetMs || waiting === 0) {
      this.firstAboveMs = NaN;
      return false;
    }
    if (Number.isNaN(this.firstAboveMs)) this.firstAboveMs = nowMs + this.settings.intervalMs;
    return nowMs >= this.firstAboveMs;
  }

  /** Dropping begins; soon after the last time, at the pace it had come to then. */
  private begin(nowMs: number): void {
    const gained = this.count - this.lastCount;
    const soon = nowMs - this.dropNextMs < 16 * this.settings.intervalMs;
    this.count = gained > 1 && soon ? gained : 1;
    this.lastCount = this.count;
    this.dropNextMs = this.law(nowMs);
    this.dropping = true;
  }

  private law(fromMs: number): number {
    return fromMs + this.settings.intervalMs / Math.sqrt(this.count);
  }
}

/**
 * Seconds until CoDel drops `excessPerS` requests a second that keep coming: its n-th drop comes interval/√n after the one before, so
 * it drops √n/interval a second after about 2·interval·√n.
 */
export function codelOnsetS(excessPerS: number, intervalMs: number): number {
  const intervalS = intervalMs / 1000;
  return 2 * excessPerS * intervalS * intervalS;
}

export const lifoOrFifoSchema = v.pipe(
  v.strictObject({
    /** How long requests may wait while the queue stands (m). */
    standingTimeoutMs: v.optional(positive, 5),
    /** The same while it drains; and a queue stands when it has not been empty for so long (n). */
    timeoutMs: v.optional(positive, 100),
  }),
  v.check((s) => s.standingTimeoutMs <= s.timeoutMs, 'a standingTimeoutMs of timeoutMs or less'),
);
export type LifoOrFifoSettings = v.InferOutput<typeof lifoOrFifoSchema>;

/**
 * Facebook's form of the same idea, without a drop law: a queue that has not been empty for n ms stands, and while it does the newest
 * request is served first and may wait only m ms. Source: Maurer, Fail at Scale (ACM Queue 2015), m = 5, n = 100.
 *
 * Failure mode: newest first starves the oldest. With a long time-out and no one to give up, those who came first in an overload are
 * served last, when it is over.
 */
export class LifoOrFifo {
  /** @param emptyMs the queue begins empty, at this time. */
  constructor(
    private readonly settings: LifoOrFifoSettings,
    private emptyMs = 0,
  ) {}

  /** The queue is empty; also to be told when the last request is taken out. */
  onEmpty(nowMs: number): void {
    this.emptyMs = nowMs;
  }

  /** Whether the queue stands, and the newest is to be served first. */
  newestFirst(nowMs: number): boolean {
    return nowMs - this.emptyMs > this.settings.timeoutMs;
  }

  /** How long a request that is enqueued now may wait. */
  timeoutMs(nowMs: number): number {
    return this.newestFirst(nowMs) ? this.settings.standingTimeoutMs : this.settings.timeoutMs;
  }
}
