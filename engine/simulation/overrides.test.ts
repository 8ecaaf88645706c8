import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { applyOverrides } from './overrides.ts';
import { parseScenario } from './scenario.ts';

const scenario = parseScenario(primeDay);
const set = (path: string, value: unknown) => applyOverrides(scenario, [{ path, value }]);

describe('an override', () => {
  it('changes one setting of a copy', () => {
    expect(set('stations.pool.servers', 80).stations['pool']!.servers).toBe(80);
    expect(scenario.stations['pool']!.servers).not.toBe(80);
    expect(applyOverrides(scenario, [])).toBe(scenario);
  });
  it('may replace a whole part, name a setting that only has a default, or one that is absent', () => {
    expect(set('population', { kind: 'zipf', keys: 10 }).population).toMatchObject({ keys: 10, exponent: 1 });
    expect(set('caller.backoff.kind', 'fixed').caller.backoff.kind).toBe('fixed');
    expect(set('tiers.l1.ttlS', null).tiers['l1']!.ttlS).toBeNull();
    const { objectives: _, intervalS: __, ...bare } = scenario;
    expect(
      applyOverrides(parseScenario(bare), [{ path: 'objectives.meanMs', value: 5 }]).objectives.meanMs,
    ).toBe(5);
    expect(applyOverrides(parseScenario(bare), [{ path: 'intervalS', value: 5 }]).intervalS).toBe(5);
  });
  it('is applied in its turn', () => {
    const twice = applyOverrides(scenario, [
      { path: 'stations.pool.servers', value: 80 },
      { path: 'stations.pool.servers', value: 90 },
    ]);
    expect(twice.stations['pool']!.servers).toBe(90);
  });

  it.each<[string, unknown, string]>([
    [
      'stations.pol.servers',
      80,
      '--set stations.pol.servers: expected a setting of stations, got "pol". Did you mean "pool"?',
    ],
    [
      'station.pool',
      80,
      '--set station.pool: expected a setting of the scenario, got "station". Did you mean "stations"?',
    ],
    [
      'stations.pool.cheese',
      1,
      '--set stations.pool.cheese: expected a setting of stations.pool, got "cheese". There are: ',
    ],
    [
      'durationS.hours',
      1,
      '--set durationS.hours: expected no further name, as durationS is 3600, got "hours".',
    ],
    ['__proto__.polluted', 1, '--set __proto__.polluted: expected a setting of the scenario'],
    ['stations.constructor', 1, '--set stations.constructor: expected a setting of stations'],
    ['stations.pool.servers', -2, 'stations.pool.servers: expected a whole number of 1 or more, got -2.'],
    ['load.ratePerS', -5, 'load.ratePerS: expected a number of 0 or more, got -5.'],
    ['path', ['nowhere'], 'path.0: expected the name of a tier or a station'],
    ['', 1, '--set : expected a setting of the scenario, got "".'],
  ])('of %s = %j is refused', (path, value, message) => {
    expect(() => set(path, value)).toThrow(message);
  });
});
