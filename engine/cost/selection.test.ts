import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { picoOfUsd } from './money.ts';
import { someTask } from './rules/testing.ts';
import { parseSelection, pick, preferring, select, type Candidate, type Choice } from './selection.ts';
import type { Task } from './task.ts';

const candidate = (name: string, usd: number, changes: Partial<Candidate> = {}): Candidate => ({
  name,
  costPico: picoOfUsd(usd, name),
  worstPico: picoOfUsd(usd * 2, name),
  accuracy: 0.95,
  quality: 0.9,
  meanMs: 1000,
  ...changes,
});
/** The module's three profiles for a call of so many tokens. */
const profiles = (tokens: number): Candidate[] => [
  candidate('gpt-4', (tokens * 30) / 1e6, { accuracy: 0.98, quality: 0.95, meanMs: 2000 }),
  candidate('gpt-4-turbo', (tokens * 10) / 1e6, { accuracy: 0.96, quality: 0.9, meanMs: 1500 }),
  candidate('gpt-3.5-turbo', (tokens * 1.5) / 1e6, { accuracy: 0.92, quality: 0.85, meanMs: 1000 }),
];
const task = (changes: Partial<Task> = {}): Task => ({ ...someTask, minAccuracy: 0.9, ...changes });
const normalised = parseSelection({});
const printed = parseSelection({ formula: 'printed' });
const row = (choice: Choice, name: string) => choice.entrants.find((e) => e.candidate.name === name)!;

describe('the two formulas', () => {
  it('score the three models of the module for 1,500 tokens', () => {
    const choice = select(task(), profiles(1500), printed);
    // 0.4 × 1/0.045 + 0.4 × 0.95 + 0.2 × 1000/2000
    expect(row(choice, 'gpt-4').printed).toBeCloseTo(9.3689, 4);
    expect(row(choice, 'gpt-4-turbo').printed).toBeCloseTo(27.16, 4);
    expect(row(choice, 'gpt-3.5-turbo').printed).toBeCloseTo(178.3178, 4);
    // 0.4 × (0.045 − 0.015) / 0.04275 + 0.4 × 0.5 + 0.2 × 0.5
    expect(row(choice, 'gpt-4').normalised).toBeCloseTo(0.4, 9);
    expect(row(choice, 'gpt-4-turbo').normalised).toBeCloseTo(0.580702, 6);
    expect(row(choice, 'gpt-3.5-turbo').normalised).toBeCloseTo(0.6, 9);
    expect(choice).toMatchObject({ name: 'gpt-3.5-turbo', index: 2, warning: null });
    expect(choice.savingShare).toBeCloseTo(0.95, 9);
    expect(choice.reason).toBe(
      "gpt-3.5-turbo has the best printed score (178) of the 3 models that meet the task's bounds, and costs $0.00225, 95 % less than gpt-4.",
    );
  });

  const race = [
    candidate('tiny', 0.01, { quality: 0.5, meanMs: 1500 }),
    candidate('able', 0.012, { quality: 0.95, meanMs: 1000 }),
    candidate('huge', 0.1, { quality: 1, meanMs: 4000 }),
  ];
  it('choose differently: a fifth of a cent against twice the quality', () => {
    expect(select(task({ maxLatencyMs: 5000 }), race, printed).name).toBe('tiny');
    expect(select(task({ maxLatencyMs: 5000 }), race, normalised).name).toBe('able');
  });

  it('as printed, the cheapest wins whatever the quality, up to 30 cents a call', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const any = fc.record({ quality: share, meanMs: fc.double({ min: 1000, max: 60_000, noNaN: true }) });
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        fc.array(fc.tuple(any, fc.double({ min: 2, max: 1000, noNaN: true })), {
          minLength: 1,
          maxLength: 6,
        }),
        any,
        (usd, others, own) => {
          const race = others.map(([figures, factor], i) => candidate(`m${i}`, usd * factor, figures));
          const all = [...race, candidate('cheapest', usd, own)];
          const free = task({ maxLatencyMs: 60_000 });
          expect(select(free, all, printed).name).toBe('cheapest');
        },
      ),
    );
  });

  it('as printed, cost plays no part below a tenth of a cent, and nearly none at dollars', () => {
    const small = [candidate('a', 0.0009, { quality: 0.91 }), candidate('b', 0.00001)];
    expect(select(task(), small, printed).name).toBe('a');
    expect(select(task(), small, printed).reason).toContain('costs $0.000900');
    expect(select(task(), small, normalised).name).toBe('b');
    const large = [candidate('a', 200, { quality: 0.95 }), candidate('b', 100)];
    expect(select(task(), large, printed).name).toBe('a');
  });

  it('normalised, all equal terms are 1, and scores lie from 0 to 1', () => {
    const one = select(task(), [candidate('only', 0.5)], normalised);
    expect(row(one, 'only').normalised).toBe(1);
    expect(one.reason).toBe("only is the only model that meets the task's bounds; it costs $0.500.");
    const free = select(task(), [candidate('a', 0), candidate('b', 0)], normalised);
    expect(free.entrants.map((e) => e.normalised)).toEqual([1, 1]);
  });

  it('divide the weights by their sum', () => {
    const double = parseSelection({ weights: { cost: 0.8, quality: 0.8, speed: 0.4 } });
    const [a, b] = [normalised, double].map((s) => select(task(), profiles(1500), s));
    expect(a!.entrants).toEqual(b!.entrants);
    const quality = parseSelection({ weights: { cost: 0, quality: 3, speed: 0 } });
    expect(select(task(), profiles(1500), quality).name).toBe('gpt-4');
  });
});

