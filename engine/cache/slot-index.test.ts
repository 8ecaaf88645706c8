import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SlotIndex } from './slot-index.ts';

test.each([0, 5])('a slot index is a map of bounded size, %i keys of it in a table', (direct) => {
  const key = fc.oneof(
    fc.integer({ min: -4, max: 12 }),
    fc.constantFrom(2 ** 31 - 1, -(2 ** 31), 0x61c88647),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const capacity = 10;
      const index = new SlotIndex(capacity, direct);
      const plain = new Map<number, number>();
      for (const [i, k] of keys.entries()) {
        if (plain.has(k)) {
          index.remove(k);
          plain.delete(k);
        } else if (plain.size < capacity) {
          index.add(k, i % capacity);
          plain.set(k, i % capacity);
        }
        for (const seen of keys) expect(index.find(seen)).toBe(plain.get(seen) ?? -1);
      }
      index.clear();
      for (const seen of keys) expect(index.find(seen)).toBe(-1);
    }),
    { seed: 1 },
  );
});
