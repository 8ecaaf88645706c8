import type { FlowCounts, TierFlow } from './flow/flow-stats.ts';
import type { TierStats } from './tiers/tier.ts';

export type Band = 'excellent' | 'good' | 'poor';

/** The module's bands (C3): from 90 % excellent, from 70 % good, below poor. Null for no rate. */
export function bandOf(rate: number | null): Band | null {
  if (rate === null) return null;
  return rate >= 0.9 ? 'excellent' : rate >= 0.7 ? 'good' : 'poor';
}

/** part / whole; null over nothing, which is neither 0 % nor 100 %. */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

export interface LevelReport {
  name: string;
  level: string;
  hits: number;
  misses: number;
  evictions: number;
  entries: number | null;
  sizeBytes: number | null;
  /** Answers of this level over the lookups that it answered, either way; null when there were none. */
  hitRate: number | null;
  band: Band | null;
  flow: Readonly<TierFlow>;
}

export interface CacheReport {
  levels: LevelReport[];
  requests: number;
  /** Requests answered without asking the origin. */
  answered: number;
  /** Of the requests, how many no origin was asked for: the rate that cost and latency follow. */
  hitRatePerRequest: number | null;
  band: Band | null;
  /**
   * The module's overall rate: hits of all levels over hits and misses of all levels. It counts probes: a request that misses L1
   * and L2 and is loaded counts as two misses, so it lies below the other as soon as there are two levels.
   */
  hitRatePerProbe: number | null;
  /** Share of the answered requests that got a stale value, and were told so. */
  staleShare: number | null;
}

/**
 * Figures of a cache (C3, C17).
 * @param tiers counts of the flow by tier; `stats` of the tiers themselves, in the same order, where they are at hand.
 */
export function cacheReport(
  counts: Readonly<FlowCounts>,
  tiers: readonly { name: string; level: string; flow: Readonly<TierFlow> }[],
  stats: readonly (TierStats | undefined)[] = [],
): CacheReport {
  const levels = tiers.map(({ name, level, flow }, i): LevelReport => {
    const hits = flow.hits + flow.staleHits;
    const hitRate = ratio(hits, hits + flow.misses);
    const own = stats[i];
    return {
      name,
      level,
      hits,
      misses: flow.misses,
      evictions: own?.evictions ?? flow.evictions,
      entries: own?.entries ?? null,
      sizeBytes: own?.sizeBytes ?? null,
      hitRate,
      band: bandOf(hitRate),
      flow,
    };
  });
  const hits = levels.reduce((sum, level) => sum + level.hits, 0);
  const misses = levels.reduce((sum, level) => sum + level.misses, 0);
  // A value served because the origin failed was no saving: the origin was asked.
  const answered = counts.answeredFresh + counts.answeredStale - counts.staleOnError;
  const hitRatePerRequest = ratio(answered, counts.requests);
  return {
    levels,
    requests: counts.requests,
    answered,
    hitRatePerRequest,
    band: bandOf(hitRatePerRequest),
    hitRatePerProbe: ratio(hits, hits + misses),
    staleShare: ratio(counts.answeredStale, counts.answeredFresh + counts.answeredStale),
  };
}

/** Billionths of a dollar: whole numbers, so that sums do not depend on their order. */
export const NANO_USD = 1_000_000_000;

/** The module's estimate (C17): every avoided miss is worth 0.001 dollars. In nano-dollars. */
export function savingsByMiss(avoidedMisses: number, usdPerMiss = 0.001): number {
  return Math.round(avoidedMisses * usdPerMiss * NANO_USD);
}

/** Prices in dollars for a million tokens. */
export interface TokenPrice {
  inputUsdPerMTok: number;
  outputUsdPerMTok: number;
}

/** What the tokens that were not generated would have cost, in nano-dollars. One dollar a million tokens is 1000 nano-dollars a token. */
export function savingsByTokens(
  avoided: { inputTokens: number; outputTokens: number },
  price: TokenPrice,
): number {
  return Math.round(
    avoided.inputTokens * price.inputUsdPerMTok * 1000 + avoided.outputTokens * price.outputUsdPerMTok * 1000,
  );
}
