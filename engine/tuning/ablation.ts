import { scenarioByName } from '../scenarios/catalogue.ts';
import { InputError } from '../core/errors.ts';
import { columnNames } from '../simulation/columns.ts';
import { applyOverrides, type Override } from '../simulation/overrides.ts';
import { parseScenario } from '../simulation/scenario.ts';
import type { Pull } from '../simulation/simulation.ts';
import type { Strategy } from '../simulation/strategy-schema.ts';
import { attribute, type Attribution, type SeedOutcomes } from './attribution.ts';
import { designOf, type Cell, type Design } from './design.ts';
import { checkFigure, type Outcome } from './outcome.ts';
import { idsOn, overridesOf, parseStrategies } from './strategy.ts';
import { endAt, type TrialRequest } from './trial.ts';

export interface AblationPlan {
  /** A name in the catalogue, or a scenario as data. */
  scenario: string | object;
  /** As a scenario has them; checked here. */
  strategies: unknown;
  /** How many seeds, and the first of them; the others follow it. */
  seeds?: number;
  firstSeed?: number;
  /** Hold in every run; the strategies' own changes come after them. */
  overrides?: readonly Override[];
  pulls?: readonly Pull[];
  untilS?: number;
  /** Figures that results will be asked of; columns of the recorder may be among them. */
  figures?: readonly string[];
  confidence?: number;
}

/** One run of the ablation. */
export interface AblationTrial {
  readonly request: TrialRequest;
  readonly seed: number;
  readonly cell: Cell;
}

/** A finished trial as plain data: to store, to go on from, to open as a run. */
export interface AblationRecord {
  seed: number;
  /** Ids of the strategies that were on. */
  on: string[];
  outcome: Outcome;
}

/**
 * An ablation as a list of independent trials and what has come of them. It runs nothing itself: somebody takes trials, one at a
 * time or several at once, and brings their outcomes in any order.
 *
 * All settings of one seed come before those of the next, so that there is a rough answer early; `result` is over the seeds that are
 * complete, and narrows as more are.
 */
export class AblationRun {
  readonly strategies: readonly Strategy[];
  readonly design: Design;
  readonly seeds: readonly number[];
  private readonly trials: AblationTrial[] = [];
  /** Places in `trials` that nobody has taken, the next one last. */
  private readonly waiting: number[] = [];
  /** What is finished, by seed and setting. */
  private readonly bySeed = new Map<number, { trials: number; outcomes: Map<Cell, Outcome> }>();
  private readonly confidence: number;

  /**
   * @param already records of an earlier run of the same plan, perhaps with fewer seeds; those are not run again.
   * @throws InputError when the plan is wrong.
   */
  constructor(plan: AblationPlan, already: readonly AblationRecord[] = []) {
    const { scenario, seeds = 20, firstSeed = 1, overrides = [], pulls = [], untilS, figures = [] } = plan;
    whole('seeds', seeds, 1);
    whole('firstSeed', firstSeed, 0);
    this.confidence = plan.confidence ?? 0.95;
    const checked = applyOverrides(
      parseScenario(typeof scenario === 'string' ? scenarioByName(scenario) : scenario),
      [...overrides, ...endAt(untilS)],
    );
    for (const figure of figures) checkFigure(figure, columnNames(checked));
    this.strategies = parseStrategies(plan.strategies, checked);
    this.design = designOf(this.strategies.length);
    this.seeds = Array.from({ length: seeds }, (_, i) => firstSeed + i);
    for (const seed of this.seeds) {
      const cells = this.design.cellsOf(seed);
      this.bySeed.set(seed, { trials: cells.length, outcomes: new Map() });
      for (const cell of cells)
        this.trials.push({
          seed,
          cell,
          request: {
            scenario,
            seed,
            overrides: [...overrides, ...overridesOf(this.strategies, cell)],
            pulls,
            untilS,
            figures,
          },
        });
    }
    this.waiting = this.trials.map((_, i) => i).reverse();
    this.restore(already);
  }

  /** The next trial to run; null when all are taken. */
  next(): AblationTrial | null {
    const place = this.waiting.pop();
    return place === undefined ? null : this.trials[place];
  }

  /** A trial is finished. */
  done(trial: AblationTrial, outcome: Outcome): void {
    this.bySeed.get(trial.seed)!.outcomes.set(trial.cell, outcome);
  }

  /** A trial that was taken will not be finished; it comes next again. */
  release(trial: AblationTrial): void {
    if (!this.outcomeOf(trial)) this.waiting.push(this.trials.indexOf(trial));
  }

  get progress(): { trials: number; done: number; seeds: number; seedsDone: number } {
    let done = 0;
    for (const { outcomes } of this.bySeed.values()) done += outcomes.size;
    return {
      trials: this.trials.length,
      done,
      seeds: this.seeds.length,
      seedsDone: this.complete().length,
    };
  }

  /**
   * Where the figure's change comes from, by the seeds that are complete; null before the first is.
   * @throws InputError for a figure that the runs do not have.
   */
  result(figure = 'costUsd'): Attribution | null {
    const complete = this.complete();
    if (complete.length === 0) return null;
    return attribute(this.design, this.strategies, complete, figure, this.confidence);
  }

  /** Everything finished so far, in the order of the plan. */
  records(): AblationRecord[] {
    return this.trials.flatMap((trial) => {
      const outcome = this.outcomeOf(trial);
      return outcome ? [{ seed: trial.seed, on: idsOn(this.strategies, trial.cell), outcome }] : [];
    });
  }

  private outcomeOf({ seed, cell }: AblationTrial): Outcome | undefined {
    return this.bySeed.get(seed)!.outcomes.get(cell);
  }

  private complete(): SeedOutcomes[] {
    return [...this.bySeed].flatMap(([seed, { trials, outcomes }]) =>
      outcomes.size === trials ? [{ seed, outcomes }] : [],
    );
  }

  private restore(records: readonly AblationRecord[]): void {
    const key = (seed: number, on: readonly string[]): string => `${seed} ${on.join(' ')}`;
    const known = new Map(records.map(({ seed, on, outcome }) => [key(seed, on), outcome]));
    for (const trial of this.trials) {
      const outcome = known.get(key(trial.seed, idsOn(this.strategies, trial.cell)));
      if (outcome) this.done(trial, outcome);
    }
    const left = this.waiting.filter((place) => !this.outcomeOf(this.trials[place]));
    this.waiting.splice(0, Infinity, ...left);
  }
}

function whole(place: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new InputError(place, `a whole number of ${least} or more`, String(value));
}
