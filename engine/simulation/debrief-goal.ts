/** What a run is to come to, and whether it did: read off what is kept of a run that has ended, or off one that still goes on. */
import { secondsAfter } from '../core/clock.ts';
import type { LeverSettings } from './lever-schema.ts';
import type { ObjectiveState } from './objectives.ts';

type ObjectiveId = ObjectiveState['id'];

export interface Goal {
  /** Of the scenario's objectives: these are met when the run ends. */
  objectives: readonly ObjectiveId[];
  /** No lever is pulled before this time: seconds from the start, or a time of day. */
  from?: number | string;
  /** Levers that stay as they are: they would take the question away. */
  without?: readonly string[];
  /** The figure that tells one run that reaches the goal from another. */
  measure: ObjectiveId;
}

/** A run as far as it is judged, whoever tells of it: the lab, its record, or the simulator. */
export interface JudgedRun {
  objectives: readonly { id: string; met: boolean; value: number }[];
  recoveredAfterS: number | null;
  pulls: readonly { atS: number; lever: string }[];
  /** Whether settings were changed before the start: it is another system then. */
  changed: boolean;
}

export type Condition =
  | {
      kind: 'objective';
      id: ObjectiveId;
      met: boolean;
      /** Undefined when the run could not tell. */ value: number | undefined;
    }
  | {
      kind: 'from';
      met: boolean;
      fromS: number;
      /** When the first lever was pulled, if too early. */ earlyS: number | undefined;
    }
  | { kind: 'without'; met: boolean; /** Those of them that were moved. */ levers: string[] }
  | { kind: 'as it is'; met: boolean };

export interface GoalResult {
  reached: boolean;
  conditions: Condition[];
  /** Of the goal's measure; undefined when the run could not tell. */
  value: number | undefined;
}

/** The clock and the levers of the scenario that the goal is of. */
export interface GoalPlace {
  startsAt: string;
  levers: readonly Pick<LeverSettings, 'id' | 'control' | 'param'>[];
}

/** Of a time in seconds, or a time of day. Without the schema of scenarios, which a page does not need for it. */
export const secondsOf = (at: number | string, { startsAt }: Pick<GoalPlace, 'startsAt'>): number =>
  typeof at === 'number' ? at : secondsAfter(startsAt, at, 'at');

export function judgeGoal(goal: Goal, run: JudgedRun, place: GoalPlace): GoalResult {
  const conditions: Condition[] = goal.objectives.map((id) => {
    const state = run.objectives.find((one) => one.id === id);
    return { kind: 'objective', id, met: state?.met ?? false, value: state?.value };
  });
  if (goal.from !== undefined) {
    const fromS = secondsOf(goal.from, place);
    const early = run.pulls.map(({ atS }) => atS).filter((atS) => atS < fromS);
    const earlyS = early.length > 0 ? Math.min(...early) : undefined;
    conditions.push({ kind: 'from', met: earlyS === undefined, fromS, earlyS });
  }
  if (goal.without) {
    const levers = goal.without.filter((id) => run.pulls.some((pull) => moves(pull.lever, id, place)));
    conditions.push({ kind: 'without', met: levers.length === 0, levers });
  }
  if (run.changed) conditions.push({ kind: 'as it is', met: false });
  return {
    reached: conditions.every(({ met }) => met),
    conditions,
    value: measured(goal.measure, run),
  };
}

/** Whether nothing that is still to come can make it reach the goal. */
export const isOutOfReach = ({ conditions }: GoalResult): boolean =>
  conditions.some(({ kind, met }) => kind !== 'objective' && !met);

/** A lever may also be pulled by the path of what it moves. */
function moves(pulled: string, lever: string, { levers }: GoalPlace): boolean {
  if (pulled === lever) return true;
  const known = levers.find(({ id }) => id === lever);
  return known !== undefined && (known.control.path === pulled || known.param?.path === pulled);
}

function measured(id: ObjectiveId, run: JudgedRun): number | undefined {
  if (id === 'recovery') return run.recoveredAfterS ?? undefined;
  const value = run.objectives.find((one) => one.id === id)?.value;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** How well a run reached a goal. */
export interface Standing {
  /** Of the goal's measure. */
  value: number;
  pulls: number;
}

/** More of these is better. */
const MORE: ReadonlySet<ObjectiveId> = new Set(['hitRate', 'criticalServed']);
export const isMoreBetter = (id: ObjectiveId): boolean => MORE.has(id);

/** Below 0: `a` is the better one. Fewer pulls decide between equal figures. */
export function compareStandings(measure: ObjectiveId, a: Standing, b: Standing): number {
  const less = isMoreBetter(measure) ? b.value - a.value : a.value - b.value;
  return less !== 0 ? less : a.pulls - b.pulls;
}
