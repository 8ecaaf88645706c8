import { batchWindow, keepAliveReuse } from '../../engine/latency/formulas.ts';
import { rateOf, type Arrival, type BatchPlan, type FetchPlan } from './requests-plan.ts';
import type { Asked, BatchRun, Call, FetchRun } from './requests-run.ts';

const mean = (values: readonly number[]): number =>
  values.length === 0 ? NaN : values.reduce((a, b) => a + b, 0) / values.length;

/** The smallest value that a share of them do not exceed; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export interface Latency {
  answered: number;
  failed: number;
  meanMs: number;
  p95Ms: number;
}

export function latency(asked: readonly Asked[]): Latency {
  const times = asked.filter(({ error }) => error === '').map(({ askedMs, endedMs }) => endedMs - askedMs);
  return {
    answered: times.length,
    failed: asked.length - times.length,
    meanMs: mean(times),
    p95Ms: quantile(times, 0.95),
  };
}

/** Calls as a service does them that takes one after the other: each begins when it is there and the one before is over. */
export function inService(calls: readonly Call[]): Call[] {
  let freeMs = -Infinity;
  return [...calls]
    .sort((a, b) => a.startMs - b.startMs)
    .map((call) => {
      const startMs = Math.min(call.endMs, Math.max(call.startMs, freeMs));
      freeMs = Math.max(freeMs, call.endMs);
      return { ...call, startMs };
    });
}

/** What a call takes: so much each, and so much for each item. Least squares; null while all calls are of one size. */
export function callCost(calls: readonly Call[]): { perCallMs: number; perItemMs: number } | null {
  const [sizes, times] = [calls.map(({ items }) => items), calls.map((c) => c.endMs - c.startMs)];
  const [size, time] = [mean(sizes), mean(times)];
  const spread = sizes.reduce((sum, n) => sum + (n - size) ** 2, 0);
  if (!(spread > 0)) return null;
  const perItemMs = sizes.reduce((sum, n, i) => sum + (n - size) * (times[i] - time), 0) / spread;
  return { perCallMs: time - perItemMs * size, perItemMs };
}

export const busyMs = (calls: readonly Call[]): number =>
  calls.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/**
 * What the window's closed form says of these requests; null where it says nothing: all came at once, or so many that the size
 * closes batches before their time.
 */
export function batchForecast(
  plan: BatchPlan,
  came: readonly Arrival[],
  run: BatchRun,
): { meanBatch: number; meanAddedWait: number } | null {
  const distinct = (came.length - run.joined) / came.length;
  const rate = rateOf(came) * distinct;
  if (!Number.isFinite(rate) || plan.size === 1) return null;
  const { meanBatch, meanAddedWait } = batchWindow(rate, plan.windowMs);
  return meanBatch > plan.size / 1.5 ? null : { meanBatch, meanAddedWait };
}

/** Parts of one real request as Resource Timing tells them, ms from its start; null where the browser keeps them to itself. */
export interface Timing {
  readonly startMs: number;
  /** The browser's own queue, until it had a socket or began to connect. */
  readonly stalledMs: number;
  readonly dnsMs: number;
  readonly connectMs: number;
  readonly tlsMs: number;
  readonly requestMs: number;
  readonly responseMs: number;
  readonly reused: boolean;
  readonly protocol: string;
}

type Entry = Pick<
  PerformanceResourceTiming,
  | 'fetchStart'
  | 'domainLookupStart'
  | 'domainLookupEnd'
  | 'connectStart'
  | 'connectEnd'
  | 'secureConnectionStart'
  | 'requestStart'
  | 'responseStart'
  | 'responseEnd'
  | 'nextHopProtocol'
>;

/** A connection that is used again has no time of its own: connecting begins and ends where fetching does. */
export function timing(entry: Entry): Timing | null {
  const { fetchStart, domainLookupStart, domainLookupEnd, connectStart, connectEnd, requestStart } = entry;
  if (requestStart === 0) return null;
  const tlsStart = entry.secureConnectionStart;
  const tlsMs = tlsStart > 0 && tlsStart > connectStart ? connectEnd - tlsStart : 0;
  const reused = connectEnd === connectStart;
  const beginsMs = reused ? requestStart : domainLookupStart;
  return {
    startMs: fetchStart,
    stalledMs: Math.max(0, beginsMs - fetchStart),
    dnsMs: domainLookupEnd - domainLookupStart,
    connectMs: connectEnd - connectStart - tlsMs,
    tlsMs,
    requestMs: entry.responseStart - requestStart,
    responseMs: entry.responseEnd - entry.responseStart,
    reused,
    protocol: entry.nextHopProtocol,
  };
}

export interface FetchFigures {
  /** Busy at once on average, as measured and by Little's law from the rate of those that were sent and the mean time of one. */
  meanBusy: number;
  meanServiceMs: number;
  meanWaitMs: number;
  limit: number;
  /** Of those with a timing. */
  timed: number;
  reusedShare: number;
  handshakeMs: number;
  forecast: { meanBusy: number; reusedShare: number; meanHandshakeMs: number } | null;
}

const KEEP_ALIVE_MS = 30_000;

export function fetchFigures(
  plan: FetchPlan,
  came: readonly Arrival[],
  run: FetchRun,
  timings: readonly Timing[],
): FetchFigures {
  const sent = [...run.sent.values()];
  const limit = Math.min(plan.maxTotal, plan.maxPerHost);
  const service = mean(sent.map(({ permitMs, endMs }) => endMs - permitMs));
  const fresh = timings.filter(({ reused }) => !reused);
  const handshakeMs = fresh.length > 0 ? mean(fresh.map((t) => t.dnsMs + t.connectMs + t.tlsMs)) : 0;
  const rate = (rateOf(came) * sent.length) / came.length;
  const open = run.stats.opened;
  return {
    meanBusy: (service * sent.length) / run.wallMs,
    meanServiceMs: service,
    meanWaitMs: mean(sent.map(({ waitedMs }) => waitedMs)),
    limit,
    timed: timings.length,
    reusedShare: timings.length > 0 ? 1 - fresh.length / timings.length : NaN,
    handshakeMs,
    forecast: Number.isFinite(rate)
      ? {
          meanBusy: Math.min(limit, rate * service),
          reusedShare: keepAliveReuse(rate / Math.max(1, open), KEEP_ALIVE_MS, handshakeMs).reuseShare,
          meanHandshakeMs: keepAliveReuse(rate / Math.max(1, open), KEEP_ALIVE_MS, handshakeMs).meanHandshake,
        }
      : null,
  };
}
