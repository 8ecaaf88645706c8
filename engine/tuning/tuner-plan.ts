import { InputError, nearest, show } from '../core/errors.ts';
import { scenarioByName } from '../scenarios/catalogue.ts';
import { columnNames } from '../simulation/columns.ts';
import { applyOverrides, type Override } from '../simulation/overrides.ts';
import { atSeconds, intervalSOf, parseScenario, type Scenario } from '../simulation/scenario.ts';
import { goalOf } from './goal.ts';
import { checkFigure } from './outcome.ts';
import type { Goal } from './score.ts';
import { PULLED_SHARE, searchSpace, type Dimension } from './search-space.ts';

/** How far a setting is run at a stage of the search: how long, and with how many seeds. */
export interface Rung {
  untilS: number;
  seeds: number;
}

export interface TunerPlan {
  /** A name in the catalogue, or a scenario as data. */
  scenario: string | object;
  overrides?: readonly Override[];
  /** When the levers are pulled, seconds from the start; left out: with the scenario's first preset, or at the start. */
  atS?: number;
  /** Left out: what the scenario's objectives ask for. */
  goal?: Goal;
  /** Levers to search; left out: all. */
  levers?: readonly string[];
  /** From the shortest to the one that decides; left out: `rungsFor` says. */
  rungs?: readonly Rung[];
  /** Without rungs: where the longest runs end, and how many seeds they have. */
  untilS?: number;
  seeds?: number;
  /** Settings that begin each bracket, and how many brackets there are. */
  starts?: number;
  brackets?: number;
  firstSeed?: number;
  /** Of the search itself. */
  searchSeed?: number;
}

/** One in so many goes on to the next rung. */
export const KEEP = 3;

/** Sizes of a search. Runs on Prime Day: about 60, 170 and 330. */
export const SIZES = {
  quick: { starts: 9, brackets: 1, seeds: 6 },
  normal: { starts: 18, brackets: 2, seeds: 10 },
  thorough: { starts: 27, brackets: 3, seeds: 16 },
} as const satisfies Record<string, Pick<TunerPlan, 'starts' | 'brackets' | 'seeds'>>;

export interface CheckedPlan extends Required<Omit<TunerPlan, 'levers' | 'untilS' | 'seeds'>> {
  readonly checked: Scenario;
  readonly space: readonly Dimension[];
  /** The figures that the goal speaks of. */
  readonly figures: readonly string[];
}

/** Fills in what a plan leaves out. @throws InputError when it is wrong. */
export function checkPlan(plan: TunerPlan): CheckedPlan {
  const { scenario, overrides = [], firstSeed = 1, searchSeed = 1 } = plan;
  const checked = applyOverrides(
    parseScenario(typeof scenario === 'string' ? scenarioByName(scenario) : scenario),
    overrides,
  );
  const { starts = SIZES.normal.starts, brackets = SIZES.normal.brackets, seeds = SIZES.normal.seeds } = plan;
  for (const [place, n, least] of [
    ['starts', starts, 1],
    ['brackets', brackets, 1],
    ['seeds', seeds, 1],
    ['firstSeed', firstSeed, 0],
    ['searchSeed', searchSeed, 0],
  ] as const)
    if (!Number.isSafeInteger(n) || n < least)
      throw new InputError(place, `a whole number of ${least} or more`, String(n));
  const { atS = usualPullS(checked), untilS = checked.durationS } = plan;
  if (!(atS >= 0 && atS < checked.durationS))
    throw new InputError('at', `a time within the run of ${checked.durationS} s`, String(atS));
  const rungs = plan.rungs ?? rungsFor(checked, atS, untilS, seeds);
  if (rungs.length === 0) throw new InputError('rungs', 'at least one', 'none');
  for (const rung of [...rungs, { untilS, seeds }])
    if (!(rung.untilS > atS && rung.untilS <= checked.durationS && rung.seeds >= 1))
      throw new InputError(
        'until',
        `a time after the pull at ${atS} s and no later than the end at ${checked.durationS} s`,
        String(rung.untilS),
      );
  const goal = plan.goal ?? goalOf(checked);
  const figures = checkGoal(goal, checked);
  const space = spaceOf(checked, plan.levers);
  return {
    ...{ scenario, overrides, firstSeed, searchSeed, starts, brackets, atS, rungs, goal },
    ...{ checked, space, figures },
  };
}

