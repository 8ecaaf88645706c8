import type { ScenarioInput } from '../scenario.ts';
import { Simulation } from '../simulation.ts';

/** Independent runs for each comparison. */
export const SEEDS = 24;
/**
 * Student's t, two-sided, 23 degrees of freedom, confidence 99.99 %. The suite makes about a hundred comparisons: at 99.9 % one
 * change of a random stream in ten would fail a test of a right model.
 */
const T_9999 = 4.6931;

/** Mean over independent runs with its confidence interval. */
export interface Estimate {
  mean: number;
  /** Half the width of the 99.99 % confidence interval. */
  halfWidth: number;
}

export function estimate(values: readonly number[]): Estimate {
  if (values.length !== SEEDS) throw new Error(`expected ${SEEDS} values, got ${values.length}`);
  const mean = values.reduce((sum, x) => sum + x, 0) / SEEDS;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (SEEDS - 1);
  return { mean, halfWidth: T_9999 * Math.sqrt(variance / SEEDS) };
}

/** Runs the scenario with seeds 1 … SEEDS; one estimate for each figure that `figures` reads off a finished run. */
export function overSeeds<K extends string>(
  scenario: ScenarioInput,
  figures: (simulation: Simulation) => Record<K, number>,
): Record<K, Estimate> {
  const runs = Array.from({ length: SEEDS }, (_, i) => figures(new Simulation(scenario, i + 1).run()));
  return Object.fromEntries(
    (Object.keys(runs[0]!) as K[]).map((name) => [name, estimate(runs.map((run) => run[name]))]),
  ) as Record<K, Estimate>;
}

/** Value for one figure, and how to compare. */
export interface Expected {
  value: number;
  /** Largest half-width allowed, as a share of the value: a wide interval would accept anything. Default 0.05. */
  power?: number;
  /** Known inexactness of the figure or of the theory, as a share of the value (a histogram's buckets). Default 0. */
  slack?: number;
}

/** What does not fit, in words; empty when every expected value lies in its interval and the intervals are narrow. */
export function misfits(
  estimates: Record<string, Estimate>,
  expected: Record<string, number | Expected>,
): string[] {
  return Object.entries(expected).flatMap(([name, e]) => {
    const { value, power = 0.05, slack = 0 } = typeof e === 'number' ? { value: e } : e;
    const { mean, halfWidth } = estimates[name]!;
    const text = `${name}: theory ${figure(value)}, simulated ${figure(mean)} ± ${figure(halfWidth)}`;
    const size = Math.abs(value);
    if (!(halfWidth <= power * size)) return [`${text}: too wide to tell (limit ${figure(power * size)})`];
    return Math.abs(mean - value) <= halfWidth + slack * size ? [] : [text];
  });
}

/** Buckets of the histograms are within 0.8 % of the true value. */
export const BUCKET_SLACK = 0.008;

const figure = (x: number): string => String(Number(x.toPrecision(5)));
