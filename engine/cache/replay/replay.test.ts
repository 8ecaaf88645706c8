import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ORACLE_NAMES, POLICY_NAMES, type PolicyName } from '../eviction/registry.ts';
import { SlotCache } from '../slot-cache.ts';
import { generateTrace } from '../workloads/catalogue.ts';
import { traceOf } from '../workloads/workload.ts';
import { Replay, type ReplayCapacity, type ReplayPolicy, type ReplayResult } from './replay.ts';
import { replayAll } from './run.ts';
import type { Trace } from './trace.ts';

function replayed(trace: Trace, policy: ReplayPolicy, capacity: ReplayCapacity): ReplayResult {
  const replay = new Replay(trace, policy, capacity);
  replay.advance(Infinity);
  return replay.result();
}

const misses = (trace: Trace, policy: ReplayPolicy, entries: number): number =>
  replayed(trace, policy, { entries }).misses;

const all: readonly ReplayPolicy[] = [...POLICY_NAMES, ...ORACLE_NAMES];
const zipf = generateTrace({ name: 'zipf', seed: 1, values: { requests: 60_000, keys: 2000 } });
const loop = generateTrace({ name: 'loop', seed: 1, values: { requests: 20_000, keys: 500 } });
const wonders = generateTrace({ name: 'one-hit-wonders', seed: 1, values: { requests: 60_000, keys: 2000 } });

describe('what theory says of the policies, on generated traces', () => {
  test('no policy misses less than OPT, and OPT with bypass never more', () => {
    for (const trace of [zipf, loop, wonders])
      for (const capacity of [10, 100]) {
        const opt = misses(trace, 'opt', capacity);
        const bypass = misses(trace, 'opt-bypass', capacity);
        expect(bypass).toBeLessThanOrEqual(opt);
        for (const policy of POLICY_NAMES)
          expect(misses(trace, policy, capacity), policy).toBeGreaterThanOrEqual(bypass);
        for (const policy of ['fifo', 'lru', 'lfu', 'clock', 'sieve', 'arc', 'random'] as const)
          expect(misses(trace, policy, capacity), policy).toBeGreaterThanOrEqual(opt);
      }
  });

  test('with room for all, each key is missed once', () => {
    for (const policy of all) expect(misses(zipf, policy, zipf.unique), policy).toBe(zipf.unique);
    for (const policy of all) expect(misses(zipf, policy, 1e12), policy).toBe(zipf.unique);
  });

  test('LRU and OPT never miss more with more room', () => {
    for (const trace of [zipf, loop, wonders])
      for (const policy of ['lru', 'opt'] as const)
        for (let capacity = 16; capacity <= 1024; capacity *= 2)
          expect(misses(trace, policy, 2 * capacity)).toBeLessThanOrEqual(misses(trace, policy, capacity));
  });

  test('a loop longer than the cache: none for LRU, nearly all that is possible for LIRS', () => {
    expect(misses(loop, 'lru', 400)).toBe(loop.requests);
    const possible = loop.requests - misses(loop, 'opt', 400);
    expect(loop.requests - misses(loop, 'lirs', 400)).toBeGreaterThan(0.97 * possible);
  });

  test('keys that come once: whoever tests newcomers beats LRU', () => {
    for (const policy of ['2q', 's3-fifo', 'w-tinylfu', 'sieve', 'lirs', 'arc', 'slru'] as const)
      expect(misses(wonders, policy, 100), policy).toBeLessThan(0.97 * misses(wonders, 'lru', 100));
  });
});

describe('sizes', () => {
  const keys = fc.array(fc.tuple(fc.nat(30), fc.nat(4)), { minLength: 1, maxLength: 300 });

  /** The size of an object depends on its key alone. */
  const sized = (requests: readonly (readonly [number, number])[]): Trace => {
    const trace = traceOf(Int32Array.from(requests, ([key]) => key));
    return { ...trace, sizes: Float64Array.from(requests, ([key]) => 1 + ((key * 7) % 13)) };
  };

  test('by hand: the byte hit ratio weighs hits by size', () => {
    const trace: Trace = {
      requests: 4,
      unique: 2,
      ids: Int32Array.of(0, 1, 0, 1),
      sizes: Float64Array.of(10, 30, 10, 30),
    };
    expect(replayed(trace, 'lru', { entries: 2 })).toEqual({
      requests: 4,
      misses: 2,
      hitRatio: 0.5,
      missedBytes: 40,
      byteHitRatio: 0.5,
    });
    // 30 bytes hold one of the two at a time; 5 hold none.
    expect(replayed(trace, 'lru', { bytes: 30 }).misses).toBe(4);
    expect(replayed(trace, 'lru', { bytes: 5 }).byteHitRatio).toBe(0);
    expect(replayed(trace, 'lru', { bytes: 40 }).misses).toBe(2);
  });

  test.each(POLICY_NAMES)('%s bound by bytes misses as often as the slot cache', (name: PolicyName) => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 100 }), (requests, bytes) => {
        const trace = sized(requests);
        const smallest = Math.min(...trace.sizes!);
        const slots = Math.max(1, Math.min(trace.unique, Math.floor(bytes / smallest)));
        const cache = new SlotCache(slots, name, bytes);
        let expected = 0;
        for (const [i, id] of trace.ids.entries()) {
          if (cache.lookup(id, 0) >= 0) continue;
          expected++;
          cache.insert(id, Infinity, trace.sizes![i]);
        }
        expect(replayed(trace, name, { bytes }).misses).toBe(expected);
      }),
      { seed: 3 },
    );
  });

  test('GDSF hits more often than LRU where small objects are as popular as large ones', () => {
    const ids = zipf.ids;
    const trace: Trace = { ...zipf, sizes: Float64Array.from(ids, (id) => (id % 10 === 0 ? 1000 : 10)) };
    expect(replayed(trace, 'gdsf', { bytes: 20_000 }).hitRatio).toBeGreaterThan(
      1.1 * replayed(trace, 'lru', { bytes: 20_000 }).hitRatio,
    );
  });
});

describe('in stretches', () => {
  test('the results do not depend on the length of a stretch', async () => {
    const runs = all.map((policy) => ({ policy, capacity: { entries: 50 } }));
    const small = traceOf(zipf.ids.slice(0, 5000));
    expect(await replayAll(small, runs, { stretch: 7 })).toEqual(await replayAll(small, runs));
  });

  test('progress grows to 1, and a signal stops it', async () => {
    const runs = [10, 20].map((entries) => ({ policy: 'lru' as const, capacity: { entries } }));
    const seen: number[] = [];
    await replayAll(zipf, runs, { stretch: 20_000, onProgress: (done) => seen.push(done) });
    expect(seen.map((done) => done.toFixed(3))).toEqual([
      '0.167',
      '0.333',
      '0.500',
      '0.667',
      '0.833',
      '1.000',
    ]);
    const signal = { aborted: false };
    const results = await replayAll(zipf, runs, {
      stretch: 20_000,
      signal,
      onProgress: (done) => (signal.aborted = done > 0.6),
    });
    expect(results.length).toBe(1);
  });
});
