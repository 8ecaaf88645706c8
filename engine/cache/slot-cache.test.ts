import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLICY_NAMES } from './eviction/registry.ts';
import { Replay } from './replay/replay.ts';
import { SlotCache } from './slot-cache.ts';
import { traceOf } from './workloads/workload.ts';

const held = (cache: SlotCache, keys: readonly number[], nowMs = 0): number[] =>
  keys.filter((key) => cache.lookup(key, nowMs) >= 0);

test('by hand: LRU, an expired entry, a sliding one', () => {
  const cache = new SlotCache(2, 'lru');
  cache.insert(1, 100);
  cache.insert(2, Infinity);
  expect(held(cache, [1, 2], 99)).toEqual([1, 2]);
  cache.insert(3, Infinity); // 1 was used before 2
  expect(held(cache, [1, 2, 3], 99)).toEqual([2, 3]);
  cache.setExpiry(cache.lookup(2, 99), 150);
  expect(held(cache, [2], 149)).toEqual([2]);
  expect(held(cache, [2], 150)).toEqual([]);
  expect(cache.size).toBe(1);
});

test('by hand: bytes bind beside entries', () => {
  const cache = new SlotCache(3, 'lru', 100);
  cache.insert(1, Infinity, 40);
  cache.insert(2, Infinity, 40);
  cache.insert(3, Infinity, 70); // both must go
  expect(held(cache, [1, 2, 3])).toEqual([3]);
  cache.insert(3, Infinity, 20);
  expect(cache.sizeBytes).toBe(20);
  cache.insert(4, Infinity, 101); // larger than the cache
  expect(held(cache, [3, 4])).toEqual([3]);
  cache.insert(3, Infinity, 101);
  expect([cache.size, cache.sizeBytes]).toEqual([0, 0]);
});

test('GDSF prefers small entries where bytes bind', () => {
  const cache = new SlotCache(10, 'gdsf', 100);
  cache.insert(1, Infinity, 10);
  cache.insert(2, Infinity, 80);
  cache.insert(3, Infinity, 10);
  cache.insert(4, Infinity, 10); // the large one goes, though 1 is older
  expect(held(cache, [1, 2, 3, 4])).toEqual([1, 3, 4]);
});

test('a resize keeps what would be evicted last', () => {
  const cache = new SlotCache(4, 'lru');
  for (const key of [1, 2, 3, 4]) cache.insert(key, Infinity);
  cache.resize(2);
  expect([cache.capacity, cache.size]).toEqual([2, 2]);
  expect(held(cache, [1, 2, 3, 4])).toEqual([3, 4]);
});

describe.each(POLICY_NAMES)('%s', (name) => {
  test('loses exactly the entries that it is told to', () => {
    const cache = new SlotCache(20, name);
    for (let key = 0; key < 20; key++) cache.insert(key, Infinity);
    let asked = 0;
    cache.lose(() => asked++ % 4 === 0);
    expect([asked, cache.size]).toEqual([20, 15]);
    const before = held(
      cache,
      Array.from({ length: 20 }, (_, key) => key),
    );
    expect(before.length).toBe(15);
    for (let key = 20; key < 60; key++) cache.insert(key, Infinity);
    expect(cache.size).toBe(20);
  });

  test('misses as often as the replay of the same requests', () => {
    const keys = fc.array(fc.nat(40), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), keys, (capacity, requests) => {
        const trace = traceOf(Int32Array.from(requests));
        const replay = new Replay(trace, name, { entries: Math.min(capacity, trace.unique) });
        const cache = new SlotCache(Math.min(capacity, trace.unique), name);
        let misses = 0;
        for (const id of trace.ids) {
          if (cache.lookup(id, 0) >= 0) continue;
          misses++;
          cache.insert(id, Infinity);
        }
        replay.advance(Infinity);
        expect(replay.result().misses).toBe(misses);
      }),
      { seed: 5 },
    );
  });
});
