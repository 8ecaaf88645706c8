/** What the kept answers and runs say of how well something was known. docs/quiz.md has the table. */
import type { Confidence } from '../../../quiz/grading.ts';
import type { Attempt, Progress } from '../progress/records.ts';
import type { AnswerRecord } from '../quiz-saved.ts';
import type { LocalDays } from './local-days.ts';

export type Kind = 'question' | 'exercise';
export type Rating = 'again' | 'hard' | 'good' | 'easy';

/** One look at a question or an exercise, and how it went. */
export interface Review {
  kind: Kind;
  id: string;
  atMs: number;
  rating: Rating;
}

/** What is kept of a learner, in any order. */
export interface Work {
  answers: readonly AnswerRecord[];
  attempts: readonly Attempt[];
  /** Says when the solution of an exercise was asked for. */
  progress: readonly Pick<Progress, 'exercise' | 'gaveUpAtMs'>[];
}

/** An exercise that took more runs than this in a day was hard. */
export const FEW_TRIES = 3;

const BY_CONFIDENCE: Record<Confidence, Rating> = {
  guess: 'hard',
  unsure: 'hard',
  fairly: 'good',
  certain: 'easy',
};

/** All that counts for the schedule, the oldest first. What is dated after today is left out until its day has come: the clock was wrong. */
export function reviewsOf({ answers, attempts, progress }: Work, nowMs: number, days: LocalDays): Review[] {
  const today = days.dayOf(nowMs);
  const past = (atMs: number): boolean => days.dayOf(atMs) <= today;
  const reviews = [
    ...[...groups(answers, ({ sitting, question }) => `${sitting} ${question}`).values()].flatMap((group) =>
      ofQuestion(group.filter(({ atMs }) => past(atMs))),
    ),
    ...ofExercises(
      attempts.filter(({ atMs }) => past(atMs)),
      progress.filter(({ gaveUpAtMs }) => gaveUpAtMs !== null && past(gaveUpAtMs)),
      days,
    ),
  ];
  return reviews.sort(
    (a, b) => a.atMs - b.atMs || compare(a.kind, b.kind) || compare(a.id, b.id) || worse(a, b),
  );
}

/** Of one question in one sitting: its first answer, and after a wrong one the first that is right. Tries between say nothing new. */
function ofQuestion(answers: AnswerRecord[]): Review[] {
  const [first, ...later] = answers.sort((a, b) => a.number - b.number);
  if (!first) return [];
  const { question: id, atMs, right, confidence } = first;
  if (right)
    return [{ kind: 'question', id, atMs, rating: confidence === null ? 'good' : BY_CONFIDENCE[confidence] }];
  const mended = later.find((one) => one.right);
  const wrong: Review = { kind: 'question', id, atMs, rating: 'again' };
  // A clock that was set back in between must not turn the two round.
  return mended ? [wrong, { ...wrong, atMs: Math.max(atMs, mended.atMs), rating: 'hard' }] : [wrong];
}

/** An exercise counts once a day, however often it is run. */
function ofExercises(
  attempts: Attempt[],
  gaveUp: readonly Pick<Progress, 'exercise' | 'gaveUpAtMs'>[],
  days: LocalDays,
): Review[] {
  const given = new Map(gaveUp.map(({ exercise, gaveUpAtMs }) => [exercise, gaveUpAtMs!]));
  const byExercise = groups(attempts, ({ exercise }) => exercise);
  for (const exercise of given.keys()) if (!byExercise.has(exercise)) byExercise.set(exercise, []);
  return [...byExercise].flatMap(([id, runs]) => {
    const gaveUpAtMs = given.get(id);
    const byDay = groups(
      runs.sort((a, b) => a.atMs - b.atMs),
      ({ atMs }) => days.dayOf(atMs),
    );
    let hintsBefore = 0;
    const reviews: Review[] = [];
    for (const [day, those] of byDay) {
      const review = ofDay(those, hintsBefore);
      hintsBefore = Math.max(hintsBefore, ...those.map(({ hintsOpened }) => hintsOpened));
      if (review && !(gaveUpAtMs !== undefined && days.dayOf(gaveUpAtMs) === day))
        reviews.push({ kind: 'exercise', id, ...review });
    }
    if (gaveUpAtMs !== undefined) reviews.push({ kind: 'exercise', id, atMs: gaveUpAtMs, rating: 'again' });
    return reviews;
  });
}

/** Runs of one exercise in one day, the oldest first, up to the first that passed. A run of the untouched starter is no try. */
function ofDay(attempts: Attempt[], hintsBefore: number): { atMs: number; rating: Rating } | undefined {
  const tries = attempts.filter(({ kind, changed }) => changed || kind === 'passed');
  const passed = tries.findIndex(({ kind }) => kind === 'passed');
  if (passed < 0) return tries.length === 0 ? undefined : { atMs: tries[0].atMs, rating: 'again' };
  const { atMs, hintsOpened } = tries[passed];
  return { atMs, rating: passed < FEW_TRIES && hintsOpened <= hintsBefore ? 'good' : 'hard' };
}

function groups<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const ORDER: readonly Rating[] = ['again', 'hard', 'good', 'easy'];
const worse = (a: Review, b: Review): number => ORDER.indexOf(a.rating) - ORDER.indexOf(b.rating);
