import fc from 'fast-check';
import { expect } from 'vitest';
import type { EvictionPolicy } from '../policy.ts';
import { PlayedCache, type Step } from './play.ts';

/** A policy with its cache in one, as plainly written as it can be. */
export interface Reference {
  request(key: number): Step;
}

/** Requests of many kinds: few keys or many, with loops and bursts of one key in between. */
const requests = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.nat(30).map((key) => [key]) },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.nat(20), fc.integer({ min: 2, max: 16 })).map(([from, n]) => run(from, n)),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.nat(30), fc.integer({ min: 2, max: 5 }))
          .map(([key, n]) => Array<number>(n).fill(key)),
      },
    ),
    { maxLength: 150 },
  )
  .map((parts) => parts.flat());

const run = (from: number, length: number): number[] => Array.from({ length }, (_, i) => from + i);

/** Holds a policy equal to its reference, hit by hit and victim by victim, over random requests. */
export function expectAgreement(
  policy: (capacity: number) => EvictionPolicy,
  reference: (capacity: number) => Reference,
  { sameVictims = true, runs = 300 } = {},
): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), requests, (capacity, keys) => {
      const fast = new PlayedCache(policy(capacity), capacity);
      const plain = reference(capacity);
      for (const [i, key] of keys.entries()) {
        const got = fast.request(key);
        const expected = plain.request(key);
        if (!sameVictims) expect(got.hit, `request ${i}, key ${key}`).toBe(expected.hit);
        else expect(got, `request ${i}, key ${key}`).toEqual(expected);
      }
    }),
    { numRuns: runs, seed: 20240611 },
  );
}

export const HIT: Step = { hit: true, evicted: null };

/** Takes a key out of a list; whether it was there. */
export function take(list: number[], key: number): boolean {
  const at = list.indexOf(key);
  if (at < 0) return false;
  list.splice(at, 1);
  return true;
}
