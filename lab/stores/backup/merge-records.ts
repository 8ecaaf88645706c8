/** Records that one key has in two places: the one that stands. None of these depends on the order. */
import { again, type RunRecord } from '../progress/run-records.ts';
import type { ReadMark } from '../reading.ts';
import { canonical, type ScenarioRecord } from './contents.ts';
import { sha1Hex } from './sha1.ts';

/** The first time counts. */
export const mergeMarks = (a: ReadMark, b: ReadMark): ReadMark => (a.readAtMs <= b.readAtMs ? a : b);

/** The same run: it was pinned if it was pinned anywhere, its best score counts, and every note stays. */
export function mergeRuns(a: RunRecord, b: RunRecord): RunRecord {
  const [older, newer] = inTime(a, b, ({ finishedAtMs }) => finishedAtMs);
  return { ...again(older, newer), note: bothNotes(older.note, newer.note) };
}

function bothNotes(older: string, newer: string): string {
  if (newer.includes(older)) return newer;
  return older.includes(newer) ? older : `${older}\n${newer}`;
}

/** The one that was written last stands; the other text, if it is another, becomes a scenario of its own. */
export function mergeScenarios(
  a: ScenarioRecord,
  b: ScenarioRecord,
): { stands: ScenarioRecord; copy: ScenarioRecord | undefined } {
  const [older, newer] = inTime(a, b, ({ savedAtMs }) => savedAtMs);
  const stands = { ...newer, revision: Math.max(older.revision, newer.revision) };
  if (older.text === newer.text) return { stands, copy: undefined };
  // Its name comes from its text, so that the same copy is not made twice.
  const copy = {
    ...older,
    id: `${older.id}-${sha1Hex(older.text).slice(0, 8)}`,
    name: `${older.name} (earlier)`,
  };
  return { stands, copy };
}

function inTime<T>(a: T, b: T, timeMs: (one: T) => number): [T, T] {
  const isFirst = timeMs(a) === timeMs(b) ? canonical(a) <= canonical(b) : timeMs(a) < timeMs(b);
  return isFirst ? [a, b] : [b, a];
}
