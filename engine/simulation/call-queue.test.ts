import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallQueue, DEAD, GONE, NO_KEY } from './call-queue.ts';

/** A queue with the positions that it tells of, as Calls keeps them. */
function queueWithPositions(): { queue: CallQueue; positions: Map<number, number> } {
  const positions = new Map<number, number>();
  const queue = new CallQueue((slot, position) => positions.set(slot, position));
  return { queue, positions };
}

describe('CallQueue', () => {
  it('is served from either end', () => {
    const { queue } = queueWithPositions();
    expect(queue.takeOldest()).toBe(GONE);
    expect(queue.takeNewest()).toBe(GONE);
    for (const slot of [10, 11, 12, 13]) queue.add(slot, slot * 100);
    expect(queue.takeOldest()).toBe(10);
    expect(queue.takenEnqueuedMs).toBe(1000);
    expect(queue.takeNewest()).toBe(13);
    expect(queue.takenEnqueuedMs).toBe(1300);
    expect(queue.identified()).toEqual([11, 12]);
    expect(queue.size).toBe(2);
  });

  it('keeps dead work in its place, with its key, until it is dropped', () => {
    const { queue } = queueWithPositions();
    const [first, second] = [queue.add(1, 10), queue.add(2, 20)];
    queue.add(3, 30);
    queue.markDead(first, 77);
    queue.remove(second);
    expect([queue.size, queue.dead]).toEqual([2, 1]);
    expect(queue.takeOldest()).toBe(DEAD);
    expect([queue.takenEnqueuedMs, queue.takenKey]).toEqual([10, 77]);
    expect([queue.size, queue.dead]).toEqual([1, 0]);
    queue.markDead(queue.add(4, 40), 5);
    expect(queue.dropDead()).toBe(1);
    expect(queue.identified()).toEqual([3]);
    expect(queue.takeNewest()).toBe(3);
    expect(queue.takenKey).toBe(NO_KEY);
    expect(queue.takeOldest()).toBe(GONE);
  });

  it('drops everything at once', () => {
    const { queue } = queueWithPositions();
    for (let slot = 0; slot < 5; slot++) queue.add(slot, slot);
    expect(queue.clear()).toBe(5);
    expect([queue.size, queue.dead, queue.takeOldest()]).toEqual([0, 0, GONE]);
    queue.add(9, 9);
    expect(queue.takeOldest()).toBe(9);
  });

  /** A call as a list would keep it; the list is from the oldest to the newest. */
  interface Call {
    slot: number;
    key: number;
    atMs: number;
    dead: boolean;
  }
  // Adds come in hundreds, so that the ring of 256 is compacted and doubled in the middle of everything else.
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('add'), n: fc.integer({ min: 1, max: 120 }) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('kill'), n: fc.integer({ min: 1, max: 120 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('oldest', 'newest'), n: fc.integer({ min: 1, max: 60 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('remove'), n: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('drop', 'clear'), n: fc.constant(0) }) },
  );
  /**
   * @param exact keys are kept, so that no dead call is merged and each is known by itself. Otherwise the age and key of a
   * dead one may be those of its run, but who is served next, and how many wait, must not change.
   */
  const compare = (exact: boolean) => (steps: { do: string; n: number }[], stepMs: number) => {
    const { queue, positions } = queueWithPositions();
    queue.keepKeys = exact;
    const list: Call[] = [];
    let [now, nextSlot] = [0, 0];
    let [waits, waitsOfList] = [0, 0];
    const take = (end: 'oldest' | 'newest'): void => {
      const slot = end === 'oldest' ? queue.takeOldest() : queue.takeNewest();
      const call = end === 'oldest' ? list.shift() : list.pop();
      expect(slot).toBe(call ? (call.dead ? DEAD : call.slot) : GONE);
      if (!call) return;
      waits += now - queue.takenEnqueuedMs;
      waitsOfList += now - call.atMs;
      if (exact || !call.dead) expect(queue.takenEnqueuedMs).toBe(call.atMs);
      if (exact) expect(queue.takenKey).toBe(call.dead ? call.key : NO_KEY);
    };
    for (const { do: action, n } of steps) {
      for (let i = 0; i < n; i++) {
        now += stepMs;
        const living = list.filter((c) => !c.dead);
        const one = living[(i * 7 + n) % Math.max(1, living.length)];
        if (action === 'add') {
          const slot = nextSlot++;
          list.push({ slot, key: slot * 3, atMs: now, dead: false });
          positions.set(slot, queue.add(slot, now));
        } else if (action === 'kill' && one) {
          one.dead = true;
          queue.markDead(positions.get(one.slot)!, one.key);
        } else if (action === 'remove' && one) {
          list.splice(list.indexOf(one), 1);
          queue.remove(positions.get(one.slot)!);
        } else if (action === 'oldest' || action === 'newest') take(action);
      }
      if (action === 'drop') {
        expect(queue.dropDead()).toBe(list.filter((c) => c.dead).length);
        list.splice(0, list.length, ...list.filter((c) => !c.dead));
      } else if (action === 'clear') {
        expect(queue.clear()).toBe(list.length);
        list.length = 0;
      }
      expect(queue.size).toBe(list.length);
      expect(queue.dead).toBe(list.filter((c) => c.dead).length);
      expect(queue.identified()).toEqual(list.filter((c) => !c.dead).map((c) => c.slot));
    }
    // Served from one end only, a run's members together have waited as long as they did one by one.
    const oneEnd = steps.every((s) => s.do === 'add' || s.do === 'kill' || s.do === 'oldest');
    while (list.length > 0) take('oldest');
    expect(queue.takeOldest()).toBe(GONE);
    if (exact || oneEnd) expect(waits / Math.max(1, waitsOfList)).toBeCloseTo(waitsOfList > 0 ? 1 : 0, 9);
  };

  it('does as a list does, when dead calls keep their keys', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(0, 1, 400), compare(true)));
  });
  it('serves as a list does, when dead neighbours are merged', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom(0, 1, 400), compare(false)));
  });
  it('keeps the sum of waits, when dead neighbours are merged', () => {
    const killAndServe = step.filter((s) => ['add', 'kill', 'oldest'].includes(s.do));
    fc.assert(
      fc.property(fc.array(killAndServe, { maxLength: 30 }), fc.constantFrom(1, 400), compare(false)),
    );
  });

  it('needs an entry for ten seconds of dead calls, not one for each', () => {
    const { queue } = queueWithPositions();
    const hourMs = 3_600_000;
    for (let i = 0; i < 1_000_000; i++) queue.markDead(queue.add(i, (i * hourMs) / 1_000_000), i);
    expect(queue.dead).toBe(1_000_000);
    expect(queue.entries).toBeLessThanOrEqual(hourMs / 10_000 + 512);
    expect(queue.dropDead()).toBe(1_000_000);
    expect(queue.entries).toBe(0);
  });
});
