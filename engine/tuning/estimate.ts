import { InputError } from '../core/errors.ts';
import { studentBound } from './student.ts';

/** A mean over seeds with its confidence interval; no interval (null) from a single seed. */
export interface Estimate {
  mean: number;
  low: number | null;
  high: number | null;
}

/**
 * Mean of independent values, one for each seed, with the two-sided Student-t interval.
 * @throws InputError when there is no value.
 */
export function estimate(values: readonly number[], confidence: number): Estimate {
  return around(meanOf(values), values, 1, confidence);
}

/**
 * Mean of `parts` as a share of the mean of `wholes`, paired by seed, with the interval of the linearised ratio (delta method;
 * Cochran, Sampling Techniques, § 6.3). Null when the whole cannot be told from 0: a share of it would say nothing.
 */
export function shareEstimate(
  parts: readonly number[],
  wholes: readonly number[],
  confidence: number,
): Estimate | null {
  const whole = estimate(wholes, confidence);
  const none = whole.low === null ? whole.mean === 0 : whole.low <= 0 && whole.high! >= 0;
  if (none) return null;
  const ratio = meanOf(parts) / whole.mean;
  const residuals = parts.map((part, i) => part - ratio * wholes[i]);
  return around(ratio, residuals, Math.abs(whole.mean), confidence);
}

function around(mean: number, values: readonly number[], per: number, confidence: number): Estimate {
  const n = values.length;
  if (n < 2) return { mean, low: null, high: null };
  const centre = meanOf(values);
  const squares = values.reduce((sum, x) => sum + (x - centre) * (x - centre), 0);
  const half = (studentBound(confidence, n - 1) * Math.sqrt(squares / (n - 1) / n)) / per;
  return { mean, low: mean - half, high: mean + half };
}

function meanOf(values: readonly number[]): number {
  if (values.length === 0) throw new InputError('seeds', 'at least one finished seed', 'none');
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
