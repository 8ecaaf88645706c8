import type { Question } from '../../../quiz/format.ts';
import { drawnBy, filled, type Confidence } from '../../../quiz/grading.ts';

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
