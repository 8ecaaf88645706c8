import { expect, test } from 'vitest';
import { expectAgreement, HIT, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';
import { Sieve } from './sieve.ts';

test('SIEVE by hand: the hand goes on from where it evicted', () => {
  // E: A is visited, so B goes and the hand points at C. F: C goes, though A is older and no longer visited.
  expect(play(new Sieve(4), 4, 'A B C D A E F G')).toBe('A B C D A+ E-B F-C G-D');
});

test('SIEVE is what a plain list with bits and a hand does', () => {
  expectAgreement((capacity) => new Sieve(capacity), plainSieve);
});

function plainSieve(capacity: number): Reference {
  /** Oldest first. */
  const list: { key: number; visited: boolean }[] = [];
  let hand = 0;
  return {
    request(key) {
      const entry = list.find((e) => e.key === key);
      if (entry) {
        entry.visited = true;
        return HIT;
      }
      let evicted: number | null = null;
      if (list.length === capacity) {
        while (list[hand].visited) {
          list[hand].visited = false;
          hand = (hand + 1) % capacity;
        }
        evicted = list[hand].key;
        list.splice(hand, 1);
        // The next newer one has moved into this place; past the newest the hand starts again at the oldest.
        if (hand === list.length) hand = 0;
      }
      list.push({ key, visited: false });
      return { hit: false, evicted };
    },
  };
}
