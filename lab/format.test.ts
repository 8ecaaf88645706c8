import { describe, expect, test } from 'vitest';
import {
  count,
  dollars,
  dollarsPerHour,
  milliseconds,
  percent,
  plainSpan,
  rate,
  span,
  waiting,
} from './format.ts';

/** Figures and units hold together by a no-break space; the tests read better with a plain one. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('numbers as the page writes them', () => {
  test.each([
    [4.17, '4.2 ms'],
    [9.96, '10 ms'],
    [94, '94 ms'],
    [999.6, '1.00 s'],
    [12_000, '12.00 s'],
    [120_000, '120 s'],
    [NaN, '–'],
    [null, '–'],
  ])('%s milliseconds', (value, text) => expect(plain(milliseconds(value))).toBe(text));

  test.each([
    [0, '0'],
    [999.4, '999'],
    [999.6, '1.0 k'],
    [2004, '2.0 k'],
    [57_000, '57.0 k'],
    [99_960, '100 k'],
    [228_000, '228 k'],
    [999_600, '1.0 M'],
    [29_400_000, '29.4 M'],
    [127_000_000, '127 M'],
    [-2004, '−2.0 k'],
    [undefined, '–'],
  ])('%s as a count', (value, text) => expect(plain(count(value))).toBe(text));

  test('rates, shares and money', () => {
    expect(plain(rate(57_000))).toBe('57.0 k/s');
    expect(plain(percent(0.9784))).toBe('97.8 %');
    expect(plain(percent(1.264, 0))).toBe('126 %');
    expect(plain(dollars(4.2))).toBe('$4.20');
    expect(plain(dollars(600_000))).toBe('$600 k');
    expect(plain(dollars(3_600_000))).toBe('$3.6 M');
    expect(plain(dollars(3_000_000))).toBe('$3 M');
    expect(plain(dollars(49_012))).toBe('$49.0 k');
    expect(plain(dollarsPerHour(178_200))).toBe('$178 k/h');
    expect(dollarsPerHour(NaN)).toBe('–');
  });

  test('lengths of time', () => {
    expect(span(160.9)).toBe('2:40');
    expect(span(3760)).toBe('1:02:40');
    expect(span(-3)).toBe('0:00');
    expect(plain(plainSpan(420))).toBe('7 min');
    expect(plain(plainSpan(90))).toBe('90 s');
    expect(plain(waiting(14.2))).toBe('15 s');
    expect(plain(waiting(170))).toBe('3 min');
    expect(plain(waiting(7200))).toBe('2.0 h');
  });
});
