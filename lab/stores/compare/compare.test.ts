import { describe, expect, it } from 'vitest';
import { compareRun } from '../../../engine/runner/compare-run.ts';
import { shop } from '../../../engine/tuning/hand-worked.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { Simulation } from '../../../engine/simulation/simulation.ts';
import { compareHash, EMPTY, readCompareHash, type CompareAddress } from './address.ts';
import { bandOf, quantileOf } from './bands.ts';
import { differenceOf, differenceWords, figureRows, figuresCsv, points } from './figures.ts';
import { PinStore, type Watch } from './pins.svelte.ts';
import { keepPins, keptPins } from './pins-kept.ts';
import { onlyByChance, setupDifferences } from './setup-words.ts';

const scenario = parseScenario(shop);
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
  const ms = { text: (x: number): string => `${x} ms` };
  it('have a sign, a share and a word', () => {
    expect(differenceWords(differenceOf(100, 150, 'less'), ms)).toBe('+50 ms (+50\u00a0%), worse');
    expect(differenceWords(differenceOf(100, 150, 'more'), ms)).toBe('+50 ms (+50\u00a0%), better');
    expect(differenceWords(differenceOf(100, 98, 'less'), ms)).toBe('−2 ms (−2.0\u00a0%), better');
  });
  it('of a rounding are none, and many times more is a factor', () => {
    expect(differenceOf(5000.000000000015, 5000.000000000029, 'less')).toMatchObject({
      by: 0,
      verdict: 'same',
    });
    expect(differenceWords(differenceOf(2, 2608, 'less'), ms)).toBe('+2606 ms (×\u00a01.3\u00a0k), worse');
  });
  it('have no word where neither way is better, and no share of nothing', () => {
    expect(differenceWords(differenceOf(0, 5), ms)).toBe('+5 ms');
    expect(differenceWords(differenceOf(5, 5), ms)).toBe('the same');
    expect(differenceWords(differenceOf(NaN, 5), ms)).toBe('–');
  });
  it('of shares are in points, without a share of the share', () =>
    expect(differenceWords(differenceOf(0.265, 0.9, 'more'), { text: String, change: points })).toBe(
      '+63.5\u00a0points, better',
    ));
  it('go into a file with all digits, and nothing where there is none', () =>
    expect(
      figuresCsv([{ label: 'Hit rate, all tiers', values: [0.123456, NaN], text: String }], ['A', 'B']),
    ).toBe('figure,A,B\n"Hit rate, all tiers",0.123456,\n'));
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

describe('a run that is computed again', () => {
  it('is the same to the last bit, with its figures', () => {
    const run = compareRun({ scenario: shop, seed: 5 });
    const simulation = new Simulation(shop, 5);
    simulation.run();
    expect(run.fingerprint).toBe(simulation.fingerprint());
    expect(run.series).toHaveLength(run.columns.length * run.rows);
    const rows = figureRows([run, run]);
    const free = { ...run, outcome: { ...run.outcome, calls: 0, costUsd: 0, errorRate: 0 } };
    const labels = figureRows([free, free]).map(({ label }) => label);
    expect(labels).toContain('Failed');
    expect(labels).not.toContain('Model calls');
    expect(labels).not.toContain('Bill of model calls');
    expect(
      figureRows([free, { ...run, outcome: { ...run.outcome, costUsd: 1 } }]).map(({ label }) => label),
    ).toContain('Bill of model calls');
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
  it('is pinned still after a reload, and what cannot be read is passed by', () => {
    const held = new Map<string, string>();
    const storage = {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
    } as Storage;
    const pin = { query: 'scenario=shop&seed=5', scenario: 'shop', seed: 5, ghost: true, fingerprint: 'a1' };
    keepPins([pin], () => storage);
    expect(keptPins(() => storage)).toEqual([pin]);
    const [[key]] = [...held] as [[string, string]];
    held.set(key, JSON.stringify([pin, { query: 7 }, null]));
    expect(keptPins(() => storage)).toEqual([pin]);
    held.set(key, '{');
    expect(keptPins(() => storage)).toEqual([]);
    const blocked = (): Storage => {
      throw new DOMException('', 'SecurityError');
    };
    keepPins([pin], blocked);
    expect(keptPins(blocked)).toEqual([]);
  });
  it('says how far it is, can be stopped, and is begun anew', async () => {
    const query = 'scenario=shop&seed=5';
    const begun: Watch[] = [];
    let settle = (): void => undefined;
    const store = new PinStore((_, watch) => {
      begun.push(watch);
      return new Promise((resolve) => (settle = () => resolve(compareRun({ scenario: shop, seed: 5 }))));
    });
    store.ask(query);
    await new Promise((resolve) => setTimeout(resolve, 5));
    begun[0]!.onShare(0.25);
    expect(store.computed.get(query)).toEqual({ state: 'running', share: 0.25 });
    store.stop(query);
    expect(begun[0]!.signal.aborted).toBe(true);
    begun[0]!.onShare(0.5);
    settle();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(store.computed.get(query)).toEqual({ state: 'stopped', share: 0.25 });
    store.ask(query);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toHaveLength(2);
    expect(store.computed.get(query)).toEqual({ state: 'running', share: 0 });
  });
  it('tells its share up to the end', () => {
    const shares: number[] = [];
    compareRun({ scenario: shop, seed: 5 }, (share) => shares.push(share));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
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
