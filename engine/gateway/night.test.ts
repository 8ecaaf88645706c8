import { describe, expect, it } from 'vitest';
import { Bench, HOUR_MS, NOON } from './bench.fixture.ts';

const TEN_AT_NIGHT = NOON + 10 * HOUR_MS;
const later = { deferrable: true };

describe('off-peak hours', () => {
  it('take 30 % off what starts in them, deferrable or not', () => {
    const bench = new Bench({ offPeak: { on: true } }, { startMs: TEN_AT_NIGHT });
    bench.ask();
    bench.end();
    bench.ask(later);
    bench.end();
    expect(bench.paidUsd).toEqual([0.0315, 0.0315]);
  });

  it('are waited for by what can wait, and by nothing else', () => {
    const bench = new Bench({ offPeak: { on: true, spread: false } });
    bench.ask(later);
    bench.ask();
    expect(bench.started).toEqual(['large: 2']);
    expect(bench.waits).toEqual([{ ref: 1, why: 'off-peak', untilMs: TEN_AT_NIGHT }]);
    expect(bench.gateway.deferredNow).toBe(1);
    expect(bench.gateway.budgets.inFlight).toBe(1);
    bench.wait(10 * HOUR_MS);
    expect(bench.started).toEqual(['large: 2', 'large: 1']);
    bench.end();
    bench.end();
    expect(bench.paidUsd).toEqual([0.045, 0.0315]);
    expect(bench.gateway.counts).toMatchObject({ deferred: 1, late: 0 });
    expect(bench.gateway.deferredNow).toBe(0);
  });

  it('begin and end by the start of a call, not by its end', () => {
    const bench = new Bench({ offPeak: { on: true } }, { startMs: TEN_AT_NIGHT - 1 });
    bench.ask();
    bench.wait(1);
    bench.ask();
    bench.wait(8 * HOUR_MS - 1);
    bench.ask();
    bench.wait(1);
    bench.ask();
    for (let i = 0; i < 4; i++) bench.end();
    expect(bench.paidUsd).toEqual([0.045, 0.0315, 0.0315, 0.045]);
  });

  it('spread the work by the random number of each', () => {
    const u = [0, 0.25, 0.5];
    const bench = new Bench({ offPeak: { on: true } }, { u: (job) => u[job - 1]! });
    for (let i = 0; i < 3; i++) bench.ask(later);
    const hours = bench.waits.map(({ untilMs }) => (untilMs - TEN_AT_NIGHT) / HOUR_MS);
    expect(hours[0]).toBe(0);
    // The window less two seconds for the slowest model.
    expect(hours[1]).toBeCloseTo(2, 2);
    expect(hours[2]).toBeCloseTo(4, 2);
  });

  it('are not waited for when the deadline comes before', () => {
    const bench = new Bench({ offPeak: { on: true, spread: false } });
    // The slowest model takes 2 s, and a minute is kept.
    bench.ask({ ...later, deadlineMs: TEN_AT_NIGHT + 61_999 });
    bench.ask({ ...later, deadlineMs: TEN_AT_NIGHT + 62_000 });
    expect(bench.started).toEqual(['large: 1']);
    bench.wait(10 * HOUR_MS);
    bench.wait(2000);
    bench.end();
    bench.end();
    expect(bench.gateway.counts.late).toBe(0);
  });

  it('count what is answered after its deadline', () => {
    const bench = new Bench({ offPeak: { on: true } });
    bench.ask({ ...later, deadlineMs: NOON + 1000 });
    bench.wait(1001);
    bench.end();
    expect(bench.gateway.counts.late).toBe(1);
  });

  it('combine with batches', () => {
    const bench = new Bench({ offPeak: { on: true, spread: false }, batching: { on: true } });
    for (let i = 0; i < 5; i++) bench.ask(later);
    bench.wait(10 * HOUR_MS);
    expect(bench.started).toEqual(['large: 1 2 3 4 5']);
    bench.end();
    expect(bench.paidUsd).toEqual(Array(5).fill(0.023625));
  });

  it('lose those who leave while they wait', () => {
    const bench = new Bench({ offPeak: { on: true } });
    bench.leave(bench.ask(later));
    expect(bench.gateway.deferredNow).toBe(0);
    bench.wait(24 * HOUR_MS);
    expect(bench.started).toEqual([]);
    expect(bench.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
  });

  it('see budgets and prices of the night, not of the day', () => {
    const budgets = [
      { name: 'day', scope: { kind: 'global' as const }, window: 'day' as const, limitUsd: 0.06 },
    ];
    const bench = new Bench({ offPeak: { on: true, spread: false }, budgets });
    bench.ask(later);
    bench.ask();
    bench.end();
    bench.gateway.prices.set('large', 0.5);
    bench.wait(10 * HOUR_MS);
    // 1.5 cents are left, and the worst case is 3 cents less 30 %.
    expect(bench.outcome.get(1)).toBe('budget');
  });

  it('without shifting are cheap for what comes in them', () => {
    const bench = new Bench({ offPeak: { on: true, shift: false } });
    bench.ask(later);
    expect(bench.started).toEqual(['large: 1']);
  });

  it.each([{ on: true, shift: false }, { on: false }])(
    'are waited for by what a rule defers, with %j',
    (offPeak) => {
      const bench = new Bench({
        offPeak: { ...offPeak, spread: false },
        rulesOn: true,
        rules: [{ name: 'night', when: 'agent == "batch"', then: { defer: true } }],
      });
      bench.ask({ ...later, agentType: 'batch' });
      bench.ask({ ...later });
      bench.ask({ agentType: 'batch' });
      expect(bench.started).toEqual(['large: 2', 'large: 3']);
      bench.wait(10 * HOUR_MS);
      expect(bench.started.length).toBe(3);
      for (let i = 0; i < 3; i++) bench.end();
      expect(bench.paidUsd[2]).toBe(offPeak.on ? 0.0315 : 0.045);
    },
  );
});
