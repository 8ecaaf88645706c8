import { describe, expect, it } from 'vitest';
import { AblationRun, type AblationTrial } from './ablation.ts';
import { shop, shopStrategies } from './hand-worked.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { openTrial } from './trial.ts';

const plan = { scenario: shop, strategies: shopStrategies, seeds: 3 };

/** A bill of 100 + seed that caching makes 70 % and the model 90 % smaller. */
const billOf = ({ cell, seed }: AblationTrial): Outcome => ({
  costUsd: (100 + seed) * (cell & 1 ? 0.3 : 1) * (cell & 2 ? 0.1 : 1),
});

function rest(run: AblationRun): AblationTrial[] {
  const trials: AblationTrial[] = [];
  for (let trial = run.next(); trial; trial = run.next()) trials.push(trial);
  return trials;
}

describe('an ablation of the shop', () => {
  const run = new AblationRun({ ...plan, figures: ['tier.cache.hits'] });
  for (const trial of rest(run)) {
    const { request } = trial;
    run.done(trial, outcomeOf(openTrial(request).run(), request.figures));
  }
  const cost = run.result()!;

  it('is $0.03 a request with everything off', () => {
    const requests = run.result('requests')!;
    expect(requests.saving.mean).toBe(0); // strategies do not change what is asked
    // A few requests have no answer yet when the run ends.
    expect(cost.off.mean / requests.off.mean).toBeCloseTo(0.03, 3);
  });

  it('has the model alone save 90 %, to the cent, and caching alone 70 %', () => {
    const [caching, model] = cost.strategies;
    expect(model.aloneShare!.mean).toBeCloseTo(0.9, 10);
    expect(model.aloneShare!.high).toBeCloseTo(0.9, 10);
    expect(caching.aloneShare!.mean).toBeGreaterThan(0.68);
    expect(caching.aloneShare!.mean).toBeLessThan(0.72);
  });

  it('finds the overlap: 90 % of what caching saves is saved by the model as well', () => {
    const [caching] = cost.strategies;
    expect(cost.interactions[0].averaged!.mean).toBeCloseTo(-0.9 * caching.alone.mean, 8);
    expect(cost.savedShare!.mean).toBeCloseTo(1 - 0.1 * (1 - caching.aloneShare!.mean), 8);
  });

  it('attributes any other figure', () => {
    expect(run.result('calls')!.strategies[1].saving.mean).toBe(0); // the model does not change how often it is asked
    expect(run.result('tier.cache.hits')!.strategies[0].share!.mean).toBeCloseTo(1, 10);
    expect(() => run.result('cost')).toThrow('figure: expected one of costUsd');
  });
});

describe('the order of the trials', () => {
  it('is seed by seed, all off and all on first, with the changes of each setting', () => {
    const trials = rest(
      new AblationRun({ ...plan, firstSeed: 5, overrides: [{ path: 'load.ratePerS', value: 9 }] }),
    );
    expect(trials.map(({ seed, cell }) => [seed, cell])).toEqual(
      [5, 6, 7].flatMap((seed) => [0b00, 0b11, 0b10, 0b01].map((cell) => [seed, cell])),
    );
    expect(trials[3].request).toEqual({
      scenario: shop,
      seed: 5,
      overrides: [
        { path: 'load.ratePerS', value: 9 },
        { path: 'stations.pool.model', value: 'large' },
      ],
      pulls: [],
      untilS: undefined,
      figures: [],
    });
  });

  it('gives a result from the first complete seed on, and intervals from the second, narrower later', () => {
    const run = new AblationRun({ ...plan, seeds: 8 });
    const widths: number[] = [];
    for (const [i, trial] of rest(run).entries()) {
      expect(run.result() === null).toBe(i < 4);
      expect(run.progress).toEqual({ trials: 32, done: i, seeds: 8, seedsDone: Math.floor(i / 4) });
      run.done(trial, billOf(trial));
      const { seeds, saving } = run.result() ?? {};
      if (seeds !== undefined && seeds > 1 && i % 4 === 3) widths.push(saving!.high! - saving!.low!);
    }
    expect(run.result()!.seeds).toBe(8);
    expect(widths).toHaveLength(7);
    expect(widths.at(-1)!).toBeLessThan(widths[0] / 3);
  });

  it('does not matter for the result', () => {
    const [forwards, backwards] = [new AblationRun(plan), new AblationRun(plan)];
    for (const trial of rest(forwards)) forwards.done(trial, billOf(trial));
    for (const trial of rest(backwards).reverse()) backwards.done(trial, billOf(trial));
    expect(backwards.result()).toEqual(forwards.result());
    expect(backwards.records()).toEqual(forwards.records());
  });
});

