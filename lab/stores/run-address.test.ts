import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RunRequest } from '../../engine/runner/protocol.ts';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { memorySqueeze } from '../../engine/scenarios/memory-squeeze.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { Simulation } from '../../engine/simulation/simulation.ts';
import {
  DEFAULTS,
  fittingSpeed,
  LONGEST_ADDRESS,
  readRunAddress,
  runHref,
  runQuery,
  speedsFor,
} from './run-address.ts';
import { addressOf, requestOf } from './run-address-open.ts';
import { packScenario, unpackScenario } from './run-address-scenario.ts';

const read = (query: string) => readRunAddress(new URLSearchParams(query));

test('without a query it is the default run', () => expect(read('')).toEqual(DEFAULTS));

test('all parts are read', () =>
  expect(
    read(
      'scenario=news-feed&seed=7&speed=max&theme=dark&set=load.factor=2&set=a.b="1"&at=02:19:00+l3=on&at=60 shed=20&engine=0.9.1',
    ),
  ).toEqual({
    scenario: 'news-feed',
    seed: 7,
    speed: 'max',
    theme: 'dark',
    overrides: [
      { path: 'load.factor', value: 2 },
      { path: 'a.b', value: '1' },
    ],
    pulls: [
      { at: '02:19:00', lever: 'l3', value: 'on' },
      { at: '60', lever: 'shed', value: '20' },
    ],
    engine: '0.9.1',
  }));

test.each([
  ['seed=abc', '?seed: expected a whole number of 0 or more, got "abc".'],
  ['seed=', '?seed: expected a whole number'],
  ['seed=-1', 'got "-1"'],
  ['seed=9007199254740993', 'got "9007199254740993"'],
  ['speed=fast', '?speed: expected one of 1, 10, 60, 1440, max, got "fast".'],
  ['scenario=../etc', '?scenario: expected a name such as prime-day'],
  ['theme=blue', '?theme: expected light or dark, got "blue".'],
  ['set=servers', '?set: expected NAME=VALUE, got "servers".'],
  ['at=02:19', '?at: expected a time and LEVER=VALUE, such as 02:19:00 l3=on, got "02:19".'],
  ['at=02:19+l3', '?at: expected NAME=VALUE, got "l3".'],
  ['engine=%3Cb%3E', '?engine: expected a version such as 1.0.0, got "<b>".'],
  ['scenario=mmc&own=abc', '?own: expected one scenario, got "mmc" as well.'],
])('%s is refused with what was expected', (query, message) => expect(() => read(query)).toThrow(message));

test('without a pace in the address an hour takes a minute, and a day too', () => {
  expect(read('scenario=model-bill').speed).toBeUndefined();
  expect(fittingSpeed(3600)).toBe(60);
  expect(fittingSpeed(86_400)).toBe(1440);
});

test('a run that is long offers a day a minute instead of second by second', () => {
  expect(speedsFor(3600)).toEqual([1, 10, 60, 'max']);
  expect(speedsFor(86_400)).toEqual([10, 60, 1440, 'max']);
});

