import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { backoffMs, RetryBudget, type Backoff } from './retry.ts';

const random = new RandomStream(1, 'backoff');
const backoff = (settings: Partial<Backoff>): Backoff => ({
  kind: 'none',
  baseMs: 100,
  capMs: 1000,
  jitter: 'none',
  refusedMs: 50,
  ...settings,
});

describe('backoff', () => {
  it('is nothing, the same, or twice as long each time up to its cap', () => {
    const waits = (settings: Partial<Backoff>) =>
      [1, 2, 3, 4, 5, 6].map((retry) => backoffMs(backoff(settings), retry, false, random));
    expect(waits({})).toEqual([0, 0, 0, 0, 0, 0]);
    expect(waits({ kind: 'fixed' })).toEqual([100, 100, 100, 100, 100, 100]);
    expect(waits({ kind: 'exponential' })).toEqual([100, 200, 400, 800, 1000, 1000]);
    expect(waits({ kind: 'exponential', baseMs: 3000 })[0]).toBe(1000);
    expect(waits({ kind: 'exponential', baseMs: 0 })).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('waits at least a moment after a refusal', () => {
    expect(backoffMs(backoff({}), 1, true, random)).toBe(50);
    expect(backoffMs(backoff({ kind: 'fixed' }), 1, true, random)).toBe(100);
    expect(backoffMs(backoff({ kind: 'fixed', baseMs: 20 }), 1, true, random)).toBe(50);
  });

  it('with full jitter is even between 0 and the backoff', () => {
    const stream = new RandomStream(2, 'jitter');
    const settings = backoff({ kind: 'exponential', jitter: 'full' });
    const draws = Array.from({ length: 20_000 }, () => backoffMs(settings, 3, false, stream));
    expect(Math.min(...draws)).toBeGreaterThan(0);
    expect(Math.max(...draws)).toBeLessThan(400);
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    expect(Math.abs(mean - 200)).toBeLessThan((4 * 400) / Math.sqrt(12 * draws.length));
    for (const quarter of [0, 1, 2, 3]) {
      const share = draws.filter((x) => Math.floor(x / 100) === quarter).length / draws.length;
      expect(share).toBeCloseTo(0.25, 1);
    }
  });
});

describe('RetryBudget', () => {
  const takes = (budget: RetryBudget, n: number, nowMs = 0): number =>
    Array.from({ length: n }, () => budget.tryTake(nowMs)).filter(Boolean).length;

  it('starts with a tenth of its burst, and holds no more than the burst', () => {
    const budget = new RetryBudget({ ratio: 0.5, minPerS: 0, burst: 100 });
    expect(takes(budget, 20)).toBe(10);
    for (let i = 0; i < 1000; i++) budget.onFirstTry();
    expect(takes(budget, 200)).toBe(100);
  });

  it('grows by its ratio with first tries, and by the second with time', () => {
    const budget = new RetryBudget({ ratio: 0.25, minPerS: 2, burst: 50 });
    takes(budget, 10);
    for (let i = 0; i < 12; i++) budget.onFirstTry();
    expect(takes(budget, 10)).toBe(3);
    expect(takes(budget, 10, 1500)).toBe(3);
    expect(takes(budget, 10, 1600)).toBe(0); // a fifth of a token
    expect(takes(budget, 10, 2000)).toBe(1);
  });

  it('never lets more retries through than ratio × first tries, beside what it started with', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.array(fc.boolean(), { maxLength: 500 }),
        (ratio, steps) => {
          const budget = new RetryBudget({ ratio, minPerS: 0, burst: 40 });
          let [first, retries] = [0, 0];
          for (const isFirst of steps)
            if (isFirst) {
              budget.onFirstTry();
              first++;
            } else if (budget.tryTake(0)) retries++;
          expect(retries).toBeLessThanOrEqual(4 + ratio * first + 1e-9);
        },
      ),
    );
  });
});
