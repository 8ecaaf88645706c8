import * as v from 'valibot';
import { count, nonNegative, part, positive, within } from './fields.ts';

const bounds = {
  initial: v.optional(count, 20),
  min: v.optional(count, 1),
  max: v.optional(count, 1000),
};
const ordered = 'min, initial and max in rising order';

export const aimdSchema = v.strictObject({
  kind: v.literal('aimd'),
  ...bounds,
  /** What the limit grows by while one limit's worth of calls answers: one round trip. */
  increase: v.optional(positive, 1),
  /** What a loss multiplies it by. */
  backoff: v.optional(part, 0.9),
  /** A call that takes longer counts as lost. */
  timeoutMs: v.optional(positive, 5000),
});
export type AimdSettings = v.InferOutput<typeof aimdSchema>;

export const gradient2Schema = v.strictObject({
  kind: v.literal('gradient2'),
  ...bounds,
  /** Share of the way to each new estimate that is gone at once. */
  smoothing: v.optional(v.union([part, v.literal(1)], 'a share above 0, at most 1'), 0.2),
  /** Calls allowed to wait beyond what the gradient says: what the limit grows by. */
  queueSize: v.optional(nonNegative, 4),
  /** Response over the baseline that is still taken for normal. */
  tolerance: v.optional(v.pipe(positive, v.minValue(1, 'a number of 1 or more')), 1.5),
  /** A new estimate after this time and this many answers. */
  windowMs: v.optional(positive, 1000),
  windowSamples: v.optional(count, 10),
  /** Windows that the baseline averages over. */
  longWindows: v.optional(within(10, 100_000), 600),
  /**
   * Null: the baseline is the long average of all windows. Otherwise it is measured with `min` calls at a time, so often; that
   * takes windowSamples / min round trips, so slow calls want a `min` above 1.
   */
  probeEveryMs: v.optional(v.nullable(positive), null),
  /** Lost calls halve the estimate; false: their time counts as an answer's, as published. */
  heedLosses: v.optional(v.boolean(), true),
});
export type Gradient2Settings = v.InferOutput<typeof gradient2Schema>;

export const concurrencyLimitSchema = v.pipe(
  v.variant('kind', [aimdSchema, gradient2Schema]),
  v.check((s) => s.min <= s.initial && s.initial <= s.max, ordered),
);
export type ConcurrencyLimitSettings = v.InferOutput<typeof concurrencyLimitSchema>;

/** How many calls may be under way, learned from how long they take. */
export interface ConcurrencyLimit {
  /** Whole number: a call may go while fewer are under way. */
  readonly limit: number;
  /**
   * A call ended. @param rttMs how long it took; @param inFlight calls under way when it ended, itself included;
   * @param lost refused or timed out. `nowMs` never goes back.
   */
  onSample(rttMs: number, inFlight: number, lost: boolean, nowMs: number): void;
}

export function concurrencyLimit(settings: ConcurrencyLimitSettings): ConcurrencyLimit {
  return settings.kind === 'aimd' ? new AimdLimit(settings) : new Gradient2Limit(settings);
}

/**
 * Additive increase, multiplicative decrease: up by `increase` a round trip while half the limit is in use, down by the factor
 * `backoff` at a loss, at most once a round trip. It needs losses: between them it saws, from `backoff` × top to top.
 * Source: Chiu and Jain (1989); TCP congestion avoidance (RFC 5681); Netflix concurrency-limits, AIMDLimit.
 *
 * Failure mode: with a deep queue behind it there is no loss until calls time out, and by then the queue is full: the saw runs
 * between two overloads. Bound the queue, or use a limit that reads response times.
 */
export class AimdLimit implements ConcurrencyLimit {
  private estimate: number;
  private decreasedMs = -Infinity;
  private roundMs = 0;

  constructor(private readonly settings: AimdSettings) {
    this.estimate = settings.initial;
  }

  get limit(): number {
    return Math.floor(this.estimate);
  }

  onSample(rttMs: number, inFlight: number, lost: boolean, nowMs: number): void {
    const { timeoutMs, backoff, increase, min, max } = this.settings;
    if (lost || rttMs > timeoutMs) {
      // Losses of calls from before the last decrease say nothing about the limit now; refusals at once last as long as a round trip.
      if (nowMs - Math.max(rttMs, this.roundMs) < this.decreasedMs) return;
      this.estimate = Math.max(min, this.estimate * backoff);
      this.decreasedMs = nowMs;
      return;
    }
    this.roundMs = rttMs;
    if (inFlight * 2 >= this.estimate)
      this.estimate = Math.min(max, this.estimate + increase / this.estimate);
  }
}