describe('the address of a run', () => {
  const scenario = parseScenario(CATALOGUE['prime-day']);
  const request: RunRequest = {
    scenario: 'prime-day',
    seed: 7,
    overrides: [{ path: 'stations.pool.servers', value: 80 }],
    pulls: [
      { atS: 1140, lever: 'l3', value: true },
      { atS: 1201.25, lever: 'flushDead', value: true },
    ],
  };

  it('reads as the command line does', () => {
    expect(runQuery(request, { scenario, engine: '1.0.0' })).toBe(
      '?scenario=prime-day&seed=7&set=stations.pool.servers=80&at=02:19:00+l3=on&at=02:20:01.25+flushDead=now&engine=1.0.0',
    );
    expect(runHref({ scenario: 'mmc', seed: 3 })).toBe('?scenario=mmc&seed=3#/');
  });

  it('brings the same request back, with the scenario at hand or without', async () => {
    for (const parts of [{ scenario }, {}])
      expect(await requestOf(read(runQuery(request, parts)))).toEqual(request);
    const choice = { scenario: 'memory-squeeze', seed: 1, pulls: [pulled(memorySqueeze, 'off')] };
    expect(await requestOf(read(runQuery(choice)))).toEqual(choice);
  });

  it('does so for every time, value and setting', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          scenario: fc.constant('prime-day'),
          seed: fc.nat(),
          overrides: fc.array(fc.record({ path: fc.constant('title'), value: fc.string({ minLength: 1 }) }), {
            minLength: 1,
            maxLength: 2,
          }),
          pulls: fc.array(
            fc.record({
              atS: fc.nat(3_600_000).map((ms) => ms / 1000),
              lever: fc.constantFrom('l3', 'shed', 'stations.pool.servers'),
              value: fc.oneof(fc.boolean(), fc.nat(), fc.string()),
            }),
            { minLength: 1, maxLength: 3 },
          ),
        }),
        fc.boolean(),
        async (any, known) => {
          const query = runQuery(any, known ? { scenario } : {});
          expect(await requestOf(read(new URL(query, 'http://lab').search))).toEqual(any);
        },
      ),
      { numRuns: 50 },
    ));

  it('is refused where its levers cannot be', async () => {
    const wrong = async (query: string) => requestOf(read(query));
    await expect(wrong('scenario=prime-dya&at=60+l3=on')).rejects.toThrow('Did you mean "prime-day"?');
    await expect(wrong('at=01:00+l3=on')).rejects.toThrow(
      '?at: expected a time from 02:00:00 on, got "01:00".',
    );
    await expect(wrong('at=09:00+l3=on')).rejects.toThrow('?at: expected a time within the run of 3600 s');
    await expect(wrong('at=60+l3=on&set=stations.pol.servers=1')).rejects.toThrow('Did you mean "pool"?');
  });
});

/** The pull that takes an option of a choice. */
function pulled(scenario: (typeof CATALOGUE)[string], value: string) {
  const lever = scenario.levers?.find(
    ({ control }) => control.kind === 'choice' && control.options.some((one) => one.value === value),
  );
  return { atS: 60, lever: lever!.id, value };
}

describe('a scenario of the learner’s own', () => {
  const own = { ...CATALOGUE['mmc'], name: 'my-desk' };

  it('travels in the address, and gives the same run', async () => {
    const request = { scenario: own, seed: 3, overrides: [{ path: 'durationS', value: 3000 }] };
    const simulation = new Simulation(own, 3, { overrides: request.overrides });
    const info = {
      engine: '1.0.0',
      seed: 3,
      scenario: simulation.scenario,
      intervalS: 1,
      intervals: 1,
      columns: [],
    };
    const query = await addressOf(request, info);
    expect(query).toMatch(/^\?own=[\w-]+&seed=3&set=durationS=3000&engine=1\.0\.0$/);
    const back = await requestOf(read(query));
    expect(back).toEqual(request);
    const again = new Simulation(back.scenario, back.seed, { overrides: back.overrides });
    expect(again.run().fingerprint()).toBe(simulation.run().fingerprint());
  });

  it('has room for every scenario of the catalogue', async () => {
    for (const scenario of Object.values(CATALOGUE))
      expect((await packScenario(scenario)).length).toBeLessThan(LONGEST_ADDRESS / 2);
  });

  it('that is too long is offered as a file instead', async () => {
    const noise = Array.from({ length: 4000 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 0);
    await expect(packScenario({ ...own, noise })).rejects.toThrow(
      /the scenario: expected at most 8,000 characters in an address, got .*\. Give the run away as a file instead\./,
    );
  });

  it.each(['', '@@@', 'abc', 'eyJhIjoxfQ'])('%j is no scenario, and is refused', async (code) => {
    await expect(unpackScenario(code)).rejects.toThrow('?own: expected a packed scenario, got');
  });

  it('that would fill the memory is refused', async () => {
    const bomb = await packScenario({ name: 'a'.repeat(2_000_000) });
    expect(bomb.length).toBeLessThan(LONGEST_ADDRESS);
    await expect(unpackScenario(bomb)).rejects.toThrow('something that cannot be unpacked');
  });
});
