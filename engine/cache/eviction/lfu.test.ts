import { expect, test } from 'vitest';
import { Lfu } from './lfu.ts';
import { expectAgreement, HIT, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('LFU by hand: the fewest uses go, among equals the one that got there first', () => {
  // B and A have two uses each, B had them first; so E takes D's place (one use), and F takes E's.
  expect(play(new Lfu(3), 3, 'A B C B A D E F')).toBe('A B C B+ A+ D-C E-D F-E');
  expect(play(new Lfu(2), 2, 'A B B A C C D')).toBe('A B B+ A+ C-B C+ D-A');
});

test('LFU is what counting and searching does', () => {
  expectAgreement((capacity) => new Lfu(capacity), plainLfu);
});

function plainLfu(capacity: number): Reference {
  const held = new Map<number, { uses: number; reachedAt: number }>();
  let now = 0;
  return {
    request(key) {
      now++;
      const entry = held.get(key);
      if (entry) {
        held.set(key, { uses: entry.uses + 1, reachedAt: now });
        return HIT;
      }
      let evicted: number | null = null;
      if (held.size === capacity) {
        [evicted] = [...held].reduce((a, b) =>
          b[1].uses < a[1].uses || (b[1].uses === a[1].uses && b[1].reachedAt < a[1].reachedAt) ? b : a,
        );
        held.delete(evicted);
      }
      held.set(key, { uses: 1, reachedAt: now });
      return { hit: false, evicted };
    },
  };
}
