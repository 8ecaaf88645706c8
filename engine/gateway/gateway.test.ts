import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { Bench, flatPrices, MODELS, taskOf } from './bench.fixture.ts';

const daily = (limitUsd: number, scope: object = { kind: 'global' }, name = 'day') => ({
  name,
  scope: scope as { kind: 'global' },
  window: 'day' as const,
  limitUsd,
});
const spent = (bench: Bench, i = 0) => bench.gateway.budgets.states(bench.nowMs)[i]!;

describe('a request on the fixed route', () => {
  it('reserves 2000 tokens at $30 for a million, and settles the 1500 that it used', () => {
    const bench = new Bench({ budgets: [daily(1)] });
    const ref = bench.ask();
    expect(spent(bench)).toMatchObject({ reservedUsd: 0.06, spentUsd: 0, inFlight: 1 });
    bench.end();
    expect(spent(bench)).toMatchObject({ reservedUsd: 0, spentUsd: 0.045, inFlight: 0 });
    expect(bench.paidUsd).toEqual([0.045]);
    expect(bench.gateway.ledger.total.costUsd).toBe(0.045);
    expect(bench.outcome.get(ref)).toBe('large');
    expect(bench.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
  });

  it('is refused when its own budget has no room, and goes nowhere else', () => {
    const bench = new Bench({ budgets: [daily(0.1)] });
    const refs = [bench.ask(), bench.ask()];
    expect(bench.started).toEqual(['large: 1']);
    expect(bench.outcome.get(refs[1]!)).toBe('budget');
    expect(bench.ended[0]!.job.warning).toBe('Budget "day" had no room for large.');
    bench.end();
    // 4.5 of 10 cents are spent: nothing else is held, so there is no room for another 6 cents.
    bench.ask();
    expect(bench.gateway.counts).toMatchObject({ requests: 3, calls: 1, refusedBudget: 2, answered: 1 });
  });

  it('overspends by what is in flight when budgets are only checked', () => {
    const bench = new Bench({ budgets: [daily(0.1)], budgetMode: 'check' });
    for (let i = 0; i < 4; i++) bench.ask();
    for (let i = 0; i < 4; i++) bench.end();
    expect(spent(bench)).toMatchObject({ spentUsd: 0.18, overshootUsd: 0.08 });
    bench.ask();
    expect(bench.outcome.get(5)).toBe('budget');
  });

  it('gives the reservation back when the model takes no call', () => {
    const bench = new Bench({ budgets: [daily(1)] });
    bench.full = true;
    const ref = bench.ask();
    expect(bench.outcome.get(ref)).toBe('failed');
    expect(bench.gateway.budgets.inFlight).toBe(0);
    expect(bench.gateway.underWay.jobs).toBe(0);
  });

  it('gives it back when the call fails later', () => {
    const bench = new Bench({ budgets: [daily(1)] });
    const ref = bench.ask();
    bench.fail();
    expect(bench.outcome.get(ref)).toBe('failed');
    expect(spent(bench)).toMatchObject({ reservedUsd: 0, spentUsd: 0 });
  });

  it('refuses an input that is too long for its model', () => {
    const models = [{ ...MODELS[0]!, maxInputTokens: 999 }, MODELS[2]!];
    const bench = new Bench({}, { models });
    const ref = bench.ask();
    expect(bench.outcome.get(ref)).toBe('input');
    expect(bench.ended[0]!.job.warning).toBe('The input is too long for large.');
    expect(bench.gateway.counts).toMatchObject({ refusedInput: 1, refusedBudget: 0, downgraded: 0 });
  });
});

describe('a request on the route "select"', () => {
  it('gets the best score: with the weight on cost, the small model', () => {
    const bench = new Bench({ route: 'select', selection: { weights: { cost: 1, quality: 0, speed: 0 } } });
    bench.ask();
    expect(bench.started).toEqual(['small: 1']);
  });

  it('gets the large model when nothing else is accurate enough', () => {
    const bench = new Bench({ route: 'select' });
    bench.ask({ minAccuracy: 0.97 });
    expect(bench.started).toEqual(['large: 1']);
  });

  it('gets the cheapest with a warning when no model meets its bounds', () => {
    const bench = new Bench({ route: 'select' });
    const ref = bench.ask({ minAccuracy: 0.99 });
    bench.end();
    expect(bench.outcome.get(ref)).toBe('small');
    expect(bench.ended[0]!.job.warning).toBe('No model meets the bounds of the task: the cheapest answers.');
  });

  it('gets the cheapest that takes its input', () => {
    const models = [...MODELS.slice(0, 2), { ...MODELS[2]!, maxInputTokens: 10 }];
    const bench = new Bench({ route: 'select' }, { models });
    bench.ask({ minAccuracy: 0.99 });
    expect(bench.started).toEqual(['medium: 1']);
  });

  it('falls back to the cheapest under that model’s own budgets', () => {
    const budgets = [
      daily(0.07, { kind: 'model', of: 'large' }, 'large'),
      daily(0.003, { kind: 'model', of: 'small' }, 'small'),
    ];
    const bench = new Bench({ route: 'select', budgets });
    const accurate = { minAccuracy: 0.97 };
    const refs = [bench.ask(accurate), bench.ask(accurate), bench.ask(accurate)];
    // 6 cents of 7, then 0.2 of 0.3 cents, then nothing.
    expect(bench.started).toEqual(['large: 1', 'small: 2']);
    expect([spent(bench, 0).reservedUsd, spent(bench, 1).reservedUsd]).toEqual([0.06, 0.002]);
    expect(bench.outcome.get(refs[2]!)).toBe('budget');
    bench.end();
    bench.end();
    expect(bench.outcome.get(refs[1]!)).toBe('small');
    expect(bench.ended.at(-1)!.job.warning).toBe('Budget "large" had no room for large.');
    expect(bench.gateway.counts).toMatchObject({ downgraded: 1, refusedBudget: 1 });
    expect([spent(bench, 0).spentUsd, spent(bench, 1).spentUsd]).toEqual([0.045, 0.0015]);
  });

  it('is refused when the input is too long for every model, and no budget is blamed', () => {
    const models = MODELS.map((m) => ({ ...m, maxInputTokens: 10 }));
    const bench = new Bench({ route: 'select' }, { models });
    const ref = bench.ask();
    expect(bench.outcome.get(ref)).toBe('input');
    expect(bench.gateway.counts).toMatchObject({ refusedInput: 1, refusedBudget: 0, downgraded: 0 });
  });

  it('keeps what is set aside for critical requests from the others', () => {
    const bench = new Bench({ budgets: [{ ...daily(0.12), keepForCritical: 0.5 }] });
    const refs = [bench.ask(), bench.ask(), bench.ask({ criticality: 'critical' })];
    expect(refs.map((ref) => bench.outcome.get(ref))).toEqual([undefined, 'budget', undefined]);
  });
});

describe('a caller who leaves', () => {
  it('does not stop what runs: it is paid for, and nobody is told', () => {
    const bench = new Bench({ budgets: [daily(1)] });
    const ref = bench.ask();
    bench.leave(ref);
    bench.end();
    expect(bench.outcome.has(ref)).toBe(false);
    expect(spent(bench)).toMatchObject({ reservedUsd: 0, spentUsd: 0.045 });
    expect(bench.gateway.counts.answered).toBe(0);
    expect(bench.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
  });

  it('changes nothing after the answer', () => {
    const bench = new Bench();
    const ref = bench.ask();
    bench.end();
    bench.leave(ref);
    bench.leave(ref);
    expect(bench.outcome.get(ref)).toBe('large');
  });
});

describe('a price change in mid-run', () => {
  it('is for calls that start after it', () => {
    const bench = new Bench({ budgets: [daily(1)] });
    bench.ask();
    bench.wait(10);
    bench.gateway.prices.set('large', 2);
    bench.ask();
    bench.end();
    bench.end();
    expect(bench.paidUsd).toEqual([0.045, 0.09]);
    expect(bench.gateway.prices.factor('large')).toBe(2);
    bench.gateway.prices.set('large', 1);
    bench.ask();
    bench.end();
    expect(bench.paidUsd[2]).toBe(0.045);
  });

  it('leaves every price within what a price list takes', () => {
    const bench = new Bench(
      {},
      { models: [{ ...MODELS[0]!, prices: flatPrices(5000, { cacheReadUsdPerM: 500 }) }] },
    );
    const { prices } = bench.gateway;
    expect(prices.mostFactor('large')).toBe(2);
    prices.set('large', 2);
    expect(bench.gateway.book.model('large').prices[0]).toMatchObject({
      inputUsdPerM: 10_000,
      outputUsdPerM: 10_000,
      cacheReadUsdPerM: 1000,
      cacheWriteUsdPerM: null,
    });
  });

  it('that a price list dates holds from that moment', () => {
    const prices = [...flatPrices(30), { ...flatPrices(3)[0]!, from: '2026-11-27T12:00:01Z' }];
    const bench = new Bench({}, { models: [{ ...MODELS[0]!, prices }] });
    bench.ask();
    bench.wait(1000);
    bench.ask();
    bench.end();
    bench.end();
    expect(bench.paidUsd).toEqual([0.045, 0.0045]);
  });
});

describe('a clock that goes back', () => {
  it('counts as the latest time seen', () => {
    const bench = new Bench({ budgets: [daily(1)] });
    bench.ask();
    const { gateway } = bench;
    gateway.request(7, taskOf(), bench.nowMs - 86_400_000);
    expect(gateway.budgets.clockWentBack).toBeGreaterThan(0);
    bench.end();
    bench.end();
    expect(spent(bench)).toMatchObject({ spentUsd: 0.09, inFlight: 0 });
  });
});

describe('what cannot be', () => {
  it.each([
    ['a NaN', { inputTokens: NaN }, 'inputTokens'],
    ['less than none', { inputTokens: -1 }, 'inputTokens'],
    ['half a token', { maxOutputTokens: 0.5 }, 'outputTokens'],
    ['an expectation that is none', { expectedOutputTokens: NaN }, 'outputTokens'],
  ])('%s in a task is reported and leaves nothing behind', (_, more, place) => {
    const bench = new Bench({ budgets: [daily(1)] });
    const ref = bench.ask(more);
    expect(bench.outcome.get(ref)).toBe('broken');
    expect(bench.errors[0]).toBeInstanceOf(InputError);
    expect((bench.errors[0] as InputError).place).toBe(place);
    expect(bench.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it.each([
    ['more cached tokens than input', { inputTokens: 10, cachedTokens: 11 }],
    ['less than none', { outputTokens: -1 }],
    ['a NaN', { outputTokens: NaN }],
    ['nothing', undefined],
  ])('%s in a usage is reported; nothing is booked or held', (_, usage) => {
    const bench = new Bench({ budgets: [daily(1)] });
    const ref = bench.ask();
    const good = { inputTokens: 1000, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 10 };
    const result = { usage: (usage && { ...good, ...usage }) as never, confidence: 1 };
    bench.gateway.ended(bench.open.shift()!, [result], bench.nowMs);
    expect(bench.outcome.get(ref)).toBe('broken');
    expect(spent(bench)).toMatchObject({ spentUsd: 0, reservedUsd: 0, inFlight: 0 });
    expect(bench.paidUsd).toEqual([]);
    expect(bench.gateway.ledger.total.calls).toBe(0);
  });

  it('does not take the others of a batch with it', () => {
    const bench = new Bench({ batching: { on: true, size: 2 }, budgets: [daily(1)] });
    bench.ask();
    bench.ask();
    const [, second] = bench.gateway.call(bench.open[0]!).jobs;
    const impossible = { usage: { inputTokens: -1 } as never, confidence: 1 };
    bench.gateway.ended(bench.open.shift()!, [impossible, bench.resultOf(second!, 500)], bench.nowMs);
    expect([...bench.outcome]).toEqual([
      [1, 'broken'],
      [2, 'large'],
    ]);
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it('is thrown by a port that does not ask for it', () => {
    const bench = new Bench();
    (bench as { broken?: unknown }).broken = undefined;
    expect(() => bench.ask({ inputTokens: -1 })).toThrow(InputError);
    expect(bench.gateway.underWay.jobs).toBe(0);
  });

  it.each([
    [{ model: 'huge' }, 'gateway.model'],
    [{ model: 'larg' }, 'Did you mean "large"?'],
    [{ cascade: { small: 'tiny', big: 'large' } }, 'gateway.cascade.small'],
    [{ cascade: { small: 'small', big: 'huge' } }, 'gateway.cascade.big'],
    [{ route: 'cascade' as const }, 'gateway.cascade'],
    [{ budgets: [daily(1, { kind: 'model', of: 'huge' })] }, 'gateway.budgets.0.scope.of'],
    [{ rules: [{ name: 'x', when: 'true', then: { model: 'huge' } }] }, 'rules.0.then.model'],
  ])('%j names what there is not', (settings, text) => {
    expect(() => new Bench(settings)).toThrow(InputError);
    expect(() => new Bench(settings)).toThrow(text);
  });
});
