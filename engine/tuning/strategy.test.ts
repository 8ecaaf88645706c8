import { describe, expect, it } from 'vitest';
import { parseScenario } from '../simulation/scenario.ts';
import { idsOn, overridesOf, parseStrategies } from './strategy.ts';

const scenario = parseScenario({
  name: 'shop',
  durationS: 100,
  load: { ratePerS: 10 },
  path: ['cache', 'pool'],
  tiers: { cache: { level: 'l1', capacityEntries: 10 } },
  stations: { pool: { servers: 5, service: { law: 'exponential', meanMs: 100 }, model: 'small' } },
  models: { small: { meanMs: 100, usdPerMTokens: 1 }, large: { meanMs: 200, usdPerMTokens: 10 } },
});
const caching = { id: 'caching', title: 'Caching', off: { 'tiers.cache.on': false } };
const model = {
  id: 'model',
  title: 'Model',
  off: { 'stations.pool.model': 'large', 'stations.pool.servers': 9 },
  on: { 'stations.pool.model': 'small' },
};

describe('strategies', () => {
  const both = parseStrategies([caching, model], scenario);

  it('turn into the changes of a setting', () => {
    expect(overridesOf(both, 0b11)).toEqual([{ path: 'stations.pool.model', value: 'small' }]);
    expect(overridesOf(both, 0b01)).toEqual([
      { path: 'stations.pool.model', value: 'large' },
      { path: 'stations.pool.servers', value: 9 },
    ]);
    expect(overridesOf(both, 0b10)).toEqual([
      { path: 'tiers.cache.on', value: false },
      { path: 'stations.pool.model', value: 'small' },
    ]);
    expect([0, 1, 2, 3].map((cell) => idsOn(both, cell))).toEqual([
      [],
      ['caching'],
      ['model'],
      ['caching', 'model'],
    ]);
  });

  it('may share a setting when they say the same of it', () => {
    const noCache = { id: 'noCache', title: 'No cache', off: { 'tiers.cache.on': false } };
    expect(parseStrategies([caching, noCache], scenario)).toHaveLength(2);
  });

  it.each<[string, unknown, string]>([
    ['none', [], 'strategies: expected at least one strategy, got []'],
    ['no list', caching, 'strategies: expected a list in brackets'],
    ['too many', Array(17).fill(caching), 'strategies: expected at most 16 strategies'],
    [
      'a title missing',
      [{ id: 'x', off: { 'tiers.cache.on': false } }],
      '0.title: expected a value, got nothing',
    ],
    ['an unknown name', [{ ...caching, offf: {} }], '0.offf: expected a known setting'],
    ['a bad id', [{ ...caching, id: 'Not this' }], '0.id: expected a camelCase identifier, got "Not this"'],
    ['nothing to turn off', [{ ...caching, off: {} }], '0.off: expected at least one setting'],
    ['an id twice', [caching, caching], 'strategies.1.id: expected an id of its own, got "caching"'],
    [
      'an unknown path',
      [{ ...caching, off: { 'tiers.cahe.on': false } }],
      'strategies.caching.off, tiers.cahe.on: expected a setting of tiers, got "cahe". Did you mean "cache"?',
    ],
    [
      'a value that the setting cannot take',
      [{ ...caching, off: { 'tiers.cache.on': 'no' } }],
      'strategies.caching.off, tiers.cache.on: expected a boolean, got "no"',
    ],
    [
      'a model that is not there, when on',
      [{ ...model, on: { 'stations.pool.model': 'tiny' } }],
      'strategies.model.on, stations.pool.model: expected one of small, large, got "tiny"',
    ],
    [
      'two that disagree about a setting',
      [model, { id: 'slow', title: 'Slow', off: { 'stations.pool.servers': 1 } }],
      'strategies.slow: expected settings that no other strategy changes to something else, got stations.pool.servers = 1, where model has stations.pool.servers = 9.',
    ],
    [
      'one that replaces what another is in',
      [
        caching,
        { id: 'tier', title: 'Tier', off: { 'tiers.cache': { level: 'l1', capacityEntries: 1, on: false } } },
      ],
      'strategies.tier: expected settings that no other strategy changes',
    ],
  ])('with %s are refused', (_, strategies, message) => {
    expect(() => parseStrategies(strategies, scenario)).toThrow(message);
  });
});
