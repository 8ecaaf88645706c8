/** A figure that the dice enter: independent runs, their mean, and whether the expected value is within its interval. */
import type { ScenarioInput } from '../simulation/scenario.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { CheckPoint } from './check.ts';

/** Independent runs for each point. */
export const SEEDS = 20;
/** Student's t, two-sided, 19 degrees of freedom, confidence 99.99 %: of sixty points of a right model, one in 170 sets misses by chance. */
const T_9999 = 4.8974;

/** What is expected at a point, and where it stands. */
export interface Expectation extends Pick<CheckPoint, 'series' | 'label' | 'x' | 'expected'> {
  /** Known inexactness of the theory, in the unit of the figure. Default 0. */
  slack?: number;
  /** Largest half-width, as a share of the expected value: a wide interval would accept anything. Default 0.15. */
  power?: number;
}

export interface Estimate {
  mean: number;
  /** Half of the 99.99 % confidence interval. */
  halfWidth: number;
}

/** @param values one for each seed */
export function estimateOf(values: readonly number[]): Estimate {
  if (values.length !== SEEDS) throw new Error(`expected ${SEEDS} values, got ${values.length}`);
  const mean = values.reduce((sum, x) => sum + x, 0) / SEEDS;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (SEEDS - 1);
  return { mean, halfWidth: T_9999 * Math.sqrt(variance / SEEDS) };
}

/** Whether an estimate agrees with what is expected, and is narrow enough to tell. */
export function judge(expectation: Expectation, { mean, halfWidth }: Estimate): CheckPoint {
  const { series, label, x, expected, slack = 0, power = 0.15 } = expectation;
  const near = Math.abs(mean - expected) <= halfWidth + slack;
  const narrow = halfWidth <= power * Math.abs(expected) + slack;
  return { series, label, x, expected, measured: mean, halfWidth, slack, holds: near && narrow };
}

/** Points of a check, one after the other; yields the share done. */
export function* measurePoints(
  points: readonly {
    scenario: ScenarioInput;
    figures: { read: (simulation: Simulation) => number; expectation: Expectation }[];
  }[],
): Generator<number, CheckPoint[]> {
  const measured: CheckPoint[] = [];
  for (const [i, { scenario, figures }] of points.entries()) {
    const values: number[][] = figures.map(() => []);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const simulation = new Simulation(scenario, seed).run();
      figures.forEach(({ read }, f) => values[f]!.push(read(simulation)));
      yield (i + seed / SEEDS) / points.length;
    }
    figures.forEach(({ expectation }, f) => measured.push(judge(expectation, estimateOf(values[f]!))));
  }
  return measured;
}
