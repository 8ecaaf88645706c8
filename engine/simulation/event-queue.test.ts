import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

describe('EventQueue', () => {
  it('gives events by time, those pushed in order and the others', () => {
    const queue = new EventQueue();
    expect(queue.peekMs()).toBe(Infinity);
    queue.push(30, 3);
    queue.pushOrdered(20, 2);
    queue.push(10, 1);
    queue.pushOrdered(40, 4);
    queue.pushOrdered(35, 35); // out of order: still comes in its turn
    expect(queue.size).toBe(5);
    expect([1, 2, 3, 4, 5].map(() => queue.pop())).toEqual([1, 2, 3, 35, 4]);
    expect(queue.size).toBe(0);
  });

  // Few distinct times make ties; a time may not lie before what has been popped.
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('heap', 'lane'), delay: fc.integer({ min: 0, max: 20 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pop'), delay: fc.constant(0) }) },
  );
  it('loses none and gives each at its time, whatever the mixture', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
        const queue = new EventQueue();
        const model = new Map<number, number>(); // code → time
        let [now, code] = [0, 0];
        const pop = (): void => {
          const earliest = Math.min(...model.values());
          expect(queue.peekMs()).toBe(earliest);
          const popped = queue.pop();
          expect(model.get(popped)).toBe(earliest);
          model.delete(popped);
          now = earliest;
        };
        for (const { do: action, delay } of steps) {
          if (action === 'pop') {
            if (model.size > 0) pop();
          } else {
            model.set(code, now + delay);
            if (action === 'heap') queue.push(now + delay, code++);
            else queue.pushOrdered(now + delay, code++);
          }
          expect(queue.size).toBe(model.size);
        }
        while (model.size > 0) pop();
        expect(queue.peekMs()).toBe(Infinity);
      }),
    );
  });

  it('grows both of its parts, also when the lane has wrapped around', () => {
    const queue = new EventQueue();
    const popped: number[] = [];
    let pushed = 0;
    // Each round pushes more than it pops, so that the lane's ring is full in the middle of a lap.
    for (let round = 0; round < 40; round++) {
      for (let i = 0; i < 100; i++) queue.pushOrdered(pushed, pushed++);
      for (let i = 0; i < 100; i++) queue.push(1e9 + ((i * 7919) % 1000), -1);
      for (let i = 0; i < 60; i++) popped.push(queue.pop());
    }
    while (popped.length < pushed) popped.push(queue.pop());
    expect(popped.every((code, i) => code === i)).toBe(true);
    let last = 0;
    while (queue.size > 0) {
      expect(queue.peekMs()).toBeGreaterThanOrEqual(last);
      last = queue.peekMs();
      expect(queue.pop()).toBe(-1);
    }
  });
});
