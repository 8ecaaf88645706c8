import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountGroups } from './count-groups.ts';

test('groups stand by ascending count, their slots in the order of arrival', () => {
  const capacity = 8;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(capacity - 1)), { maxLength: 200 }), (steps) => {
      const groups = new CountGroups(capacity);
      /** Slot and count, in the order in which slots came to their count. */
      let plain: { slot: number; count: number }[] = [];
      for (const [what, slot] of steps) {
        const held = plain.find((entry) => entry.slot === slot);
        const others = plain.filter((entry) => entry.slot !== slot);
        if (held === undefined) {
          groups.add(slot, 1);
          plain = [...others, { slot, count: 1 }];
        } else if (what === 0) {
          groups.remove(slot);
          plain = others;
        } else {
          groups.increment(slot);
          plain = [...others, { slot, count: held.count + 1 }];
        }
        const counts = [...new Set(plain.map((entry) => entry.count))].sort((a, b) => a - b);
        const seen: number[] = [];
        for (let group = groups.firstGroup(); group >= 0; group = groups.nextGroup(group)) {
          seen.push(groups.countOf(group));
          expect(groups.oldest(group)).toBe(plain.find((entry) => entry.count === seen.at(-1))?.slot);
        }
        expect(seen).toEqual(counts);
      }
    }),
    { seed: 1 },
  );
});
