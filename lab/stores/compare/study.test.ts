import { describe, expect, it, test } from 'vitest';
import { compareRun } from '../../../engine/runner/compare-run.ts';
import { ownHand } from '../../../engine/runner/trial-runner.ts';
import { TrialSession } from '../../../engine/runner/trial-session.ts';
import { shop } from '../../../engine/tuning/hand-worked.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import type { Outcome } from '../../../engine/tuning/outcome.ts';
import { bestOf, pairedOf } from './paired.ts';
import { studyCsv } from './study-csv.ts';
import { keepStudy, keptStudy } from './study-kept.ts';
import {
  estimateOf,
  goalsOf,
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
function aStorage() {
  const texts = new Map<string, string>();
  const storage = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  } as Storage;
  return { texts, storage };
}
const aStore = (kind: 'sweep' | 'seeds' | 'pairs', storage = aStorage().storage): StudyStore =>
  new StudyStore(
    kind,
    () => ownHand(new TrialSession(wall)),
    1,
    () => performance.now(),
    () => storage,
  );
const goal = { name: 'meanMs', title: 'Mean response', better: 'less' } as const;

describe('a sweep', () => {
  const study: Study = {
    of: ['scenario=shop&seed=3'],
    others: [],
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
    const { storage } = aStorage();
    const store = aStore('sweep', storage);
    await store.start(study);
    expect(store.phase).toBe('done');
    expect(store.done).toBe(4);
    expect(store.seeds).toEqual([3, 4]);
    const alone = compareRun({ ...study.base, seed: 4, pulls: [{ atS: 0, lever: 'load.factor', value: 2 }] });
    expect(store.outcomes[1]![1]).toMatchObject(alone.outcome);
    expect(estimateOf(store.outcomes[1]!, 'requests')!.mean).toBeGreaterThan(
      estimateOf(store.outcomes[0]!, 'requests')!.mean,
    );
    expect(store.holds(study)).toBe(true);
    const later = aStore('sweep', storage);
    expect(later).toMatchObject({ phase: 'done', seeds: [3, 4], done: 4 });
    expect(later.outcomes).toEqual(store.outcomes);
    expect(later.isOf(study.of)).toBe(true);
    expect(later.isOf(['scenario=shop&seed=4'])).toBe(false);
    expect(aStore('seeds', storage).phase).toBe('idle');
  });
  test('one that is cancelled keeps the seeds that are complete', async () => {
    const { storage } = aStorage();
    const store = aStore('sweep', storage);
    const running = store.start({ ...study, seeds: 20 });
    while (store.seeds.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    store.cancel();
    await running;
    expect(store.phase).toBe('cancelled');
    expect(store.seeds.length).toBeLessThan(20);
    expect(store.outcomes.map((of) => of.length)).toEqual([store.seeds.length, store.seeds.length]);
    expect(aStore('sweep', storage)).toMatchObject({ phase: 'cancelled', seeds: store.seeds });
  });
  test('one that cannot be made says why', async () => {
    const store = aStore('sweep');
    await store.start({ ...study, lever: 'load.fctor' });
    expect(store.phase).toBe('failed');
    expect(store.failure).toContain('load.factor');
  });
});

test('figures that none of the runs has are left out, but a failure rate of 0 is told', () => {
  const none = { meanMs: 5, p99Ms: 9, hitRate: 0, errorRate: 0, costUsd: 0, recoveredAfterS: NaN };
  const names = (of: Outcome[][]) => goalsOf(of).map(({ name }) => name);
  expect(names([[none], [none]])).toEqual(['meanMs', 'p99Ms', 'errorRate']);
  expect(names([[none], [{ ...none, hitRate: 0.5 }]])).toContain('hitRate');
  expect(names([])).toEqual([]);
});

