import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GhostQueue } from './ghost-queue.ts';
import { take } from './policy-tests/agree.ts';

test('a ghost queue is a list of bounded length', () => {
  fc.assert(
    fc.property(
      fc.nat(5),
      fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -6, max: 6 }))),
      (capacity, steps) => {
        const ghosts = new GhostQueue(capacity);
        const plain: number[] = [];
        for (const [what, key] of steps) {
          if (what <= 1) {
            ghosts.add(key);
            take(plain, key);
            plain.push(key);
            if (plain.length > capacity) plain.shift();
          } else if (what === 2) expect(ghosts.remove(key)).toBe(take(plain, key));
          else {
            ghosts.removeOldest();
            plain.shift();
          }
          expect(ghosts.size).toBe(plain.length);
          for (let k = -6; k <= 6; k++) expect(ghosts.has(k)).toBe(plain.includes(k));
        }
      },
    ),
    { seed: 1 },
  );
});
