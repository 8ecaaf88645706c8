import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyTable } from './key-table.ts';

test('a key table numbers keys in the order in which they come', () => {
  const number = fc.oneof(fc.nat(50), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
  fc.assert(
    fc.property(fc.array(fc.oneof(number, fc.string()), { maxLength: 3000 }), (keys) => {
      const table = new KeyTable();
      const plain = new Map<number | string, number>();
      for (const key of keys) {
        if (!plain.has(key)) plain.set(key, plain.size);
        expect(typeof key === 'number' ? table.ofNumber(key) : table.ofString(key)).toBe(plain.get(key));
      }
      expect(table.size).toBe(plain.size);
    }),
    { seed: 1 },
  );
});

test('it grows, and tells 64-bit keys apart', () => {
  const table = new KeyTable();
  for (let i = 0; i < 10_000; i++) expect(table.ofWords(i % 100, Math.floor(i / 100))).toBe(i);
  for (let i = 0; i < 10_000; i++) expect(table.ofWords(i % 100, Math.floor(i / 100))).toBe(i);
  expect(table.ofNumber(3 * 4294967296 + 5)).toBe(305);
});
