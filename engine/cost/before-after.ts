import { InputError } from '../core/errors.ts';

export interface MeasuredSaving {
  /** Of dollars an hour, at the load since the control was pulled. */
  savingUsdPerHour: number;
  share: number;
  /**
   * What the meter alone says: spending an hour before less that after. A falling load looks like a saving in
   * it.
   */
  unadjustedUsdPerHour: number;
  usdPerRequestBefore: number;
  usdPerRequestAfter: number;
  /** On which the two rest. */
  requestsBefore: number;
  requestsAfter: number;
}

interface Reading {
  ms: number;
  usd: number;
  requests: number;
}

/**
 * Measures what a control saves: dollars for each request before and after it is pulled, times the requests
 * that came since. Readings are totals that only grow: the clock, all dollars spent, and all requests that
 * arrived, those refused and those answered from a cache among them (or a control that refuses would seem to
 * save nothing).
 */
export class BeforeAfter {
  private readonly first: Reading;
  private pulled: Reading | null = null;

  /** The stretch before the control begins here. */
  constructor(nowMs: number, spentUsd: number, requests: number) {
    this.first = reading(nowMs, spentUsd, requests, null);
  }

  /** The control is pulled: the stretch before ends, the one after begins. Again when it is pulled again. */
  begin(nowMs: number, spentUsd: number, requests: number): void {
    this.pulled = reading(nowMs, spentUsd, requests, this.first);
  }

  /**
   * The saving so far; null until both stretches have some time and some requests.
   * @throws InputError for totals or a clock below an earlier reading.
   */
  read(nowMs: number, spentUsd: number, requests: number): MeasuredSaving | null {
    const { first, pulled } = this;
    if (pulled === null) return null;
    const now = reading(nowMs, spentUsd, requests, pulled);
    const [before, after] = [rates(first, pulled), rates(pulled, now)];
    if (before === null || after === null) return null;
    const saved = before.usdPerRequest - after.usdPerRequest;
    return {
      savingUsdPerHour: saved * after.requestsPerHour,
      share: before.usdPerRequest > 0 ? saved / before.usdPerRequest : 0,
      unadjustedUsdPerHour:
        before.usdPerRequest * before.requestsPerHour - after.usdPerRequest * after.requestsPerHour,
      usdPerRequestBefore: before.usdPerRequest,
      usdPerRequestAfter: after.usdPerRequest,
      requestsBefore: before.requests,
      requestsAfter: after.requests,
    };
  }
}

function reading(ms: number, usd: number, requests: number, since: Reading | null): Reading {
  const now: Reading = { ms, usd, requests };
  for (const name of ['ms', 'usd', 'requests'] as const)
    if (!(now[name] >= (since?.[name] ?? -Infinity) && now[name] < Infinity))
      throw new InputError(name, `a total of ${since?.[name] ?? 0} or more`, String(now[name]));
  return now;
}

function rates(from: Reading, to: Reading) {
  const [hours, requests] = [(to.ms - from.ms) / 3_600_000, to.requests - from.requests];
  if (hours === 0 || requests === 0) return null;
  return { requests, requestsPerHour: requests / hours, usdPerRequest: (to.usd - from.usd) / requests };
}
