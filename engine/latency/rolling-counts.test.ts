import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingCounts } from './rolling-counts.ts';

describe('RollingCounts', () => {
  it('forgets by the bucket: four of 250 ms', () => {
    const counts = new RollingCounts(2, 1000, 4);
    counts.add(0, 0);
    counts.add(0, 249);
    counts.add(1, 250);
    counts.add(0, 999);
    expect([...counts.totals]).toEqual([3, 1]);
    counts.advance(1000); // the bucket of 0 to 250 goes
    expect([...counts.totals]).toEqual([1, 1]);
    counts.advance(1250);
    expect([...counts.totals]).toEqual([1, 0]);
    counts.advance(1e9);
    expect([...counts.totals]).toEqual([0, 0]);
    counts.add(1, 1e9);
    expect([...counts.totals]).toEqual([0, 1]);
  });

  it('counts a time that goes back as the last one', () => {
    const counts = new RollingCounts(1, 1000, 10);
    counts.add(0, 900);
    counts.add(0, 100);
    counts.advance(1899);
    expect(counts.totals[0]).toBe(2);
    counts.advance(1900);
    expect(counts.totals[0]).toBe(0);
  });

  it('counts what a list of all times would', () => {
    const steps = fc.array(fc.record({ gap: fc.integer({ min: 0, max: 400 }), column: fc.nat({ max: 2 }) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 12 }), (events, buckets) => {
        const counts = new RollingCounts(3, 1000, buckets);
        const all: { bucket: number; column: number }[] = [];
        let nowMs = 0;
        for (const { gap, column } of events) {
          nowMs += gap;
          const bucket = Math.floor(nowMs / (1000 / buckets));
          all.push({ bucket, column });
          counts.add(column, nowMs);
          for (let c = 0; c < 3; c++)
            expect(counts.totals[c]).toBe(
              all.filter((e) => e.column === c && e.bucket > bucket - buckets).length,
            );
        }
      }),
    );
  });
});
