import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hysteresis } from './thresholds.ts';

describe('thresholds with a band', () => {
  it('worked by hand: scale down at 95 %, emergency at 100 %, 5 % band', () => {
    const levels = new Hysteresis([0.95, 1], 0.05);
    const shares = [0.5, 0.94, 0.95, 0.99, 0.91, 1, 0.96, 0.94, 0.9, 0.89, 0.94, 1.2, 0.1];
    expect(shares.map((share) => levels.update(share))).toEqual([-1, -1, 0, 0, 0, 1, 1, 0, 0, -1, -1, 1, -1]);
    expect(levels.level).toBe(-1);
  });

  it('without a band follows the share', () => {
    const levels = new Hysteresis([0.5], 0);
    expect([0.5, 0.49, 0.5].map((share) => levels.update(share))).toEqual([0, -1, 0]);
  });

  it('is not moved by what is no number', () => {
    const levels = new Hysteresis([0.95, 1], 0.05);
    expect([0.97, NaN].map((share) => levels.update(share))).toEqual([0, 0]);
    expect(new Hysteresis([], 0).update(1)).toBe(-1);
  });

  it('never flaps: between two changes up the share has left the band', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1.5, noNaN: true })), (shares) => {
        const levels = new Hysteresis([0.8], 0.1);
        let lowest = -Infinity;
        let was = -1;
        for (const share of shares) {
          lowest = Math.min(lowest, share);
          const is = levels.update(share);
          if (is > was) {
            expect(lowest).toBeLessThan(0.8 - 0.1);
            lowest = Infinity;
          }
          if (share >= 0.8) expect(is).toBe(0);
          was = is;
        }
      }),
    );
  });

  it.each([[[1, 0.95]], [[0.5, 0.5]], [[NaN]]])('refuses levels %j', (levels) => {
    expect(() => new Hysteresis(levels, 0)).toThrow(/levels: expected numbers in ascending order/);
  });
  it.each([-0.1, NaN, Infinity])('refuses a band of %s', (band) => {
    expect(() => new Hysteresis([1], band)).toThrow(/band/);
  });
});
