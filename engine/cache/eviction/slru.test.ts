import { expect, test } from 'vitest';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';
import { Slru } from './slru.ts';

test('SLRU by hand: what was hit once outlives what was not', () => {
  // Four of five may be protected. A is; newcomers push each other out.
  expect(play(new Slru(2), 2, 'A A B C D A')).toBe('A A+ B C-B D-C A+');
});

test('SLRU by hand: the oldest of too many protected goes back on probation', () => {
  // One of two may be protected: B's hit sends A back, and there A is the one to go.
  expect(play(new Slru(2), 2, 'A B A B C')).toBe('A B A+ B+ C-A');
});

test('SLRU is what two plain lists do', () => {
  expectAgreement((capacity) => new Slru(capacity), plainSlru);
});

function plainSlru(capacity: number): Reference {
  const probation: number[] = [];
  const guarded: number[] = [];
  const most = Math.floor(0.8 * capacity);
  return {
    request(key) {
      if (take(probation, key) || take(guarded, key)) {
        guarded.push(key);
        if (guarded.length > most) probation.push(guarded.shift() as number);
        return HIT;
      }
      const full = probation.length + guarded.length === capacity;
      const evicted = full ? (probation.shift() ?? (guarded.shift() as number)) : null;
      probation.push(key);
      return { hit: false, evicted };
    },
  };
}
