/**
 * What is kept of a learner's work, and how a record is read. A record carries the form it was written in. Schemas keep what they do not
 * know out; a record of a newer form is never touched, since this page can't tell what it would lose.
 */
import * as v from 'valibot';

/** Grows when the form of a record changes. */
export const FORM = 1;

const form = v.literal(FORM);
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.finite(), v.minValue(0));
const result = v.picklist(['met', 'failed']);

/** How one exercise stands. */
const progressSchema = v.object({
  form,
  exercise: v.string(),
  /** Runs that came to a verdict. */
  tries: whole,
  /** Of these, failed ones of code that is not the starter. They open the solution. */
  failedTries: whole,
  lastTriedAtMs: v.nullable(time),
  /** The first time that all passed, and after how many tries. */
  solvedAtMs: v.nullable(time),
  triesToSolve: v.nullable(whole),
  hintsOpened: whole,
  /** When the solution was asked for before the exercise was solved. */
  gaveUpAtMs: v.nullable(time),
  /** By the objective's id: how the last run that could tell ended, and when it was first met. */
  objectives: v.record(v.string(), v.object({ last: result, lastAtMs: time, metAtMs: v.nullable(time) })),
});

/** One run. Written once and never changed. */
const attemptSchema = v.object({
  form,
  exercise: v.string(),
  atMs: time,
  kind: v.picklist(['passed', 'failed', 'error', 'timeout', 'memory', 'protocol']),
  seed: v.number(),
  passed: whole,
  of: whole,
  /** Objectives that the run could not tell of are left out. */
  objectives: v.record(v.string(), result),
  /** Whether the code was other than the starter. */
  changed: v.boolean(),
  hintsOpened: whole,
  gaveUp: v.boolean(),
});

/** The text that the editor opens with. */
const draftSchema = v.object({
  form,
  exercise: v.string(),
  text: v.string(),
  /** The editor's own record of text, selection and history. */
  editor: v.unknown(),
  savedAtMs: time,
  /** Counts the writes, so that a tab sees whether another one wrote since it read. */
  revision: whole,
});

/** A text that was replaced, to bring back. */
const versionSchema = v.object({
  form,
  id: v.optional(whole),
  exercise: v.string(),
  text: v.string(),
  atMs: time,
  why: v.picklist(['reset', 'another tab', 'brought back']),
});

export type Progress = v.InferOutput<typeof progressSchema>;
export type Attempt = v.InferOutput<typeof attemptSchema>;
export type Draft = v.InferOutput<typeof draftSchema>;
export type Version = v.InferOutput<typeof versionSchema>;

export const schemas = {
  progress: progressSchema,
  attempts: attemptSchema,
  drafts: draftSchema,
  versions: versionSchema,
};

export type Read<T> = { is: 'none' } | { is: 'whole'; record: T } | { is: 'newer' } | { is: 'broken' };

/** Reads a record as storage gave it. */
export function readRecord<S extends v.GenericSchema>(schema: S, stored: unknown): Read<v.InferOutput<S>> {
  if (stored === undefined) return { is: 'none' };
  const { success, output } = v.safeParse(schema, stored);
  if (success) return { is: 'whole', record: output };
  const written = (stored as { form?: unknown } | null)?.form;
  return { is: typeof written === 'number' && written > FORM ? 'newer' : 'broken' };
}

export const untouched = (exercise: string): Progress => ({
  form: FORM,
  exercise,
  tries: 0,
  failedTries: 0,
  lastTriedAtMs: null,
  solvedAtMs: null,
  triesToSolve: null,
  hintsOpened: 0,
  gaveUpAtMs: null,
  objectives: {},
});

/** What a run adds to a record. */
export function afterAttempt(progress: Progress, attempt: Attempt): Progress {
  const { atMs, kind, changed } = attempt;
  const tries = progress.tries + 1;
  const solves = kind === 'passed' && progress.solvedAtMs === null;
  const objectives = { ...progress.objectives };
  for (const [id, last] of Object.entries(attempt.objectives)) {
    const metAtMs = objectives[id]?.metAtMs ?? (last === 'met' ? atMs : null);
    objectives[id] = { last, lastAtMs: atMs, metAtMs };
  }
  return {
    ...progress,
    tries,
    failedTries: progress.failedTries + (kind !== 'passed' && changed ? 1 : 0),
    lastTriedAtMs: atMs,
    solvedAtMs: solves ? atMs : progress.solvedAtMs,
    triesToSolve: solves ? tries : progress.triesToSolve,
    objectives,
  };
}

/** `count` hints are open; closing one again is no way back. */
export const afterHint = (progress: Progress, count: number): Progress => ({
  ...progress,
  hintsOpened: Math.max(progress.hintsOpened, count),
});

/** The solution was asked for. Whoever has solved the exercise gives nothing up. */
export const afterGivingUp = (progress: Progress, atMs: number): Progress =>
  progress.solvedAtMs !== null ? progress : { ...progress, gaveUpAtMs: progress.gaveUpAtMs ?? atMs };
