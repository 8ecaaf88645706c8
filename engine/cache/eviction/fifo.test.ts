import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';
import { expectAgreement, HIT, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('FIFO by hand: a hit saves nobody', () => {
  expect(play(new Fifo(2), 2, 'A B A C A')).toBe('A B A+ C-A A-B');
});

test('FIFO is what a plain list does', () => {
  expectAgreement((capacity) => new Fifo(capacity), plainFifo);
});

function plainFifo(capacity: number): Reference {
  const held: number[] = [];
  return {
    request(key) {
      if (held.includes(key)) return HIT;
      const evicted = held.length === capacity ? (held.shift() as number) : null;
      held.push(key);
      return { hit: false, evicted };
    },
  };
}
