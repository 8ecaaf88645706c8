import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { ln } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { estimate, misfits, SEEDS } from '../simulation/theory-tests/over-seeds.ts';
import { batchSchema, Batcher, distribute, type BatchSettings } from './batcher.ts';

const batcher = (settings: Partial<BatchSettings> = {}): Batcher =>
  new Batcher({ ...parse(batchSchema, { on: true }, 'batch'), ...settings });

describe('Batcher, by hand', () => {
  it('has the settings of the module, and is off until it is asked for', () => {
    expect(parse(batchSchema, {}, 'batch')).toEqual({ on: false, size: 5, windowMs: 100 });
  });

  it('sends five as one, in the order of their arrival', () => {
    const b = batcher();
    expect(b.add(1, 30, 0)).toBe('opened');
    expect(b.dueMs(1)).toBe(100);
    expect([10, 20, 50].map((item, i) => b.add(1, item, 10 * (i + 1)))).toEqual([
      'joined',
      'joined',
      'joined',
    ]);
    expect(b.add(1, 40, 50)).toEqual([30, 10, 20, 50, 40]);
    // 50 + 40 + 30 + 20 + 0 ms of waiting.
    expect(b.counts).toEqual({ batches: 1, items: 5, full: 1, timedOut: 0, waitedMs: 140 });
    expect([b.waiting, b.dueMs(1), b.generation(1)]).toEqual([0, Infinity, 0]);
  });

  it('sends what there is when the window of the first one is over, however steady the trickle', () => {
    const b = batcher({ size: 1000 });
    b.add(7, 1, 1000);
    const generation = b.generation(7);
    for (let i = 2; i <= 10; i++) expect(b.add(7, i, 1000 + 10 * (i - 1))).toBe('joined');
    expect(b.dueMs(7)).toBe(1100);
    expect(b.due(7, generation, 1100)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(b.counts).toEqual({ batches: 1, items: 10, full: 0, timedOut: 1, waitedMs: 550 });
  });

  it('keeps groups apart', () => {
    const b = batcher({ size: 2 });
    b.add(1, 11, 0);
    expect(b.add(2, 21, 1)).toBe('opened');
    expect(b.add(1, 12, 2)).toEqual([11, 12]);
    expect(b.flush(2, 3)).toEqual([21]);
    expect(b.flush(2, 3)).toBeNull();
  });

  it('does not mind the timer of a window that went by size', () => {
    const b = batcher({ size: 2 });
    b.add(1, 1, 0);
    const stale = b.generation(1);
    b.add(1, 2, 10);
    expect(b.due(1, stale, 100)).toBeNull();
    b.add(1, 3, 90);
    // The late timer of the first window must not cut the second one short.
    expect(b.due(1, stale, 100)).toBeNull();
    expect(b.due(1, b.generation(1), 190)).toEqual([3]);
    expect(b.due(1, 0, 300)).toBeNull();
  });

  it('lets a timer that fires a moment early have its batch, as no second one will come', () => {
    const b = batcher();
    b.add(1, 1, 0);
    expect(b.due(1, b.generation(1), 99.6)).toEqual([1]);
  });

  it('sends each alone at once when it is off, or when a batch is one', () => {
    for (const settings of [{ on: false }, { size: 1 }]) {
      const b = batcher(settings);
      expect([b.add(1, 5, 0), b.add(1, 6, 0)]).toEqual([[5], [6]]);
      expect(b.counts).toMatchObject({ batches: 2, items: 2, waitedMs: 0 });
    }
  });

  it('puts those of the same instant together when the window is 0', () => {
    const b = batcher({ windowMs: 0 });
    expect(b.add(1, 1, 10)).toBe('opened');
    expect(b.dueMs(1)).toBe(10);
    expect(b.due(1, b.generation(1), 10)).toEqual([1]);
  });

  it('takes out one who gave up; the last one out closes the window', () => {
    const b = batcher();
    b.add(1, 1, 0);
    b.add(1, 2, 10);
    const generation = b.generation(1);
    expect([b.remove(1, 1), b.remove(1, 1), b.remove(9, 1)]).toEqual([true, false, false]);
    expect(b.waiting).toBe(1);
    expect(b.remove(1, 2)).toBe(true);
    expect(b.due(1, generation, 100)).toBeNull();
    expect(b.add(1, 3, 200)).toBe('opened');
  });
});

describe('Batcher, when its settings change', () => {
  const withThree = (): Batcher => {
    const b = batcher({ size: 10 });
    for (const item of [1, 2, 3]) b.add(1, item, item);
    return b;
  };

  it('sends by the smaller size at the next item, all of them', () => {
    const b = withThree();
    b.settings = { ...b.settings, size: 2 };
    expect(b.add(1, 4, 20)).toEqual([1, 2, 3, 4]);
  });

  it('sends by the shorter window at the next item, or at the timer that is set', () => {
    const b = withThree();
    b.settings = { ...b.settings, windowMs: 10 };
    expect(b.dueMs(1)).toBe(101);
    expect(b.add(1, 4, 5)).toBe('joined');
    expect(b.add(1, 5, 11)).toEqual([1, 2, 3, 4, 5]);
    expect(b.counts.timedOut).toBe(1);
    const timed = withThree();
    timed.settings = { ...timed.settings, windowMs: 10 };
    expect(timed.due(1, timed.generation(1), 101)).toEqual([1, 2, 3]);
  });

  it('keeps the end of an open window when windows become longer', () => {
    const b = withThree();
    b.settings = { ...b.settings, windowMs: 5000 };
    expect(b.add(1, 4, 101)).toEqual([1, 2, 3, 4]);
  });

  it('leaves nobody behind when it is turned off', () => {
    const b = withThree();
    b.settings = { ...b.settings, on: false };
    expect(b.add(1, 4, 20)).toEqual([1, 2, 3, 4]);
    expect(b.add(1, 5, 20)).toEqual([5]);
  });
});

interface Timer {
  atMs: number;
  group: number;
  generation: number;
}

/**
 * Drives a batcher in virtual time: one timer for each window that opens, stale ones left in place as a live
 * driver might.
 */
function drive(b: Batcher, arrivals: readonly { atMs: number; group: number }[]): number[][] {
  const timers: Timer[] = [];
  const batches: number[][] = [];
  const fireUntil = (nowMs: number): void => {
    while (timers.length > 0 && timers[0]!.atMs <= nowMs) {
      const timer = timers.shift()!;
      const batch = b.due(timer.group, timer.generation, timer.atMs);
      if (batch) batches.push(batch);
    }
  };
  arrivals.forEach(({ atMs, group }, item) => {
    fireUntil(atMs);
    const added = b.add(group, item, atMs);
    if (added === 'opened') {
      timers.push({ atMs: b.dueMs(group), group, generation: b.generation(group) });
      timers.sort((x, y) => x.atMs - y.atMs);
    } else if (added !== 'joined') batches.push(added);
  });
  fireUntil(Infinity);
  return batches;
}

describe('Batcher, always', () => {
  it('sends each item exactly once, in order within its group, none later than its window and no batch above its size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 50 }),
        fc.array(fc.record({ gap: fc.integer({ min: 0, max: 40 }), group: fc.integer({ min: 0, max: 2 }) }), {
          maxLength: 80,
        }),
        (size, windowMs, steps) => {
          const b = batcher({ size, windowMs });
          let atMs = 0;
          const arrivals = steps.map(({ gap, group }) => ({ atMs: (atMs += gap), group }));
          const batches = drive(b, arrivals);
          expect(batches.flat().sort((x, y) => x - y)).toEqual(arrivals.map((_, i) => i));
          for (const batch of batches) {
            expect(batch.length).toBeLessThanOrEqual(size);
            expect(batch).toEqual([...batch].sort((x, y) => x - y));
            expect(new Set(batch.map((i) => arrivals[i]!.group)).size).toBe(1);
            const span = arrivals[batch.at(-1)!]!.atMs - arrivals[batch[0]!]!.atMs;
            expect(span).toBeLessThanOrEqual(windowMs);
          }
          expect(b.waiting).toBe(0);
          expect(b.counts.full + b.counts.timedOut).toBe(b.counts.batches);
          expect(b.counts.waitedMs).toBeLessThanOrEqual(arrivals.length * windowMs);
        },
      ),
    );
  });
});

