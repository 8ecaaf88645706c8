import { freshnessOf, type CacheEntry } from '../entry.ts';
import type { FlowPolicy } from './policy.ts';

type Life = Pick<CacheEntry, 'freshUntilMs' | 'staleUntilMs'>;

/**
 * What may be done with a found entry:
 * - `serve`: it is fresh;
 * - `serve-and-renew`: stale-while-revalidate;
 * - `keep-for-failure`: stale-if-error, should the origin fail;
 * - `ignore`: it is past its end.
 * The entry's own end always holds; the policy as it stands now may be stricter. Source: RFC 5861.
 */
export type Use = 'serve' | 'serve-and-renew' | 'keep-for-failure' | 'ignore';

export function useOf(entry: Life, policy: FlowPolicy, nowMs: number): Use {
  const freshness = freshnessOf(entry, nowMs);
  if (freshness === 'fresh') return 'serve';
  if (freshness === 'expired') return 'ignore';
  if (nowMs < entry.freshUntilMs + policy.staleWhileRevalidateMs) return 'serve-and-renew';
  return servableOnFailure(entry, policy, nowMs) ? 'keep-for-failure' : 'ignore';
}

/** Whether a stale entry may stand in for a failed origin, now. */
export function servableOnFailure(entry: Life, policy: FlowPolicy, nowMs: number): boolean {
  const windowMs = Math.max(policy.staleIfErrorMs, policy.staleWhileRevalidateMs);
  return nowMs < entry.staleUntilMs && nowMs < entry.freshUntilMs + windowMs;
}
