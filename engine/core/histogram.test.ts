import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf, bucketValue, LogHistogram } from './histogram.ts';

/** The issue asks for 1 %; the buckets are 64 to the octave. */
const ERROR = 0.01;
const values = fc.double({ min: 2 ** -10, max: 2 ** 31.99, noNaN: true });

describe('LogHistogram', () => {
  it('reports any value from a microsecond to 49 days within 1 %', () => {
    fc.assert(
      fc.property(values, (x) => {
        expect(Math.abs(bucketValue(bucketOf(x)) / x - 1)).toBeLessThanOrEqual(ERROR);
      }),
      { numRuns: 5000 },
    );
    for (let octave = -10; octave < 32; octave++)
      for (const x of [2 ** octave, 2 ** octave * (1 + 1e-7), 2 ** (octave + 1) * (1 - 1e-7)])
        expect(Math.abs(bucketValue(bucketOf(x)) / x - 1)).toBeLessThanOrEqual(ERROR);
  });

  it('counts what is too small as 0 and what is too large in the last bucket', () => {
    expect(bucketOf(0)).toBe(0);
    expect(bucketOf(1e-5)).toBe(0);
    expect(bucketValue(0)).toBe(0);
    expect(bucketOf(1e12)).toBe(BUCKETS - 1);
    expect(bucketOf(Infinity)).toBe(BUCKETS - 1);
  });

  it('has quantiles within 1 % of those of the sorted values, by nearest rank', () => {
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, p) => {
          const histogram = new LogHistogram();
          for (const x of list) histogram.add(x);
          const sorted = [...list].sort((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(p * list.length)) - 1]!;
          expect(Math.abs(histogram.quantile(p) / exact - 1)).toBeLessThanOrEqual(ERROR);
        },
      ),
    );
  });

  it('is NaN when empty, adds up, and starts anew', () => {
    const [a, b] = [new LogHistogram(), new LogHistogram()];
    expect(a.quantile(0.5)).toBeNaN();
    a.add(10);
    b.add(1000);
    b.addBucket(bucketOf(1000), 2);
    a.merge(b);
    expect(a.total).toBe(4);
    expect(a.quantile(0.25) / 10).toBeCloseTo(1, 1);
    expect(a.quantile(0.26) / 1000).toBeCloseTo(1, 1);
    a.clear();
    expect(a.total).toBe(0);
    expect(a.quantile(1)).toBeNaN();
  });
});
