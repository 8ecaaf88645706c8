import { describe, expect, it } from 'vitest';
import { studentBound } from './student.ts';

describe('the bound of Student’s t', () => {
  it.each([
    // Fisher and Yates, Statistical Tables (1963), table III; the columns are P = 0.1, 0.05, 0.01, two-sided.
    [1, 6.314, 12.706, 63.657],
    [2, 2.92, 4.303, 9.925],
    [3, 2.353, 3.182, 5.841],
    [4, 2.132, 2.776, 4.604],
    [5, 2.015, 2.571, 4.032],
    [9, 1.833, 2.262, 3.25],
    [10, 1.812, 2.228, 3.169],
    [19, 1.729, 2.093, 2.861],
    [20, 1.725, 2.086, 2.845],
    [29, 1.699, 2.045, 2.756],
    [30, 1.697, 2.042, 2.75],
    [120, 1.658, 1.98, 2.617],
  ])('is that of the tables at %i degrees of freedom', (freedom, p90, p95, p99) => {
    expect(studentBound(0.9, freedom)).toBeCloseTo(p90, 3);
    expect(studentBound(0.95, freedom)).toBeCloseTo(p95, 3);
    expect(studentBound(0.99, freedom)).toBeCloseTo(p99, 3);
  });

  it('has closed forms at 1 and 2 degrees of freedom', () => {
    for (const p of [0.01, 0.3, 0.5, 0.9, 0.999]) {
      expect(studentBound(p, 1)).toBeCloseTo(Math.tan((Math.PI * p) / 2), 8);
      expect(studentBound(p, 2)).toBeCloseTo(p * Math.sqrt(2 / (1 - p * p)), 8);
    }
  });

  it('tends to the normal law', () => {
    expect(studentBound(0.95, 100_000)).toBeCloseTo(1.95998, 4);
  });

  it('falls with the degrees of freedom and rises with the confidence', () => {
    for (let freedom = 1; freedom < 60; freedom++) {
      expect(studentBound(0.95, freedom + 1)).toBeLessThan(studentBound(0.95, freedom));
      expect(studentBound(0.96, freedom)).toBeGreaterThan(studentBound(0.95, freedom));
    }
  });

  it.each([
    [0, 5],
    [1, 5],
    [NaN, 5],
    [0.95, 0],
    [0.95, 1.5],
    [0.95, NaN],
  ])('refuses %f at %f', (confidence, freedom) => {
    expect(() => studentBound(confidence, freedom)).toThrow(/^(confidence|degrees of freedom): expected/);
  });
});
