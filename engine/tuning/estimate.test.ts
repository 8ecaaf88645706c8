import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { estimate, shareEstimate } from './estimate.ts';

describe('an estimate', () => {
  it('of 8, 10 and 12 is 10 ± 4.968', () => {
    // Standard deviation 2, of the mean 2/√3 = 1.1547; t is 4.3027 at 2 degrees of freedom.
    const { mean, low, high } = estimate([8, 10, 12], 0.95);
    expect(mean).toBe(10);
    expect(high! - mean).toBeCloseTo(4.3027 * 1.1547, 3);
    expect(mean - low!).toBeCloseTo(high! - mean, 12);
  });

  it('of equal values is a point', () => {
    expect(estimate([3, 3, 3, 3], 0.95)).toEqual({ mean: 3, low: 3, high: 3 });
  });

  it('of one value has no interval', () => {
    expect(estimate([5], 0.95)).toEqual({ mean: 5, low: null, high: null });
  });

  it('of nothing is refused', () => {
    expect(() => estimate([], 0.95)).toThrow('seeds: expected at least one finished seed, got none.');
  });

  it('covers the true mean as often as it says', () => {
    const random = new RandomStream(1, 'coverage');
    let covered = 0;
    for (let i = 0; i < 4000; i++) {
      const { low, high } = estimate(
        Array.from({ length: 8 }, () => {
          let sum = 0; // nearly normal, mean 6
          for (let k = 0; k < 12; k++) sum += random.uniform();
          return sum;
        }),
        0.9,
      );
      if (low! <= 6 && high! >= 6) covered++;
    }
    expect(covered / 4000).toBeGreaterThan(0.88);
    expect(covered / 4000).toBeLessThan(0.92);
  });
});

describe('a share', () => {
  it('that is the same in every seed is a point, however the whole varies', () => {
    const { mean, low, high } = shareEstimate([1, 2, 3], [10, 20, 30], 0.8)!;
    expect(mean).toBeCloseTo(0.1, 12);
    expect(low).toBeCloseTo(0.1, 12);
    expect(high).toBeCloseTo(0.1, 12);
  });

  it('of 4 and 6 in 10 and 10 is a half ± 12.706 × 0.1', () => {
    const { mean, high } = shareEstimate([4, 6], [10, 10], 0.95)!;
    expect(mean).toBe(0.5);
    expect(high! - mean).toBeCloseTo(12.706 * 0.1, 3);
  });

  it('of a negative whole has its interval the right way round', () => {
    const { low, high } = shareEstimate([-4, -6], [-10, -10.5], 0.95)!;
    expect(low).toBeLessThan(high!);
  });

  it('of nothing, or of what cannot be told from nothing, is none', () => {
    expect(shareEstimate([1], [0], 0.95)).toBeNull();
    expect(shareEstimate([1, 1], [-1, 1.5], 0.95)).toBeNull();
    expect(shareEstimate([1], [4], 0.95)).toEqual({ mean: 0.25, low: null, high: null });
  });
});
