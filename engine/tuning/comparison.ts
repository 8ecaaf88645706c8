import { InputError } from '../core/errors.ts';
import type { Override } from '../simulation/overrides.ts';
import { atSeconds, type Scenario } from '../simulation/scenario.ts';
import type { Pull } from '../simulation/simulation.ts';
import { estimate, type Estimate } from './estimate.ts';
import type { Outcome } from './outcome.ts';
import { compareScores, keepsBounds, scoreOf, type Goal } from './score.ts';
import type { Setting } from './search-space.ts';
import { isPull } from './standing.ts';
import type { TrialRequest } from './trial.ts';

/** Something to be compared: what it is called, and what it pulls when. */
export interface Contender {
  id: string;
  title: string;
  pulls: readonly Pull[];
}

export interface ComparisonPlan {
  scenario: string | object;
  overrides?: readonly Override[];
  goal: Goal;
  /** The first is what the others are compared with. */
  contenders: readonly Contender[];
  seeds: number;
  firstSeed: number;
  untilS: number;
  confidence?: number;
}

export interface ComparisonTrial {
  readonly request: TrialRequest;
  readonly contender: number;
  readonly seed: number;
}

/**
 * How the first does against this one. "better", "worse": by bounds that are kept more often or more nearly, else by the figure, when the confidence
 * interval of the difference is on one side of 0. "same": equal with every seed. "as-good": neither, and the interval leaves room for the
 * first to be behind by no more than AS_GOOD_WITHIN of this one's figure. "open": the seeds do not tell.
 */
export type Verdict = 'better' | 'worse' | 'same' | 'as-good' | 'open';

/** A share of the figure that is compared: nobody would take another setting for less. */
export const AS_GOOD_WITHIN = 0.01;

export interface Compared extends Contender {
  /** By name, those that the goal speaks of; NaN when some run had no value. */
  figures: Record<string, Estimate>;
  /** Seeds with which all bounds were kept. */
  kept: number;
  seeds: number;
  /** This one's goal figure less the first's, seed by seed; null for the first itself. */
  difference: Estimate | null;
  verdict: Verdict | null;
}

/** A finished run as plain data, to go on from. */
export interface ComparisonRecord {
  pulls: readonly Pull[];
  seed: number;
  untilS: number;
  outcome: Outcome;
}

/** First seed of a check: far from those of any search, which begin at 1. */
export const FRESH_SEED = 100_001;

/** Runs contenders with the same seeds, and says which does better. Like a Tuner it runs nothing itself. */
export class Comparison {
  private readonly trials: ComparisonTrial[] = [];
  private waiting: ComparisonTrial[];
  private readonly outcomes = new Map<string, Outcome>();

