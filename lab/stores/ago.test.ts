import { expect, it } from 'vitest';
import { agoWords, aheadWords, lateWords } from './ago.ts';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const NOW = 100 * DAY;

it.each([
  [-5, 'just now'],
  [59_999, 'just now'],
  [MIN, '1 minute ago'],
  [12.9 * MIN, '12 minutes ago'],
  [HOUR, '1 hour ago'],
  [DAY - 1, '23 hours ago'],
  [2 * DAY, '2 days ago'],
])('%d ms ago is "%s"', (ms, words) => expect(agoWords(NOW - ms, NOW)).toBe(words));

it.each([
  [0, 'today'],
  [DAY - 1, 'today'],
  [DAY, '1 day late'],
  [2.5 * DAY, '2 days late'],
])('due %d ms ago is "%s"', (ms, words) => expect(lateWords(NOW - ms, NOW)).toBe(words));

it.each([
  [-1, 'within the hour'],
  [HOUR, 'in 1 hour'],
  [5.4 * HOUR, 'in 5 hours'],
  [3 * DAY, 'in 3 days'],
])('%d ms ahead is "%s"', (ms, words) => expect(aheadWords(NOW + ms, NOW)).toBe(words));
