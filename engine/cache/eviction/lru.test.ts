import { expect, test } from 'vitest';
import { Lru } from './lru.ts';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('LRU by hand: a hit saves', () => {
  expect(play(new Lru(2), 2, 'A B A C B')).toBe('A B A+ C-B B-A');
});

test('LRU by hand: a loop that is longer than the cache never hits', () => {
  expect(play(new Lru(3), 3, 'A B C D A B C D')).toBe('A B C D-A A-B B-C C-D D-A');
});

test('LRU is what a plain list does', () => {
  expectAgreement((capacity) => new Lru(capacity), plainLru);
});

function plainLru(capacity: number): Reference {
  const oldestFirst: number[] = [];
  return {
    request(key) {
      const hit = take(oldestFirst, key);
      const evicted = !hit && oldestFirst.length === capacity ? (oldestFirst.shift() as number) : null;
      oldestFirst.push(key);
      return hit ? HIT : { hit, evicted };
    },
  };
}
