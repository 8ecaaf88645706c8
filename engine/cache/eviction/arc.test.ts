import { expect, test } from 'vitest';
import { Arc } from './arc.ts';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('ARC by hand: what was hit outlives a scan', () => {
  // A is in T2. B, C, D pass through T1; each leaves as soon as the next one comes.
  expect(play(new Arc(2), 2, 'A A B C D A')).toBe('A A+ B C-B D-C A+');
});

test('ARC by hand: a T1 that fills the cache evicts without leaving a ghost', () => {
  // A leaves without a ghost, so it comes back as new, and T1 goes on as a plain LRU list.
  expect(play(new Arc(2), 2, 'A B C A B')).toBe('A B C-A A-B B-C');
});

test('ARC by hand: a hit on a ghost of T1 makes T1 longer', () => {
  // C pushes B into B1. B comes back: p = 1, REPLACE takes A from T2 since T1 is no longer above its target. B is in T2 now.
  expect(play(new Arc(2), 2, 'A A B C B C')).toBe('A A+ B C-B B-A C+');
});

test('ARC is what figure 4 of the paper says', () => {
  expectAgreement((capacity) => new Arc(capacity), figure4, { runs: 1000 });
});

/** Figure 4 line by line; lists have the least recently used first. */
function figure4(c: number): Reference {
  const t1: number[] = [];
  const t2: number[] = [];
  const b1: number[] = [];
  const b2: number[] = [];
  let p = 0;

  function replace(x: number): number {
    if (t1.length >= 1 && ((b2.includes(x) && t1.length === p) || t1.length > p)) {
      b1.push(t1.shift()!);
      return b1.at(-1)!;
    }
    b2.push(t2.shift()!);
    return b2.at(-1)!;
  }
  return {
    request(x) {
      if (take(t1, x) || take(t2, x)) {
        t2.push(x); // case I
        return HIT;
      }
      if (b1.includes(x)) {
        p = Math.min(p + Math.max(1, b2.length / b1.length), c); // case II
        const evicted = replace(x);
        take(b1, x);
        t2.push(x);
        return { hit: false, evicted };
      }
      if (b2.includes(x)) {
        p = Math.max(p - Math.max(1, b1.length / b2.length), 0); // case III
        const evicted = replace(x);
        take(b2, x);
        t2.push(x);
        return { hit: false, evicted };
      }
      let evicted: number | null = null; // case IV
      if (t1.length + b1.length === c) {
        if (t1.length < c) {
          b1.shift();
          evicted = replace(x);
        } else evicted = t1.shift()!;
      } else if (t1.length + t2.length + b1.length + b2.length >= c) {
        if (t1.length + t2.length + b1.length + b2.length === 2 * c) b2.shift();
        evicted = replace(x);
      }
      t1.push(x);
      return { hit: false, evicted };
    },
  };
}
