import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, ln, normalQuantile, pow } from './exact-math.ts';

const view = new DataView(new ArrayBuffer(8));
const bitsOf = (x: number): bigint => {
  view.setFloat64(0, x);
  return view.getBigInt64(0);
};
/** How many doubles lie between two numbers of the same sign. */
const ulps = (a: number, b: number): number => {
  const distance = bitsOf(a) - bitsOf(b);
  return Number(distance < 0n ? -distance : distance);
};
const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

describe('ln', () => {
  it('is within 2 ulp of Math.log, subnormals included', () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(ulps(ln(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        expect(ulps(ln(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });
  it('knows its ends', () => {
    expect(ln(1)).toBe(0);
    expect(ln(0)).toBe(-Infinity);
    expect(ln(-0)).toBe(-Infinity);
    expect(ln(Infinity)).toBe(Infinity);
    expect(ln(-1)).toBeNaN();
    expect(ln(NaN)).toBeNaN();
    expect(ulps(ln(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(1);
  });
  it('has the same bits on every machine', () => {
    expect([2, 10, 0.1, 1e-300, 3.7e200].map((x) => bitsOf(ln(x)).toString(16))).toEqual([
      '3fe62e42fefa39ef',
      '40026bb1bbb55516',
      '-3ffd944e444aaaeb',
      '-3f7a69cbb807804b',
      '407cdd34a3b05fd7',
    ]);
  });
});

describe('exp', () => {
  it('is within 2 ulp of Math.exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.7, noNaN: true }), (x) => {
        expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });
  it('goes down through the subnormals to 0', () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: -708, noNaN: true }), (x) => {
        expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
    );
    expect(exp(-746)).toBe(0);
    expect(exp(-Infinity)).toBe(0);
  });
  it('knows its ends', () => {
    expect(exp(0)).toBe(1);
    expect(exp(710)).toBe(Infinity);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(NaN)).toBeNaN();
  });
});

describe('pow', () => {
  it('is near to base^exponent, and exact for exponents 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (base, exponent) => {
          expect(pow(base, exponent) / Math.pow(base, exponent)).toBeCloseTo(1, 12);
          expect(pow(base, 0)).toBe(1);
          expect(pow(base, 1)).toBe(base);
        },
      ),
    );
  });
});

describe('normalQuantile', () => {
  it('gives the tabled values', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.9995)).toBeCloseTo(3.290526731491926, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.2623400897984, 12);
  });
  it('is odd about one half, and rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: (1 << 30) - 1 }), (n) => {
        const p = n / 2 ** 31; // 1 − p is exact
        expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 10);
        expect(normalQuantile(p)).toBeLessThan(normalQuantile(p + 2 ** -31));
      }),
    );
  });
});
