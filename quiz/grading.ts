/** Says what an answer is worth. Nothing here knows of pages or storage. */
import { RandomStream } from '../engine/core/random.ts';
import type { ComputeQuestion, Drawn, PredictQuestion, Question } from './format.ts';

/** How sure the learner was, before the answer was judged. */
export const CONFIDENCES = ['guess', 'unsure', 'fairly', 'certain'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Places of the options as they are shown: the first of the result is the place, in the data, of the option shown first. */
export function orderOf(question: Question, seed: number): number[] {
  if (question.kind === 'compute') return [];
  const places = question.options.map((_, place) => place);
  if (question.ordered) return places;
  // Fisher and Yates.
  const random = new RandomStream(seed, `quiz order ${question.id}`);
  for (let left = places.length; left > 1; left--) {
    const taken = random.below(left);
    [places[left - 1], places[taken]] = [places[taken]!, places[left - 1]!];
  }
  return places;
}

/** The numbers of one asking. */
export const drawnBy = (question: ComputeQuestion, seed: number): Drawn =>
  question.draw(new RandomStream(seed, `quiz numbers ${question.id}`));

export interface ComputedGrade {
  right: boolean;
  answer: number;
  /** What to say to this wrong answer, when it is one that people give. */
  feedback: string | undefined;
}

/** Judges a number. @param given finite. */
export function gradeNumber(question: ComputeQuestion, drawn: Drawn, given: number): ComputedGrade {
  const answer = question.answer(drawn);
  const near = (value: number): boolean => isWithin(given, value, question.tolerance);
  if (near(answer)) return { right: true, answer, feedback: undefined };
  return {
    right: false,
    answer,
    feedback: question.mistakes.find((one) => near(one.answer(drawn)))?.feedback,
  };
}

/** A tolerance of 0 still forgives what the last bits of binary fractions do. */
const isWithin = (given: number, value: number, tolerance: number): boolean =>
  Math.abs(given - value) <= Math.max(tolerance, 1e-9) * Math.abs(value) + 1e-12;

/** The option whose range the measured figure is in; undefined when none is, as for NaN. */
export function measuredOption({ options }: PredictQuestion, value: number): number | undefined {
  const place = options.findIndex(({ from = -Infinity, below = Infinity }) => value >= from && value < below);
  return place < 0 ? undefined : place;
}

/** The option that is right by the data; undefined where a run or a computation decides. */
export function writtenOption(question: Question): number | undefined {
  return question.kind === 'why' ? question.options.findIndex(({ right }) => right) : undefined;
}

/** Puts drawn numbers into a text: "{tokens} tokens". @throws Error for a name that was not drawn: the bank's fault. */
export function filled(text: string, drawn: Drawn): string {
  return text.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = drawn[name];
    if (value === undefined)
      throw new Error(`"${text}" speaks of {${name}}, which is not among the drawn numbers.`);
    return written(value);
  });
}

/** Five digits at most, thousands apart. */
export const written = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: Math.abs(value) >= 10_000 ? 9 : 5 });

/** The number that a learner typed, as people write them: `1,250.5`, `12 %` without the sign. Undefined when it is none. */
export function readNumber(typed: string): number | undefined {
  const plain = typed.trim().replaceAll(/(?<=\d)[,\s\u00a0\u202f](?=\d{3}(\D|$))/g, '');
  if (!/^[-+−]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain.replace('−', '-'));
  return Number.isFinite(value) ? value : undefined;
}