/** Means over one seeded run of Poisson arrivals; times in seconds. */
function poissonRun(lam: number, w: number, seed: number, arrivals: number, size = 100_000) {
  const random = new RandomStream(seed, 'arrivals');
  const b = batcher({ size, windowMs: w * 1000 });
  let atMs = 0;
  drive(
    b,
    Array.from({ length: arrivals }, () => ({
      atMs: (atMs += (-ln(random.uniform()) / lam) * 1000),
      group: 0,
    })),
  );
  const { batches, items, waitedMs } = b.counts;
  return {
    meanBatch: items / batches,
    meanAddedWait: waitedMs / items / 1000,
    batchesPerS: batches / (atMs / 1000),
  };
}

function overRuns(lam: number, w: number, arrivals: number, size?: number) {
  const runs = Array.from({ length: SEEDS }, (_, i) => poissonRun(lam, w, i + 1, arrivals, size));
  return {
    meanBatch: estimate(runs.map((r) => r.meanBatch)),
    meanAddedWait: estimate(runs.map((r) => r.meanAddedWait)),
    batchesPerS: estimate(runs.map((r) => r.batchesPerS)),
  };
}

/** Windows opened by the first arrival, Poisson at `lam` a second, window `w` s, no bound on the size. */
const WINDOWS = [
  { lam: 100, w: 0.01, meanBatch: 2, meanAddedWait: 0.0075, batchesPerS: 50 },
  { lam: 100, w: 0.05, meanBatch: 6, meanAddedWait: 0.029166667, batchesPerS: 16.666667 },
  { lam: 1000, w: 0.01, meanBatch: 11, meanAddedWait: 0.0054545455, batchesPerS: 90.909091 },
  { lam: 10, w: 0.05, meanBatch: 1.5, meanAddedWait: 0.041666667, batchesPerS: 6.6666667 },
];

