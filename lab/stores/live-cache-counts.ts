import { cacheReport, type CacheReport } from '../../engine/cache/stats.ts';
import type { TieredCache } from '../../engine/cache/flow/tiered-cache.ts';

type Numbers = Readonly<Record<string, number>>;

function sum<T extends object>(parts: readonly Readonly<T>[]): T {
  const total: Record<string, number> = {};
  for (const part of parts as readonly Numbers[])
    for (const [name, value] of Object.entries(part)) total[name] = (total[name] ?? 0) + value;
  return total as T;
}

/** The figures of several instances together; they have the same tiers, in the same order. */
export function reportOfAll(caches: readonly Pick<TieredCache, 'counts' | 'tierFlows'>[]): CacheReport {
  const flows = caches.map((cache) => cache.tierFlows());
  return cacheReport(
    sum(caches.map((cache) => cache.counts())),
    flows[0].map(({ name, level }, i) => ({ name, level, flow: sum(flows.map((tiers) => tiers[i].flow)) })),
  );
}
