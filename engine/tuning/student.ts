import { InputError } from '../core/errors.ts';

/**
 * Student's t: the bound that |t| keeps below with probability `confidence`, at `freedom` degrees of freedom
 * (2.093 at 0.95 and 19).
 * @param confidence above 0 and below 1; @param freedom a whole number of 1 or more
 * @throws InputError for anything else.
 * Source: Student 1908; the finite sums for whole degrees of freedom of Abramowitz and Stegun 26.7.3 and 26.7.4.
 */
export function studentBound(confidence: number, freedom: number): number {
  if (!(confidence > 0 && confidence < 1))
    throw new InputError('confidence', 'a share above 0 and below 1', String(confidence));
  if (!Number.isSafeInteger(freedom) || freedom < 1)
    throw new InputError('degrees of freedom', 'a whole number of 1 or more', String(freedom));
  let low = 0;
  let high = 1;
  while (studentWithin(high, freedom) < confidence) {
    low = high;
    high *= 2;
  }
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentWithin(middle, freedom) < confidence) low = middle;
    else high = middle;
  }
}

/** Probability that |t| stays below `bound`. */
function studentWithin(bound: number, freedom: number): number {
  const cos2 = freedom / (freedom + bound * bound);
  const sin = bound / Math.sqrt(freedom + bound * bound);
  const odd = freedom % 2 === 1;
  let term = 1;
  let sum = 0;
  for (let k = odd ? 3 : 2; k <= freedom; k += 2) {
    sum += term;
    term *= ((k - 1) / k) * cos2;
  }
  if (!odd) return sin * sum;
  return (2 / Math.PI) * (arctan(bound / Math.sqrt(freedom)) + sin * Math.sqrt(cos2) * sum);
}

/** Arc tangent of x >= 0, by halving the angle three times and the series: the same bits in every engine. */
function arctan(x: number): number {
  let y = x;
  for (let i = 0; i < 3; i++) y /= 1 + Math.sqrt(1 + y * y);
  let power = y;
  let sum = 0;
  for (let k = 1; k < 27; k += 2) {
    sum += power / k;
    power *= -y * y;
  }
  return 8 * sum;
}