describe('the filters', () => {
  it.each<[Partial<Task>, string, string[]]>([
    [{ minAccuracy: 0.96 }, 'gpt-4-turbo', ['gpt-3.5-turbo']],
    [{ minAccuracy: 0.961 }, 'gpt-4', ['gpt-4-turbo', 'gpt-3.5-turbo']],
    [{ maxLatencyMs: 1500 }, 'gpt-3.5-turbo', ['gpt-4']],
    [{ maxLatencyMs: 1499 }, 'gpt-3.5-turbo', ['gpt-4', 'gpt-4-turbo']],
    [{ budgetUsd: 0.015 }, 'gpt-3.5-turbo', ['gpt-4']],
    [{ budgetUsd: 0.0149 }, 'gpt-3.5-turbo', ['gpt-4', 'gpt-4-turbo']],
  ])('%o leave %s, and drop %j', (bounds, name, dropped) => {
    const choice = select(task(bounds), profiles(1500), normalised);
    expect(choice.name).toBe(name);
    const rejected = choice.entrants.filter((e) => e.rejections.length > 0);
    expect(rejected.map((e) => e.candidate.name)).toEqual(dropped);
    for (const e of rejected) expect(e.normalised).toBeNull();
    for (const e of rejected) expect(e.printed).toBeGreaterThan(0);
  });

  it('say why, each bound apart', () => {
    const [big] = profiles(1500);
    const bounds = { minAccuracy: 0.99, maxLatencyMs: 100, budgetUsd: 0.01, inputTokens: 9000 };
    const choice = select(task(bounds), [{ ...big!, maxInputTokens: 8192 }], normalised);
    expect(choice.entrants[0]!.rejections).toEqual([
      'it takes 8192 tokens of input and not 9000',
      'its accuracy of 0.98 is below the 0.99 asked for',
      'its 2000 ms are more than the 100 ms allowed',
      'its $0.0450 are more than the $0.01 allowed',
    ]);
  });

  it('scale the rest without those that are out', () => {
    const outlier = candidate('gold', 90, { quality: 1, accuracy: 0.5 });
    const choice = select(task(), [...profiles(1500), outlier], normalised);
    expect(row(choice, 'gpt-4-turbo').normalised).toBeCloseTo(0.580702, 6);
  });
});

