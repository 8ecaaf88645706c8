import { expect, test } from 'vitest';
import { Clock } from './clock.ts';
import { expectAgreement, HIT, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('CLOCK by hand: a used slot has a second chance, and only one', () => {
  // D: the hand clears A and takes B. E: it takes C. F: A comes next, its bit is clear by now.
  expect(play(new Clock(3), 3, 'A B C A D E F')).toBe('A B C A+ D-B E-C F-A');
});

test('CLOCK is what a plain list with bits does', () => {
  expectAgreement((capacity) => new Clock(capacity), plainClock);
});

function plainClock(capacity: number): Reference {
  const ring: { key: number; used: boolean }[] = [];
  return {
    request(key) {
      const entry = ring.find((e) => e.key === key);
      if (entry) {
        entry.used = true;
        return HIT;
      }
      let evicted: number | null = null;
      while (ring.length === capacity) {
        const first = ring.shift()!;
        if (first.used) ring.push({ key: first.key, used: false });
        else evicted = first.key;
      }
      ring.push({ key, used: false });
      return { hit: false, evicted };
    },
  };
}
