import { parseClock } from '../../engine/core/clock.ts';
import { InputError, show } from '../../engine/core/errors.ts';
import { CATALOGUE, scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { parseScenario, type Scenario } from '../../engine/simulation/scenario.ts';
import { goalOf } from '../../engine/tuning/goal.ts';
import type { Goal } from '../../engine/tuning/score.ts';
import { searchSpace } from '../../engine/tuning/search-space.ts';
import { SIZES, usualPullS, type TunerPlan } from '../../engine/tuning/tuner-plan.ts';

export type TuneSize = keyof typeof SIZES;

/** What is searched, as the page asks for it. */
export interface TuneChoice {
  /** A name in the catalogue. */
  scenario: string;
  /** When the levers are pulled, seconds from the start. */
  atS: number;
  /** Ids of the levers to search. */
  levers: readonly string[];
  goal: Goal;
  size: TuneSize;
  /** Where the longest runs end; null: as the scenario suggests. */
  untilS: number | null;
}

/** Fresh seeds of the check at the end. */
export const CHECK_SEEDS = 6;

/** The scenarios that have something to search, in the order of the catalogue. */
export const tuneScenarios = (): string[] =>
  Object.keys(CATALOGUE).filter((name) => (CATALOGUE[name]!.levers ?? []).length > 0);

export const scenarioOf = (name: string): Scenario => parseScenario(scenarioByName(name));

/** What a scenario is searched for when nothing else is said. */
export function usualChoice(name: string): TuneChoice {
  const scenario = scenarioOf(name);
  return {
    scenario: name,
    atS: usualPullS(scenario),
    levers: searchSpace(scenario).map(({ lever }) => lever.id),
    goal: goalOf(scenario),
    size: 'normal',
    untilS: null,
  };
}

export const planOf = ({ scenario, atS, levers, goal, size, untilS }: TuneChoice): TunerPlan => ({
  ...{ scenario, atS, levers, goal },
  ...SIZES[size],
  ...(untilS === null ? {} : { untilS }),
});

/** Runs of the one are runs of the other, whatever is looked for. */
export const sameRuns = (a: TuneChoice, b: TuneChoice): boolean =>
  a.scenario === b.scenario && a.atS === b.atS;

/** A time of day, or seconds from the start, within the run. @throws InputError */
export function parseTime(text: string, scenario: Scenario, place: string): number {
  const n = Number(text);
  const plain = text.trim() !== '' && Number.isFinite(n);
  const atS = plain ? n : parseClock(text, place) - parseClock(scenario.startsAt, 'startsAt');
  if (!(atS >= 0 && atS <= scenario.durationS))
    throw new InputError(place, `a time within the run of ${scenario.durationS} s`, show(text.trim()));
  return atS;
}
