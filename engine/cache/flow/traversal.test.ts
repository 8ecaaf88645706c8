import { describe, expect, it } from 'vitest';
import { Bench, BROKEN } from './testing/bench.ts';

const near = { synchronous: true };

describe('the walk', () => {
  it('L1, L2, origin; then from L1; each step with its time', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 2 } });
    expect(bench.read('a')).toMatchObject({
      status: 'value',
      value: 'a#1',
      level: 'origin',
      freshness: 'fresh',
      reason: 'loaded',
      tookMs: 102,
      steps: [
        { tier: 'l1', result: 'miss', tookMs: 0 },
        { tier: 'l2', result: 'miss', tookMs: 2 },
        { tier: 'origin', result: 'loaded', tookMs: 100 },
      ],
    });
    bench.pass(1000);
    expect(bench.read('a')).toMatchObject({
      level: 'l1',
      reason: 'hit',
      ageMs: 1000,
      freshForMs: 9000,
      tookMs: 0,
    });
    expect(bench.loads).toEqual(['a']);
  });

  it('asks the levels of the policy in its order, whatever the order of the tiers (C10)', () => {
    const bench = new Bench({ l1: near, l2: near, l3: near }, { levels: ['l3', 'l1'] });
    expect(bench.read('a').steps.map(({ tier }) => tier)).toEqual(['l3', 'l1', 'origin']);
    expect([0, 1, 2].map((level) => bench.holds(level, 'a'))).toEqual([true, false, true]);
  });

  it('refuses an empty key and an unknown policy', () => {
    const bench = new Bench({ l1: near });
    expect(() => bench.read('')).toThrow('key: expected a text that is not empty');
    expect(() => bench.read('a', { policy: 'toll-result' })).toThrow('policy: expected one of default');
    expect(() => bench.write('', 1)).toThrow('key');
  });

  it('cached-only never asks the origin; reload asks no tier', () => {
    const bench = new Bench({ l1: near });
    expect(bench.read('a', { mode: 'cached-only' })).toMatchObject({ status: 'not-cached', level: null });
    bench.read('a');
    expect(bench.read('a', { mode: 'reload' })).toMatchObject({ value: 'a#2', level: 'origin' });
    expect(bench.read('a').value).toBe('a#2');
  });

  it('a tier that fails, hangs or lies is passed by, and the walk says so', () => {
    const bench = new Bench({ l1: near, l2: { latencyMs: 1 }, l3: { latencyMs: 1 } });
    bench.read('a');
    bench.pass(100);
    bench.stores[0].clear();
    bench.tiers[1].fault = () => BROKEN;
    expect(bench.read('a').steps.map(({ result }) => result)).toEqual(['miss', 'failed', 'fresh']);
    bench.stores[0].clear();
    bench.tiers[1].fault = undefined;
    bench.tiers[1].latencyMs = Infinity;
    expect(bench.read('a').steps.slice(1)).toMatchObject([
      { tier: 'l2', result: 'timeout', tookMs: 50, note: 'no answer within 50 ms' },
      { tier: 'l3', result: 'fresh' },
    ]);
    bench.stores[0].clear();
    bench.tiers[1].latencyMs = 1;
    const entry = { ...bench.stores[2].inspect(1, bench.time.nowMs)[0], key: 'b' };
    bench.tiers[1].fault = ({ do: what }) => (what === 'get' ? { ok: true, entry } : undefined);
    expect(bench.read('a').steps[1]).toMatchObject({ result: 'garbage', note: 'the entry of another key' });
  });

  it('an answer past its deadline is late, even if the timer is later still', () => {
    const { cache } = new Bench({ l2: { latencyMs: Infinity } });
    const effects = cache.decide({ kind: 'read', request: 1, key: 'a', options: { mode: 'cached-only' } }, 0);
    const { op } = effects.find((effect) => effect.kind === 'tier')!;
    const late = cache.decide({ kind: 'tier-done', op, result: { ok: true } }, 60);
    expect(late.map(({ kind }) => kind)).toEqual(['cancel', 'answer']);
    expect(cache.tierFlows()[0].flow).toMatchObject({ timeouts: 1, misses: 0 });
  });

  it('after five failures the tier is not asked for a minute, then tried by one', () => {
    const bench = new Bench({ l1: { maxEntries: 1, ...near }, l2: { latencyMs: 1, fault: () => BROKEN } });
    bench.read('warm');
    for (let i = 0; i < 5; i++) bench.read(`k${i}`);
    const step = bench.read('x').steps[1];
    expect(step).toMatchObject({ tier: 'l2', result: 'circuit-open', tookMs: 0 });
    expect(bench.notices).toEqual([{ kind: 'circuit', tier: 'l2', state: 'open' }]);
    bench.tiers[1].fault = undefined;
    bench.pass(60_000);
    expect(bench.read('y').steps[1].result).toBe('miss');
    expect(bench.cache.tierFlows()[1].circuit).toBe('closed');
  });

  it('fails only when the origin fails and nothing can stand in', () => {
    const bench = new Bench({ l1: near });
    bench.origin = () => null;
    expect(bench.read('a')).toMatchObject({
      status: 'failed',
      reason: 'origin-failed',
      error: 'origin failed',
    });
    bench.loadMs = Infinity;
    expect(bench.read('a')).toMatchObject({
      status: 'failed',
      error: 'no answer within 30000 ms',
      tookMs: 30_000,
    });
  });
});

