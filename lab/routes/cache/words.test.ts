import { describe, expect, it } from 'vitest';
import { bytes, errorAtField, healthInWords, smallDollars, typedNumber } from './words.ts';
import { parseDataPolicy } from '../../../engine/cache/data-policies.ts';
import type { StoreHealth } from '../../../engine/cache/tiers/indexeddb-connection.browser.ts';

it('bytes in the unit that fits', () =>
  expect([0, 999, 1234, 81_900, 7_085_680, 1.07e10].map(bytes)).toEqual(
    ['0 B', '999 B', '1.2 kB', '81.9 kB', '7.1 MB', '10.7 GB'].map((text) => text.replace(' ', '\u00a0')),
  ));

it('small amounts keep their figures', () =>
  expect([0, 0.00334, 0.25].map(smallDollars)).toEqual(['$0.000', '$0.00334', '$0.250']));

describe('the health of the storage', () => {
  it.each<[StoreHealth, boolean]>([
    ['ready', true],
    ['opening', true],
    ['full', false],
    ['blocked', false],
    ['unavailable', false],
    ['outdated', false],
    ['lost', false],
    ['closed', false],
  ])('%s', (state, ok) => {
    const health = healthInWords({ state, message: 'why' }, 'none');
    expect(health.ok).toBe(ok);
    expect(health.text).not.toBe('');
  });

  it('a private window is thought of', () =>
    expect(healthInWords({ state: 'unavailable', message: 'refused' }, 'none').text).toContain(
      'private window',
    ));

  it('what was switched comes first', () =>
    expect(healthInWords({ state: 'ready', message: '' }, 'full').short).toBe('full'));
});

it('what was typed: a number, nothing, or the text that is none', () =>
  expect([' 12 ', '', 'ten', '1e3'].map(typedNumber)).toEqual([12, null, 'ten', 1000]));

it('an error beside its field does not name the field', () => {
  const wrong = (): unknown => {
    try {
      return parseDataPolicy({ name: 'x', levels: ['l1'], ttlS: -5 });
    } catch (error) {
      return error;
    }
  };
  expect(errorAtField(wrong())).toBe('Expected a number above 0, got -5.');
});
