import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextUsesOf, Opt } from './opt.ts';
import { play, PlayedCache } from './policy-tests/play.ts';

const optFor = (keys: readonly number[], capacity: number, mayDecline = false): Opt =>
  new Opt(capacity, nextUsesOf(Int32Array.from(keys), Math.max(0, ...keys) + 1), mayDecline);

function missesOf(keys: readonly number[], capacity: number, mayDecline: boolean): number {
  const cache = new PlayedCache(optFor(keys, capacity, mayDecline), capacity);
  return keys.filter((key) => !cache.request(key).hit).length;
}

test('next uses by hand', () => {
  const never = 2 ** 31 - 1;
  expect([...nextUsesOf(Int32Array.of(0, 1, 0, 2, 1), 3)]).toEqual([2, 4, never, never, never]);
});

test('OPT by hand: what is needed last goes', () => {
  const letters = 'A B C A B D A B C D';
  const keys = letters.split(' ').map((letter) => letter.charCodeAt(0));
  // D (request 5): A comes next at 6, B at 7, C at 8, so C goes. C (request 8): neither A nor B comes again.
  expect(play(optFor(keys, 3), 3, letters)).toMatch(/^A B C A\+ B\+ D-C A\+ B\+ C-[AB] D\+$/);
});

test('OPT with bypass by hand: a newcomer that is needed last does not enter', () => {
  const letters = 'A B C A B';
  const keys = letters.split(' ').map((letter) => letter.charCodeAt(0));
  expect(play(optFor(keys, 2, true), 2, letters)).toBe('A B C A+ B+');
  expect(play(optFor(keys, 2, false), 2, letters)).toMatch(/^A B C-B A\+ B-[AC]$/);
});

describe('no choice of victims misses less', () => {
  const few = fc.array(fc.nat(4), { maxLength: 11 });
  const cases = fc.tuple(few, fc.integer({ min: 1, max: 4 }));

  test.each([false, true])('bypass %s', (mayDecline) => {
    fc.assert(
      fc.property(cases, ([keys, capacity]) => {
        expect(missesOf(keys, capacity, mayDecline)).toBe(fewest(keys, capacity, mayDecline));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

/** Tries every choice. */
function fewest(keys: readonly number[], capacity: number, mayDecline: boolean): number {
  const from = (i: number, held: readonly number[]): number => {
    if (i === keys.length) return 0;
    const key = keys[i];
    if (held.includes(key)) return from(i + 1, held);
    if (held.length < capacity) return 1 + from(i + 1, [...held, key]);
    const choices = held.map((out) => from(i + 1, [...held.filter((k) => k !== out), key]));
    if (mayDecline) choices.push(from(i + 1, held));
    return 1 + Math.min(...choices);
  };
  return from(0, []);
}
