import { expect, test } from 'vitest';
import { keepPlace, placeOf } from './scenario-edit-place.ts';

const FRESH = { tab: 'form', seed: 4217, scrollTop: 0, groups: {}, field: '', note: '' };

test('a place is kept by scenario, part by part; what cannot be read is the beginning', () => {
  const items = new Map<string, string>();
  const storage = (): Storage =>
    ({
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
    }) as unknown as Storage;
  expect(placeOf('a', storage)).toEqual(FRESH);
  keepPlace('a', { tab: 'json' }, storage);
  keepPlace('a', { seed: 7 }, storage);
  keepPlace(
    'c',
    { groups: { 'field-load': true, 'field-tiers': false }, field: 'field-load-users' },
    storage,
  );
  expect(placeOf('c', storage)).toEqual({
    ...FRESH,
    groups: { 'field-load': true, 'field-tiers': false },
    field: 'field-load-users',
  });
  expect([placeOf('a', storage), placeOf('b', storage)]).toEqual([{ ...FRESH, tab: 'json', seed: 7 }, FRESH]);
  items.set('surge-lab.edit/a', '{"tab":"none"}');
  expect(placeOf('a', storage)).toEqual(FRESH);
  const forbidden = (): Storage => {
    throw new DOMException('no', 'SecurityError');
  };
  expect(() => keepPlace('a', { seed: 1 }, forbidden)).not.toThrow();
  expect(placeOf('a', forbidden)).toEqual(FRESH);
});