describe('pairs', () => {
  const of = (...values: number[]) => values.map((meanMs) => ({ meanMs }));
  it('are worked by hand: −10, −12, −14 is −12 ± 4.97 at t = 4.303 of 2 degrees', () => {
    const { found, verdict, differences } = pairedOf(of(100, 200, 300), of(90, 188, 286), goal)!;
    expect(differences).toEqual([-10, -12, -14]);
    expect(found.mean).toBe(-12);
    expect(found.high! - found.mean).toBeCloseTo((4.302653 * 2) / Math.sqrt(3), 4);
    expect(verdict).toBe('better');
  });
  it('tell a difference that the means alone would not: the seeds are far apart, the pairs are not', () => {
    expect(pairedOf(of(10, 1000, 5000), of(11, 1001.5, 5001), goal)?.verdict).toBe('worse');
    expect(pairedOf(of(10, 1000, 5000), of(11, 1001.5, 5001), { ...goal, better: 'more' })?.verdict).toBe(
      'better',
    );
  });
  it('leave open what they do not tell', () => {
    expect(pairedOf(of(10, 20), of(11, 19), goal)?.verdict).toBe('open');
    expect(pairedOf(of(10), of(5), goal)?.verdict).toBe('open');
    expect(pairedOf(of(10, 20), of(10, 20), goal)?.verdict).toBe('same');
    expect(pairedOf(of(10, NaN), of(5, 5), goal)).toBeUndefined();
    expect(pairedOf(of(5000, 7), of(5000.000000000014, 7), goal)?.verdict).toBe('same');
    expect(pairedOf([], [], goal)).toBeUndefined();
  });
  it('are of two runs with the same seeds, whatever their own was', async () => {
    const slower = { scenario: shop, seed: 77, pulls: [{ atS: 0, lever: 'load.factor', value: 2 }] };
    const study: Study = {
      of: ['a', 'b'],
      base: { scenario: shop, seed: 3 },
      others: [slower],
      scenario,
      lever: '',
      values: [],
      atS: 0,
      seeds: 2,
    };
    expect(studyTrials(study).map(({ value, seed, request }) => [value, seed, request.seed])).toEqual([
      [0, 3, 3],
      [1, 3, 3],
      [0, 4, 4],
      [1, 4, 4],
    ]);
    const store = aStore('pairs');
    await store.start(study);
    expect(store.outcomes[1]![1]).toMatchObject(compareRun({ ...slower, seed: 4 }).outcome);
  });
});

describe('a study that is kept', () => {
  const kept = {
    phase: 'done',
    study: { of: ['a'] } as Study,
    seeds: [3],
    outcomes: [[{ meanMs: 1.5, hitRate: NaN }]],
    done: 1,
    all: 1,
  } as const;
  it('comes back with what had no value', () => {
    const { storage } = aStorage();
    keepStudy('seeds', { ...kept, seeds: [3], outcomes: [[{ meanMs: 1.5, hitRate: NaN }]] }, () => storage);
    expect(keptStudy('seeds', () => storage)).toEqual(kept);
    expect(keptStudy('sweep', () => storage)).toBeUndefined();
  });
  it.each(['nothing', '{"engine":"0.0.1"}', '{'])('is left when it is %s', (text) => {
    const { storage } = aStorage();
    storage.setItem('surge-lab.compare/seeds', text);
    expect(keptStudy('seeds', () => storage)).toBeUndefined();
  });
  it('is none where the browser keeps nothing', () => {
    const full = (): Storage => {
      throw new Error('forbidden');
    };
    expect(() => keepStudy('seeds', { ...kept, seeds: [], outcomes: [] }, full)).not.toThrow();
    expect(keptStudy('seeds', full)).toBeUndefined();
  });
  it('goes into a file with the seed of each run', () =>
    expect(
      studyCsv(
        { title: 'run', names: ['A', 'B'] },
        [4, 9],
        [
          [{ meanMs: 1, 'hitRate@0-5': 1 }, { meanMs: 2 }],
          [{ meanMs: 3 }, { meanMs: NaN }],
        ],
      ),
    ).toBe('run,seed,meanMs\nA,4,1\nA,9,2\nB,4,3\nB,9,\n'));
});
