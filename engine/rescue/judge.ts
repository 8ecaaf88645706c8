/** Reads a game off the series of its run: how the goals stand, since when they hold, and what was lost and spent. */
import { endSOf, holdSOf, type Goal, type Incident } from './rules.ts';

/** The finished intervals of a run, as the page and the simulator both have them. */
export interface Columns {
  readonly intervalS: number;
  /** Finished intervals. */
  readonly length: number;
  /** @throws Error for a column that there is not */
  column(name: string): ArrayLike<number>;
  has(name: string): boolean;
}

export interface GoalState {
  id: Goal['id'];
  /** meanMs: milliseconds. hitRate, errorRate, criticalLost: share. usdPerHour: dollars of the fleet. NaN before there is data. */
  value: number;
  target: number;
  met: boolean;
  /** How near it is, 0 to 1; 1 when it is met. */
  nearness: number;
}

export interface Judgement {
  /** As of the last interval that counts. */
  goals: GoalState[];
  /** Seconds on the clock since which all goals have held; null when they do not hold. */
  heldSinceS: number | null;
  /** Seconds on the clock when they had first held for long enough; null when they have not yet. */
  handedOverS: number | null;
  /** Whether the clock has run out. */
  over: boolean;
  /** They hold at the end of the clock, and have for long enough. */
  rescued: boolean;
}

/** What the stretch from the start of the clock has cost, of the whole fleet. */
export interface Account {
  /** Requests that ended. */
  ended: number;
  /** Of those, given up or refused. */
  lost: number;
  spentUsd: number;
  /** What is usually spent in that time. */
  usualUsd: number;
  /** What is usually spent in the whole time of the clock. */
  usualClockUsd: number;
}

type Judged = Pick<Incident, 'startS' | 'clockS' | 'goals' | 'windowS'>;

export function judge(incident: Judged, columns: Columns, cells: number): Judgement {
  const { intervalS } = columns;
  const rowAt = (seconds: number): number => Math.round(seconds / intervalS);
  const startRow = rowAt(incident.startS);
  const endRow = rowAt(endSOf(incident));
  const lastRow = Math.min(endRow, columns.length);
  const windowRows = Math.max(1, rowAt(incident.windowS));
  const holdRows = Math.max(1, rowAt(holdSOf(incident)));
  const met = (row: number): boolean =>
    incident.goals.every((goal) => isMet(goal, valueOf(goal, columns, row - windowRows, row, cells)));
  let heldSince = -1;
  let handedOver = -1;
  for (let row = startRow; row <= lastRow; row++) {
    if (!met(row)) heldSince = -1;
    else if (heldSince < 0) heldSince = row;
    if (handedOver < 0 && heldSince >= 0 && row - heldSince >= holdRows) handedOver = row;
  }
  const onClock = (row: number): number | null => (row < 0 ? null : (row - startRow) * intervalS);
  const over = columns.length >= endRow;
  return {
    goals: goalsAt(incident, columns, cells, lastRow * intervalS),
    heldSinceS: onClock(heldSince),
    handedOverS: onClock(handedOver),
    over,
    rescued: over && heldSince >= 0 && endRow - heldSince >= holdRows,
  };
}

/** @param firstEventS when the first scripted event happens: the usual bill is that of the time before */
export function account(
  incident: Pick<Incident, 'startS' | 'clockS' | 'usualS'>,
  columns: Columns,
  cells: number,
  firstEventS: number,
): Account {
  const rowAt = (seconds: number): number => Math.round(seconds / columns.intervalS);
  const from = rowAt(incident.startS);
  const to = Math.min(rowAt(endSOf(incident)), columns.length);
  const usualUsdPerS =
    spent(columns, rowAt(firstEventS - incident.usualS), rowAt(firstEventS)) / incident.usualS;
  const seconds = Math.max(0, to - from) * columns.intervalS;
  return {
    ended: sum(columns, 'completed', from, to) * cells,
    lost: sum(columns, 'failed', from, to) * cells,
    spentUsd: spent(columns, from, to) * cells,
    usualUsd: usualUsdPerS * seconds * cells,
    usualClockUsd: usualUsdPerS * incident.clockS * cells,
  };
}

/** How the goals stood at a time of the run. */
export function goalsAt(
  { goals, windowS }: Pick<Incident, 'goals' | 'windowS'>,
  columns: Columns,
  cells: number,
  atS: number,
): GoalState[] {
  const to = Math.min(Math.round(atS / columns.intervalS), columns.length);
  const rows = Math.max(1, Math.round(windowS / columns.intervalS));
  return goals.map((goal) => stateOf(goal, columns, to - rows, to, cells));
}

const targetOf = (goal: Goal): number => ('most' in goal ? goal.most : goal.least);
const isMet = (goal: Goal, value: number): boolean =>
  'most' in goal ? value <= goal.most : value >= goal.least;

function stateOf(goal: Goal, columns: Columns, from: number, to: number, cells: number): GoalState {
  const value = valueOf(goal, columns, from, to, cells);
  const target = targetOf(goal);
  const met = isMet(goal, value);
  const ratio = 'most' in goal ? target / value : value / target;
  return { id: goal.id, value, target, met, nearness: met ? 1 : Number.isFinite(ratio) ? ratio : 0 };
}

/** Of the rows [from, to). */
function valueOf({ id }: Goal, columns: Columns, from: number, to: number, cells: number): number {
  switch (id) {
    case 'meanMs':
    case 'hitRate':
      return weighted(columns, id, from, to);
    case 'errorRate':
      return sum(columns, 'failed', from, to) / sum(columns, 'completed', from, to);
    case 'criticalLost':
      return (
        sum(columns, 'class.critical.givenUp', from, to) / sum(columns, 'class.critical.ended', from, to)
      );
    case 'usdPerHour': {
      const rows = Math.min(to, columns.length) - Math.max(0, from);
      return (spent(columns, from, to) * cells * 3600) / (rows * columns.intervalS);
    }
  }
}

/** Paid for model calls and for agents, of one cell. */
function spent(columns: Columns, from: number, to: number): number {
  const agents = columns.has('agents.infraUsd') ? sum(columns, 'agents.infraUsd', from, to) : 0;
  return sum(columns, 'costUsd', from, to) + agents;
}

function sum(columns: Columns, name: string, from: number, to: number): number {
  const column = columns.column(name);
  let total = 0;
  for (let row = Math.max(0, from); row < Math.min(to, columns.length); row++) total += column[row]!;
  return total;
}

/** Mean over requests; an interval in which none ended has none. */
function weighted(columns: Columns, name: string, from: number, to: number): number {
  const values = columns.column(name);
  const completed = columns.column('completed');
  let total = 0;
  let weight = 0;
  for (let row = Math.max(0, from); row < Math.min(to, columns.length); row++) {
    if (completed[row] === 0) continue;
    total += values[row]! * completed[row]!;
    weight += completed[row]!;
  }
  return total / weight;
}
