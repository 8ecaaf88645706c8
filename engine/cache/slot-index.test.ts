import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
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

/** Times would depend on the machine; the places that a lookup looks at do not. */
describe('the work of the index', () => {
  const CAPACITY = 1 << 14;
  /** Places looked at by a lookup, in the mean over `keys`. */
  function probesPerLookup(index: SlotIndex, keys: readonly number[]): number {
    let reads = 0;
    const inside = index as unknown as { places: Int32Array };
    const plain = inside.places;
    inside.places = new Proxy(plain, {
      get: (of, name) => {
        // The slot of a place is read once for each place that is looked at, its key only where there is one.
        if (typeof name === 'string' && Number(name) % 2 === 1) reads++;
        return Reflect.get(of, name, of) as unknown;
      },
    });
    for (const key of keys) index.find(key);
    inside.places = plain;
    return reads / keys.length;
  }

  /** Half full, linear probing looks at 1.5 places for a key that is there and at 2.5 for another one (Knuth 6.4). */
  it.each([
    ['one after the other', (i: number) => 1_000_000 + i],
    ['a power of two apart', (i: number) => i * 4096],
    ['at random', (i: number) => Math.imul(i + 1, 0x85ebca6b)],
  ])('is a place or two for keys %s', (_, keyOf) => {
    const index = new SlotIndex(CAPACITY);
    const keys = Array.from({ length: CAPACITY }, (_, i) => keyOf(i));
    keys.forEach((key, slot) => index.add(key, slot));
    const others = Array.from({ length: CAPACITY }, (_, i) => keyOf(i + CAPACITY));
    expect(probesPerLookup(index, keys)).toBeLessThan(1.7);
    expect(probesPerLookup(index, others)).toBeLessThan(3);
  });

  it('is at most 32 bytes for a slot, and 2 more for each key with a place of its own', () => {
    const bytesOf = (index: SlotIndex): number =>
      Object.values(index as unknown as Record<string, unknown>).reduce<number>(
        (sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0),
        0,
      );
    const plain = bytesOf(new SlotIndex(10_000));
    expect(plain).toBeLessThanOrEqual(32 * 10_000);
    expect(bytesOf(new SlotIndex(10_000, 34_000)) - plain).toBe(2 * 34_000);
    expect(bytesOf(new SlotIndex(70_000, 34_000)) - bytesOf(new SlotIndex(70_000))).toBe(4 * 34_000);
  });
});
