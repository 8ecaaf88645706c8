/**
 * Statistics of the questions, for whoever writes the course: how hard each one is, and which wrong answers are taken. From first answers
 * outside reviews only. No ids, no times of day, and nothing of a question's single answers; docs/quiz.md has the form.
 */
import { bank } from '../../../quiz/bank.ts';
import { CONFIDENCES, type Confidence } from '../../../quiz/grading.ts';
import { itemStatistics, surveyed } from '../quiz-figures.ts';
import type { AnswerRecord, SittingRecord } from '../quiz-saved.ts';

/** Times are rounded to this, so that they tell a hard question from an easy one and no more. */
const TIME_STEP_S = 5;

export interface ItemRow {
  question: string;
  /** First answers. */
  tries: number;
  right: number;
  givenUp: number;
  /** Of a question with options: how often each was chosen, as the data orders them. Typed numbers are the learner's own, and left out. */
  options?: number[];
  confidence: Record<Confidence, number>;
  medianTookS: number;
}

export interface ItemStatisticsFile {
  product: 'surge-lab-items';
  form: 1;
  engine: string;
  questions: ItemRow[];
}

/** @param answers in the order in which they were given */
export function itemStatisticsFile(
  answers: readonly AnswerRecord[],
  sittings: readonly SittingRecord[],
  engine: string,
): ItemStatisticsFile {
  const first = surveyed(answers, sittings);
  const questions = bank.flatMap((question): ItemRow[] => {
    const those = first.filter((one) => one.question === question.id);
    if (those.length === 0) return [];
    const { given, medianTookMs } = itemStatistics(question.id, first);
    return [
      {
        question: question.id,
        tries: those.length,
        right: those.filter(({ right }) => right).length,
        givenUp: those.filter((one) => one.given === null).length,
        ...(question.kind === 'compute'
          ? {}
          : { options: question.options.map((_, i) => given.get(i) ?? 0) }),
        confidence: Object.fromEntries(
          CONFIDENCES.map((name) => [name, those.filter(({ confidence }) => confidence === name).length]),
        ) as Record<Confidence, number>,
        medianTookS: Math.round(medianTookMs / 1000 / TIME_STEP_S) * TIME_STEP_S,
      },
    ];
  });
  return { product: 'surge-lab-items', form: 1, engine, questions };
}
