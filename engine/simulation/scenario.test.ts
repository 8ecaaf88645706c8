import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../scenarios/catalogue.ts';
import { parseScenario } from './scenario.ts';
import { Simulation } from './simulation.ts';

const good = {
  name: 'shop',
  durationS: 60,
  load: { ratePerS: 1 },
  path: ['cache', 'desk'],
  tiers: { cache: { level: 'l1', capacityEntries: 10 } },
  stations: { desk: { servers: 2, service: { law: 'exponential', meanMs: 100 } } },
};

/** `good` with one thing changed, by path. */
function but(path: string, value: unknown): unknown {
  const copy = structuredClone(good) as Record<string, unknown>;
  const keys = path.split('.');
  let at = copy;
  for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete at[keys.at(-1)!];
  else at[keys.at(-1)!] = value;
  return copy;
}

describe('a scenario', () => {
  it('needs little: the rest has defaults', () => {
    const scenario = parseScenario(good);
    expect(scenario.warmupS).toBe(0);
    expect(scenario.stations['desk']).toMatchObject({ discipline: 'fifo', maxQueue: null, coalesce: false });
    expect(scenario.caller).toMatchObject({
      timeoutMs: null,
      onTimeout: 'leave',
      retries: 0,
      lateFill: false,
    });
    expect(scenario.population).toEqual({ kind: 'weighted', weights: [1], oneTimeShare: 0 });
    expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
  });

  it('of the catalogue is sound, its presets included', () => {
    for (const scenario of Object.values(CATALOGUE)) {
      const checked = parseScenario(scenario);
      for (const preset of Object.values(checked.presets))
        expect(
          () =>
            new Simulation(scenario, 1, {
              pulls: Object.entries(preset.pulls).map(([lever, value]) => ({ atS: 1, lever, value })),
            }),
        ).not.toThrow();
    }
  });

  it('is refused with a preset that pulls what there is not, by the preset’s name', () => {
    const { presets, ...rest } = CATALOGUE['standing-queue']!;
    const wrong = { ...presets, mended: { title: 'Mended', at: 90, pulls: { codell: true } } };
    expect(() => new Simulation({ ...rest, presets: wrong }, 1)).toThrow(
      /^presets\.mended\.pulls: lever: .* got "codell"\. Did you mean "codel"\?$/,
    );
  });

  it('of the issue, the smallest M/M/c, is read as it stands there', () => {
    const text =
      '{"name":"mmc","durationS":40000,"warmupS":2000,"load":{"ratePerS":8},"path":["desk"],"stations":{"desk":{"servers":10,"service":{"law":"exponential","meanMs":1000}}}}';
    expect(parseScenario(JSON.parse(text)).stations['desk']!.servers).toBe(10);
  });

  // Each message: the place, what was expected there, and what was got.
  it.each<[string, unknown, string]>([
    ['load.ratePerS', -1, 'load.ratePerS: expected a number of 0 or more, got -1.'],
    ['load.ratePerS', 'many', 'load.ratePerS: expected a number, got "many".'],
    ['load.ratePerS', undefined, 'load.ratePerS: expected a value, got nothing. Add "ratePerS"'],
    ['load.rate', 5, 'load.rate: expected a known setting, got the unknown name "rate".'],
    [
      'load.shedshare',
      0.5,
      'load.shedshare: expected a known setting, got the unknown name "shedshare". Did you mean "shedShare"?',
    ],
    ['load.shedShare', 1.5, 'load.shedShare: expected a share from 0 to 1, got 1.5.'],
    ['load.factor', 1e6, 'load.factor: expected a factor from 0 to 1000, got 1000000.'],
    [
      'load.profile',
      [
        { atS: 5, factor: 1 },
        { atS: 5, factor: 2 },
      ],
      'load.profile.1.atS: expected more than 5, got 5. Points go forward in time.',
    ],
    [
      'load.classes',
      [{ name: 'a', share: 0.5, priority: 0 }],
      'load.classes: expected classes whose shares add up to 1, got',
    ],
    [
      'load.classes',
      [{ name: 'a', share: 1, priority: 1e9 }], // there is a queue for each priority
      'load.classes.0.priority: expected a priority from 0 to 99, got 1000000000.',
    ],
    ['load.classes', [], 'load.classes: expected at least one class, got [].'],
    ['name', 'Prime Day', 'name: expected a name in lower case letters, digits and hyphens'],
    ['durationS', 0, 'durationS: expected a number above 0, got 0.'],
    ['durationS', 1e9, 'durationS: expected at most a year, got 1000000000.'],
    ['warmupS', 60, 'warmupS: expected less than durationS (60), got 60.'],
    ['intervalS', 1e-6, 'intervalS: expected at least durationS / 100000 = 0.0006, got 0.000001.'],
    ['startsAt', '2 o’clock', 'startsAt: expected a time of day as HH:MM:SS, got "2 o’clock".'],
    ['instances', 1.5, 'instances: expected a whole number, got 1.5.'],
    [
      'population',
      { kind: 'zip', keys: 3 },
      'population.kind: expected one of "zipf", "weighted", got "zip".',
    ],
    [
      'population',
      { kind: 'zipf', keys: 0 },
      'population.keys: expected a whole number of 1 or more, got 0.',
    ],
    [
      'population',
      { kind: 'weighted', weights: [0, 0] },
      'population.weights: expected weights of which at least one is above 0, got [0,0].',
    ],
    ['path', [], 'path: expected at least one tier or station, got [].'],
    ['path', ['desc'], 'path.0: expected the name of a tier or a station of this scenario, got "desc".'],
    ['path', ['desk', 'desk'], 'path.1: expected each name once, got "desk" again.'],
    [
      'path',
      ['constructor'],
      'path.0: expected the name of a tier or a station of this scenario, got "constructor".',
    ],
    [
      'stations.cache',
      { service: { law: 'constant', meanMs: 1 } },
      'path.0: expected a name used once, got "cache", a tier and a station.',
    ],
    ['tiers.cache.level', 'l9', 'tiers.cache.level: expected one of "l1", "l2", "l3", "l4", got "l9".'],
    [
      'tiers.cache.capacityEntries',
      0,
      'tiers.cache.capacityEntries: expected a whole number of 1 or more, got 0.',
    ],
    ['tiers.cache.ttlS', 0, 'tiers.cache.ttlS: expected a number above 0, got 0.'],
    ['tiers.cache.station', 'redis', 'tiers.cache.station: expected the name of a station, got "redis".'],
    [
      'tiers.cache.station',
      'desk',
      'tiers.cache.station: expected a station that is not in the path itself, got "desk".',
    ],
    ['stations.desk.servers', -3, 'stations.desk.servers: expected a whole number of 1 or more, got -3.'],
    [
      'stations.desk.discipline',
      'random',
      'stations.desk.discipline: expected one of "fifo", "lifo", "priority", "adaptive-lifo", got "random".',
    ],
    [
      'stations.desk.model',
      'gpt-9',
      'stations.desk.model: expected one of the names in "models" (there are none)',
    ],
    [
      'stations.desk.service',
      { law: 'exponential', meanMs: 0 },
      'stations.desk.service.meanMs: expected a number above 0, got 0.',
    ],
    [
      'stations.desk.service',
      { law: 'poisson', meanMs: 1 },
      'stations.desk.service.law: expected one of "constant", "exponential", "lognormal", "erlang", "hyperexponential", "empirical", got "poisson".',
    ],
    [
      'stations.desk.service',
      { law: 'hyperexponential', phases: [{ share: 0.5, meanMs: 1 }] },
      'stations.desk.service.phases: expected phases whose shares add up to 1, got',
    ],
    [
      'stations.desk.service',
      { law: 'empirical', valuesMs: [1, 2], weights: [1] },
      'stations.desk.service.weights: expected 2 weights, one for each value, got 1.',
    ],
    ['stations.desk.maxQeue', 5, 'Did you mean "maxQueue"?'],
    ['caller.timeoutMs', 0, 'caller.timeoutMs: expected a number above 0, got 0.'],
    ['caller.retries', 99, 'caller.retries: expected at most 20 retries, got 99.'],
    [
      'caller.backoff',
      { kind: 'linear' },
      'caller.backoff.kind: expected one of "none", "fixed", "exponential", got "linear".',
    ],
    ['objectives.hitRate', 97, 'objectives.hitRate: expected a share from 0 to 1, got 97.'],
    ['Name', 'x', 'Name: expected a known setting, got the unknown name "Name". Did you mean "name"?'],
  ])('with %s = %j is refused', (path, value, message) => {
    expect(() => parseScenario(but(path, value))).toThrow(message);
  });

  it.each<[unknown, string]>([
    [null, 'scenario: expected an object in braces, got null.'],
    [[], 'name: expected a value, got nothing.'],
    ['prime-day', 'scenario: expected an object in braces, got "prime-day".'],
    [{ ...good, durationS: NaN }, 'durationS: expected a number, got NaN.'],
    [{ ...good, durationS: Infinity }, 'durationS: expected a finite number, got Infinity.'],
  ])('that is %j is refused', (input, message) => {
    expect(() => parseScenario(input)).toThrow(message);
  });
});