describe('Batcher under Poisson arrivals', () => {
  it.each(WINDOWS)('meets theory at $lam a second, window $w s', ({ lam, w, ...expected }) => {
    const power = { power: 0.03 };
    expect(
      misfits(overRuns(lam, w, 8000), {
        meanBatch: { value: expected.meanBatch, ...power },
        meanAddedWait: { value: expected.meanAddedWait, ...power },
        batchesPerS: { value: expected.batchesPerS, ...power },
      }),
    ).toEqual([]);
  });

  it('is as large as min(size, 1 + a Poisson number) on average when the size binds', () => {
    const [mean, size] = [5, 5];
    let [p, meanBatch] = [Math.exp(-mean), 0];
    for (let k = 0; k < 200; k++) {
      meanBatch += p * Math.min(size, 1 + k);
      p *= mean / (k + 1);
    }
    expect(misfits(overRuns(50, 0.1, 8000, size), { meanBatch: { value: meanBatch, power: 0.02 } })).toEqual(
      [],
    );
  });

  it('only adds its window to the wait when there is little load', () => {
    const { meanBatch, meanAddedWait } = overRuns(0.1, 0.1, 2000);
    expect(meanBatch.mean).toBeLessThan(1.02);
    expect(meanAddedWait.mean).toBeGreaterThan(0.098);
  });
});

