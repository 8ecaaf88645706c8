import { describe, expect, it } from 'vitest';
import { zipfWeights } from '../../core/alias-table.ts';
import type { ScenarioInput } from '../scenario.ts';
import { tierReports } from '../summary.ts';
import { cheFifo, cheLru } from '../theory.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { CACHES } from './points.ts';

const RATE_PER_S = 1000;
const REQUESTS = 25_000;

/** A cache before an origin that answers at once; it has been filled by a past of its own before the run. */
export function cacheScenario(
  { keys, exponent, capacity }: (typeof CACHES)[number],
  policy: 'lru' | 'fifo',
): ScenarioInput {
  return {
    name: 'cache',
    durationS: REQUESTS / RATE_PER_S,
    // Enough of a past to fill the cache some times over.
    historyS: (5 * capacity + 10_000) / RATE_PER_S,
    load: { ratePerS: RATE_PER_S },
    population: { kind: 'zipf', keys, exponent },
    path: ['cache', 'origin'],
    tiers: { cache: { level: 'l1', policy, capacityEntries: capacity } },
    stations: { origin: { servers: null, service: { law: 'constant', meanMs: 0 } } },
  };
}

describe('LRU and FIFO under independent requests', () => {
  it.each(CACHES)('meet Che with $capacity of $keys keys, Zipf $exponent', (point) => {
    const weights = zipfWeights(point.keys, point.exponent);
    for (const [policy, che] of [
      ['lru', cheLru],
      ['fifo', cheFifo],
    ] as const) {
      const theory = che(weights, point.capacity);
      const hitRate = overSeeds(cacheScenario(point, policy), (simulation) => ({
        [policy]: tierReports(simulation)['cache']!.hitRatePerLookup,
      }));
      // The approximation itself is good to a few thousandths; the two policies differ by ten times that.
      expect(misfits(hitRate, { [policy]: { value: theory.hitRate, power: 0.02, slack: 0.006 } })).toEqual(
        [],
      );
    }
  });
});