describe('the events of a scenario', () => {
  const withEvent = (at: number | string, set: Record<string, unknown>, startsAt = '02:00:00') => ({
    ...good,
    startsAt,
    events: [{ at, label: 'x', set }],
  });
  it.each<[string, number | string, Record<string, unknown>, string]>([
    [
      'a path that is not live',
      1,
      { 'stations.desk.service': 3 },
      'events.0.set: expected a setting that may change while the run goes on, got "stations.desk.service".',
    ],
    ['a path misspelt', 1, { 'load.facter': 2 }, 'Did you mean "load.factor"?'],
    [
      'a value out of range',
      1,
      { 'load.factor': -2 },
      'events.0.set load.factor: expected a number from 0 to 1000, got -2.',
    ],
    [
      'a value of the wrong kind',
      1,
      { 'stations.desk.maxQueue': 'long' },
      'events.0.set stations.desk.maxQueue: expected a whole number from 0 to 1000000000, or null, got "long".',
    ],
    [
      'a time before the start',
      '01:59:00',
      {},
      'events.0.at: expected a time from 02:00:00 on, got "01:59:00".',
    ],
    ['no time', 'soon', {}, 'events.0.at: expected a time of day as HH:MM:SS, got "soon".'],
    ['a negative time', -1, {}, 'events.0.at'],
  ])('are refused with %s', (_, at, set, message) => {
    expect(() => new Simulation(withEvent(at, set), 1)).toThrow(message);
  });

  it('happen at seconds from the start or at a time of day', () => {
    const simulation = new Simulation(withEvent('02:00:30', { 'load.factor': 3 }), 1);
    expect(simulation.scriptedAtS).toEqual([30]);
    simulation.advanceTo(29_999);
    expect(simulation.world.arrivals.factor).toBe(1);
    simulation.advanceTo(30_000);
    expect(simulation.world.arrivals.factor).toBe(3);
    expect(simulation.events).toContainEqual({
      atS: 30,
      kind: 'scripted',
      data: { label: 'x', kind: 'fault' },
    });
  });
});
