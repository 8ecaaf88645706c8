import { describe, expect, it } from 'vitest';
import { zipfWeights } from '../../core/alias-table.ts';
import type { ScenarioInput } from '../scenario.ts';
import type { Simulation } from '../simulation.ts';
import { stationReports, tierReports } from '../summary.ts';
import { ttlHitRate, ttlPopulationHitRate, ttlWithFetch } from '../theory.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { TTL, TTL_POPULATION, TTL_WITH_FETCH } from './points.ts';

function scenario(
  ratePerS: number,
  requests: number,
  tier: Partial<NonNullable<ScenarioInput['tiers']>[string]>,
  more: Partial<ScenarioInput> = {},
): ScenarioInput {
  return {
    name: 'ttl',
    durationS: requests / ratePerS,
    load: { ratePerS },
    path: ['cache', 'origin'],
    tiers: { cache: { level: 'l1', capacityEntries: 20_000, ...tier } },
    stations: { origin: { servers: null, service: { law: 'constant', meanMs: 0 } } },
    ...more,
  };
}

const figures = (simulation: Simulation) => {
  const { hitRatePerLookup } = tierReports(simulation)['cache']!;
  const originCalls = stationReports(simulation)['origin']!.arrivals;
  return {
    hitRate: hitRatePerLookup,
    missRate: 1 - hitRatePerLookup,
    originCalls,
    originRate: originCalls / simulation.scenario.durationS,
  };
};

describe('a cache with a time to live and room for all', () => {
  it.each(TTL)('meets theory for one key, $rate a second and $ttl s', ({ rate, ttl }) => {
    for (const mode of ['fixed', 'sliding'] as const) {
      const missRate = 1 - ttlHitRate(rate, ttl, mode);
      // Misses are what is rare. So rare that none is seen in a run, they are only bounded.
      const requests = Math.min(40_000, Math.max(5_000, 1000 / missRate));
      const slack = 1 / (requests * missRate); // the caches start empty: up to one miss a run too many
      const estimates = overSeeds(scenario(rate, requests, { ttlS: ttl, ttlMode: mode }), figures);
      if (missRate * requests * 24 < 1000) expect(estimates.missRate.mean).toBeLessThan(10 * missRate + 1e-4);
      else
        expect(
          misfits(estimates, {
            missRate: { value: missRate, power: 0.12, slack },
            originRate: { value: rate * missRate, power: 0.12, slack },
            hitRate: { value: 1 - missRate, power: 0.02 },
          }),
        ).toEqual([]);
    }
  });

  it.each(TTL_POPULATION)('meets theory over a population at $totalRate a second', (point) => {
    const { keys, exponent, totalRate, ttl } = point;
    const weights = zipfWeights(keys, exponent);
    for (const mode of ['fixed', 'sliding'] as const) {
      const estimates = overSeeds(
        scenario(
          totalRate,
          Math.max(3000, totalRate * 6),
          { ttlS: ttl, ttlMode: mode },
          // A past long enough that a key asked rarely is in its steady state, too.
          { historyS: 4 * ttl, population: { kind: 'zipf', keys, exponent } },
        ),
        figures,
      );
      const value = ttlPopulationHitRate(weights, totalRate, ttl, mode);
      expect(misfits(estimates, { hitRate: { value, power: 0.01, slack: 0.001 } })).toEqual([]);
    }
  });

  it.each(TTL_WITH_FETCH.filter((p) => !('tooLong' in p)))(
    'asks the origin once a cycle when fetches of $fetch s are shared, $rate a second',
    ({ rate, ttl, fetch }) => {
      const theory = ttlWithFetch(rate, ttl, fetch);
      // Cycles hardly vary, so that the end in the middle of the eighth makes eight fetches, in every run.
      const cycles = 8;
      const estimates = overSeeds(
        scenario(
          rate,
          ((cycles - 0.5) * rate) / theory.originRateShared,
          { ttlS: ttl },
          {
            stations: {
              origin: { servers: null, coalesce: true, service: { law: 'constant', meanMs: fetch * 1000 } },
            },
          },
        ),
        figures,
      );
      expect(
        misfits(estimates, {
          hitRate: { value: theory.hitRate, power: 0.01, slack: 0.002 },
          originCalls: { value: cycles, power: 0 },
        }),
      ).toEqual([]);
    },
  );
});
