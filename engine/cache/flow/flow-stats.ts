/** What the flow counts at one tier. An operation counts where it ends. */
export interface TierFlow {
  /** Asked on behalf of a request, and what came of it: lookups = hits + staleHits + misses + failures + skipped. */
  lookups: number;
  hits: number;
  /** Answered with a stale entry, which is being renewed. */
  staleHits: number;
  /** Entries that could not be served are misses, too. */
  misses: number;
  /** Time-outs and lies included. */
  failures: number;
  timeouts: number;
  /** Passed over because the circuit was open. */
  skipped: number;
  /** Asked in order to renew an entry; not among the lookups. */
  renewalLookups: number;
  /** Copies put here because a slower tier had it, because the origin gave it, because a faster tier evicted it. */
  promotions: number;
  fills: number;
  demotions: number;
  /** Entries that the tier evicted for one of ours, as far as it tells. */
  evictions: number;
  /** Given up here because a slower tier evicted it. */
  backInvalidations: number;
  declined: number;
  writeFailures: number;
  /** Entries deleted by invalidations. */
  invalidated: number;
}

export interface FlowCounts {
  requests: number;
  /** Answered by a tier, fresh; stale; with "there is nothing" (among the fresh). */
  answeredFresh: number;
  answeredStale: number;
  answeredAbsent: number;
  loads: number;
  loadFailures: number;
  /** Requests that waited for another one's load. */
  coalesced: number;
  failed: number;
  abandoned: number;
  earlyRenewals: number;
  staleRenewals: number;
  staleOnError: number;
  /** Loads whose value was not kept, as it was invalidated on its way. */
  overtaken: number;
  writes: number;
  writesFailed: number;
  invalidations: number;
}

export function newTierFlow(): TierFlow {
  return {
    lookups: 0,
    hits: 0,
    staleHits: 0,
    misses: 0,
    failures: 0,
    timeouts: 0,
    skipped: 0,
    renewalLookups: 0,
    promotions: 0,
    fills: 0,
    demotions: 0,
    evictions: 0,
    backInvalidations: 0,
    declined: 0,
    writeFailures: 0,
    invalidated: 0,
  };
}

export function newFlowCounts(): FlowCounts {
  return {
    requests: 0,
    answeredFresh: 0,
    answeredStale: 0,
    answeredAbsent: 0,
    loads: 0,
    loadFailures: 0,
    coalesced: 0,
    failed: 0,
    abandoned: 0,
    earlyRenewals: 0,
    staleRenewals: 0,
    staleOnError: 0,
    overtaken: 0,
    writes: 0,
    writesFailed: 0,
    invalidations: 0,
  };
}
