/** How an exercise stands, in words. */
import type { Exercise } from '../../../exercises/format.ts';
import type { Progress } from '../../stores/progress/records.ts';

const times = (count: number) => (count === 1 ? '1 try' : `${count} tries`);

const metOf = (record: Progress, { objectives }: Exercise): number =>
  objectives.filter(({ id }) => record.objectives[id]?.last === 'met').length;

/** `last` is what the last run could tell of each objective; without it the record's own. */
export function standing(
  record: Progress,
  exercise: Exercise,
  last?: Record<string, 'met' | 'failed'>,
): string {
  if (record.solvedAtMs !== null) return `Solved after ${times(record.triesToSolve ?? record.tries)}`;
  if (record.tries === 0) return record.hintsOpened > 0 ? 'Begun' : 'Not begun';
  const met = last ? Object.values(last).filter((one) => one === 'met').length : metOf(record, exercise);
  return `${met} of ${exercise.objectives.length} met, ${times(record.tries)}`;
}

export function dotOf(record: Progress): 'done' | 'part' | 'open' {
  if (record.solvedAtMs !== null) return 'done';
  return record.tries > 0 || record.hintsOpened > 0 ? 'part' : 'open';
}

/** Whether the solution may be asked for: after a try that failed, or after all hints, or when it is solved anyway. */
export const mayShowSolution = (record: Progress, { hints }: Exercise): boolean =>
  record.failedTries > 0 || record.hintsOpened >= hints.length || record.solvedAtMs !== null;
