import { expect, test } from 'vitest';
import { DEFAULTS, fittingSpeed, readRunAddress, speedsFor } from './run-address.ts';

const read = (query: string) => readRunAddress(new URLSearchParams(query));

test('without a query it is the default run', () => expect(read('')).toEqual(DEFAULTS));

test('all parts are read', () =>
  expect(read('scenario=news-feed&seed=7&speed=max&theme=dark')).toEqual({
    scenario: 'news-feed',
    seed: 7,
    speed: 'max',
    theme: 'dark',
  }));

test.each([
  ['seed=abc', '?seed: expected a whole number of 0 or more, got "abc".'],
  ['seed=', '?seed: expected a whole number'],
  ['seed=-1', 'got "-1"'],
  ['seed=9007199254740993', 'got "9007199254740993"'],
  ['speed=fast', '?speed: expected one of 1, 10, 60, 1440, max, got "fast".'],
  ['scenario=../etc', '?scenario: expected a name such as prime-day'],
  ['theme=blue', '?theme: expected light or dark, got "blue".'],
])('%s is refused with what was expected', (query, message) => expect(() => read(query)).toThrow(message));

test('without a pace in the address an hour takes a minute, and a day too', () => {
  expect(read('scenario=model-bill').speed).toBeUndefined();
  expect(fittingSpeed(3600)).toBe(60);
  expect(fittingSpeed(86_400)).toBe(1440);
});

test('a run that is long offers a day a minute instead of second by second', () => {
  expect(speedsFor(3600)).toEqual([1, 10, 60, 'max']);
  expect(speedsFor(86_400)).toEqual([10, 60, 1440, 'max']);
});
