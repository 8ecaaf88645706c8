import * as v from 'valibot';
import { count, part, positive, within } from './fields.ts';
import { RollingCounts } from './rolling-counts.ts';

/** The module's breaker (Session 8 C) is 5 failures, 60 s, half-open; the window, the sampling and slow calls are ours. */
export const circuitBreakerSchema = v.pipe(
  v.strictObject({
    /** Failures in the window that open it; null: only the rate does. */
    failures: v.optional(v.nullable(count), 5),
    /** Share of failures in the window that opens it, looked at when a call fails, from `minimumCalls` on; null: only the count does. */
    failureRate: v.optional(v.nullable(v.union([part, v.literal(1)], 'a share above 0, at most 1')), null),
    minimumCalls: v.optional(count, 20),
    windowMs: v.optional(positive, 60_000),
    /** Parts of the window that are forgotten together. */
    buckets: v.optional(within(1, 1000), 60),
    openMs: v.optional(positive, 60_000),
    /** Calls that may be under way at once while it is half-open. */
    halfOpenProbes: v.optional(within(1, 1000), 3),
    /** Successes, one after the other, that close it again. */
    closeAfter: v.optional(count, 3),
    /** A call that takes longer counts as a failure, whatever it answers; null: only failures count. */
    slowMs: v.optional(v.nullable(positive), null),
    /** A probe that has reported nothing for so long counts as a failure. Null: the classic bug, see CircuitBreaker. */
    probeTimeoutMs: v.optional(v.nullable(positive), 30_000),
  }),
  v.check((s) => s.failures !== null || s.failureRate !== null, 'failures or failureRate, or both'),
);
export type CircuitBreakerSettings = v.InferOutput<typeof circuitBreakerSchema>;

export type BreakerState = 'closed' | 'open' | 'half-open';
export interface BreakerChange {
  atMs: number;
  from: BreakerState;
  to: BreakerState;
}

const CALLS = 0;
const FAILURES = 1;
const NO_CHANGES: readonly BreakerChange[] = [];

/**
 * Circuit breaker: closed it counts failures over a rolling window; open it lets nothing through; half-open it lets a few calls
 * through as probes, and their results decide. Source: Nygard, Release It! (2007), § 5.2; module, Session 8 C.
 *
 * Every call that `tryEnter` lets in ends with exactly one of onSuccess, onFailure, onAbandoned; `durationMs` is how long it
 * took. `nowMs` never goes back. Results of calls from before the breaker last opened say nothing about now, and are ignored.
 *
 * Failure modes. (1) Stuck half-open: a probe that never reports holds its place, and with all places held nothing is let in to
 * change the state (resilience4j issue 544, 2019). `probeTimeoutMs: null` shows it: abandoned and lost probes keep their places for
 * ever. (2) A count of failures is a rate that falls as the load rises: 5 in a minute is 8 % of one call a second and 0.008 % of a
 * thousand. Use `failureRate` where there are many calls.
 */
export class CircuitBreaker {
  private current: BreakerState = 'closed';
  private readonly window: RollingCounts;
  private openedMs = -Infinity;
  private successes = 0;
  /** When the probes under way began; the first `underWay` of them. */
  private readonly probeMs: Float64Array;
  private underWay = 0;
  private changes: BreakerChange[] = [];

  constructor(private readonly settings: CircuitBreakerSettings) {
    this.window = new RollingCounts(2, settings.windowMs, settings.buckets);
    this.probeMs = new Float64Array(settings.halfOpenProbes);
  }

  /** True when a call may go now. */
  tryEnter(nowMs: number): boolean {
    this.advance(nowMs);
    if (this.current === 'closed') return true;
    if (this.current === 'open' || this.underWay === this.probeMs.length) return false;
    this.probeMs[this.underWay++] = nowMs;
    return true;
  }

