import { describe, expect, it, test } from 'vitest';
import { compareRun } from '../../../engine/runner/compare-run.ts';
import { ownHand } from '../../../engine/runner/trial-runner.ts';
import { TrialSession } from '../../../engine/runner/trial-session.ts';
import { shop } from '../../../engine/tuning/hand-worked.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { Simulation } from '../../../engine/simulation/simulation.ts';
import { compareHash, EMPTY, readCompareHash, type CompareAddress } from './address.ts';
import { bandOf, quantileOf } from './bands.ts';
import { differenceOf, differenceWords, figureRows } from './figures.ts';
import { PinStore } from './pins.svelte.ts';
import { onlyByChance, setupDifferences } from './setup-words.ts';
import {
  bestOf,
  estimateOf,
  stretchesOf,
  studyTrials,
  sweepValues,
  valuesFrom,
  type Study,
} from './study-plan.ts';
import { StudyStore } from './study.svelte.ts';

const scenario = parseScenario(shop);
const wall = {
  nowMs: () => performance.now(),
  yield: () => new Promise<void>((resolve) => setImmediate(resolve)),
};
const goal = { name: 'meanMs', title: 'Mean response', better: 'less' } as const;

describe('the address', () => {
  const sweep: CompareAddress = {
    view: 'sweep',
    runs: ['scenario=prime-day&seed=4217&at=02:19:00+l3=on'],
    lever: 'load.factor',
    values: ['1', '2.5'],
    atS: 60,
    seeds: 5,
  };
  it.each<CompareAddress>([
    EMPTY,
    sweep,
    { ...EMPTY, view: 'seeds', seeds: 7, runs: ['scenario=a', 'scenario=b'] },
  ])('comes back as it was', (address) => expect(readCompareHash(compareHash(address))).toEqual(address));
  it('is plain when there is nothing in it', () => expect(compareHash(EMPTY)).toBe('#/compare'));
  it.each(['view=x', 'view=seeds&seeds=0', 'seeds=21', 'view=sweep&at=-1', 'run=a&run=a&run=a&run=a&run=a'])(
    'refuses %s',
    (query) => expect(() => readCompareHash(`#/compare?${query}`)).toThrow('expected'),
  );
});

describe('bands', () => {
  it('are worked by hand: of 1, 2, 3, 4, 10 the tenth lies at 1.4, the ninetieth at 7.6', () => {
    const band = bandOf([[1], [10], [3], [2], [4]]);
    expect(band.low[0]).toBeCloseTo(1.4);
    expect(band.median[0]).toBe(3);
    expect(band.high[0]).toBeCloseTo(7.6);
  });
  it('leave out a run without a value', () =>
    expect(
      bandOf([
        [1, NaN],
        [3, 5],
      ]),
    ).toMatchObject({ median: [2, 5] }));
  it('have none of nothing', () => expect(quantileOf([], 0.5)).toBeNaN());
});

describe('differences', () => {
  const ms = (x: number): string => `${x} ms`;
  it('have a sign, a share and a word', () => {
    expect(differenceWords(differenceOf(100, 150, 'less'), ms)).toBe('+50 ms (+50\u00a0%), worse');
    expect(differenceWords(differenceOf(100, 150, 'more'), ms)).toBe('+50 ms (+50\u00a0%), better');
    expect(differenceWords(differenceOf(100, 98, 'less'), ms)).toBe('−2 ms (−2.0\u00a0%), better');
  });
  it('have no word where neither way is better, and no share of nothing', () => {
    expect(differenceWords(differenceOf(0, 5), ms)).toBe('+5 ms');
    expect(differenceWords(differenceOf(5, 5), ms)).toBe('the same');
    expect(differenceWords(differenceOf(NaN, 5), ms)).toBe('–');
  });
});

describe('set-ups', () => {
  const base = { scenario, seed: 1, overrides: [], pulls: [] };
  it('that are one have no difference', () => expect(setupDifferences(base, base)).toEqual([]));
  it('differ by a pull, by its absence, and by the seed', () => {
    const pulled = { ...base, seed: 2, pulls: [{ atS: 60, lever: 'load.factor', value: 2 }] };
    expect(setupDifferences(base, pulled)).toEqual([
      expect.stringMatching(/^load\.factor 2 at /),
      'seed 1 → 2',
    ]);
    expect(setupDifferences(pulled, base)[0]).toMatch(/^without load\.factor 2 at /);
    expect(onlyByChance(base, pulled)).toBe(false);
  });
  it('differ by a setting, from what to what', () => {
    const overrides = [{ path: 'durationS', value: 60 }];
    const shorter = { ...base, overrides, scenario: { ...scenario, durationS: 60 } };
    expect(setupDifferences(base, shorter)).toEqual([`durationS ${scenario.durationS} → 60`]);
  });
  it('that differ by the seed alone differ by chance', () => {
    expect(onlyByChance(base, { ...base, seed: 2 })).toBe(true);
    expect(onlyByChance(base, base)).toBe(false);
  });
});