  /** @param already runs of an earlier comparison of the same scenario with the same overrides; they are not made again. @throws InputError */
  constructor(
    readonly plan: ComparisonPlan,
    already: readonly ComparisonRecord[] = [],
  ) {
    const { scenario, overrides = [], contenders, seeds, firstSeed, untilS, goal } = plan;
    if (!Number.isSafeInteger(seeds) || seeds < 1)
      throw new InputError('check', 'a whole number of 1 or more', String(seeds));
    const figures = figuresOf(goal);
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++)
      for (const [contender, { pulls }] of contenders.entries())
        this.trials.push({
          contender,
          seed,
          request: { scenario, overrides, pulls, seed, untilS, figures },
        });
    const known = new Map(already.map((record) => [runKey(record), record.outcome]));
    for (const trial of this.trials) {
      const outcome = known.get(runKey(this.recordOf(trial)));
      if (outcome && figures.every((figure) => Object.hasOwn(outcome, figure))) this.done(trial, outcome);
    }
    this.waiting = this.trials.filter((trial) => !this.outcomes.has(keyOf(trial))).reverse();
  }

  next(): ComparisonTrial | null {
    return this.waiting.pop() ?? null;
  }
  done(trial: ComparisonTrial, outcome: Outcome): void {
    this.outcomes.set(keyOf(trial), outcome);
  }
  release(trial: ComparisonTrial): void {
    if (!this.outcomes.has(keyOf(trial))) this.waiting.push(trial);
  }

  get progress(): { runs: number; expected: number } {
    return { runs: this.outcomes.size, expected: this.trials.length };
  }

  records(): ComparisonRecord[] {
    return this.trials.flatMap((trial) => {
      const outcome = this.outcomes.get(keyOf(trial));
      return outcome ? [{ ...this.recordOf(trial), outcome }] : [];
    });
  }

  /** By the seeds that are complete; null before the first is. */
  result(): Compared[] | null {
    const { contenders, goal, confidence = 0.95 } = this.plan;
    const runs = this.completeSeeds().map((seed) =>
      contenders.map((_, contender) => this.outcomes.get(keyOf({ contender, seed }))!),
    );
    if (runs.length === 0) return null;
    const of = (contender: number): Outcome[] => runs.map((outcomes) => outcomes[contender]!);
    return contenders.map((contender, i) => {
      const mine = of(i);
      const differences = mine.map((outcome, s) => outcome[goal.figure]! - of(0)[s]![goal.figure]!);
      const difference = i === 0 ? null : estimate(differences, confidence);
      return {
        ...contender,
        figures: Object.fromEntries(
          figuresOf(goal).map((figure) => [
            figure,
            estimate(
              mine.map((outcome) => outcome[figure]!),
              confidence,
            ),
          ]),
        ),
        kept: mine.filter((outcome) => keepsBounds(outcome, goal)).length,
        seeds: runs.length,
        difference,
        verdict: difference && verdict(of(0), mine, difference, goal),
      };
    });
  }

  private recordOf({ contender, seed }: ComparisonTrial): Omit<ComparisonRecord, 'outcome'> {
    return { pulls: this.plan.contenders[contender]!.pulls, seed, untilS: this.plan.untilS };
  }

  private completeSeeds(): number[] {
    const { seeds, firstSeed, contenders } = this.plan;
    return Array.from({ length: seeds }, (_, i) => firstSeed + i).filter((seed) =>
      contenders.every((_, contender) => this.outcomes.has(keyOf({ contender, seed }))),
    );
  }
}

/**
 * What a search's winner is compared with: the scenario's presets, and nothing pulled.
 * @param untilS presets that are pulled after the runs' end are left out.
 */
export function contendersFor(
  scenario: Scenario,
  winner: Setting,
  atS: number,
  untilS: number,
): [Contender, ...Contender[]] {
  const pullsOf = (setting: Setting, at: number): Pull[] =>
    Object.entries(setting).map(([lever, value]) => ({ atS: at, lever, value }));
  const presets = Object.entries(scenario.presets).flatMap(([id, preset]): Contender[] => {
    const at = atSeconds(preset.at, scenario, `presets.${id}.at`);
    return at < untilS ? [{ id, title: preset.title, pulls: pullsOf(preset.pulls, at) }] : [];
  });
  return [
    { id: 'found', title: 'Found by the search', pulls: pullsOf(winner, atS) },
    ...presets,
    ...(isPull(winner) ? [{ id: 'untouched', title: 'Nothing pulled', pulls: [] }] : []),
  ];
}

export const figuresOf = ({ figure, constraints = [] }: Goal): string[] => [
  ...new Set([figure, ...constraints.map((bound) => bound.figure)]),
];

function verdict(
  first: readonly Outcome[],
  other: readonly Outcome[],
  difference: Estimate,
  goal: Goal,
): Verdict {
  const [a, b] = [scoreOf(first, goal), scoreOf(other, goal)];
  const { mean, low, high } = difference;
  if (a.missed !== b.missed || low === null || Number.isNaN(mean)) {
    const order = compareScores(a, b);
    return order < 0 ? 'better' : order > 0 ? 'worse' : 'same';
  }
  if (low === 0 && high === 0) return 'same';
  const least = goal.direction === 'least';
  if (low > 0 || high! < 0) return mean > 0 === least ? 'better' : 'worse';
  // The difference is this one's figure less the first's: for a figure to be small, a negative one is what the first is behind.
  const behind = least ? -low : high!;
  const figure = other.reduce((sum, outcome) => sum + outcome[goal.figure]!, 0) / other.length;
  return behind <= AS_GOOD_WITHIN * Math.abs(figure) ? 'as-good' : 'open';
}

const runKey = ({ pulls, seed, untilS }: Omit<ComparisonRecord, 'outcome'>): string =>
  JSON.stringify([pulls.map(({ atS, lever, value }) => [atS, lever, value]), seed, untilS]);

const keyOf = ({ contender, seed }: Pick<ComparisonTrial, 'contender' | 'seed'>): string =>
  `${contender} ${seed}`;
