import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ln } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { CLASSES, CriticalityShedder, shedderSchema, type CriticalityClass } from './shedder.ts';

const shedder = (settings: object = {}) => new CriticalityShedder(parse(shedderSchema, settings, 'shedder'));
const shares = (s: CriticalityShedder) =>
  ([0, 1, 2, 3] as const).map((c) => Number(s.admittedShare(c).toFixed(3)));

/** One window: 25 arrivals of each class, one for each user, and a wait. */
function window(s: CriticalityShedder, index: number, delayMs: number): number {
  let admitted = 0;
  for (let user = 0; user < 25; user++)
    for (let c = 0; c < CLASSES; c++) if (s.admits(c as CriticalityClass, user, index * 1000 + 1)) admitted++;
  s.onDequeue(delayMs, index * 1000 + 2);
  return admitted;
}

describe('CriticalityShedder', () => {
  const small = { userLevels: 25, shedStep: 0.1, relaxStep: 0.04 };

  it('sheds the lowest class first, a tenth of what was let in each window, and lets in 4 of 100 again', () => {
    const s = shedder(small);
    expect([0, 1, 2].map((i) => window(s, i, 30))).toEqual([100, 90, 81]);
    expect(shares(s)).toEqual([1, 1, 1, 0.24]);
    expect(window(s, 3, 15)).toBe(72); // 0.9 × 81 is 72.9; and between the two delays nothing changes
    expect([4, 5, 6].map((i) => window(s, i, 5))).toEqual([72, 76, 80]);
    for (let i = 7; i < 20; i++) window(s, i, 0);
    expect(window(s, 20, 0)).toBe(100);
  });

  it('ends a window by its number of arrivals too', () => {
    const s = shedder({ ...small, windowArrivals: 100 });
    s.onDequeue(50, 0);
    for (let i = 0; i < 100; i++) s.admits((i % 4) as CriticalityClass, i, 1);
    expect(shares(s)).toEqual([1, 1, 1, 1]);
    s.admits(0, 0, 1);
    expect(s.admittedShare(3)).toBeLessThan(1);
  });

  it('sheds everything in the end, and comes back from that, also after a pause', () => {
    const s = shedder(small);
    for (let i = 0; i < 200; i++) window(s, i, 1000);
    expect(shares(s)).toEqual([0, 0, 0, 0]);
    expect(window(s, 300, 0)).toBe(0);
    for (let i = 301; i < 330; i++) window(s, i, 0);
    expect(shares(s)).toEqual([1, 1, 1, 1]);
  });

  it('never sheds a class while a lower one is let in, nor one user of a class while a higher number is let in', () => {
    const step = fc.record({
      c: fc.nat({ max: 3 }),
      user: fc.nat(),
      gapMs: fc.nat({ max: 300 }),
      delayMs: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 300 }),
        fc.integer({ min: 1, max: 16 }),
        (steps, userLevels) => {
          const s = shedder({ userLevels, shedStep: 0.3, relaxStep: 0.2 });
          let nowMs = 0;
          for (const { c, user, gapMs, delayMs } of steps) {
            nowMs += gapMs;
            s.onDequeue(delayMs, nowMs);
            const admitted = s.admits(c as CriticalityClass, user, nowMs);
            // Nothing but time moves the cut-off, so asking again at once is the same instant.
            const [admittedLater, lower] = [s.admits(c as CriticalityClass, user, nowMs), Math.min(3, c + 1)];
            expect(admittedLater).toBe(admitted);
            const shareOf = shares(s);
            for (let k = 1; k < CLASSES; k++) if (shareOf[k]! > 0) expect(shareOf[k - 1]).toBe(1);
            if (!admitted && lower > c) expect(s.admits(lower as CriticalityClass, user, nowMs)).toBe(false);
            if (admitted && c > 0) expect(s.admits((c - 1) as CriticalityClass, ~user, nowMs)).toBe(true);
          }
        },
      ),
    );
  });

  /**
   * A server for 1000 a second, Poisson arrivals of `mix` by class from 2000 users. Over the last half: share of each class let in, mean
   * wait, and the range of what a second let in.
   */
  function serve(ratePerS: number, mix: readonly number[], settings: object) {
    const random = new RandomStream(1, 'shedder');
    const s = shedder(settings);
    const [came, entered] = [new Float64Array(CLASSES), new Float64Array(CLASSES)];
    const bySecond = new Float64Array(200);
    const queue: number[] = [];
    let [nowMs, freeMs, head, sumMs, served] = [0, 0, 0, 0, 0];
    while (nowMs < 200_000) {
      nowMs -= (ln(random.uniform()) * 1000) / ratePerS;
      while (head < queue.length && freeMs <= nowMs) {
        const waitMs = Math.max(0, freeMs - queue[head]!);
        const startMs = queue[head++]! + waitMs;
        s.onDequeue(waitMs, startMs);
        freeMs = startMs + 1;
        if (nowMs > 100_000) {
          sumMs += waitMs;
          served++;
        }
      }
      const u = random.uniform();
      const c = mix.findIndex(
        (_, i) => u < mix.slice(0, i + 1).reduce((a, b) => a + b, 0),
      ) as CriticalityClass;
      const ok = s.admits(c, random.below(2000) * 7919, nowMs);
      if (ok) queue.push(nowMs);
      if (nowMs > 100_000) {
        came[c]!++;
        if (ok) entered[c]!++;
      }
      if (ok && nowMs < 200_000) bySecond[Math.floor(nowMs / 1000)]!++;
    }
    const late = [...bySecond.subarray(100)];
    return {
      shares: [...entered].map((n, i) => n / came[i]!),
      meanMs: sumMs / served,
      range: [Math.min(...late), Math.max(...late)] as const,
    };
  }
  const even = [0.25, 0.25, 0.25, 0.25];

  it('under twice the load serves the upper half, nearly up to the capacity, without a long queue', () => {
    const { shares, meanMs, range } = serve(2000, even, {});
    expect(shares[0]).toBe(1);
    expect(shares[1]).toBeGreaterThan(0.75);
    expect(shares[3]).toBe(0);
    expect(meanMs).toBeLessThan(150);
    expect(range[0]).toBeGreaterThan(700);
  });

  it('failure mode: with one level a class that is too large is shut out and let in by turns', () => {
    const fine = serve(2000, [0, 1, 0, 0], {});
    const coarse = serve(2000, [0, 1, 0, 0], { userLevels: 1 });
    expect(fine.range[0]).toBeGreaterThan(700);
    expect(coarse.range[0]).toBe(0);
    expect(coarse.range[1]).toBeGreaterThan(1900);
  });

  it('says what is wrong with its settings', () => {
    expect(() => shedder({ relaxDelayMs: 30 })).toThrow(
      'shedder: expected a relaxDelayMs of delayMs or less',
    );
    expect(() => shedder({ shedStep: 1 })).toThrow('shedStep: expected a share between 0 and 1, got 1.');
    expect(() => shedder({ userLevels: 0 })).toThrow(
      'userLevels: expected a whole number from 1 to 1024, got 0.',
    );
  });
});
