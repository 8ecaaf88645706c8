import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentHash } from '../../engine/core/hash.ts';
import type { Pull, RunRequest } from '../../engine/runner/protocol.ts';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { applyOverrides } from '../../engine/simulation/overrides.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { Simulation } from '../../engine/simulation/simulation.ts';
import { checkText } from './scenario-edit-check.ts';
import { deriveScenario } from './scenario-edit-derive.ts';
import { textOf } from './scenario-edit-start.ts';

/** Every number of the series, and where it ended. Scenario and pulls, which a fingerprint also covers, are told in other words. */
function figures(simulation: Simulation): string {
  const { recorder } = simulation.run().world;
  const hash = new ContentHash();
  hash.text(recorder.columns.join());
  hash.doubles([simulation.nowMs, recorder.closed]);
  for (const column of recorder.data) hash.doubles(column.subarray(0, recorder.closed));
  hash.doubles(recorder.histogram.counts);
  return hash.digest();
}
const original = ({ scenario, seed, overrides, pulls }: RunRequest): Simulation =>
  new Simulation(typeof scenario === 'string' ? CATALOGUE[scenario] : scenario, seed, { overrides, pulls });

/** It goes by the text, as it is kept. */
function derived(request: RunRequest): Simulation {
  const { value, problems } = checkText(textOf(deriveScenario(request).scenario));
  expect(problems).toEqual([]);
  return new Simulation(value, request.seed);
}

const at = (atS: number, lever: string, value: Pull['value']): Pull => ({ atS, lever, value });

describe('a scenario derived from a run', () => {
  it('is the same scenario when nothing was changed, fingerprint and all', () => {
    const request = { scenario: 'hot-key', seed: 5 };
    expect(deriveScenario(request)).toEqual({ scenario: CATALOGUE['hot-key'], sameArrivals: true });
    expect(derived(request).run().fingerprint()).toBe(original(request).run().fingerprint());
  });

  it('has the fingerprint of a run whose settings were changed', () => {
    const overrides = [
      { path: 'stations.pool.servers', value: 30 },
      { path: 'durationS', value: 120 },
      { path: 'caller.backoff.capMs', value: 50 },
    ];
    const request = { scenario: 'hot-key', seed: 5, overrides };
    expect(derived(request).run().fingerprint()).toBe(original(request).run().fingerprint());
    expect(deriveScenario(request).scenario).toMatchObject({ caller: { backoff: { capMs: 50 } } });
  });

  it('fills defaults in where a change goes into a part that was left out', () => {
    const overrides = [{ path: 'load.classes.0.priority', value: 3 }];
    const request = {
      scenario: 'mmc',
      seed: 1,
      overrides: [...overrides, { path: 'durationS', value: 2500 }],
    };
    expect(parseScenario(deriveScenario(request).scenario)).toEqual(
      applyOverrides(parseScenario(CATALOGUE['mmc']), request.overrides),
    );
  });

  it('tells levers as events at their times', () => {
    const pulls = [at(60.25, 'coalescing', true), at(61.0001, 'load.factor', '1.5')];
    const { events } = deriveScenario({ scenario: 'hot-key', pulls }).scenario;
    expect(events!.slice(-2)).toMatchObject([
      {
        at: expect.stringMatching(/^\d\d:01:00\.25$/) as string,
        kind: 'operator',
        set: { 'stations.pool.coalesce': true },
      },
      { at: 61.0001, label: 'load.factor: 1.5', set: { 'load.factor': 1.5 } },
    ]);
  });

  it('refuses a lever that there is not', () =>
    expect(() => deriveScenario({ scenario: 'hot-key', pulls: [at(1, 'coalesing', true)] })).toThrow(
      'Did you mean "coalescing"?',
    ));

  it('says when the load goes above all that was scripted: it is as much, at other moments', () => {
    const of = (value: number) =>
      deriveScenario({ scenario: 'hot-key', pulls: [at(9, 'load.factor', value)] }).sameArrivals;
    expect([of(0.5), of(1), of(1.5)]).toEqual([true, true, false]);
  });

  const SHORT: [string, number][] = [
    ['hot-key', 150],
    ['redis-outage', 100],
    ['retry-budget', 100],
    ['standing-queue', 100],
    ['prime-day', 12],
  ];
  it.each(SHORT)(
    'of %s gives the same numbers to the last bit, for any levers and times',
    (scenario, durationS) => {
      const { levers } = parseScenario(CATALOGUE[scenario]);
      const switches = levers
        .filter(({ control }) => control.kind === 'switch' || control.kind === 'action')
        .map(({ id }) => id);
      const pull = fc.record({
        atS: fc.nat(durationS * 1000).map((ms) => ms / 1000),
        lever: fc.constantFrom(...switches),
        value: fc.constant<Pull['value']>(true),
      });
      const load = fc.record({
        atS: fc.nat(durationS),
        lever: fc.constant('load.factor'),
        value: fc.constantFrom<Pull['value']>(0.5, 1, '0.75'),
      });
      fc.assert(
        fc.property(fc.array(fc.oneof(pull, load), { maxLength: 5 }), fc.nat(99), (pulls, seed) => {
          const request = { scenario, seed, pulls, overrides: [{ path: 'durationS', value: durationS }] };
          const { view: _, ...base } = deriveScenario({ ...request, pulls: [] }).scenario;
          const own = { scenario: base, seed, pulls };
          expect(figures(derived(own))).toEqual(figures(original(own)));
        }),
        { numRuns: 4 },
      );
    },
  );
});
