import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import { SlotCache } from '../slot-cache.ts';
import { PlayedCache } from './policy-tests/play.ts';
import { createPolicy, POLICY_NAMES } from './registry.ts';

/** Letters for a key or deletions of one. */
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(25)), { maxLength: 300 });

describe.each(POLICY_NAMES)('%s', (name) => {
  test('keeps in step with deletions: whatever was deleted, a slot that is held goes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), steps, (capacity, all) => {
        const cache = new PlayedCache(createPolicy(name, capacity), capacity);
        const held = new Set<number>();
        for (const [what, key] of all) {
          if (what === 0) {
            cache.remove(key);
            held.delete(key);
            continue;
          }
          const { hit, evicted } = cache.request(key);
          expect(hit).toBe(held.has(key));
          if (evicted !== null) expect(held.delete(evicted)).toBe(true);
          held.add(key);
          expect(held.size).toBeLessThanOrEqual(capacity);
        }
      }),
      { seed: 7 },
    );
  });

  test('begins anew after clear', () => {
    const capacity = 10;
    const policy = createPolicy(name, capacity);
    const run = (): string => {
      const random = new RandomStream(3, 'test');
      const cache = new PlayedCache(policy, capacity);
      return JSON.stringify(
        Array.from({ length: 500 }, () => cache.request(random.below(8) * random.below(8))),
      );
    };
    const first = run();
    policy.clear();
    expect(run()).toBe(first);
  });

  test('holds bytes within their bound, evicting as often as it takes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 5, max: 60 }),
        steps,
        (entries, maxBytes, all) => {
          const cache = new SlotCache(entries, name, maxBytes);
          const sizes = new Map<number, number>();
          for (const [i, [size, key]] of all.entries()) {
            const sizeBytes = 1 + size * 2;
            if (cache.lookup(key, i) < 0) cache.insert(key, Infinity, sizeBytes);
            else cache.insert(key, Infinity, sizeBytes);
            sizes.set(key, sizeBytes);
            expect(cache.size).toBeLessThanOrEqual(entries);
            expect(cache.sizeBytes).toBeLessThanOrEqual(maxBytes);
          }
          let bytes = 0;
          for (const [key, size] of sizes) if (cache.lookup(key, all.length) >= 0) bytes += size;
          expect(cache.sizeBytes).toBe(bytes);
        },
      ),
      { seed: 7 },
    );
  });
});