describe('promotion', () => {
  it('keeps the rest of the life: found at 6 of 10 s, gone from L1 at 10 s', () => {
    const bench = new Bench({ l1: near, l2: near });
    bench.read('a');
    bench.pass(5900);
    bench.stores[0].clear();
    expect(bench.read('a')).toMatchObject({ level: 'l2', promotedTo: ['l1'] });
    bench.pass(3900);
    expect(bench.read('a')).toMatchObject({ level: 'l1' });
    bench.pass(301);
    expect(bench.read('a')).toMatchObject({ level: 'origin' });
  });

  it('a tier may keep things shorter than their policy says, never longer', () => {
    const bench = new Bench({ l1: { maxTtlMs: 1000, ...near }, l2: near });
    bench.read('a');
    bench.pass(1000);
    expect(bench.read('a')).toMatchObject({ level: 'l2', promotedTo: ['l1'] });
    bench.pass(8500);
    expect(bench.read('a').level).toBe('l2');
    bench.pass(501);
    expect(bench.read('a').level).toBe('origin');
  });

  it('waits for the second use where admission asks for it', () => {
    const bench = new Bench({ l1: near, l2: near }, {}, { promoteOnUse: 2 });
    bench.read('a');
    bench.stores[0].clear();
    expect(bench.read('a').promotedTo).toEqual([]);
    expect(bench.read('a').promotedTo).toEqual(['l1']);
    expect(bench.read('a').level).toBe('l1');
  });
});

describe('coalescing', () => {
  it('many who miss at once cost one load', () => {
    const bench = new Bench({ l1: near });
    const asked = Array.from({ length: 10 }, () => bench.ask('a'));
    bench.pass(100);
    expect(bench.loads).toEqual(['a']);
    expect(asked.map(({ outcome }) => outcome?.coalesced)).toEqual([false, ...new Array(9).fill(true)]);
    expect(asked.every(({ outcome }) => outcome?.value === 'a#1')).toBe(true);
    expect(bench.cache.counts()).toMatchObject({ requests: 10, loads: 1, coalesced: 9 });
  });

  it('a failed load fails all of them, and the next one asks again', () => {
    const bench = new Bench({ l1: near });
    bench.origin = () => null;
    const asked = [bench.ask('a'), bench.ask('a')];
    bench.pass(100);
    expect(asked.map(({ outcome }) => outcome?.status)).toEqual(['failed', 'failed']);
    bench.origin = () => ({ value: 1 });
    expect(bench.read('a').value).toBe(1);
  });

  it('who gives up leaves; the load goes on for the others and for the cache', () => {
    const bench = new Bench({ l1: near });
    const [first, second] = [bench.ask('a'), bench.ask('a')];
    bench.driver.abandon(first.request);
    expect(first.outcome).toMatchObject({ status: 'failed', reason: 'abandoned' });
    bench.driver.abandon(second.request);
    bench.pass(100);
    expect(bench.read('a').level).toBe('l1');
    expect(bench.loads).toHaveLength(1);
  });

  it('cancels a load that nobody waits for, if so set', () => {
    const bench = new Bench({ l1: near }, {}, { onAbandon: 'cancel' });
    bench.driver.abandon(bench.ask('a').request);
    bench.pass(1000);
    expect(bench.loads).toEqual([]);
    expect(bench.cache.underWay).toBe(0);
  });

  it('without it each miss is a load; a late twin renews the entry, or does not', () => {
    for (const lateDuplicates of ['renew', 'ignore'] as const) {
      const bench = new Bench({ l1: near }, { ttlMs: 1000 }, { coalesceLoads: false, lateDuplicates });
      bench.ask('a');
      bench.pass(60);
      bench.ask('a');
      bench.pass(60 + 1000);
      expect(bench.loads).toHaveLength(2);
      const level = lateDuplicates === 'renew' ? 'l1' : 'origin';
      expect(bench.read('a').level).toBe(level);
    }
  });
});