  onSuccess(nowMs: number, durationMs: number): void {
    if (this.isSlow(durationMs)) this.onFailure(nowMs, durationMs);
    else if (this.counts(nowMs, durationMs)) this.succeed(nowMs, durationMs);
  }

  onFailure(nowMs: number, durationMs: number): void {
    if (!this.counts(nowMs, durationMs)) return;
    if (this.current === 'half-open') {
      this.open(nowMs);
      return;
    }
    this.window.add(CALLS, nowMs);
    this.window.add(FAILURES, nowMs);
    if (this.mustOpen()) this.open(nowMs);
  }

  /** The caller left before the call ended: no verdict, unless it had already taken too long. */
  onAbandoned(nowMs: number, durationMs: number): void {
    if (this.isSlow(durationMs)) {
      this.onFailure(nowMs, durationMs);
      return;
    }
    if (
      this.settings.probeTimeoutMs !== null &&
      this.counts(nowMs, durationMs) &&
      this.current === 'half-open'
    )
      this.releaseProbe(nowMs - durationMs);
  }

  state(nowMs: number): BreakerState {
    this.advance(nowMs);
    return this.current;
  }

  /** Changes of state since it was last asked, in the order of their times. */
  takeChanges(): readonly BreakerChange[] {
    if (this.changes.length === 0) return NO_CHANGES;
    const taken = this.changes;
    this.changes = [];
    return taken;
  }

  /** What has happened by itself since the last event: probes given up, the time to stay open over. */
  private advance(nowMs: number): void {
    const { openMs, probeTimeoutMs } = this.settings;
    if (this.current === 'half-open' && this.underWay > 0 && probeTimeoutMs !== null) {
      let first = this.probeMs[0]!;
      for (let i = 1; i < this.underWay; i++) first = Math.min(first, this.probeMs[i]!);
      if (nowMs - first >= probeTimeoutMs) this.open(first + probeTimeoutMs);
    }
    if (this.current === 'open' && nowMs >= this.openedMs + openMs) {
      this.change('half-open', this.openedMs + openMs);
      this.successes = 0;
      this.underWay = 0;
    }
  }

  /**
   * False for results of calls from before it last opened. No call begins while it is open, so the middle of that time parts the
   * old calls from the probes, however the beginning is rounded.
   */
  private counts(nowMs: number, durationMs: number): boolean {
    this.advance(nowMs);
    return nowMs - durationMs > this.openedMs + this.settings.openMs / 2;
  }

  private succeed(nowMs: number, durationMs: number): void {
    if (this.current === 'closed') {
      this.window.add(CALLS, nowMs);
      return;
    }
    this.releaseProbe(nowMs - durationMs);
    if (++this.successes < this.settings.closeAfter) return;
    this.change('closed', nowMs);
    this.window.clear();
  }

  /** Frees the place of the probe that began at `startMs`, the nearest to it as the beginning may be rounded. */
  private releaseProbe(startMs: number): void {
    if (this.underWay === 0) return;
    let nearest = 0;
    for (let i = 1; i < this.underWay; i++)
      if (Math.abs(this.probeMs[i]! - startMs) < Math.abs(this.probeMs[nearest]! - startMs)) nearest = i;
    this.probeMs[nearest] = this.probeMs[--this.underWay]!;
  }

  private mustOpen(): boolean {
    const { failures, failureRate, minimumCalls } = this.settings;
    const calls = this.window.totals[CALLS]!;
    const failed = this.window.totals[FAILURES]!;
    return (
      (failures !== null && failed >= failures) ||
      (failureRate !== null && calls >= minimumCalls && failed >= failureRate * calls)
    );
  }

  private open(nowMs: number): void {
    this.change('open', nowMs);
    this.openedMs = nowMs;
  }

  private change(to: BreakerState, atMs: number): void {
    this.changes.push({ atMs, from: this.current, to });
    this.current = to;
  }

  private isSlow(durationMs: number): boolean {
    return this.settings.slowMs !== null && durationMs > this.settings.slowMs;
  }
}
