import { expect, it } from 'vitest';
import { pairedOf } from '../../stores/compare/paired.ts';
import { figureText, pairedWords, withInterval } from './figure-words.ts';

const NBSP = '\u00a0';
const plain = (text: string): string => text.replaceAll(NBSP, ' ');
const of = (name: string, values: number[]) => values.map((value) => ({ [name]: value }));

it('writes each figure in its unit', () => {
  expect(plain(figureText('meanMs', 94.2))).toBe('94 ms');
  expect(plain(figureText('hitRate', 0.973))).toBe('97.3 %');
  expect(plain(figureText('costUsd', 12))).toBe('$12.00');
  expect(plain(figureText('recoveredAfterS', 420))).toBe('7 min');
  expect(figureText('meanMs', NaN)).toBe('–');
});
it('writes a mean with half its interval, and a single run without one', () => {
  expect(plain(withInterval('hitRate', { mean: 0.5, low: 0.4, high: 0.6 }))).toBe('50.0 % ± 10.0 points');
  expect(plain(withInterval('hitRate', { mean: 0.5, low: null, high: null }))).toBe('50.0 %');
  expect(withInterval('hitRate', undefined)).toBe('–');
});
it('says what the pairs say, and no more', () => {
  const words = (base: number[], other: number[]): string =>
    plain(
      pairedWords(
        'meanMs',
        pairedOf(of('meanMs', base), of('meanMs', other), { name: 'meanMs', better: 'less' }),
      ),
    );
  // Differences −10, −12, −14: mean −12, deviation 2, t(2; 95 %) = 4.303, so ± 4.303 · 2 / √3 = 4.97.
  expect(words([100, 100, 100], [90, 88, 86])).toBe('−12 ms ± 5.0 ms, better');
  expect(words([100, 100, 100], [110, 112, 114])).toBe('+12 ms ± 5.0 ms, worse');
  expect(words([100, 100, 100], [90, 100, 116])).toMatch(/, may be chance$/);
  expect(words([100], [90])).toBe('−10 ms, may be chance');
  expect(words([100, 100], [100, 100])).toBe('the same in each pair');
  expect(words([100, NaN], [100, 100])).toBe('–');
});