describe('when no model is left', () => {
  it('takes the cheapest, with a warning', () => {
    const choice = select(task({ minAccuracy: 0.99 }), profiles(1500), normalised);
    expect(choice.name).toBe('gpt-3.5-turbo');
    expect(choice.warning).toBe(
      "No model meets the task's bounds; gpt-3.5-turbo is used although its accuracy of 0.92 is below the 0.99 asked for.",
    );
    expect(choice.reason).toBe(
      "No model meets the task's bounds, so the cheapest, gpt-3.5-turbo, is taken; it costs $0.00225, 95 % less than gpt-4.",
    );
  });

  it('passes over a cheaper one that cannot take the input', () => {
    const models = profiles(1500).map((c) =>
      c.name === 'gpt-3.5-turbo' ? { ...c, maxInputTokens: 100 } : c,
    );
    expect(select(task({ minAccuracy: 0.99 }), models, normalised).name).toBe('gpt-4-turbo');
  });

  it('takes none when the input fits none', () => {
    const models = profiles(1500).map((c) => ({ ...c, maxInputTokens: 100 }));
    const choice = select(task(), models, normalised);
    expect(choice).toMatchObject({ index: -1, name: null, costPico: 0, savingPico: null });
    expect(choice.warning).toBe('No model takes an input of 400 tokens.');
    expect(pick(task(), models, normalised)).toBe(-1);
  });
});

describe('the saving', () => {
  it('is against the baseline, may be a loss, and is null without one', () => {
    const cheap = parseSelection({ baseline: 'gpt-3.5-turbo' });
    const loss = select(task({ minAccuracy: 0.98 }), profiles(1500), cheap);
    expect(loss.savingPico).toBe(picoOfUsd(0.00225, 'x') - picoOfUsd(0.045, 'x'));
    expect(loss.reason).toMatch(/costs \$0\.0450, 1900 % more than gpt-3\.5-turbo\.$/);
    const none = select(task(), profiles(1500), parseSelection({ baseline: 'other' }));
    expect([none.savingPico, none.savingShare]).toEqual([null, null]);
    const free = [candidate('gpt-4', 0)];
    expect(select(task(), free, normalised)).toMatchObject({ savingPico: 0, savingShare: null });
  });
});

describe('ties', () => {
  it.each([normalised, printed])('go to the cheaper, then to the first by name (%o)', (settings) => {
    const same = [candidate('b', 0.0005), candidate('a', 0.0005), candidate('c', 0.0005)];
    expect(select(task(), same, settings).name).toBe('a');
    expect(select(task(), same.toReversed(), settings).name).toBe('a');
    const cheaper = [...same, candidate('z', 0.0004)];
    expect(select(task(), cheaper, settings).name).toBe('z');
  });
});

describe('the fast path', () => {
  const few = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
  const anyCandidate = fc.record({
    name: few(...'abcdefghijklmnop'),
    costPico: fc.oneof(few(0, 10 ** 9, 2 * 10 ** 9), fc.integer({ min: 0, max: 10 ** 13 })),
    worstPico: few(0),
    accuracy: few(0.9, 0.95, 0.98),
    quality: fc.oneof(few(0.5, 0.8), fc.double({ min: 0, max: 1, noNaN: true })),
    meanMs: fc.oneof(few(500, 1000), fc.double({ min: 0.1, max: 1e5, noNaN: true })),
    maxInputTokens: few(undefined, 100, 1000),
  });
  const weight = fc.oneof(few(0, 1), fc.double({ min: 0, max: 10, noNaN: true }));

  it('chooses what select chooses', () => {
    const outcomes = { none: 0, fallback: 0, scored: 0 };
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCandidate, { minLength: 1, maxLength: 8, selector: (c) => c.name }),
        fc.record({
          inputTokens: few(50, 500, 5000),
          minAccuracy: few(0, 0.95, 0.99),
          maxLatencyMs: few(100, 1000, 1e6),
          budgetUsd: few(null, 0, 0.001, 5),
        }),
        few('printed', 'normalised'),
        fc.record({ cost: weight, quality: weight, speed: weight }),
        (candidates, bounds, formula, weights) => {
          fc.pre(weights.cost + weights.quality + weights.speed > 0);
          const settings = parseSelection({ formula, weights });
          const choice = select(task(bounds), candidates, settings);
          expect(pick(task(bounds), candidates, settings)).toBe(choice.index);
          outcomes[choice.index < 0 ? 'none' : choice.warning === null ? 'scored' : 'fallback']++;
        },
      ),
      { numRuns: 2000 },
    );
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(20);
  });

  it('lets no model meet a bound that is NaN', () => {
    const models = profiles(1500);
    for (const bounds of [{ minAccuracy: NaN }, { maxLatencyMs: NaN }, { budgetUsd: NaN }])
      expect(pick(task(bounds), models, normalised)).toBe(2);
  });
});

