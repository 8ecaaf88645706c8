import { RandomStream } from '../core/random.ts';
import { Population } from './population.ts';
import type { Scenario } from './scenario.ts';
import type { TierCaches } from './tier-caches.ts';

/**
 * Gives the caches a past: `historyS` seconds of requests at the base rate, evenly spaced, every miss filled at once.
 * They start the run as a system that has been up for a while, with entries of all ages.
 * @param tiers those of the path that are on, in the path's order.
 */
export function fillFromHistory(scenario: Scenario, seed: number, tiers: readonly TierCaches[]): void {
  if (scenario.historyS <= 0 || scenario.load.ratePerS <= 0 || tiers.length === 0) return;
  const past = new Population(scenario.population, seed, 'history');
  const routing = new RandomStream(seed, 'history:routing');
  const stepMs = 1000 / scenario.load.ratePerS;
  for (let n = Math.floor(scenario.historyS * scenario.load.ratePerS); n > 0; n--) {
    const atMs = -n * stepMs;
    const key = past.next();
    const instance = scenario.instances > 1 ? routing.below(scenario.instances) : 0;
    let found = 0;
    while (found < tiers.length && !tiers[found]!.lookup(key, instance, atMs)) found++;
    const expiresAtMs = found < tiers.length ? tiers[found]!.foundExpiresAtMs : Infinity;
    for (let i = found - 1; i >= 0; i--) tiers[i]!.fill(key, instance, atMs, expiresAtMs);
  }
}
