import type { Goal } from '../simulation/debrief-goal.ts';
import type { PullValue } from '../simulation/levers.ts';

/** Where a scenario stands in the library. */
export const GROUPS = [
  { id: 'S1', title: 'Prime Day' },
  { id: 'S2', title: 'News feed' },
  { id: 'S3', title: 'The model bill' },
  { id: 'S4', title: 'Memory squeeze' },
  { id: 'S5', title: 'One mechanism each' },
  { id: 'more', title: 'More mechanisms' },
  { id: 'theory', title: 'Theory' },
] as const;
export type GroupId = (typeof GROUPS)[number]['id'];

export const MECHANISMS = [
  { id: 'cache', title: 'Caches' },
  { id: 'money', title: 'Money' },
  { id: 'retries', title: 'Retries' },
  { id: 'overload', title: 'Overload' },
  { id: 'tail', title: 'Tail' },
  { id: 'calls', title: 'Calls' },
  { id: 'memory', title: 'Memory' },
  { id: 'capacity', title: 'Capacity' },
] as const;
export type MechanismId = (typeof MECHANISMS)[number]['id'];

/** 1: one lever does it. 2: two or three, or the right moment. 3: several, that need each other. */
export type Difficulty = 1 | 2 | 3;

/** Levers pulled at one time: seconds from the start, or a time of day. */
export interface PullSet {
  at: number | string;
  pulls: Readonly<Record<string, PullValue>>;
}

/** Something to try. Its levers are those of a preset of the scenario, or its own. */
export type Try = { words: string } & ({ preset: string } | PullSet);

export interface LibraryEntry {
  /** In the catalogue. Title and question are the scenario's own. */
  name: string;
  group: GroupId;
  mechanisms: readonly MechanismId[];
  difficulty: Difficulty;
  /** Sections of the reading that teach it; the first of them first. */
  sections: readonly string[];
  tries: readonly Try[];
  /** Null: an experiment without an end to reach. */
  goal: Goal | null;
  /** Preset of the scenario that reaches the goal; null without a goal. */
  par: string | null;
}
