import { describe, expect, it } from 'vitest';
import { Bench } from './testing/bench.ts';

const near = { synchronous: true };

describe('stale while revalidate', () => {
  it('serves at once, says so, and renews in the background, once', () => {
    const bench = new Bench({ l1: near }, { staleWhileRevalidateMs: 2000 });
    bench.read('a');
    bench.pass(10_500);
    for (let i = 0; i < 3; i++)
      expect(bench.read('a')).toMatchObject({
        value: 'a#1',
        freshness: 'stale',
        reason: 'stale-while-revalidate',
        renewing: 'stale',
        freshForMs: -500,
        tookMs: 0,
      });
    bench.pass(100);
    expect(bench.read('a')).toMatchObject({ value: 'a#2', freshness: 'fresh', level: 'l1' });
    expect(bench.loads).toHaveLength(2);
    expect(bench.cache.counts()).toMatchObject({ staleRenewals: 1, answeredStale: 3 });
  });

  it('past its window it waits for the origin', () => {
    const bench = new Bench({ l1: near }, { staleWhileRevalidateMs: 2000 });
    bench.read('a');
    bench.pass(12_000);
    expect(bench.read('a')).toMatchObject({ value: 'a#2', level: 'origin' });
  });

  it('takes a fresher copy from a slower tier before it asks the origin', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 2 } }, { staleWhileRevalidateMs: 2000 });
    bench.read('a');
    bench.pass(10_500);
    const other = new Bench(
      { l1: near, l2: { latencyMs: 2, store: bench.stores[1] } },
      {},
      {},
      undefined,
      bench.time,
    );
    other.origin = () => ({ value: 'by another instance' });
    other.read('a', { mode: 'reload' });
    bench.pass(10);
    expect(bench.read('a')).toMatchObject({ freshness: 'stale' });
    bench.pass(10);
    expect(bench.read('a')).toMatchObject({ freshness: 'fresh', value: 'by another instance', level: 'l1' });
    expect(bench.loads).toHaveLength(1);
  });
});

describe('stale if error', () => {
  it('stands in for a failed origin, marked, within its window', () => {
    const bench = new Bench({ l1: near, l2: near }, { staleIfErrorMs: 5000 });
    bench.read('a');
    bench.origin = () => null;
    bench.pass(10_000);
    expect(bench.read('a')).toMatchObject({
      status: 'value',
      value: 'a#1',
      freshness: 'stale',
      reason: 'stale-if-error',
      error: 'origin failed',
      tookMs: 100,
    });
    bench.pass(5000);
    expect(bench.read('a')).toMatchObject({ status: 'failed' });
  });

  it('an end that comes while the origin fails is an end', () => {
    const bench = new Bench({ l1: near }, { staleIfErrorMs: 5000 });
    bench.read('a');
    bench.origin = () => null;
    bench.pass(14_950);
    expect(bench.read('a')).toMatchObject({ status: 'failed' });
  });
});

describe('a policy that was edited', () => {
  it('does not lengthen the life of what is there', () => {
    const bench = new Bench({ l1: near }, { staleIfErrorMs: 5000 });
    bench.read('a');
    bench.cache.setPolicy({ ...bench.cache.policies()[0], staleIfErrorMs: 50_000 });
    bench.origin = () => null;
    bench.pass(14_950); // the entry ends while the origin fails
    expect(bench.read('a')).toMatchObject({ status: 'failed' });
  });
});

describe('negative caching', () => {
  it('remembers that there is nothing, for its own time', () => {
    const bench = new Bench({ l1: near }, { negativeTtlMs: 500 });
    bench.origin = () => ({ absent: true });
    expect(bench.read('a')).toMatchObject({ status: 'absent', level: 'origin', value: undefined });
    bench.pass(399);
    expect(bench.read('a')).toMatchObject({ status: 'absent', level: 'l1', reason: 'hit' });
    bench.pass(101);
    expect(bench.read('a')).toMatchObject({ status: 'absent', level: 'origin' });
  });

  it('is off when its time is 0, and an error is no "nothing"', () => {
    const bench = new Bench({ l1: near });
    bench.origin = () => ({ absent: true });
    bench.read('a');
    expect(bench.read('a').level).toBe('origin');
    bench.origin = () => null;
    bench.read('b');
    expect(bench.read('b').level).toBeNull();
  });
});

describe('early refresh', () => {
  it('one reader renews before the end, nobody waits, nobody sees it stale', () => {
    const bench = new Bench({ l1: near }, { earlyRefreshBeta: 1, ttlMs: 2000 });
    for (let i = 0; i < 4000; i++) {
      const outcome = bench.read('a');
      if (i > 0) expect(outcome).toMatchObject({ level: 'l1', freshness: 'fresh' });
      bench.pass(5);
    }
    const { loads, earlyRenewals } = bench.cache.counts();
    expect(earlyRenewals).toBe(loads - 1);
    // 20 s of 2 s each, cut short by some Δ = 100 ms each.
    expect(loads).toBeGreaterThan(10);
    expect(loads).toBeLessThan(16);
  });
});
