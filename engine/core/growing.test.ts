import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubled, SlotAllocator } from './growing.ts';

describe('doubled', () => {
  it('keeps type and contents', () => {
    expect(doubled(Float64Array.of(1, 2))).toEqual(Float64Array.of(1, 2, 0, 0));
    expect(doubled(Int32Array.of(3))).toEqual(Int32Array.of(3, 0));
  });
});

describe('SlotAllocator', () => {
  it('never gives a slot twice, grows when all are taken, and no further than it must', () => {
    const commands = fc.array(fc.oneof(fc.constant(-1), fc.nat(50)), { maxLength: 300 });
    fc.assert(
      fc.property(commands, (list) => {
        let capacity = 4;
        const slots = new SlotAllocator(4, () => (capacity *= 2));
        const taken: number[] = [];
        let most = 0;
        for (const command of list) {
          if (command < 0) {
            const slot = slots.take();
            expect(taken).not.toContain(slot);
            expect(slot).toBeLessThan(slots.capacity);
            taken.push(slot);
          } else if (taken.length > 0) slots.give(taken.splice(command % taken.length, 1)[0]!);
          most = Math.max(most, taken.length);
          expect(slots.taken).toBe(taken.length);
          expect(slots.capacity).toBe(capacity);
        }
        expect(capacity).toBeLessThan(Math.max(5, 2 * most));
      }),
    );
  });
});
