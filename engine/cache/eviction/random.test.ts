import { expect, test } from 'vitest';
import { Random } from './random.ts';
import { PlayedCache } from './policy-tests/play.ts';

const victims = (seed: number, rounds: number): (number | null)[] => {
  const cache = new PlayedCache(new Random(10, seed), 10);
  return Array.from({ length: rounds }, (_, key) => cache.request(key).evicted);
};

test('the same seed evicts the same keys, another one others', () => {
  expect(victims(1, 100)).toEqual(victims(1, 100));
  expect(victims(1, 100)).not.toEqual(victims(2, 100));
});

test('each slot has the same chance', () => {
  const policy = new Random(10, 1);
  for (let slot = 0; slot < 10; slot++) policy.onInsert(slot);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) {
    policy.onMiss();
    const slot = policy.victim();
    counts[slot]++;
    policy.onRemove(slot);
    policy.onInsert(slot);
  }
  // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand times.
  const chiSquare = counts.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
  expect(chiSquare).toBeLessThan(27.9);
});
