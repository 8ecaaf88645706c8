import * as v from 'valibot';
import type { RandomStream } from '../core/random.ts';
import { finite, positive, within } from './fields.ts';
import { throttleShare } from './formulas.ts';
import { RollingCounts } from './rolling-counts.ts';

export const adaptiveThrottleSchema = v.strictObject({
  /** Requests sent for each one accepted, before the client refuses some itself: 2 lets the server refuse as many as it takes. */
  k: v.optional(v.pipe(finite, v.minValue(1, 'a number of 1 or more')), 2),
  windowMs: v.optional(positive, 120_000),
  buckets: v.optional(within(1, 1000), 120),
});
export type AdaptiveThrottleSettings = v.InferOutput<typeof adaptiveThrottleSchema>;

const REQUESTS = 0;
const ACCEPTS = 1;

/**
 * Client-side throttling: refuse here, at once and at no cost to the server, with probability
 * max(0, (requests − K·accepts) / (requests + 1)) over two minutes. The server then gets K times what it accepts.
 * Source: Google, SRE book (2016), ch. 21, Handling Overload.
 *
 * Failure mode: after an outage as long as the window no accepts are left, and of a busy client one request in a window's worth of them
 * goes through. Each accept then buys K more, so what goes through grows by about e^(1.6) a window with K = 2: back to half takes four
 * to ten windows, ten minutes and more with the two of the book. A smaller window comes back sooner. And a server that is slow
 * rather than refusing is not throttled at all; that is what concurrency limits are for.
 */
export class AdaptiveThrottle {
  private readonly counts: RollingCounts;

  constructor(private readonly settings: AdaptiveThrottleSettings) {
    this.counts = new RollingCounts(2, settings.windowMs, settings.buckets);
  }

  /** Probability that the next request is refused here. */
  refusalShare(nowMs: number): number {
    this.counts.advance(nowMs);
    return throttleShare(this.counts.totals[REQUESTS]!, this.counts.totals[ACCEPTS]!, this.settings.k);
  }

  /** Whether a request may be sent; counts it either way. */
  admits(random: RandomStream, nowMs: number): boolean {
    const refused = random.uniform() < this.refusalShare(nowMs);
    this.counts.add(REQUESTS, nowMs);
    return !refused;
  }

  /** The server took a request that was sent; whether it then succeeded does not matter. */
  onAccept(nowMs: number): void {
    this.counts.add(ACCEPTS, nowMs);
  }
}
