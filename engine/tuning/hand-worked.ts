import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A shop for tests, small enough to work out by hand. The cache knows every question that is asked twice, so about 30 % of
 * requests need a model, for 1,000 tokens each: $0.003 with the small one, $0.03 with the large one, which is as fast.
 */
export const shop: ScenarioInput = {
  name: 'shop',
  title: 'Shop',
  durationS: 100,
  load: { ratePerS: 20 },
  population: { kind: 'zipf', keys: 30, oneTimeShare: 0.3 },
  path: ['cache', 'pool'],
  tiers: { cache: { level: 'l1', capacityEntries: 10_000, preload: 'population' } },
  stations: {
    pool: {
      servers: null,
      service: { law: 'exponential', meanMs: 100 },
      tokensPerCall: 1000,
      model: 'small',
    },
  },
  models: {
    small: { meanMs: 100, usdPerMTokens: 3 },
    large: { meanMs: 100, usdPerMTokens: 30 },
  },
};

export const shopStrategies = [
  { id: 'caching', title: 'Caching', off: { 'tiers.cache.on': false } },
  { id: 'model', title: 'Small model', off: { 'stations.pool.model': 'large' } },
];
