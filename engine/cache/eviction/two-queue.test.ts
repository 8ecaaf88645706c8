import { expect, test } from 'vitest';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';
import { TwoQueue } from './two-queue.ts';

test('2Q by hand: a hit among the newcomers changes nothing', () => {
  expect(play(new TwoQueue(4), 4, 'A B C D A E')).toBe('A B C D A+ E-A');
});

test('2Q by hand: what is asked for again after it has left enters the main queue', () => {
  // A comes back as a ghost and enters Am; from then on A1in (one of four may stay) gives way.
  expect(play(new TwoQueue(4), 4, 'A B C D E A F G H A')).toBe('A B C D E-A A-B F-C G-D H-E A+');
});

test('2Q is what three plain lists do', () => {
  expectAgreement((capacity) => new TwoQueue(capacity), plainTwoQueue);
});

function plainTwoQueue(capacity: number): Reference {
  const a1in: number[] = [];
  const a1out: number[] = [];
  const am: number[] = [];
  const kin = Math.max(1, Math.floor(capacity / 4));
  const kout = Math.max(1, Math.floor(capacity / 2));
  return {
    request(key) {
      if (take(am, key)) {
        am.push(key);
        return HIT;
      }
      if (a1in.includes(key)) return HIT;
      const ghost = a1out.includes(key);
      let evicted: number | null = null;
      if (a1in.length + am.length === capacity) {
        if (a1in.length > kin || am.length === 0) {
          evicted = a1in.shift() as number;
          a1out.push(evicted);
          if (a1out.length > kout) a1out.shift();
        } else evicted = am.shift() as number;
      }
      if (ghost) {
        take(a1out, key);
        am.push(key);
      } else a1in.push(key);
      return { hit: false, evicted };
    },
  };
}