/** When an operator of this scenario acts: with its first preset, or at the start. */
export function usualPullS(scenario: Pick<Scenario, 'presets' | 'startsAt'>): number {
  const [first] = Object.entries(scenario.presets);
  return first ? atSeconds(first[1].at, scenario, `presets.${first[0]}.at`) : 0;
}

/**
 * Where recovery is the objective, what matters lies between the pull and the moment when all should be well again: short runs end after three
 * fifths of that stretch, the longest as long after it as it took, to see that it holds. Elsewhere a fifth and a half of what is left come before
 * all of it.
 *
 * The last rung is the longest run once more with many seeds: of a setting that fails one day in four, three seeds see nothing in two searches of five.
 */
export function rungsFor(scenario: Scenario, atS: number, untilS: number, seeds: number): Rung[] {
  const { recoverWithinS } = scenario.objectives;
  const step = intervalSOf(scenario);
  const times = scenario.events.map((event, i) => atSeconds(event.at, scenario, `events.${i}.at`));
  /** Ends with an interval, and leaves as much as the warm-up to be measured. */
  const until = (s: number): number =>
    Math.min(untilS, Math.max(Math.ceil(s / step) * step, 2 * scenario.warmupS));
  const ends = (short: number, longer: number, longest: number): Rung[] => {
    const few = Math.ceil(seeds / 3);
    return [
      { untilS: until(short), seeds: 1 },
      { untilS: until(longer), seeds: Math.min(2, seeds) },
      ...(few < seeds ? [{ untilS: until(longest), seeds: few }] : []),
      { untilS: until(longest), seeds },
    ];
  };
  if (recoverWithinS !== undefined && times.length > 0) {
    const first = Math.min(...times);
    const from = Math.max(atS, first);
    const due = Math.max(...times, first + recoverWithinS);
    if (from < due && due < untilS) return ends(from + (due - from) * 0.6, due, due + (due - from));
  }
  const left = untilS - atS;
  return ends(atS + left / 5, atS + left / 2, untilS);
}

/** The cheapest rung whose runs are as long as the longest. */
export function cheapestFull(rungs: readonly Rung[]): number {
  const { untilS } = rungs.at(-1)!;
  return rungs.findIndex((rung) => rung.untilS === untilS && rung.seeds <= rungs.at(-1)!.seeds);
}

/** About how many runs a search takes: the scenario as it is, the brackets, and leaving out. */
export function expectedRuns({ starts, brackets, rungs, space }: CheckedPlan): number {
  let perBracket = 0;
  let n = starts;
  for (const [i, { seeds, untilS }] of rungs.entries()) {
    const before = rungs[i - 1];
    perBracket += n * (seeds - (before?.untilS === untilS ? before.seeds : 0));
    n = Math.ceil(n / KEEP);
  }
  const lastSeeds = rungs.at(-1)!.seeds;
  // A winner of the usual number of levers, each left out once and what is left once more; then three settings with all seeds.
  const singles = Math.ceil(1.5 * PULLED_SHARE * space.length);
  return perBracket * brackets + singles * rungs[cheapestFull(rungs)]!.seeds + 4 * lastSeeds;
}

function checkGoal(goal: Goal, scenario: Scenario): string[] {
  const columns = columnNames(scenario);
  const { constraints = [] } = goal;
  for (const { figure, atMost, atLeast } of constraints) {
    const bounds = [atMost, atLeast].filter((bound) => bound !== undefined);
    if (bounds.length === 0 || !bounds.every(Number.isFinite))
      throw new InputError(`bound of ${figure}`, 'a number that it is to keep', show(atMost ?? atLeast));
  }
  const figures = [...new Set([goal.figure, ...constraints.map(({ figure }) => figure)])];
  for (const figure of figures) checkFigure(figure, columns);
  return figures;
}

function spaceOf(scenario: Scenario, levers: readonly string[] | undefined): Dimension[] {
  const ids = searchSpace(scenario).map(({ lever }) => lever.id);
  for (const id of levers ?? []) {
    if (ids.includes(id)) continue;
    const guess = nearest(id, ids);
    throw new InputError(
      'levers',
      `some of ${ids.join(', ') || 'the levers of the scenario (it has none)'}`,
      show(id),
      guess === undefined ? '' : `Did you mean "${guess}"?`,
    );
  }
  const space = searchSpace(scenario, levers);
  if (space.length === 0)
    throw new InputError('levers', 'at least one lever to search', 'none', 'The scenario names its levers.');
  return space;
}
