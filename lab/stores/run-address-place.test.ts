import { expect, test } from 'vitest';
import { readRunAddress, runQuery } from './run-address.ts';
import { readClosely, readPlace, withPlace } from './run-address-place.ts';

const of = (text: string) => new URLSearchParams(text);

test('an address names a place, how far the run has come, and what is looked at there', () => {
  expect(readPlace(of('t=431&to=900.25'))).toEqual({ atS: 431, toS: 900.25 });
  expect(readPlace(of('t=0'))).toEqual({ atS: 0, toS: undefined });
  expect(readPlace(of('seed=7'))).toBeUndefined();
  expect(readClosely(of('micro=1&request=57&why=3'))).toEqual({ micro: true, request: 57, why: 3 });
  expect(readClosely(of('request=-2'))).toMatchObject({ micro: false, request: -2 });
  expect(readRunAddress(of('scenario=prime-day&t=431')).place).toEqual({ atS: 431, toS: undefined });
  expect(readRunAddress(of('scenario=prime-day')).place).toBeUndefined();
});

test('what is written is read again, and the rest of the address stays letter for letter', () => {
  const query = '?scenario=prime-day&seed=4217&at=02:19:00+l3=on&set=a.b=1,2';
  const place = { atS: 1060.125, toS: 2000 };
  const written = withPlace(query, place, { micro: true, request: 9, why: 4 });
  expect(written).toBe(`${query}&t=1060.125&to=2000&micro=1&request=9&why=4`);
  expect(readPlace(of(written))).toEqual(place);
  expect(withPlace(written)).toBe(query);
  expect(withPlace('?t=5')).toBe('');
  expect(withPlace('', { atS: 7 })).toBe('?t=7');
  expect(withPlace('', undefined, { micro: false, request: 3 })).toBe('');
  expect(runQuery({ scenario: 'prime-day', seed: 1 }, { place: { atS: 7 } })).toBe(
    '?scenario=prime-day&seed=1&t=7',
  );
});

test.each([
  [
    't=-1',
    '?t: expected seconds from the start of the run, such as 431, got "-1". Correct it in the address.',
  ],
  ['t=', /^\?t: expected seconds/],
  ['t=1e3', /^\?t: expected seconds/],
  ['t=NaN', /got "NaN"/],
  ['to=x', /^\?to: expected seconds/],
  ['t=10&to=9', '?t: expected at most 9, as far as ?to takes the run, got 10. Correct it in the address.'],
  ['micro=yes', /^\?micro: expected 1, got "yes"/],
  ['request=0', /^\?request: expected the number of a request/],
  ['why=-1', /^\?why: expected the number of an event/],
])('%s is refused with what was expected', (text, message) => {
  expect(() => readRunAddress(of(text))).toThrow(message);
});
