import { describe, expect, it } from 'vitest';
import { Bench, MODELS, type SettingsInput } from './bench.fixture.ts';

const cascade: SettingsInput = {
  route: 'cascade',
  cascade: { small: 'small', big: 'large', confidence: 0.8 },
};
const budget = (limitUsd: number, model?: string) => ({
  name: model ?? 'all',
  scope: model === undefined ? { kind: 'global' as const } : { kind: 'model' as const, of: model },
  window: 'day' as const,
  limitUsd,
});

describe('a cascade', () => {
  it('keeps an answer of which the small model is sure', () => {
    const bench = new Bench(cascade);
    const ref = bench.ask();
    bench.end({ confidence: 0.8 });
    expect(bench.outcome.get(ref)).toBe('small');
    expect(bench.paidUsd).toEqual([0.0015]);
    expect(bench.gateway.counts.escalated).toBe(0);
  });

  it('asks the large one too when it doubts, and pays for both', () => {
    const bench = new Bench({ ...cascade, budgets: [budget(1)] });
    const ref = bench.ask();
    bench.end({ confidence: 0.79 });
    expect(bench.started).toEqual(['small: 1', 'large: 1']);
    expect(bench.outcome.size).toBe(0);
    bench.end({ confidence: 0 });
    expect(bench.outcome.get(ref)).toBe('large');
    expect(bench.paidUsd).toEqual([0.0015, 0.045]);
    expect(bench.ended[0]!.job).toMatchObject({ spent: 46_500_000_000, escalated: true });
    expect(bench.gateway.counts).toMatchObject({ escalated: 1, calls: 2, answered: 1 });
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it('keeps the small answer when there is no budget for the large model', () => {
    const bench = new Bench({ ...cascade, budgets: [budget(0.05, 'large')] });
    const ref = bench.ask();
    bench.end({ confidence: 0 });
    expect(bench.started).toEqual(['small: 1']);
    expect(bench.outcome.get(ref)).toBe('small');
    expect(bench.ended[0]!.job.warning).toBe('There was no budget left to ask the larger model.');
    expect(bench.gateway.counts).toMatchObject({ escalated: 0, refusedBudget: 0, downgraded: 0, calls: 1 });
  });

  it('keeps it when the large model takes no call, or its call fails', () => {
    const bench = new Bench(cascade);
    bench.ask();
    bench.full = true;
    bench.end({ confidence: 0 });
    bench.full = false;
    bench.ask();
    bench.end({ confidence: 0 });
    bench.fail();
    bench.ask();
    bench.end({ confidence: 0 });
    bench.end({ leftOut: [0] });
    expect([...bench.outcome.values()]).toEqual(['small', 'small', 'small']);
    expect(bench.ended.map(({ job }) => job.warning)).toEqual(
      Array(3).fill('The larger model did not answer.'),
    );
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it('does not ask further for somebody who has left', () => {
    const bench = new Bench(cascade);
    const ref = bench.ask();
    bench.leave(ref);
    bench.end({ confidence: 0 });
    expect(bench.started).toEqual(['small: 1']);
    expect(bench.gateway.underWay.jobs).toBe(0);
  });

  it('pays for the large model even if its caller leaves then', () => {
    const bench = new Bench(cascade);
    const ref = bench.ask();
    bench.end({ confidence: 0 });
    bench.leave(ref);
    bench.end();
    expect(bench.outcome.size).toBe(0);
    expect(bench.paidUsd).toEqual([0.0015, 0.045]);
  });

  it('asks the large model at once when the input is too long for the small one', () => {
    const models = [MODELS[0]!, { ...MODELS[2]!, maxInputTokens: 10 }];
    const bench = new Bench(cascade, { models });
    bench.ask();
    bench.end({ confidence: 0 });
    expect(bench.started).toEqual(['large: 1']);
    expect(bench.ended[0]!.job.warning).toBe('The input is too long for small.');
  });

  it('keeps the small answer when the input is too long for the large model', () => {
    const models = [{ ...MODELS[0]!, maxInputTokens: 10 }, MODELS[2]!];
    const bench = new Bench(cascade, { models });
    bench.ask();
    bench.end({ confidence: 0 });
    expect(bench.outcome.get(1)).toBe('small');
    expect(bench.ended[0]!.job.warning).toBe('The input is too long for large.');
  });

  it('does not question a model that a rule has named', () => {
    const rules = [{ name: 'tiny', when: 'tokens <= 1000', then: { model: 'small' } }];
    const bench = new Bench({ ...cascade, rulesOn: true, rules });
    bench.ask();
    bench.end({ confidence: 0 });
    expect(bench.outcome.get(1)).toBe('small');
  });

  it('asks the large model alone after a batch of small ones', () => {
    const bench = new Bench({ ...cascade, batching: { on: true, size: 2 } });
    bench.ask();
    bench.ask();
    bench.end({ confidence: 0 });
    expect(bench.started).toEqual(['small: 1 2', 'large: 1', 'large: 2']);
    bench.end();
    bench.end();
    expect(bench.paidUsd).toEqual([0.001125, 0.001125, 0.045, 0.045]);
  });

  it('does not question the cheapest model that stands in for the first for want of budget', () => {
    const stages = { small: 'medium', big: 'large', confidence: 0.8 };
    const bench = new Bench({ route: 'cascade', cascade: stages, budgets: [budget(0.001, 'medium')] });
    bench.ask();
    bench.end({ confidence: 0 });
    expect(bench.started).toEqual(['small: 1']);
    expect(bench.ended[0]!.job.warning).toBe('Budget "medium" had no room for medium.');
  });
});
