import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotCache } from '../slot-cache.ts';
import { denseLoopOf } from './dense-loops.ts';
import { Replay } from './replay.ts';

const POLICIES = ['fifo', 'lru', 'sieve'] as const;

/** Misses of the readable policy, request by request. */
function oracle(policy: (typeof POLICIES)[number], slots: number, ids: readonly number[]): number[] {
  const cache = new SlotCache(slots, policy);
  return ids.map((id) => {
    if (cache.lookup(id, 0) >= 0) return 0;
    cache.insert(id, Infinity);
    return 1;
  });
}

describe('dense loops', () => {
  // 0 1 0 2 0 1 with two slots. FIFO: 2 throws out 0, 0 throws out 1, 1 throws out 2. LRU and SIEVE keep 0: 2 throws out 1, 1 throws out 2.
  it.each([
    ['fifo', 5],
    ['lru', 4],
    ['sieve', 4],
  ] as const)('%s misses %d of 0 1 0 2 0 1 in two slots', (policy, misses) => {
    expect(denseLoopOf(policy, 2, 3)!.advance(Int32Array.of(0, 1, 0, 2, 0, 1), 0, 6)).toBe(misses);
  });

  it.each(POLICIES)('%s misses the very requests that its readable policy misses', (policy) => {
    const ids = fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), ids, (slots, list) => {
        const loop = denseLoopOf(policy, slots, 12)!;
        const trace = Int32Array.from(list);
        expect(list.map((_, i) => loop.advance(trace, i, i + 1))).toEqual(oracle(policy, slots, list));
      }),
    );
  });

  it.each(POLICIES)('%s is what a replay without sizes runs, in stretches too', (policy) => {
    const list = [0, 1, 2, 0, 3, 1, 0, 4, 2, 0, 1, 3];
    const trace = { requests: list.length, unique: 5, ids: Int32Array.from(list), sizes: null };
    const replay = new Replay(trace, policy, { entries: 3 });
    while (!replay.done) replay.advance(5);
    expect(replay.result().misses).toBe(oracle(policy, 3, list).reduce((a, b) => a + b));
  });

  it('has none for a policy with ghosts', () => {
    expect(denseLoopOf('arc', 2, 3)).toBeNull();
  });
});
