import { describe, expect, it } from 'vitest';
import { Bench, BROKEN } from './testing/bench.ts';

const near = { synchronous: true };

describe('write-through (C12)', () => {
  it('goes to all levels of the policy', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 2 } });
    expect(bench.write('a', 1)).toMatchObject({
      status: 'stored',
      levels: [
        { tier: 'l1', result: 'kept' },
        { tier: 'l2', result: 'kept' },
      ],
    });
    expect(bench.read('a')).toMatchObject({ value: 1, level: 'l1' });
  });

  it("one level's failure does not stop the others; all failing is an error", () => {
    const bench = new Bench({ l1: near, l2: { fault: () => BROKEN } });
    expect(bench.write('a', 1)).toMatchObject({
      status: 'stored',
      levels: [{ result: 'kept' }, { result: 'failed', error: 'broken' }],
    });
    bench.tiers[0].fault = () => BROKEN;
    expect(bench.write('a', 2).status).toBe('failed');
  });

  it('an outdated copy that could not be overwritten is not served any more', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 1 } });
    bench.write('a', 'old');
    bench.pass(10);
    bench.tiers[1].fault = () => BROKEN;
    bench.write('a', 'new');
    bench.tiers[1].fault = undefined;
    bench.stores[0].clear();
    const outcome = bench.read('a');
    expect(outcome.value).toBe('a#1');
    expect(outcome.steps[1].result).toBe('invalidated');
    // The tier answered, so that the old copy has been deleted by now; the new one has taken its place.
    bench.pass(200);
    bench.stores[0].clear();
    expect(bench.read('a')).toMatchObject({ value: 'a#1', level: 'l2' });
  });

  it('a load that was under way does not overwrite what was written meanwhile', () => {
    const bench = new Bench({ l1: near });
    const asked = bench.ask('a');
    bench.pass(50);
    bench.write('a', 'written');
    bench.pass(100);
    expect(asked.outcome?.value).toBe('a#1');
    expect(bench.read('a').value).toBe('written');
    expect(bench.cache.counts().overtaken).toBe(1);
  });

  it('changes of one key arrive in their order, whatever the way does', () => {
    const bench = new Bench({ l2: { latencyMs: 20 } });
    bench.driver.write('a', 'first', 10);
    bench.tiers[0].latencyMs = 1;
    bench.driver.write('a', 'second', 10);
    bench.pass(100);
    expect(bench.read('a').value).toBe('second');
  });
});

describe('write-behind', () => {
  const slow = { latencyMs: 5, writes: 'behind' } as const;
  const behind = { flushAfterMs: 50, batch: 3, maxQueued: 5, attempts: 3, retryMs: 100 };
  const bench = (l3 = {}) => new Bench({ l1: near, l3: { ...slow, ...l3 } }, {}, { writeBehind: behind });
  const stats = (b: Bench) => b.cache.tierFlows()[1].writeBehind;

  it('answers at once, gathers, writes after a while', () => {
    const b = bench();
    expect(b.write('a', 1).levels[1].result).toBe('queued');
    b.write('b', 2);
    b.write('a', 3);
    expect(b.holds(1, 'a')).toBe(false);
    b.pass(55);
    expect(b.holds(1, 'a')).toBe(true);
    expect(stats(b)).toMatchObject({ accepted: 3, written: 2, superseded: 1, waiting: 0 });
  });

  it('a full batch goes at once; a reader finds what waits', () => {
    const b = bench();
    for (const key of ['a', 'b', 'c']) b.write(key, key);
    b.stores[0].clear();
    expect(b.read('b')).toMatchObject({ value: 'b', level: 'l3', steps: [{}, { result: 'queued-write' }] });
    b.pass(5);
    expect(stats(b)).toMatchObject({ written: 3 });
  });

  it('a full queue writes through', () => {
    const b = bench({ latencyMs: 20 });
    const outcomes = Array.from({ length: 6 }, (_, i) => b.driver.write(`k${i}`, i, 10));
    expect(outcomes).toHaveLength(6);
    expect(stats(b)).toMatchObject({ accepted: 5, overflowed: 1, waiting: 5 });
    b.pass(200);
    expect(b.stores[1].stats().entries).toBe(6);
  });

  it('tries again with growing waits, then gives up and says so', () => {
    const b = bench({ fault: () => BROKEN });
    b.write('a', 1);
    b.pass(55);
    expect(stats(b)).toMatchObject({ waiting: 1, lost: 0 });
    b.pass(100 + 5);
    expect(stats(b).waiting).toBe(1);
    b.pass(200 + 10);
    expect(stats(b)).toMatchObject({ waiting: 0, lost: 1 });
    expect(b.notices).toEqual([{ kind: 'write-lost', tier: 'l3', keys: ['a'], error: 'broken' }]);
  });

  it('an outage shorter than that costs nothing', () => {
    const b = bench({ fault: () => BROKEN });
    b.write('a', 1);
    b.pass(60);
    b.tiers[1].fault = undefined;
    b.pass(200);
    expect(b.holds(1, 'a')).toBe(true);
    expect(stats(b)).toMatchObject({ accepted: 1, written: 1, waiting: 0 });
  });

  it('what is deleted while it waits, or while it is written, is not there afterwards', () => {
    const b = bench();
    b.write('a', 1);
    b.invalidate({ kind: 'key', key: 'a' });
    b.write('b', 1);
    b.pass(52); // b is on its way
    b.driver.invalidate({ kind: 'key', key: 'b' });
    b.pass(300);
    expect([b.holds(1, 'a'), b.holds(1, 'b')]).toEqual([false, false]);
    expect(stats(b)).toMatchObject({ accepted: 2, invalidated: 1, written: 1 });
  });
});
