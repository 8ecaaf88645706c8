import { RandomStream } from '../core/random.ts';
import { Population } from './population.ts';
import type { Scenario } from './scenario.ts';
import type { TierCaches } from './tier-caches.ts';

/**
 * Gives the caches a past, so that the run starts with a system that has been up for long.
 *
 * First each tier gets the entries it would hold in the long run: a key asked at rate λ is there with probability
 * λT / (1 + λT), with a remaining life even over (0, T). (Started empty, the popular keys would all be filled at once
 * and expire at once, again and again: a wave of misses every T.) Then `historyS` seconds of requests at the base rate,
 * evenly spaced and filled at once, put the entries in their order of use.
 * @param tiers those of the path that are on, in the path's order.
 */
export function fillFromHistory(scenario: Scenario, seed: number, tiers: readonly TierCaches[]): void {
  if (scenario.historyS <= 0 || scenario.load.ratePerS <= 0 || tiers.length === 0) return;
  const past = new Population(scenario.population, seed, 'history');
  const startMs = -scenario.historyS * 1000;
  for (const tier of tiers) fillLongRun(tier, past, scenario, seed, startMs);
  const routing = new RandomStream(seed, 'history:routing');
  const stepMs = 1000 / scenario.load.ratePerS;
  for (let n = Math.floor(scenario.historyS * scenario.load.ratePerS); n > 0; n--) {
    const atMs = -n * stepMs;
    const key = past.next();
    const instance = scenario.instances > 1 ? routing.below(scenario.instances) : 0;
    let found = 0;
    while (found < tiers.length && !tiers[found]!.lookup(key, instance, atMs)) found++;
    const expiresAtMs = found < tiers.length ? tiers[found]!.foundExpiresAtMs : Infinity;
    for (let i = found - 1; i >= 0; i--) tiers[i]!.promote(key, instance, atMs, expiresAtMs);
  }
}

function fillLongRun(
  tier: TierCaches,
  past: Population,
  scenario: Scenario,
  seed: number,
  startMs: number,
): void {
  const random = new RandomStream(seed, `history:${tier.name}`);
  const ratePerMs =
    (scenario.load.ratePerS * (1 - scenario.population.oneTimeShare)) / tier.caches.length / 1000;
  for (const cache of tier.caches) {
    const from = Math.min(past.size, cache.capacity) - 1; // what is rarer than the cache is large would only be evicted
    for (let key = from; key >= 0; key--) {
      if (tier.ttlMs === Infinity) {
        cache.insert(key, Infinity);
        continue;
      }
      const perLife = ratePerMs * past.shareOf(key) * tier.ttlMs;
      const here = random.uniform() < perLife / (1 + perLife);
      const expiresAtMs = startMs + tier.ttlMs * random.uniform();
      if (here) cache.insert(key, expiresAtMs);
    }
  }
}
