import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogHistogram } from '../core/histogram.ts';
import { curveOf, quantilesOf } from './load-report-quantiles.ts';

function histogramOf(values: readonly number[]): LogHistogram {
  const histogram = new LogHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

describe('a curve of quantiles', () => {
  it('by hand: eight requests, halving what is left down to the slowest one', () => {
    const curve = curveOf(histogramOf([1, 2, 3, 4, 5, 6, 7, 8]), histogramOf([1, 1]));
    const at = (p: number) => curve.find((c) => Math.abs(c.p - p) < 1e-9)!;
    expect(at(0).ms).toBeCloseTo(1, 1);
    expect(at(0.5).ms).toBeCloseTo(4, 1);
    expect(at(0.75).ms).toBeCloseTo(6, 1);
    expect(at(0.875).ms).toBeCloseTo(7, 1);
    expect(curve.at(-1)!.p).toBeCloseTo(7 / 8);
    // The other has two requests: beyond its median it has nothing to say.
    expect(at(0.5).waitingMs).toBeCloseTo(1, 1);
    expect(at(0.75).waitingMs).toBeNaN();
  });

  it('rises, gets closer to 1, and never says more than there were requests', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { maxLength: 400 }), (values) => {
        const histogram = histogramOf(values);
        const curve = curveOf(histogram, new LogHistogram());
        if (values.length === 0) expect(curve).toEqual([]);
        for (const [i, { p, ms, waitingMs }] of curve.entries()) {
          expect((1 - p) * values.length).toBeGreaterThan(1 - 1e-6);
          expect(waitingMs).toBeNaN();
          expect(ms).toBe(histogram.quantile(p));
          if (i > 0) {
            expect(p).toBeGreaterThan(curve[i - 1]!.p);
            expect(ms).toBeGreaterThanOrEqual(curve[i - 1]!.ms);
          }
        }
      }),
      { numRuns: 60 },
    ));

  it('of nothing has no quantiles', () => expect(quantilesOf(new LogHistogram()).p99Ms).toBeNaN());
});