describe('a rule that asks for one quality alone', () => {
  it.each([
    ['cheapest', 0.95, 'gpt-4-turbo'],
    ['fastest', 0.9, 'gpt-3.5-turbo'],
    ['best', 0.9, 'gpt-4'],
  ] as const)('%s, of accuracy %d, is %s', (what, minAccuracy, name) => {
    const settings = preferring(what, printed);
    expect(select(task({ minAccuracy }), profiles(1500), settings).name).toBe(name);
    expect(settings.baseline).toBe('gpt-4');
  });
});

describe('bad input', () => {
  it.each<[unknown, string]>([
    [{ weights: { cost: -1 } }, 'weights.cost: expected a number of 0 or more, got -1'],
    [
      { weights: { cost: 0, quality: 0, speed: 0 } },
      'weights: expected weights of which at least one is above 0',
    ],
    [{ weights: { cost: NaN } }, 'weights.cost: expected'],
    [{ weights: { cost: 1e308, quality: 1e308 } }, 'weights with a finite sum'],
    [{ weights: { costs: 1 } }, 'Did you mean "cost"?'],
    [{ formula: 'best' }, 'formula: expected'],
  ])('settings %j', (settings, message) => {
    expect(() => parseSelection(settings)).toThrow(InputError);
    expect(() => parseSelection(settings)).toThrow(message);
  });

  it.each<[Partial<Task>, Candidate[], string]>([
    [{}, [], 'models: expected at least one model, got none'],
    [{}, [candidate('a', 1), candidate('a', 2)], 'a name that no other model has'],
    [
      {},
      [candidate('a', 1, { costPico: NaN })],
      'models.a.costPico: expected an amount of 0 or more, got NaN',
    ],
    [{}, [candidate('a', 1, { costPico: -1 })], 'models.a.costPico'],
    [{}, [candidate('a', 1, { worstPico: Infinity })], 'models.a.worstPico'],
    [{}, [candidate('a', 1, { accuracy: 98 })], 'models.a.accuracy: expected a share from 0 to 1, got 98'],
    [{}, [candidate('a', 1, { quality: -0.1 })], 'models.a.quality'],
    [{}, [candidate('a', 1, { meanMs: 0 })], 'models.a.meanMs: expected a time above 0, got 0'],
    [{}, [candidate('a', 1, { maxInputTokens: 0 })], 'models.a.maxInputTokens'],
    [{ minAccuracy: NaN }, profiles(1), 'task.minAccuracy: expected a share from 0 to 1, got NaN'],
    [{ maxLatencyMs: -1 }, profiles(1), 'task.maxLatencyMs'],
    [{ budgetUsd: -1 }, profiles(1), 'task.budgetUsd: expected dollars of 0 or more, got -1'],
    [{ inputTokens: -1 }, profiles(1), 'task.inputTokens'],
  ])('%j with %j', (bounds, candidates, message) => {
    expect(() => select(task(bounds), candidates, normalised)).toThrow(message);
  });
});
