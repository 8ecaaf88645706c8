/** What a check says to an answer. It is practice: nothing is recorded, and one may answer again. */
import type { Outcome } from '../../../engine/tuning/outcome.ts';
import type { TrialRequest } from '../../../engine/tuning/trial.ts';
import type { ComputeQuestion, Drawn, PredictQuestion, Question } from '../../../quiz/format.ts';
import {
  filled,
  gradeNumber,
  measuredOption,
  readNumber,
  writtenOption,
  written,
} from '../../../quiz/grading.ts';
import { measured, runsOf } from '../../../quiz/predict.ts';

export interface Said {
  right: boolean;
  /** With the marks of questions: **strong**, `code`, [[l2|Redis]]. */
  text: string;
}

export type Outcomes = (requests: TrialRequest[]) => Promise<Outcome[]>;

/** To an option, by its place in the data. A prediction is judged by the runs, which take place now. */
export async function saidTo(
  question: Exclude<Question, ComputeQuestion>,
  place: number,
  seed: number,
  outcomes: Outcomes,
): Promise<Said> {
  const { feedback } = question.options[place];
  if (question.kind === 'why') return { right: writtenOption(question) === place, text: feedback };
  const value = measured(question, await outcomes(runsOf(question, seed)));
  const right = measuredOption(question, value) === place;
  return { right, text: `${ranWords(question, value)} ${feedback}` };
}

const ranWords = ({ runs, measure }: PredictQuestion, value: number): string => {
  const what = runs.length === 1 ? 'It was run just now' : 'Both were run just now';
  const unit = measure.unit === '' || measure.of === 'ratio' ? '' : `\u00a0${measure.unit}`;
  const times = measure.of === 'ratio' ? '×\u00a0' : '';
  return `${what}: **${times}${written(Number(value.toPrecision(3)))}${unit}**.`;
};

/** To a number as it was typed. Undefined when it is none. */
export function saidToNumber(question: ComputeQuestion, drawn: Drawn, typed: string): Said | undefined {
  const given = readNumber(typed);
  if (given === undefined) return undefined;
  const { right, answer, feedback } = gradeNumber(question, drawn, given);
  if (right) return { right, text: filled(question.working, { ...drawn, answer }) };
  return { right, text: feedback ?? 'Not that. Work it out once more, unit by unit.' };
}
