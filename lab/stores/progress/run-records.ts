/**
 * What is kept of a run of the lab that has ended: what reproduces it, and what came of it. The series is not kept; the address brings it
 * back to the last bit, as long as the engine is the same.
 */
import * as v from 'valibot';

/** Grows when the form of a record changes. */
export const RUN_FORM = 1;

const finite = v.pipe(v.number(), v.finite());
const notNegative = v.pipe(finite, v.minValue(0));
const whole = v.pipe(notNegative, v.integer());

export const runRecordSchema = v.object({
  form: v.literal(RUN_FORM),
  /** The run's fingerprint: the same run again is the same record. */
  id: v.pipe(v.string(), v.minLength(1)),
  /** Name of the scenario, in the catalogue or the learner's own. */
  scenario: v.string(),
  title: v.string(),
  seed: whole,
  engine: v.string(),
  /** Query and fragment that open the run again; empty for a scenario of the learner's own that is too large for an address. */
  address: v.string(),
  overrides: v.array(v.object({ path: v.string(), value: v.unknown() })),
  pulls: v.array(
    v.object({ atS: notNegative, lever: v.string(), value: v.union([v.boolean(), v.number(), v.string()]) }),
  ),
  /** `rescue`: it was played against the clock of the scenario, and has a score. */
  kind: v.picklist(['run', 'rescue']),
  finishedAtMs: notNegative,
  durationS: notNegative,
  /** Of the one simulated cell. */
  requests: whole,
  /** Null: it did not recover, or there was nothing to recover from. */
  recoveredAfterS: v.nullable(notNegative),
  /** Those of which the run could tell. */
  objectives: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      met: v.boolean(),
      value: finite,
      /** `ms`, `s`, `USD`, `share` (0 to 1), or `×` (a multiple). */
      unit: v.string(),
      bound: finite,
    }),
  ),
  score: v.nullable(finite),
  /** Pinned runs stay when there are too many. */
  pinned: v.boolean(),
  /** The learner's own words. */
  note: v.string(),
});

export type RunRecord = v.InferOutput<typeof runRecordSchema>;

/** How many runs stay that are not pinned. */
export const MOST_UNPINNED = 200;

/** The ids of those that have to go: the oldest that are not pinned, beyond `most`. */
export function surplus(
  records: readonly Pick<RunRecord, 'id' | 'pinned' | 'finishedAtMs'>[],
  most = MOST_UNPINNED,
): string[] {
  const loose = records.filter(({ pinned }) => !pinned).sort((a, b) => b.finishedAtMs - a.finishedAtMs);
  return loose.slice(most).map(({ id }) => id);
}

/** The same run has ended again: what the learner said of it stays, and so does its score. */
export function again(before: RunRecord | undefined, now: RunRecord): RunRecord {
  if (!before) return now;
  const scored = before.kind === 'rescue' && (before.score ?? -Infinity) >= (now.score ?? -Infinity);
  return {
    ...now,
    kind: scored ? 'rescue' : now.kind,
    score: scored ? before.score : now.score,
    pinned: before.pinned || now.pinned,
    note: now.note || before.note,
  };
}

const metOf = ({ objectives }: RunRecord): number => objectives.filter(({ met }) => met).length;

/** Sorts the better run first: by score, then objectives met, then by how soon it recovered, then the one that was there first. */
export function byMerit(a: RunRecord, b: RunRecord): number {
  const score = (record: RunRecord) => record.score ?? -Infinity;
  const recovered = (record: RunRecord) => record.recoveredAfterS ?? Infinity;
  const order = (x: number, y: number) => (x === y ? 0 : x < y ? -1 : 1);
  return (
    order(score(b), score(a)) ||
    order(metOf(b), metOf(a)) ||
    order(recovered(a), recovered(b)) ||
    order(a.finishedAtMs, b.finishedAtMs)
  );
}
