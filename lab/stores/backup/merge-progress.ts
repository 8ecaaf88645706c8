/** One exercise's standing, of two that went apart. */
import type { Attempt, Progress } from '../progress/records.ts';

/**
 * Field by field, so that nothing that was reached is lost: first times are the earliest, counts the highest, the last result the latest.
 * The order does not matter, and merging again changes nothing.
 */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const solvedAtMs = earliest(a.solvedAtMs, b.solvedAtMs);
  return {
    form: a.form,
    exercise: a.exercise,
    tries: Math.max(a.tries, b.tries),
    failedTries: Math.max(a.failedTries, b.failedTries),
    lastTriedAtMs: latest(a.lastTriedAtMs, b.lastTriedAtMs),
    solvedAtMs,
    triesToSolve: triesOfFirst(a, b),
    hintsOpened: Math.max(a.hintsOpened, b.hintsOpened),
    gaveUpAtMs: beforeSolved(earliest(a.gaveUpAtMs, b.gaveUpAtMs), solvedAtMs),
    objectives: mergeObjectives(a.objectives, b.objectives),
  };
}

/** Counts that are too low for the attempts that are kept, as after a merge of two devices, are raised. */
export function raised(progress: Progress, attempts: readonly Attempt[]): Progress {
  const inOrder = [...attempts].sort((a, b) => a.atMs - b.atMs);
  const first = inOrder.findIndex(({ kind }) => kind === 'passed');
  const isTheFirst = first >= 0 && inOrder[first]!.atMs === progress.solvedAtMs;
  return {
    ...progress,
    tries: Math.max(progress.tries, attempts.length),
    failedTries: Math.max(
      progress.failedTries,
      attempts.filter(({ kind, changed }) => kind !== 'passed' && changed).length,
    ),
    triesToSolve: isTheFirst ? Math.max(progress.triesToSolve ?? 0, first + 1) : progress.triesToSolve,
  };
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

const latest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** Whoever has solved an exercise gives nothing up after that. */
const beforeSolved = (gaveUpAtMs: number | null, solvedAtMs: number | null): number | null =>
  gaveUpAtMs !== null && solvedAtMs !== null && gaveUpAtMs >= solvedAtMs ? null : gaveUpAtMs;

/** Of the solution that came first; of two at the same moment, the fewer. */
function triesOfFirst(a: Progress, b: Progress): number | null {
  if (a.solvedAtMs === b.solvedAtMs) return earliest(a.triesToSolve, b.triesToSolve);
  return (a.solvedAtMs ?? Infinity) < (b.solvedAtMs ?? Infinity) ? a.triesToSolve : b.triesToSolve;
}

type Objectives = Progress['objectives'];

function mergeObjectives(a: Objectives, b: Objectives): Objectives {
  const ids = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  const pairs = ids.map((id): [string, Objectives[string]] => {
    const [one, other] = [a[id], b[id]];
    if (!one || !other) return [id, (one ?? other)!];
    // Of two at the same moment, the one that claims less.
    const isLater = one.lastAtMs === other.lastAtMs ? one.last === 'failed' : one.lastAtMs > other.lastAtMs;
    const { last, lastAtMs } = isLater ? one : other;
    return [id, { last, lastAtMs, metAtMs: earliest(one.metAtMs, other.metAtMs) }];
  });
  return Object.fromEntries(pairs);
}
