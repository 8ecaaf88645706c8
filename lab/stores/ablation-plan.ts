import { InputError, show } from '../../engine/core/errors.ts';
import { CATALOGUE, scenarioByName } from '../../engine/scenarios/catalogue.ts';
import type { ScenarioInput } from '../../engine/simulation/scenario.ts';
import type { AblationPlan } from '../../engine/tuning/ablation.ts';

/** What is to be run, as the page asks for it. */
export interface AblationChoice {
  /** A name in the catalogue. */
  scenario: string;
  seeds: number;
  /** Simulated seconds; null: to the scenario's own end. */
  untilS: number | null;
}

export const MOST_SEEDS = 30;
export const FIRST_SEED = 1;

/** The scenarios that say what can be turned off, in the order of the catalogue. */
export const ablationScenarios = (): ScenarioInput[] =>
  Object.values(CATALOGUE).filter(({ strategies }) => strategies !== undefined && strategies.length > 0);

export const planOf = ({ scenario, seeds, untilS }: AblationChoice): AblationPlan => ({
  scenario,
  strategies: scenarioByName(scenario).strategies,
  seeds,
  firstSeed: FIRST_SEED,
  ...(untilS === null ? {} : { untilS }),
});

/** Trials of the one are trials of the other. */
export const sameRuns = (a: AblationChoice, b: AblationChoice): boolean =>
  a.scenario === b.scenario && a.untilS === b.untilS;

/** All but one of the processors, which the page itself needs. */
export const workersFor = (processors: number | undefined): number => Math.max(1, (processors || 2) - 1);

/** @throws InputError */
export function parseSeeds(text: string): number {
  const seeds = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS)
    throw new InputError('seeds', `a whole number from 1 to ${MOST_SEEDS}`, show(text.trim()));
  return seeds;
}

/** Hours as typed, to seconds; null for the whole scenario. @throws InputError */
export function parseHours(text: string, { durationS, intervalS = 1 }: ScenarioInput): number | null {
  const hours = Number(text);
  const untilS = Math.round(hours * 3600);
  const least = Math.max(intervalS, 60);
  if (text.trim() === '' || !(untilS >= least && untilS <= durationS))
    throw new InputError(
      'hours',
      `a number of hours from ${Number((least / 3600).toFixed(2))} to ${Number((durationS / 3600).toFixed(2))}`,
      show(text.trim()),
    );
  return untilS === durationS ? null : untilS;
}
