import { describe, expect, it } from 'vitest';
import { Bench, flatPrices, HOUR_MS, MODELS, NOON } from './bench.fixture.ts';

const day = (limitUsd: number) => ({
  name: 'day',
  scope: { kind: 'global' as const },
  window: 'day' as const,
  limitUsd,
});
const state = (bench: Bench) => bench.gateway.budgets.states(bench.nowMs)[0]!;

describe('batches', () => {
  it('go with five requests, at 25 % less for each', () => {
    const bench = new Bench({ batching: { on: true }, budgets: [day(1)] });
    for (let i = 0; i < 5; i++) bench.ask();
    expect(bench.started).toEqual(['large: 1 2 3 4 5']);
    expect(state(bench)).toMatchObject({ reservedUsd: 0.3, inFlight: 5 });
    bench.end();
    // 1500 tokens at $30 for a million, times 0.75.
    expect(bench.paidUsd).toEqual(Array(5).fill(0.03375));
    expect(state(bench)).toMatchObject({ spentUsd: 0.16875, reservedUsd: 0, inFlight: 0 });
    expect(bench.gateway.counts).toMatchObject({ calls: 1, batched: 5, answered: 5 });
  });

  it('go after 100 ms with those there are', () => {
    const bench = new Bench({ batching: { on: true } });
    bench.ask();
    bench.wait(60);
    bench.ask();
    expect(bench.waits).toEqual([
      { ref: 1, why: 'batch', untilMs: NOON + 100 },
      { ref: 2, why: 'batch', untilMs: NOON + 100 },
    ]);
    bench.wait(39);
    expect(bench.started).toEqual([]);
    bench.wait(1);
    expect(bench.started).toEqual(['large: 1 2']);
  });

  it('of one are no batch, and pay the full price', () => {
    const bench = new Bench({ batching: { on: true } });
    bench.ask();
    bench.wait(100);
    bench.end();
    expect(bench.paidUsd).toEqual([0.045]);
    expect(bench.gateway.counts.batched).toBe(0);
  });

  it('are of one agent type and one model', () => {
    const bench = new Bench({ batching: { on: true, size: 2 }, route: 'select' });
    bench.ask({ minAccuracy: 0.97 });
    bench.ask({ minAccuracy: 0.97, agentType: 'routing' });
    bench.ask({ maxLatencyMs: 600 });
    bench.ask({ minAccuracy: 0.97, tenant: 'another' });
    expect(bench.started).toEqual(['large: 1 4']);
    bench.wait(100);
    expect(bench.started.slice(1)).toEqual(['large: 2', 'medium: 3']);
  });

  it('leave one out: it is asked for on its own, at the full price', () => {
    const bench = new Bench({ batching: { on: true, size: 3 }, budgets: [day(1)] });
    for (let i = 0; i < 3; i++) bench.ask();
    bench.end({ leftOut: [1] });
    expect([...bench.outcome.keys()]).toEqual([1, 3]);
    expect(bench.started).toEqual(['large: 1 2 3', 'large: 2']);
    expect(state(bench)).toMatchObject({ reservedUsd: 0.06, inFlight: 1 });
    bench.end();
    expect(bench.paidUsd).toEqual([0.03375, 0.03375, 0.045]);
    expect(bench.gateway.counts).toMatchObject({ missing: 1, calls: 2, batched: 3 });
  });

  it('leave one out whose budget has gone since: it is refused', () => {
    const bench = new Bench({ batching: { on: true, size: 2 }, budgets: [day(0.15)] });
    bench.ask();
    bench.ask();
    bench.gateway.treasury.setLimit('day', 0.07, bench.nowMs);
    bench.end({ leftOut: [1] });
    expect([...bench.outcome]).toEqual(
      [
        [2, 'budget'],
        [1, 'large'],
      ].sort((a, b) => +a[0]! - +b[0]!),
    );
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it('fail together: all reservations are released', () => {
    const bench = new Bench({ batching: { on: true, size: 3 }, budgets: [day(1)] });
    for (let i = 0; i < 3; i++) bench.ask();
    bench.fail();
    expect([...bench.outcome.values()]).toEqual(['failed', 'failed', 'failed']);
    expect(state(bench)).toMatchObject({ spentUsd: 0, reservedUsd: 0, inFlight: 0 });
  });

  it('leave out one that was alone, or whose caller has left: nothing more is asked', () => {
    const bench = new Bench({ batching: { on: true, size: 2 }, budgets: [day(1)] });
    bench.ask();
    bench.ask();
    bench.leave(2);
    bench.end({ leftOut: [1] });
    bench.ask();
    bench.wait(100);
    bench.end({ leftOut: [0] });
    expect([...bench.outcome]).toEqual([
      [1, 'large'],
      [3, 'failed'],
    ]);
    expect(bench.started.length).toBe(2);
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it('are left by a caller who gives up while they gather', () => {
    const bench = new Bench({ batching: { on: true, size: 3 }, budgets: [day(1)] });
    bench.ask();
    bench.ask();
    bench.leave(1);
    expect(state(bench)).toMatchObject({ reservedUsd: 0.06, inFlight: 1 });
    bench.wait(100);
    expect(bench.started).toEqual(['large: 2']);
    bench.leave(2);
    bench.end();
    expect(bench.outcome.size).toBe(0);
    expect(bench.paidUsd).toEqual([0.045]);
  });

  it('that all have left never go', () => {
    const bench = new Bench({ batching: { on: true }, budgets: [day(1)] });
    bench.leave(bench.ask());
    bench.wait(100);
    expect(bench.started).toEqual([]);
    expect(bench.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
    expect(bench.gateway.budgets.inFlight).toBe(0);
  });

  it('with settings of size 1 go at once, at the full price', () => {
    const bench = new Bench({ batching: { on: true, size: 1 } });
    bench.ask();
    expect(bench.started).toEqual(['large: 1']);
    bench.end();
    expect(bench.paidUsd).toEqual([0.045]);
  });

  it('take the price of the moment at which they start, and reserve anew when it has risen', () => {
    const bench = new Bench({ batching: { on: true, size: 3 }, budgets: [day(0.3)] });
    for (let i = 0; i < 2; i++) bench.ask();
    bench.gateway.prices.set('large', 2);
    expect(state(bench).reservedUsd).toBe(0.12);
    bench.wait(100);
    expect(state(bench).reservedUsd).toBe(0.24);
    bench.end();
    expect(bench.paidUsd).toEqual([0.0675, 0.0675]);
  });

  it('go without those that the budget cannot take at the new price', () => {
    const bench = new Bench({ batching: { on: true, size: 3 }, budgets: [day(0.18)] });
    for (let i = 0; i < 2; i++) bench.ask();
    bench.gateway.prices.set('large', 2);
    bench.wait(100);
    // 12 cents for the first, and 6 of 18 are left for the second.
    expect(bench.started).toEqual(['large: 1']);
    expect(bench.outcome.get(2)).toBe('budget');
    bench.end();
    expect(bench.paidUsd).toEqual([0.09]);
    expect(state(bench)).toMatchObject({ overshootUsd: 0, reservedUsd: 0, inFlight: 0 });
  });

  it('look at the prompt cache when they start', () => {
    const prices = flatPrices(30, { cacheReadUsdPerM: 3 });
    const bench = new Bench(
      { batching: { on: true, size: 2, windowMs: 600_000 } },
      { models: [{ ...MODELS[0]!, prices, promptCacheMinTokens: 1 }] },
    );
    const prefix = { prefixTokens: 1000 };
    bench.ask(prefix);
    bench.ask(prefix);
    bench.ask(prefix); // warm when it is chosen, no more when it starts ten minutes later
    bench.wait(600_000);
    bench.end();
    bench.end();
    // Two of a batch read nothing of each other.
    expect(bench.paidUsd).toEqual([0.03375, 0.03375, 0.045]);
  });

  it('that end after the cheap hours pay the price of their start', () => {
    const bench = new Bench(
      { batching: { on: true, size: 2, windowMs: HOUR_MS }, offPeak: { on: true }, budgets: [day(0.12)] },
      { startMs: NOON - 6.5 * HOUR_MS },
    );
    bench.ask();
    bench.ask();
    bench.end();
    // 05:30: 25 % off, then 30 %.
    expect(bench.paidUsd).toEqual([0.023625, 0.023625]);
    bench.ask();
    expect(state(bench).reservedUsd).toBe(0.06);
    bench.wait(HOUR_MS);
    bench.end();
    expect(bench.paidUsd[2]).toBe(0.045);
  });
});
