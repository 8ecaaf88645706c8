import { expect, test } from 'vitest';
import { Lirs } from './lirs.ts';
import { expectAgreement, HIT, take, type Reference } from './policy-tests/agree.ts';
import { play } from './policy-tests/play.ts';

test('LIRS by hand: of a loop longer than the cache, the part that is LIR stays', () => {
  // Two of four entries are for HIR: A and B become LIR and hit each round; C, D, E take turns in the queue.
  expect(play(new Lirs(4), 4, 'A B C D E A B C D E A B')).toBe('A B C D E-C A+ B+ C-D D-E E-C A+ B+');
});

test('LIRS by hand: an HIR entry that comes back soon takes the place of the oldest LIR entry', () => {
  // C is still in the stack when it comes again, so it becomes LIR and A becomes HIR, behind D in the queue.
  expect(play(new Lirs(4), 4, 'A B C D C E F')).toBe('A B C D C+ E-D F-A');
});

test('LIRS is what a plain stack and a plain queue do', () => {
  for (const ghostsPerEntry of [0, 0.5, 2])
    expectAgreement(
      (capacity) => new Lirs(capacity, ghostsPerEntry),
      (capacity) => plainLirs(capacity, Math.ceil(capacity * ghostsPerEntry)),
    );
});

function plainLirs(capacity: number, mostGhosts: number): Reference {
  /** Stack S, its bottom first, and queue Q, its front first. */
  const s: number[] = [];
  const q: number[] = [];
  const lir = new Set<number>();
  /** In the order of their eviction. */
  const ghosts: number[] = [];
  const hirShare = Math.max(2, Math.floor(capacity / 100));
  const lirShare = Math.max(capacity - hirShare, Math.min(1, capacity - 1), 0);

  const held = (key: number): boolean => lir.has(key) || q.includes(key);
  const push = (key: number): void => {
    take(s, key);
    s.push(key);
  };
  function prune(): void {
    while (s.length > 0 && !lir.has(s[0])) take(ghosts, s.shift()!);
  }
  function makeLir(key: number): void {
    lir.add(key);
    prune();
    while (lir.size > lirShare) {
      const bottom = s.shift()!;
      lir.delete(bottom);
      q.push(bottom);
      prune();
    }
  }
  return {
    request(key) {
      if (held(key)) {
        const inStack = s.includes(key);
        push(key);
        if (lir.has(key)) prune();
        else {
          take(q, key);
          if (inStack) makeLir(key);
          else q.push(key);
        }
        return HIT;
      }
      const ghost = ghosts.includes(key);
      let evicted: number | null = null;
      if (lir.size + q.length === capacity) {
        if (q.length > 0) {
          evicted = q.shift()!;
          if (s.includes(evicted)) {
            if (mostGhosts === 0) take(s, evicted);
            else {
              if (ghosts.length === mostGhosts) take(s, ghosts.shift()!);
              ghosts.push(evicted);
            }
          }
        } else {
          evicted = s.shift()!;
          lir.delete(evicted);
          prune();
        }
      }
      take(ghosts, key);
      push(key);
      if (ghost || lir.size < lirShare) makeLir(key);
      else q.push(key);
      return { hit: false, evicted };
    },
  };
}
