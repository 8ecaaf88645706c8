import { InputError, nearest } from '../core/errors.ts';
import type { Cell, Design } from './design.ts';
import { estimate, shareEstimate, type Estimate } from './estimate.ts';
import type { Outcome } from './outcome.ts';
import { averagedInteraction, interaction, sampledShapley, shapley, type Worth } from './shapley.ts';

/** What one seed came to in every setting of the design. */
export interface SeedOutcomes {
  seed: number;
  outcomes: ReadonlyMap<Cell, Outcome>;
}

/** What one strategy does to the figure; a saving is by how much the figure is lower, in the figure's unit. */
export interface StrategyEffect {
  id: string;
  title: string;
  /** Its part of the whole saving: the Shapley value. The parts of all strategies sum to the whole. */
  saving: Estimate;
  /** The same as a share of the whole saving; null when that cannot be told from 0. */
  share: Estimate | null;
  /** From all off to it alone. */
  alone: Estimate;
  /** `alone` as a share of the figure with all off; null when that cannot be told from 0. */
  aloneShare: Estimate | null;
  /** What is lost when it alone is turned off with all others on: the classic ablation. */
  last: Estimate;
}

/**
 * How far two strategies together save more (positive) or less (negative) than each by itself: a difference in differences.
 */
export interface Interaction {
  /** Ids of the strategies, in their order. */
  pair: [string, string];
  /** Mean over all settings of the other strategies; null when not all were run (more than six strategies). */
  averaged: Estimate | null;
  /** With all others on, and with all others off. */
  allOn: Estimate;
  allOff: Estimate;
}

/** Where the difference between all off and all on comes from, for one figure. */
export interface Attribution {
  figure: string;
  /** Seeds that the estimates are over. */
  seeds: number;
  confidence: number;
  /** The figure with everything off, and with everything on. */
  off: Estimate;
  on: Estimate;
  /** off − on, and as a share of off. */
  saving: Estimate;
  savedShare: Estimate | null;
  /** By how much the strategies alone sum to more than they save together. Below 0: together they save more. */
  countedTwice: Estimate;
  /** In the order of the scenario. */
  strategies: StrategyEffect[];
  /** The largest first. */
  interactions: Interaction[];
}

/**
 * Attributes the change of one figure to the strategies. Differences are taken within each seed, then averaged.
 * @param seeds each with an outcome for every cell of the design.
 * @throws InputError for a figure that the runs don't have, or have no value of.
 */
export function attribute(
  design: Design,
  strategies: readonly { id: string; title: string }[],
  seeds: readonly SeedOutcomes[],
  figure: string,
  confidence = 0.95,
): Attribution {
  const { allOn } = design;
  const n = strategies.length;
  const figures = seeds.map(({ seed, outcomes }) => valuesOf(outcomes, figure, seed));
  const worths = figures.map(
    (value): Worth =>
      (cell) =>
        value(0) - value(cell),
  );
  const over = (values: number[]): Estimate => estimate(values, confidence);
  const each = (of: (worth: Worth) => number): number[] => worths.map(of);

  const off = figures.map((value) => value(0));
  const savings = each((worth) => worth(allOn));
  const values = worths.map((worth, k) =>
    design.full ? shapley(n, worth) : sampledShapley(n, worth, design.ordersOf(seeds[k].seed)),
  );
  return {
    figure,
    seeds: seeds.length,
    confidence,
    off: over(off),
    on: over(figures.map((value) => value(allOn))),
    saving: over(savings),
    savedShare: shareEstimate(savings, off, confidence),
    countedTwice: over(
      each((worth) => strategies.reduce((sum, _, i) => sum + worth(1 << i), 0) - worth(allOn)),
    ),
    strategies: strategies.map(({ id, title }, i) => {
      const own = values.map((value) => value[i]);
      const alone = each((worth) => worth(1 << i));
      return {
        id,
        title,
        saving: over(own),
        share: shareEstimate(own, savings, confidence),
        alone: over(alone),
        aloneShare: shareEstimate(alone, off, confidence),
        last: over(each((worth) => worth(allOn) - worth(allOn ^ (1 << i)))),
      };
    }),
    interactions: strategies
      .flatMap((a, i) =>
        strategies.slice(i + 1).map((b, k): Interaction => {
          const j = i + 1 + k;
          const others = allOn ^ (1 << i) ^ (1 << j);
          return {
            pair: [a.id, b.id],
            averaged: design.full ? over(each((worth) => averagedInteraction(n, worth, i, j))) : null,
            allOn: over(each((worth) => interaction(worth, i, j, others))),
            allOff: over(each((worth) => interaction(worth, i, j, 0))),
          };
        }),
      )
      .sort((a, b) => size(b) - size(a)),
  };
}

const size = ({ averaged, allOn }: Interaction): number => Math.abs((averaged ?? allOn).mean);

function valuesOf(outcomes: SeedOutcomes['outcomes'], figure: string, seed: number): (cell: Cell) => number {
  return (cell) => {
    const outcome = outcomes.get(cell);
    if (outcome === undefined) throw new Error(`Seed ${seed} has no outcome for setting ${cell}.`);
    const value = Object.hasOwn(outcome, figure) ? outcome[figure] : undefined;
    if (value === undefined) {
      const guess = nearest(figure, Object.keys(outcome));
      throw new InputError(
        'figure',
        `one of ${Object.keys(outcome).join(', ')}`,
        JSON.stringify(figure),
        guess === undefined ? '' : `Did you mean "${guess}"?`,
      );
    }
    if (!Number.isFinite(value))
      throw new InputError(
        'figure',
        'a figure that every run has a value of',
        `${figure} = ${value} with seed ${seed}`,
        'It may be a mean over requests of which there were none.',
      );
    return value;
  };
}
