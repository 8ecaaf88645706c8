/** What the answers say of a learner and of a question. docs/quiz.md has the formulas. */
import type { Objective } from '../../quiz/objectives.ts';
import type { AnswerRecord, SittingRecord } from './quiz-saved.ts';

/** From this share on an objective counts as mastered. */
export const MASTERED = 0.8;
/** An older answer to the same question weighs half of the next one. */
const OLDER = 0.5;
/** Fewer questions than this cannot show that an objective is mastered. */
const LEAST_QUESTIONS = 2;

/** The first answer to each question of each sitting. @param answers in the order in which they were given */
export function firstAnswers(answers: readonly AnswerRecord[]): AnswerRecord[] {
  const seen = new Set<string>();
  return answers.filter(({ sitting, question }) => {
    const key = `${sitting} ${question}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Sittings of this scope are reviews. */
export const REVIEW_SCOPE = 'review';

/** First answers outside reviews: what statistics and calibration are made of. A review asks what is about to be forgotten. */
export function surveyed(
  answers: readonly AnswerRecord[],
  sittings: readonly SittingRecord[],
): AnswerRecord[] {
  const reviews = idsOfReviews(sittings);
  return firstAnswers(answers).filter(({ sitting }) => !reviews.has(sitting));
}

/** What mastery is made of: the same, and what was right in a review. What was wrong there only comes back sooner. */
export function counted(
  answers: readonly AnswerRecord[],
  sittings: readonly SittingRecord[],
): AnswerRecord[] {
  const reviews = idsOfReviews(sittings);
  return firstAnswers(answers).filter(({ sitting, right }) => right || !reviews.has(sitting));
}

const idsOfReviews = (sittings: readonly SittingRecord[]): Set<string> =>
  new Set(sittings.filter(({ scope }) => scope === REVIEW_SCOPE).map(({ id }) => id));

/** Questions whose newest first answer was wrong. */
export function wrongOnes(first: readonly AnswerRecord[]): string[] {
  const newest = new Map(first.map(({ question, right }) => [question, right]));
  return [...newest].flatMap(([question, right]) => (right ? [] : [question]));
}

/** 0 to 1; undefined as long as no question of it was answered. @param objectiveOf of a question's id */
export function masteryOf(
  { id }: Objective,
  first: readonly AnswerRecord[],
  objectiveOf: (question: string) => string | undefined,
): number | undefined {
  const sums = new Map<string, { right: number; all: number }>();
  for (const { question, right } of first) {
    if (objectiveOf(question) !== id) continue;
    const before = sums.get(question) ?? { right: 0, all: 0 };
    sums.set(question, { right: before.right * OLDER + (right ? 1 : 0), all: before.all * OLDER + 1 });
  }
  if (sums.size === 0) return undefined;
  let sum = 0;
  for (const { right, all } of sums.values()) sum += right / all;
  return sum / Math.max(sums.size, LEAST_QUESTIONS);
}

export interface ItemStatistics {
  answers: number;
  /** NaN without answers. */
  shareRight: number;
  /** By what was given: an option's place, or a number. Those that were given up are not in it. */
  given: ReadonlyMap<number, number>;
  /** NaN without answers. */
  medianTookMs: number;
}

/** Of one question, from first answers only: what was learned by a wrong try says nothing of the question. */
export function itemStatistics(question: string, first: readonly AnswerRecord[]): ItemStatistics {
  const those = first.filter((one) => one.question === question);
  const given = new Map<number, number>();
  for (const one of those) if (one.given !== null) given.set(one.given, (given.get(one.given) ?? 0) + 1);
  const times = those.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  // The same one twice when their number is odd.
  const [low, high] = [times[Math.ceil(times.length / 2) - 1], times[Math.floor(times.length / 2)]];
  return {
    answers: those.length,
    shareRight: those.filter(({ right }) => right).length / those.length,
    given,
    medianTookMs: times.length > 0 ? (low + high) / 2 : NaN,
  };
}