describe('a sweep', () => {
  const study: Study = {
    base: { scenario: shop, seed: 3 },
    scenario,
    lever: 'load.factor',
    values: ['1', '2'],
    atS: 0,
    seeds: 2,
  };
  test('values reach from end to end', () => {
    expect(sweepValues(1, 2, 5)).toEqual(['1', '1.25', '1.5', '1.75', '2']);
    expect(valuesFrom(' on, off ,on')).toEqual(['on', 'off']);
    expect(() => sweepValues(1, 2, 1)).toThrow('steps');
    expect(() => valuesFrom(',')).toThrow('values');
  });
  test('stretches cover the run, each as wide as the others', () => {
    const { widthS, x } = stretchesOf({ durationS: 4000, intervalS: 1 });
    expect(widthS).toBe(84);
    expect(x).toHaveLength(47);
    expect(x.at(-1)).toBeLessThanOrEqual(4000);
  });
  test('every value has the same seeds', () =>
    expect(
      studyTrials(study).map(({ value, seed, request }) => [value, seed, request.pulls?.[0]?.value]),
    ).toEqual([
      [0, 3, 1],
      [1, 3, 2],
      [0, 4, 1],
      [1, 4, 2],
    ]));
  test('a best value is one that the pairs support, and is not marked else', () => {
    const of = (...values: number[]) => values.map((meanMs) => ({ meanMs }));
    expect(bestOf([of(10, 20, 30), of(12, 22, 32.1)], goal)).toBe(0);
    expect(bestOf([of(10, 20, 30), of(12, 18, 33)], goal)).toBeUndefined();
    expect(bestOf([of(10), of(12)], goal)).toBeUndefined();
    expect(bestOf([of(1, 2)], goal)).toBeUndefined();
  });
  test('its runs come in by value and seed, and the figures are of the runs', async () => {
    const store = new StudyStore(() => ownHand(new TrialSession(wall)), 1);
    await store.start(study);
    expect(store.phase).toBe('done');
    expect(store.done).toBe(4);
    const alone = compareRun({ ...study.base, seed: 4, pulls: [{ atS: 0, lever: 'load.factor', value: 2 }] });
    expect(store.outcomes[1]![1]).toMatchObject(alone.outcome);
    expect(estimateOf(store.outcomes[1]!, 'requests')!.mean).toBeGreaterThan(
      estimateOf(store.outcomes[0]!, 'requests')!.mean,
    );
    expect(store.holds(study)).toBe(true);
  });
  test('one that cannot be made says why', async () => {
    const store = new StudyStore(() => ownHand(new TrialSession(wall)), 1);
    await store.start({ ...study, lever: 'load.fctor' });
    expect(store.phase).toBe('failed');
    expect(store.failure).toContain('load.factor');
  });
});

describe('a run that is computed again', () => {
  it('is the same to the last bit, with its figures', () => {
    const run = compareRun({ scenario: shop, seed: 5 });
    const simulation = new Simulation(shop, 5);
    simulation.run();
    expect(run.fingerprint).toBe(simulation.fingerprint());
    expect(run.series).toHaveLength(run.columns.length * run.rows);
    const rows = figureRows([run, run]);
    expect(rows.find(({ label }) => label === 'Mean response')!.values).toEqual([
      run.outcome.meanMs,
      run.outcome.meanMs,
    ]);
  });
  it('is computed once, and kept when it is pinned', async () => {
    let times = 0;
    const store = new PinStore(async ({ seed }) => {
      times++;
      return compareRun({ scenario: shop, seed });
    });
    const pin = { query: 'scenario=shop&seed=5', scenario: 'shop', seed: 5, ghost: true };
    store.pin(pin);
    store.pin(pin);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(times).toBe(1);
    expect(store.pins).toEqual([pin]);
    expect(store.computed.get(pin.query)!.readings!.length).toBeGreaterThan(0);
    store.haunt(undefined);
    expect(store.pins[0]!.ghost).toBe(false);
  });
  it('says what is wrong with its address', async () => {
    const store = new PinStore(async () => Promise.reject(new Error('no')));
    store.ask('seed=x');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(store.computed.get('seed=x')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('?seed') as string,
    });
  });
});
