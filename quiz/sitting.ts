/**
 * One sitting of a quiz, as plain data that can be kept. Each question is asked until it was answered right or given up; in a new round
 * only what was wrong is asked again. The result is made of first answers.
 */
import { InputError } from '../engine/core/errors.ts';
import type { Confidence } from './grading.ts';

export interface Answer {
  question: string;
  /** Order of the options and numbers of this asking. */
  seed: number;
  /** An option's place in the data, or the number; null when it was given up. */
  given: number | null;
  confidence: Confidence | null;
  right: boolean;
}

export interface Sitting {
  /** In the order in which they are asked. */
  questions: readonly string[];
  /** From the first answer on; never changed. */
  answers: readonly Answer[];
  seed: number;
}

/** Of the module's test: share of right first answers with which it is passed. */
export const PASS_SHARE = 0.8;

export const newSitting = (questions: readonly string[], seed: number): Sitting => ({
  questions,
  seed,
  answers: [],
});

/** @throws InputError when this question is not the one that is asked. */
export function answered(sitting: Sitting, answer: Answer): Sitting {
  const expected = nextQuestion(sitting);
  if (answer.question !== expected)
    throw new InputError('answer', expected ?? 'no answer, as the sitting is over', answer.question);
  return { ...sitting, answers: [...sitting.answers, answer] };
}

/** Solved or given up: only then may its answer be shown. */
export const isOver = ({ answers }: Sitting, question: string): boolean =>
  answers.some((one) => one.question === question && (one.right || one.given === null));

/** Rounds so far, this one included: one, and one more for each time that only the wrong ones were left. */
export const roundOf = (sitting: Sitting): number => rounds(sitting).length;

/** The question that is asked now; undefined when all are solved or given up. */
export function nextQuestion(sitting: Sitting): string | undefined {
  const last = rounds(sitting).at(-1)!;
  return last.asked[last.answers];
}

export interface Result {
  /** First answers that were right. */
  right: number;
  of: number;
  passed: boolean;
  /** Questions that were not right at first. */
  wrong: string[];
}

/** By first answers; questions that were not reached count as not right. */
export function resultOf({ questions, answers }: Sitting): Result {
  const first = new Map<string, Answer>();
  for (const answer of answers) if (!first.has(answer.question)) first.set(answer.question, answer);
  const wrong = questions.filter((question) => !first.get(question)?.right);
  const right = questions.length - wrong.length;
  return { right, of: questions.length, passed: right >= PASS_SHARE * questions.length, wrong };
}

/** What each round asks, and how many answers it has. */
function rounds({ questions, answers }: Sitting): { asked: readonly string[]; answers: number }[] {
  const all = [{ asked: questions, answers: 0 }];
  let left: string[] = [];
  for (const { question, right, given } of answers) {
    const round = all.at(-1)!;
    round.answers += 1;
    if (!right && given !== null) left.push(question);
    if (round.answers === round.asked.length && left.length > 0) {
      all.push({ asked: left, answers: 0 });
      left = [];
    }
  }
  return all;
}
