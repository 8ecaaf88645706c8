/** How questions and exercises are called. It brings the question bank with it, so it is fetched only for those who have answered something. */
import { catalogue } from '../../../exercises/catalogue.ts';
import { questionById } from '../../../quiz/bank.ts';
import type { Question } from '../../../quiz/format.ts';
import { objectives } from '../../../quiz/objectives.ts';
import { segments } from '../../components/rich-text.ts';
import type { Describe } from './schedule.ts';

/** A title is no longer than this many characters. */
const LONGEST = 90;

/** A question has no name but its beginning. The numbers in it are new each time. */
export function titleOf({ question }: Pick<Question, 'question'>): string {
  const text = plain(question).replaceAll(/\{[a-zA-Z]+\}/g, '…');
  if (text.length <= LONGEST) return text;
  const whole = text.slice(0, LONGEST).replace(/[\s,.;:–…]+\S*$/, '');
  return `${whole} …`;
}

const plain = (text: string): string =>
  segments(text)
    .map((one) =>
      typeof one === 'string' ? one : 'tier' in one ? one.words : 'code' in one ? one.code : one.strong,
    )
    .join('');

export const describe: Describe = (kind, id) => {
  if (kind === 'question') {
    const question = questionById(id);
    return question && { title: titleOf(question), objective: question.objective };
  }
  const entry = catalogue.find((one) => one.id === id);
  const objective = objectives.find(({ exercises }) => exercises.includes(id));
  return entry && objective && { title: entry.exercise.title, objective: objective.id };
};
