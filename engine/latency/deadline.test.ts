import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../core/schema.ts';
import {
  deadlineFromWire,
  deadlineSchema,
  hopBudgetMs,
  nextDeadlineMs,
  remainingMs,
  shouldDrop,
  timeoutForWire,
} from './deadline.ts';

describe('deadlines', () => {
  it('drop what would end after them, the margin included', () => {
    expect(remainingMs(1000, 400)).toBe(600);
    expect(remainingMs(1000, 1400)).toBe(0);
    expect(remainingMs(Infinity, 1400)).toBe(Infinity);
    expect(shouldDrop(1000, 500, 100, 400)).toBe(false); // ends at 900, with 100 to go back
    expect(shouldDrop(1000, 500, 100, 401)).toBe(true);
    expect(shouldDrop(Infinity, 1e9, 100, 0)).toBe(false);
    expect(nextDeadlineMs(1000, 50, Infinity, 400)).toBe(950);
    expect(nextDeadlineMs(1000, 50, 300, 400)).toBe(700);
    expect(nextDeadlineMs(Infinity, 50, 300, 400)).toBe(700);
  });

  it('are split by weight, and what a hop leaves the later ones share', () => {
    const weights = [1, 3, 2];
    expect(hopBudgetMs(600, weights, 0)).toBe(100);
    expect(hopBudgetMs(500, weights, 1)).toBe(300);
    expect(hopBudgetMs(200, weights, 2)).toBe(200);
    expect(hopBudgetMs(590, weights, 1)).toBe(354); // the first took only 10 ms
    expect(hopBudgetMs(100, weights, 3)).toBe(0);
  });

  const ms = fc.double({ min: 0, max: 1e6, noNaN: true });

  it('add up over the hops, and never grow along the way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
        ms,
        (weights, total) => {
          let left = total;
          for (let hop = 0; hop < weights.length; hop++) left -= hopBudgetMs(left, weights, hop);
          expect(Math.abs(left)).toBeLessThan(1e-6);
        },
      ),
    );
    fc.assert(
      fc.property(ms, ms, ms, ms, (deadline, margin, own, now) => {
        expect(nextDeadlineMs(deadline, margin, own, now)).toBeLessThanOrEqual(deadline);
      }),
    );
  });

  it('failure mode: without a margin work that ends in time is answered too late', () => {
    const wayBackMs = 20;
    const answeredInTime = (marginMs: number, serviceMs: number): boolean | 'dropped' =>
      shouldDrop(1000, serviceMs, marginMs, 500) ? 'dropped' : 500 + serviceMs + wayBackMs <= 1000;
    expect(answeredInTime(0, 490)).toBe(false); // served for nobody
    expect(answeredInTime(wayBackMs, 490)).toBe('dropped');
    expect(answeredInTime(wayBackMs, 480)).toBe(true);
  });

  it('failure mode: an absolute time is wrong by the difference of the clocks; what remains is not', () => {
    const [deadline, now, expected] = [10_000, 9000, 200];
    for (const skewMs of [-5000, 0, 5000]) {
      const theirNow = now + skewMs;
      const asWasSent = deadlineFromWire(timeoutForWire(deadline, now), theirNow);
      expect(shouldDrop(asWasSent, expected, 50, theirNow)).toBe(false);
      expect(remainingMs(asWasSent, theirNow)).toBe(1000);
      // Read as it stands, a fast clock drops everything and a slow one works for nobody.
      expect(shouldDrop(deadline, expected, 50, theirNow)).toBe(skewMs > 0);
    }
    expect(shouldDrop(deadline, expected, 50, now + 2000 - 5000)).toBe(false); // a second too late in truth
    expect(deadlineFromWire(1000, 0, 30)).toBe(970);
    expect(deadlineFromWire(10, 500, 30)).toBe(500);
    expect(timeoutForWire(100, 200)).toBe(0);
  });

  it('failure mode: an expectation that only served work corrects never recovers from being too high', () => {
    const served = (idleAsksWithNothing: boolean): number => {
      let expectedMs = 5000; // left from a bad minute; services now take 100 ms
      let n = 0;
      for (let i = 0; i < 100; i++) {
        const ask = idleAsksWithNothing ? 0 : expectedMs; // the server is idle at each arrival
        if (shouldDrop(i * 1000 + 3000, ask, 50, i * 1000)) continue;
        n++;
        expectedMs += 0.2 * (100 - expectedMs);
      }
      return n;
    };
    expect(served(false)).toBe(0);
    expect(served(true)).toBe(100);
  });

  it('says what is wrong with its settings', () => {
    const bad = (settings: object) => () => parse(deadlineSchema, settings, 'deadline');
    expect(parse(deadlineSchema, {}, 'deadline').totalMs).toBe(30_000);
    expect(bad({ totalMs: 0 })).toThrow('totalMs: expected a number above 0, got 0.');
    expect(bad({ hopWeights: [] })).toThrow('hopWeights: expected at least one hop, got [].');
    expect(bad({ hopWeights: [1, -1] })).toThrow('hopWeights.1: expected a number above 0, got -1.');
    expect(bad({ marginMs: NaN })).toThrow('marginMs: expected');
  });
});