describe('answers of a batch', () => {
  const value = (item: number) => ({ item, value: `a${item}` });

  it('go to whom they are for, in the order asked, whatever order they come in', () => {
    const { outcomes, individually, surplus } = distribute([3, 1, 2], {
      labelled: [value(2), value(3), { item: 1, error: 'refused' }],
    });
    expect(outcomes).toEqual([
      { item: 3, kind: 'answer', value: 'a3' },
      { item: 1, kind: 'failed', error: 'refused' },
      { item: 2, kind: 'answer', value: 'a2' },
    ]);
    expect([individually, surplus]).toEqual([[], 0]);
  });

  it('that are missing are asked for one by one; those nobody asked for, and second ones, are left', () => {
    const { outcomes, individually, surplus } = distribute([1, 2, 3, 4], {
      labelled: [value(4), value(9), value(1), { item: 1, value: 'again' }],
    });
    expect(individually).toEqual([2, 3]);
    expect(surplus).toBe(2);
    expect(outcomes[0]).toEqual({ item: 1, kind: 'answer', value: 'a1' });
  });

  it('without labels are taken by place only when there are as many as items', () => {
    const three = [{ value: 'a' }, { error: 'no' }, { value: 'c' }];
    expect(distribute([1, 2, 3], { inOrder: three }).outcomes.map((o) => o.kind)).toEqual([
      'answer',
      'failed',
      'answer',
    ]);
    expect(distribute([1, 2, 3, 4], { inOrder: three }).individually).toEqual([1, 2, 3, 4]);
    expect(distribute([1, 2], { inOrder: three })).toMatchObject({ individually: [1, 2], surplus: 1 });
    expect(distribute([1, 2], { inOrder: [] }).individually).toEqual([1, 2]);
  });

  it('read as a prefix serve an answer that was cut, and hand out wrong ones when one in the middle was left out', () => {
    const cut = { inOrder: [{ value: 'a1' }, { value: 'a2' }] };
    expect(distribute([1, 2, 3], cut, 'prefix').individually).toEqual([3]);
    const leftOut = { inOrder: [{ value: 'a1' }, { value: 'a3' }] };
    expect(distribute([1, 2, 3], leftOut, 'prefix').outcomes[1]).toEqual({
      item: 2,
      kind: 'answer',
      value: 'a3',
    });
    expect(distribute([1, 2, 3], leftOut).individually).toEqual([1, 2, 3]);
    const many = { inOrder: [{ value: 'a1' }, { value: 'a2' }] };
    expect(distribute([1], many, 'prefix')).toMatchObject({ individually: [], surplus: 1 });
  });

  it('that are one error for all make all individual; a batch of one has failed', () => {
    expect(distribute([1, 2], { error: 'down' }).individually).toEqual([1, 2]);
    expect(distribute([1], { error: 'down' })).toEqual({
      outcomes: [{ item: 1, kind: 'failed', error: 'down' }],
      individually: [],
      surplus: 0,
    });
  });

  it('are always one for each item, in the order asked, and never for the wrong item', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(20), { maxLength: 12 }),
        fc.array(fc.record({ item: fc.nat(25), fails: fc.boolean() }), { maxLength: 20 }),
        (items, given) => {
          const labelled = given.map(({ item, fails }) =>
            fails ? { item, error: `e${item}` } : value(item),
          );
          const { outcomes, individually, surplus } = distribute(items, { labelled });
          expect(outcomes.map((o) => o.item)).toEqual(items);
          for (const o of outcomes) {
            if (o.kind === 'answer') expect(o.value).toBe(`a${o.item}`);
            if (o.kind === 'failed') expect(o.error).toBe(`e${o.item}`);
            expect(individually.includes(o.item)).toBe(!given.some((g) => g.item === o.item));
          }
          expect(surplus).toBe(given.length - (items.length - individually.length));
        },
      ),
    );
  });
});

describe('settings of a batch', () => {
  it.each([
    [{ size: 0 }, 'size: expected a whole number from 1 to 100000, got 0.'],
    [{ size: 2.5 }, 'size: expected a whole number, got 2.5.'],
    [{ windowMs: -1 }, 'windowMs: expected a number of 0 or more, got -1.'],
    [{ windowMs: Infinity }, 'windowMs: expected a finite number, got Infinity.'],
  ])('refuse %j', (settings, message) => {
    expect(() => parse(batchSchema, settings, 'batch')).toThrow(InputError);
    expect(() => parse(batchSchema, settings, 'batch')).toThrow(message);
  });
});
