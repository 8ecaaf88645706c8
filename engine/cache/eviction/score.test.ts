import { expect, test } from 'vitest';
import { expectAgreement, HIT, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';
import { Score } from './score.ts';

test('SCORE by hand: idle time over uses + 1', () => {
  // At C (request 6): A was used at 4, (6 − 4) / (3 + 1) = 0.5; B came at 5, (6 − 5) / 1 = 1. B goes.
  expect(play(new Score(2), 2, 'A A A A B C')).toBe('A A+ A+ A+ B C-B');
  // At D (request 7): A 1, (7 − 3) / (1 + 1) = 2; B (7 − 5) / (1 + 1) = 1; C (7 − 6) / 1 = 1. A goes, though C has fewer uses.
  expect(play(new Score(3), 3, 'A B A B B C D')).toBe('A B A+ B+ B+ C D-A');
});

test('SCORE: of two with the same score the one with fewer uses goes', () => {
  // At C (request 4): A was used at 2, (4 − 2) / (1 + 1) = 1; B came at 3, (4 − 3) / 1 = 1.
  expect(play(new Score(2), 2, 'A A B C')).toBe('A A+ B C-B');
});

test('SCORE is what scoring all and taking the worst does', () => {
  expectAgreement((capacity) => new Score(capacity), plainScore, { runs: 1000 });
});

function plainScore(capacity: number): Reference {
  const held = new Map<number, { accesses: number; lastAccess: number }>();
  let now = 0;
  return {
    request(key) {
      now++;
      const entry = held.get(key);
      if (entry) {
        entry.accesses++;
        entry.lastAccess = now;
        return HIT;
      }
      let evicted: number | null = null;
      if (held.size === capacity) {
        const byUses = [...held].sort((a, b) => a[1].accesses - b[1].accesses);
        const score = ([, e]: (typeof byUses)[number]): number => (now - e.lastAccess) / (e.accesses + 1);
        [evicted] = byUses.reduce((a, b) => (score(b) > score(a) ? b : a));
        held.delete(evicted);
      }
      held.set(key, { accesses: 0, lastAccess: now });
      return { hit: false, evicted };
    },
  };
}
