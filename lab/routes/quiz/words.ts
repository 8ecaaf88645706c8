import type { Question } from '../../../quiz/format.ts';
import { drawnBy, filled, type Confidence } from '../../../quiz/grading.ts';
import { judged, type Calibration } from '../../stores/quiz-calibration.ts';

export const CONFIDENCE_WORDS: Record<Confidence, string> = {
  guess: 'Guess',
  unsure: 'Unsure',
  fairly: 'Fairly sure',
  certain: 'Certain',
};

/** The question and its facts as they are asked with this seed. */
export function askedWith(question: Question, seed: number): { text: string; given: [string, string][] } {
  if (question.kind !== 'compute') return { text: question.question, given: question.given };
  const numbers = drawnBy(question, seed);
  return {
    text: filled(question.question, numbers),
    given: question.given.map(([name, value]) => [filled(name, numbers), filled(value, numbers)]),
  };
}

/** The place in the reading that speaks of it. */
export const sectionOf = ({ source }: Question): string => `#/learn/${source.split('/')[0]}`;

export const letter = (place: number): string => 'ABCDEFGH'[place] ?? String(place + 1);

const OVERALL = {
  well: 'You are well calibrated',
  bold: 'You are surer than you are right',
  timid: 'You know more than you say',
};

/** "You were sure of 16, right in 13. You are well calibrated, a little bold at “fairly sure”." Empty without degrees. */
export function calibrationText(rows: readonly Calibration[]): string {
  const { sure, overall, at } = judged(rows);
  const counted = sure.of > 0 ? `You were sure of ${sure.of}, right in ${sure.right}.` : '';
  if (overall === undefined) return counted;
  const where = at ? `, a little ${at.is} at “${CONFIDENCE_WORDS[at.confidence].toLowerCase()}”` : '';
  return `${counted} ${OVERALL[overall]}${where}.`.trim();
}
