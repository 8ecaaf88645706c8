/** Answers of one sitting that was gone on with in two places. */
import type { AnswerRecord } from '../quiz-saved.ts';
import { canonical } from './contents.ts';

/**
 * What two places have in common stands, and what one of them has more. Where they part, the answer that was given first stands, and with it
 * all that followed there: the rounds of a sitting hang on every answer before. What followed in the other place is `apart`.
 */
export function mergeAnswers(
  a: readonly AnswerRecord[],
  b: readonly AnswerRecord[],
): { stands: AnswerRecord[]; apart: AnswerRecord[] } {
  const [one, other] = [byNumber(a), byNumber(b)];
  const numbers = [...new Set([...one.keys(), ...other.keys()])].sort((x, y) => x - y);
  const parting = numbers.find((number) => differ(one.get(number), other.get(number)));
  const wins =
    parting === undefined || precedes(one.get(parting)!, other.get(parting)!) ? [one, other] : [other, one];
  const [winner, loser] = [wins[0]!, wins[1]!];
  const stands: AnswerRecord[] = [];
  const apart: AnswerRecord[] = [];
  for (const number of numbers) {
    const [kept, left] = [winner.get(number), loser.get(number)];
    const isParted = parting !== undefined && number >= parting;
    const standing = isParted ? kept : (kept ?? left);
    if (standing) stands.push(standing);
    if (isParted && left && differ(left, kept ?? null)) apart.push(left);
  }
  return { stands, apart };
}

const byNumber = (answers: readonly AnswerRecord[]): Map<number, AnswerRecord> =>
  new Map(answers.map((answer) => [answer.number, answer]));

/** One that is missing does not differ; null stands for a place that must stay empty. */
function differ(a: AnswerRecord | undefined, b: AnswerRecord | null | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return b === null || canonical(a) !== canonical(b);
}

/** The order of two answers at one place does not depend on where they come from. */
function precedes(a: AnswerRecord, b: AnswerRecord): boolean {
  return a.atMs === b.atMs ? canonical(a) < canonical(b) : a.atMs < b.atMs;
}
