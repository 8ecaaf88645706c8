import * as v from 'valibot';
import { doubled } from '../core/growing.ts';
import { count, nonNegative, part, positive, share } from './fields.ts';
import { RetryBudget } from './retry.ts';
import { RunningQuantile } from './running-quantile.ts';

export const hedgeSchema = v.strictObject({
  /** Wait before the second call; 0: both at once (tied requests). Null: the running `quantile` of the responses. */
  delayMs: v.optional(v.nullable(nonNegative), null),
  quantile: v.optional(part, 0.95),
  /** Time over which the quantile is taken. */
  windowMs: v.optional(positive, 60_000),
  /** Responses before there is a quantile; until then nothing is hedged. */
  leastSamples: v.optional(count, 100),
  /** Second calls over first ones, at most; null: no cap, see HedgePolicy. */
  maxExtraShare: v.optional(v.nullable(share), 0.05),
  /** Second calls that may be saved up for a bad moment. */
  burst: v.optional(count, 10),
  /** When the other copy is cancelled: at the first answer, or as soon as a copy begins to be served (tied requests). */
  cancelAt: v.optional(v.picklist(['answer', 'begin']), 'answer'),
});
export type HedgeSettings = v.InferOutput<typeof hedgeSchema>;

/**
 * When a request that has had no answer may send a second call. Source: Dean and Barroso, The Tail at Scale (CACM 2013): hedge
 * at the p95, and the extra load is 5 %; gRPC A6 (hedging policy, throttled by a token bucket).
 *
 * The running quantile may be fed with the answers of hedged requests although the first call of such a pair is cut off: up to
 * the delay they are distributed as single calls are, so the quantile that hedges at itself is the one of single calls. Its errors
 * lean to the low side, which costs up to half a percent more second calls where single calls vary much.
 *
 * Failure mode: under load the second calls are load. Waits grow past the delay, more is hedged, waits grow further, and a system that
 * was stable alone is not with its hedges, the sooner where a cancelled call is served all the same. The cap bounds the extra load
 * whatever the waits are; `maxExtraShare: null` shows the system without it.
 */
export class HedgePolicy {
  private readonly running: RunningQuantile | null;
  private readonly budget: RetryBudget | null;

  constructor(private readonly settings: HedgeSettings) {
    const { delayMs, quantile, windowMs, leastSamples, maxExtraShare, burst } = settings;
    this.running = delayMs === null ? new RunningQuantile(quantile, windowMs, leastSamples) : null;
    this.budget =
      maxExtraShare === null ? null : new RetryBudget({ ratio: maxExtraShare, minPerS: 0, burst });
  }

  /** How long a request that is sent now should wait for its answer before it asks `trySecond`; Infinity: for ever. */
  delayMs(nowMs: number): number {
    if (this.running === null) return this.settings.delayMs!;
    const quantileMs = this.running.quantile(nowMs);
    return Number.isNaN(quantileMs) ? Infinity : quantileMs;
  }

  /** Second calls that the cap has held back, so far. */
  get denied(): number {
    return this.budget?.denied ?? 0;
  }

  onFirst(): void {
    this.budget?.onFirstTry();
  }

  /** True when the second call may go; takes it from the cap. */
  trySecond(): boolean {
    return this.budget === null || this.budget.tryTake(0);
  }

  /** @param responseMs from the first call to the first answer. */
  onAnswer(responseMs: number, nowMs: number): void {
    this.running?.add(responseMs, nowMs);
  }
}

/**
 * What the end of a copy means for its request: `answer`, the request has its answer; `wait`, this copy failed but the other
 * may still answer; `failed`, no copy is left; `late`, the request had its answer or the copy had been cancelled.
 */
export type CopyEnd = 'answer' | 'wait' | 'failed' | 'late';

/** Bits of a request's state; of copy 0 and 1: under way, and being served. */
const UNDER_WAY = [1, 2] as const;
const BEGUN = [4, 8] as const;
const ANSWERED = 16;
const HEDGED = 32;

/** The two copies of each hedged request, by the slot of the request: the first answer wins, the other is cancelled once. */
export class HedgedCalls {
  private states = new Uint8Array(64);

  /** @param cancelAt may change while copies are under way: those that have begun by then are cancelled at the answer. */
  constructor(public cancelAt: HedgeSettings['cancelAt'] = 'answer') {}

  /** A request begins with copy 0; what the slot was used for before is forgotten. */
  start(slot: number): void {
    while (slot >= this.states.length) this.states = doubled(this.states);
    this.states[slot] = UNDER_WAY[0];
  }

  /** Copy 1 is sent. */
  second(slot: number): void {
    this.states[slot]! |= UNDER_WAY[1] | HEDGED;
  }

  /** Whether a second copy is of use: none was sent, and the first is under way; of tied requests, not yet being served. */
  mayHedge(slot: number): boolean {
    const begun = this.cancelAt === 'begin' ? BEGUN[0] : 0;
    return (this.states[slot]! & (UNDER_WAY[0] | HEDGED | begun)) === UNDER_WAY[0];
  }

  isUnderWay(slot: number, copy: 0 | 1): boolean {
    return (this.states[slot]! & UNDER_WAY[copy]) !== 0;
  }

  /** A copy begins to be served. True when the other is to be cancelled now: tied requests, and it has not begun. */
  onBegin(slot: number, copy: 0 | 1): boolean {
    this.states[slot]! |= BEGUN[copy];
    if (this.cancelAt === 'answer' || this.states[slot]! & BEGUN[1 - copy]!) return false;
    return this.cancelOther(slot, copy);
  }

  /** A copy ends. After `answer`, `cancelOther` tells whether the other is still to be cancelled. */
  onEnd(slot: number, copy: 0 | 1, ok: boolean): CopyEnd {
    const state = this.states[slot]!;
    if (!(state & UNDER_WAY[copy])) return 'late';
    this.states[slot] = state & ~UNDER_WAY[copy];
    if (state & ANSWERED) return 'late';
    if (ok) {
      this.states[slot]! |= ANSWERED;
      return 'answer';
    }
    return state & UNDER_WAY[1 - copy]! ? 'wait' : 'failed';
  }

  /** Takes the other copy out; true when it was under way, and so has to be told. */
  cancelOther(slot: number, copy: 0 | 1): boolean {
    const other = UNDER_WAY[1 - copy]!;
    if (!(this.states[slot]! & other)) return false;
    this.states[slot]! &= ~other;
    return true;
  }
}
