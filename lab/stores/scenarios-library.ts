/** What the library says of a scenario, beside what the learner's runs of it came to. Pure. */
import type { Pull, Speed } from '../../engine/runner/protocol.ts';
import type { LibraryEntry, Try } from '../../engine/scenarios/library-entry.ts';
import type { Par } from '../../engine/scenarios/library-par.ts';
import {
  compareStandings,
  judgeGoal,
  secondsOf,
  type GoalPlace,
  type JudgedRun,
  type Standing,
} from '../../engine/simulation/debrief-goal.ts';
import type { Scenario } from '../../engine/simulation/scenario.ts';
import { fittingSpeed, runHref } from './run-address.ts';
import type { RunRecord } from './runs-saved.ts';

/** The levers of something to try, and when. */
export function pullsOfTry(one: Try, { presets, startsAt }: Pick<Scenario, 'presets' | 'startsAt'>): Pull[] {
  const set = 'preset' in one ? presets[one.preset] : one;
  if (!set) return [];
  const atS = secondsOf(set.at, { startsAt });
  return Object.entries(set.pulls).map(([lever, value]) => ({ atS, lever, value }));
}

/** A run of minutes goes slowly enough to be steered; at its usual pace it is over before a lever is found. */
const SHORT_S = 900;
const paceOf = (durationS: number): Speed => (durationS <= SHORT_S ? 10 : fittingSpeed(durationS));

/** Wall seconds that a run takes as the library opens it. */
export const watchedS = (durationS: number): number => durationS / Number(paceOf(durationS));

/** Opens the lab with the scenario, running. */
export function scenarioHref(scenario: Scenario, seed: number, pulls: Pull[] = []): string {
  const speed = paceOf(scenario.durationS);
  const own = speed === fittingSpeed(scenario.durationS) ? {} : { speed };
  const request = { scenario: scenario.name, seed, ...(pulls.length > 0 ? { pulls } : {}) };
  return runHref(request, { scenario, ...own });
}

/** The same with something to try. */
export const tryHref = (one: Try, scenario: Scenario, seed: number): string =>
  scenarioHref(scenario, seed, pullsOfTry(one, scenario));

/** The first of an entry's suggestions that is not what was pulled, whenever it was. */
export function nextTry(
  { tries }: Pick<LibraryEntry, 'tries'>,
  scenario: Pick<Scenario, 'presets' | 'startsAt'>,
  pulls: readonly Pick<Pull, 'lever' | 'value'>[],
): Try | undefined {
  const key = (list: readonly Pick<Pull, 'lever' | 'value'>[]): string =>
    list
      .map(({ lever, value }) => `${lever}=${value}`)
      .sort()
      .join();
  const done = key(pulls);
  return tries.find((one) => key(pullsOfTry(one, scenario)) !== done);
}

/** A run as it was kept. A scenario of the learner's own may have the same name. */
const judgedRecord = ({ objectives, recoveredAfterS, pulls, overrides, address }: RunRecord): JudgedRun => ({
  objectives,
  recoveredAfterS,
  pulls,
  changed: overrides.length > 0 || !new URLSearchParams(address.split('#')[0]).has('scenario'),
});

export type StandingState = 'not run' | 'run' | 'reached' | 'par' | 'beaten';

export interface ScenarioStanding {
  state: StandingState;
  runs: number;
  /** The best that reached the goal. */
  best: { record: RunRecord; standing: Standing } | undefined;
}

/** How the learner stands with a scenario. Par is met with its own seed only: another one has other dice. */
export function standingOf(
  { name, goal }: Pick<LibraryEntry, 'name' | 'goal'>,
  records: readonly RunRecord[],
  place: GoalPlace,
  par: Par | undefined,
): ScenarioStanding {
  const own = records.filter(({ scenario }) => scenario === name);
  const state = own.length > 0 ? 'run' : 'not run';
  if (!goal) return { state, best: undefined, runs: own.length };
  const reached = own
    .flatMap((record) => {
      const { reached: ok, value } = judgeGoal(goal, judgedRecord(record), place);
      return ok && value !== undefined ? [{ record, standing: { value, pulls: record.pulls.length } }] : [];
    })
    .sort((a, b) => compareStandings(goal.measure, a.standing, b.standing));
  const orders = reached
    .filter(({ record }) => record.seed === par?.seed)
    .map(({ standing }) => (par ? compareStandings(goal.measure, standing, par) : 1));
  return {
    state: orders.some((order) => order < 0)
      ? 'beaten'
      : orders.includes(0)
        ? 'par'
        : reached.length > 0
          ? 'reached'
          : state,
    best: reached[0],
    runs: own.length,
  };
}
