/** The library's entry for the run in the lab, and how the run stands by its goal at the place that is looked at. */
import type { RunInfo } from '../../../engine/runner/protocol.ts';
import { PARS, type Par } from '../../../engine/scenarios/library-par.ts';
import type { LibraryEntry } from '../../../engine/scenarios/library-entry.ts';
import { entryOf } from '../../../engine/scenarios/library.ts';
import { judgeGoal, type Goal, type GoalResult } from '../../../engine/simulation/debrief-goal.ts';
import type { RunStore } from '../../stores/run.svelte.ts';

/** Undefined for a scenario of the learner's own, whatever its name. */
export const entryOfRun = ({ choice }: RunStore): LibraryEntry | undefined =>
  typeof choice?.scenario === 'string' ? entryOf(choice.scenario) : undefined;

export interface JudgedGoal {
  goal: Goal;
  result: GoalResult;
  par: Par | undefined;
  /** Those that are still to come are in the run already, but not pulled. */
  pulls: number;
}

type Told = Pick<RunStore['shown'], 'nowS' | 'objectives' | 'pulls'>;

/** Null for an experiment without an end to reach. */
export function judgedGoal(
  { name, goal }: LibraryEntry,
  { choice }: RunStore,
  { nowS, objectives, pulls: planned }: Told,
  { scenario }: RunInfo,
): JudgedGoal | null {
  if (!goal) return null;
  const pulls = planned.filter(({ atS }) => atS <= nowS);
  const recovery = objectives.find(({ id }) => id === 'recovery');
  const run = {
    ...{ objectives, pulls, changed: (choice?.overrides ?? []).length > 0 },
    recoveredAfterS: recovery?.phase === 'held' ? recovery.value : null,
  };
  return { goal, result: judgeGoal(goal, run, scenario), par: PARS[name], pulls: pulls.length };
}
