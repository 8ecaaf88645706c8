/** Where hedging is compared with its closed forms. formulas.test.ts checks that no point of the truth file is left out. */
import { exp, ln, normalQuantile, pow } from '../core/exact-math.ts';
import type { RandomStream } from '../core/random.ts';
import type { Survival } from './formulas.ts';

export interface Hedge {
  dist: string;
  /** The quantile of a single call at which the second is sent. */
  at: string;
  p: number;
  survival: Survival;
  draw: (random: RandomStream) => number;
}

/** Upper tail of the standard normal law: by its series near the middle, by its continued fraction far out. */
function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const density = exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 4) {
    let fraction = 0;
    for (let k = 60; k >= 1; k--) fraction = k / (x + fraction);
    return density / (x + fraction);
  }
  let term = x;
  let sum = x;
  for (let k = 1; k < 80; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 - density * sum;
}

const exponential = {
  dist: 'exponential mean 1',
  survival: (t: number) => exp(-t),
  draw: (random: RandomStream) => -ln(random.uniform()),
};
const lognormal = (sigma: number, name: string) => ({
  dist: `lognormal mean 1 sigma ${name}`,
  survival: (t: number) => (t <= 0 ? 1 : normalTail((ln(t) + (sigma * sigma) / 2) / sigma)),
  draw: (random: RandomStream) => exp(sigma * normalQuantile(random.uniform()) - (sigma * sigma) / 2),
});
const pareto = {
  dist: 'pareto alpha 2 xm .5 (mean 1)',
  survival: (t: number) => (t <= 0.5 ? 1 : pow(t / 0.5, -2)),
  draw: (random: RandomStream) => 0.5 / Math.sqrt(random.uniform()),
};

export const HEDGES: readonly Hedge[] = [
  { ...exponential, at: 'p95', p: 0.95 },
  { ...lognormal(1, '1.0'), at: 'p95', p: 0.95 },
  { ...lognormal(1.5, '1.5'), at: 'p95', p: 0.95 },
  { ...pareto, at: 'p95', p: 0.95 },
  { ...exponential, at: 'p50', p: 0.5 },
];