/** Windows that are averaged evenly before the long average begins to forget. */
const WARM_UP = 10;

/**
 * Gradient2: once a window, limit × gradient + queueSize, where gradient = tolerance × baseline / response, within [½, 1]. Reads
 * response times, so it needs no losses. Settles where calls in flight = tolerance × busy servers + queueSize.
 * Source: Netflix concurrency-limits, Gradient2Limit (2018); the probe is that of Envoy's adaptive concurrency filter (2019).
 *
 * Failure modes. (1) The baseline drifts: a long average learns the overload itself as normal, and while the overload lasts the limit
 * rises to its maximum (concurrency-limits pull request 134). `probeEveryMs` measures the baseline anew with few calls under way
 * instead, for which those above `min` are held back for a window. (2) Calls that all end at the same time-out look steady: as published
 * (`heedLosses: false`) the limit rises without bound (issue 137).
 */
export class Gradient2Limit implements ConcurrencyLimit {
  private estimate: number;
  private baseline = 0;
  private windows = 0;
  private windowEndMs = NaN;
  private sumMs = 0;
  private samples = 0;
  private mostInFlight = 0;
  private losses = false;
  private nextProbeMs: number;
  private probeStartMs = NaN;

  constructor(private readonly settings: Gradient2Settings) {
    this.estimate = settings.initial;
    this.nextProbeMs = settings.probeEveryMs === null ? Infinity : 0;
  }

  get limit(): number {
    return Number.isNaN(this.probeStartMs) ? Math.floor(this.estimate) : this.settings.min;
  }

  /** The response time that is taken for unloaded; 0 before there is one. */
  get baselineMs(): number {
    return this.baseline;
  }

  onSample(rttMs: number, inFlight: number, lost: boolean, nowMs: number): void {
    const { windowMs, windowSamples, heedLosses } = this.settings;
    if (nowMs >= this.nextProbeMs) this.beginProbe(nowMs);
    if (nowMs - rttMs < this.probeStartMs) return; // from before the probe, slowed by what was under way then
    if (Number.isNaN(this.windowEndMs)) this.windowEndMs = nowMs + windowMs;
    this.losses ||= lost;
    this.mostInFlight = Math.max(this.mostInFlight, inFlight);
    if (!lost || !heedLosses) {
      this.sumMs += rttMs;
      this.samples++;
    }
    if (nowMs < this.windowEndMs || (this.samples < windowSamples && !(this.losses && heedLosses))) return;
    if (Number.isNaN(this.probeStartMs)) this.update();
    else this.endProbe();
    this.beginWindow(nowMs + windowMs);
  }

  private beginWindow(endMs: number): void {
    this.windowEndMs = endMs;
    this.sumMs = 0;
    this.samples = 0;
    this.mostInFlight = 0;
    this.losses = false;
  }

  private beginProbe(nowMs: number): void {
    this.probeStartMs = nowMs;
    this.nextProbeMs = nowMs + this.settings.probeEveryMs!;
    this.beginWindow(NaN);
  }

  private endProbe(): void {
    if (this.samples > 0) this.baseline = this.sumMs / this.samples;
    this.probeStartMs = NaN;
  }

  private update(): void {
    const { smoothing, queueSize, tolerance, min, max, probeEveryMs, heedLosses } = this.settings;
    const responseMs = this.samples > 0 ? this.sumMs / this.samples : 0;
    if (probeEveryMs === null && responseMs > 0) this.follow(responseMs);
    if (this.mostInFlight < this.estimate / 2) return; // the callers, not the limit, decide how much is under way
    let gradient = 1;
    if (this.losses && heedLosses) gradient = 0.5;
    else if (responseMs > 0) gradient = Math.max(0.5, Math.min(1, (tolerance * this.baseline) / responseMs));
    const next = this.estimate * gradient + queueSize;
    this.estimate = Math.max(min, Math.min(max, this.estimate * (1 - smoothing) + next * smoothing));
  }

  /** The long average, quicker to come down: after an overload it would hide the next one for as long. */
  private follow(responseMs: number): void {
    const weight = ++this.windows <= WARM_UP ? 1 / this.windows : 2 / (this.settings.longWindows + 1);
    this.baseline += weight * (responseMs - this.baseline);
    if (this.baseline > 2 * responseMs) this.baseline *= 0.9;
  }
}
