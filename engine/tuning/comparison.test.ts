import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { parseScenario } from '../simulation/scenario.ts';
import { Comparison, contendersFor, type ComparisonPlan } from './comparison.ts';
import type { Outcome } from './outcome.ts';

const plan: ComparisonPlan = {
  scenario: 'prime-day',
  goal: { figure: 'meanMs', direction: 'least', constraints: [{ figure: 'hitRate', atLeast: 0.5 }] },
  contenders: ['found', 'rescue', 'untouched'].map((id, i) => ({
    id,
    title: id,
    pulls: i === 2 ? [] : [{ atS: 10, lever: 'l3', value: i === 0 }],
  })),
  seeds: 3,
  firstSeed: 7,
  untilS: 60,
};

/** Fills in made-up outcomes, by contender and seed from 0 on. */
function filled(
  of: (contender: number, seed: number) => Outcome,
  change: Partial<ComparisonPlan> = {},
): Comparison {
  const comparison = new Comparison({ ...plan, ...change });
  for (let trial = comparison.next(); trial; trial = comparison.next())
    comparison.done(trial, of(trial.contender, trial.seed - 7));
  return comparison;
}
const verdicts = (of: (contender: number, seed: number) => number, change: Partial<ComparisonPlan> = {}) =>
  filled((c, s) => ({ meanMs: of(c, s), hitRate: 0.9 }), change)
    .result()!
    .map(({ verdict }) => verdict);

describe('a comparison', () => {
  it('pairs the seeds: what they have in common does not blur the difference', () => {
    // Days differ by 1000 ms, contenders by 10 ms on each.
    const [found, rescue] = filled((c, s) => ({ meanMs: 1000 * s + 10 * c, hitRate: 0.9 })).result()!;
    expect(found!.figures['meanMs']!.mean).toBe(1000);
    expect(found!.difference).toBeNull();
    expect(rescue!.difference).toEqual({ mean: 10, low: 10, high: 10 });
    expect(rescue!.verdict).toBe('better');
  });

  it('says what the differences say, and no more', () => {
    expect(verdicts((c, s) => 100 + s - c * (30 + s))).toEqual([null, 'worse', 'worse']);
    expect(verdicts((_, s) => 100 + s)).toEqual([null, 'same', 'same']);
    expect(verdicts((c, s) => 100 + (c === 1 ? [-40, 0, 41][s]! : 0))[1]).toBe('open');
    // -0.13 ± 0.80 of 101: behind by 0.93 at worst, which is within 1 %. Four times the spread is not.
    const spread = (by: number) => verdicts((c, s) => 101 + (c === 1 ? by * [-0.5, 0, 0.1][s]! : 0))[1];
    expect(spread(1)).toBe('as-good');
    expect(spread(4)).toBe('open');
    expect(spread(-1)).toBe('as-good');
    const most = { goal: { figure: 'meanMs', direction: 'most' } } as const;
    const upwards = (by: number) =>
      verdicts((c, s) => 101 + (c === 1 ? by * [-0.5, 0, 0.1][s]! : 0), most)[1];
    expect([upwards(1), upwards(-1), upwards(-4)]).toEqual(['as-good', 'as-good', 'open']);
    expect(verdicts((c) => 100 + c, { goal: { figure: 'meanMs', direction: 'most' } })[1]).toBe('worse');
    expect(verdicts((c) => (c === 1 ? NaN : 100))[1]).toBe('better');
    expect(verdicts((c) => 100 - c, { seeds: 1 })[1]).toBe('worse');
  });

  it('lets bounds come first', () => {
    const result = filled((c, s) => ({ meanMs: 100 - c, hitRate: c === 1 && s === 2 ? 0.4 : 0.9 })).result()!;
    expect(result.map(({ kept }) => kept)).toEqual([3, 2, 3]);
    expect(result[1]!.verdict).toBe('better');
    expect(result[2]!.verdict).toBe('worse');
  });

  it('is over the seeds that are complete, goes on from its records, and gives back what was taken', () => {
    const comparison = new Comparison(plan);
    expect(comparison.result()).toBeNull();
    for (let i = 0; i < 4; i++) comparison.done(comparison.next()!, { meanMs: i, hitRate: 1 });
    expect(comparison.result()![0]!.seeds).toBe(1);
    const taken = comparison.next()!;
    comparison.release(taken);
    expect(comparison.next()).toBe(taken);
    const again = new Comparison(plan, comparison.records());
    expect(again.progress).toEqual({ runs: 4, expected: 9 });
    expect(again.next()!.request).toEqual(taken.request);
    expect(new Comparison({ ...plan, untilS: 90 }, comparison.records()).progress.runs).toBe(0);
  });

  it('refuses no seeds', () => {
    expect(() => new Comparison({ ...plan, seeds: 0 })).toThrow(
      /check: expected a whole number of 1 or more/,
    );
  });
});

describe('who is compared on Prime Day', () => {
  const scenario = parseScenario(primeDay);
  it('the found one, the rescue at its own time, and nothing pulled', () => {
    const [found, rescue, untouched] = contendersFor(scenario, { l3: true }, 1200, 1740);
    expect(found.pulls).toEqual([{ atS: 1200, lever: 'l3', value: true }]);
    expect(rescue!.id).toBe('rescue');
    expect(rescue!.pulls).toContainEqual({ atS: 1140, lever: 'flushDead', value: true });
    expect(untouched!.pulls).toEqual([]);
  });
  it('not a preset that comes after the end, nor nothing pulled twice', () => {
    expect(contendersFor(scenario, {}, 0, 1100).map(({ id }) => id)).toEqual(['found']);
  });
});