describe('an ablation that was interrupted', () => {
  it('hands out again what was taken and not finished', () => {
    const run = new AblationRun(plan);
    const [first, second, third] = [run.next()!, run.next()!, run.next()!];
    run.done(second, billOf(second));
    for (const trial of [third, second, first]) run.release(trial);
    expect(run.next()).toBe(first);
    expect(run.next()).toBe(third); // the second is finished
    expect(rest(run)).toHaveLength(9);
  });

  it('goes on from its records, also with more seeds', () => {
    const whole = new AblationRun({ ...plan, seeds: 5 });
    for (const trial of rest(whole)) whole.done(trial, billOf(trial));
    const part = new AblationRun(plan);
    for (const trial of rest(part).slice(0, 6)) part.done(trial, billOf(trial));

    const records = JSON.parse(JSON.stringify(part.records())) as ReturnType<AblationRun['records']>;
    expect(records[1]).toEqual({
      seed: 1,
      on: ['caching', 'model'],
      outcome: { costUsd: expect.closeTo(3.03) },
    });
    const resumed = new AblationRun({ ...plan, seeds: 5 }, records);
    expect(resumed.progress).toMatchObject({ done: 6, seedsDone: 1 });
    const left = rest(resumed);
    expect(left).toHaveLength(14);
    expect(left[0]).toMatchObject({ seed: 2, cell: 0b10 });
    for (const trial of left) resumed.done(trial, billOf(trial));
    expect(resumed.result()).toEqual(whole.result());
  });
});

it('an ablation of eight strategies runs a sample, and the savings sum up', () => {
  const strategies = Array.from({ length: 8 }, (_, i) => ({
    id: `s${i}`,
    title: `S${i}`,
    off: {
      [[
        'load.ratePerS',
        'load.shedShare',
        'load.shedMs',
        'caller.retries',
        'caller.lateFill',
        'warmupS',
        'instances',
        'historyS',
      ][i]]: i === 4 ? true : 1,
    },
  }));
  const run = new AblationRun({ ...plan, strategies });
  for (const trial of rest(run)) run.done(trial, { costUsd: trial.seed * 1000 - trial.cell });
  const { saving, strategies: parts } = run.result()!;
  expect(saving.mean).toBeCloseTo(255, 8);
  expect(parts.map((part) => Math.round(part.saving.mean * 1e6) / 1e6)).toEqual([
    1, 2, 4, 8, 16, 32, 64, 128,
  ]);
});

describe('a plan that is wrong', () => {
  it.each<[string, object, string]>([
    ['no seeds', { seeds: 0 }, 'seeds: expected a whole number of 1 or more, got 0'],
    ['half a seed', { seeds: 1.5 }, 'seeds: expected'],
    ['a negative seed', { firstSeed: -1 }, 'firstSeed: expected a whole number of 0 or more'],
    ['no strategies', { strategies: [] }, 'strategies: expected at least one strategy'],
    ['an unknown scenario', { scenario: 'shpo' }, 'scenario: expected one of'],
    ['an unknown override', { overrides: [{ path: 'load.rate', value: 1 }] }, '--set load.rate: expected'],
    ['an end before the start', { untilS: -3 }, 'durationS: expected a number above 0'],
    ['an unknown figure', { figures: ['tier.l1.hits'] }, 'figure: expected one of'],
    [
      'an unknown path',
      { strategies: [{ ...shopStrategies[0], off: { 'tiers.cache.onn': false } }] },
      'strategies.caching.off, tiers.cache.onn: expected a setting of tiers.cache, got "onn"',
    ],
  ])('%s', (_, wrong, message) => {
    expect(() => new AblationRun({ ...plan, ...wrong })).toThrow(message);
  });
});
