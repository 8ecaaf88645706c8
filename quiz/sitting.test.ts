import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, isOver, newSitting, nextQuestion, resultOf, roundOf, type Sitting } from './sitting.ts';

const give = (sitting: Sitting, right: boolean, given: number | null = 1): Sitting =>
  answered(sitting, { question: nextQuestion(sitting)!, seed: 1, given, confidence: 'unsure', right });

describe('a sitting', () => {
  it('asks all, then only what was wrong, until nothing is', () => {
    let sitting = newSitting(['a', 'b', 'c'], 7);
    const asked: (string | undefined)[] = [];
    for (const right of [true, false, false, false, true, true]) {
      asked.push(nextQuestion(sitting));
      sitting = give(sitting, right);
    }
    expect(asked).toEqual(['a', 'b', 'c', 'b', 'c', 'b']);
    expect(nextQuestion(sitting)).toBeUndefined();
    expect(roundOf(sitting)).toBe(3);
    expect(resultOf(sitting)).toEqual({ right: 1, of: 3, passed: false, wrong: ['b', 'c'] });
  });

  it('does not ask again what was given up, and shows the answer then', () => {
    let sitting = newSitting(['a', 'b'], 7);
    sitting = give(sitting, false);
    expect(isOver(sitting, 'a')).toBe(false);
    sitting = give(sitting, false, null);
    expect(isOver(sitting, 'b')).toBe(true);
    expect(nextQuestion(sitting)).toBe('a');
    sitting = give(sitting, true);
    expect(isOver(sitting, 'a')).toBe(true);
    expect(nextQuestion(sitting)).toBeUndefined();
  });

  it.each([
    [4, true],
    [3, false],
  ])('%i of five right at first: passed is %s', (right, passed) => {
    let sitting = newSitting(['a', 'b', 'c', 'd', 'e'], 1);
    for (let i = 0; i < 5; i++) sitting = give(sitting, i < right);
    while (nextQuestion(sitting)) sitting = give(sitting, true);
    expect(resultOf(sitting)).toMatchObject({ right, of: 5, passed });
  });

  it('refuses an answer to another question', () => {
    const answer = { question: 'b', seed: 1, given: 0, confidence: null, right: true };
    expect(() => answered(newSitting(['a', 'b'], 1), answer)).toThrow('answer: expected a, got b.');
    expect(() => answered(newSitting([], 1), answer)).toThrow('the sitting is over');
  });

  it('ends, asks nothing twice in a round, and keeps every answer', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 8 }),
        fc.array(fc.constantFrom('right', 'wrong', 'up'), { maxLength: 40 }),
        (questions, plan) => {
          let sitting = newSitting(questions, 1);
          for (const what of plan)
            if (nextQuestion(sitting) !== undefined)
              sitting = give(sitting, what === 'right', what === 'up' ? null : 1);
          while (nextQuestion(sitting) !== undefined) sitting = give(sitting, true);
          expect(questions.every((question) => isOver(sitting, question))).toBe(true);
          const solved = sitting.answers.filter(({ right, given }) => right || given === null);
          expect(solved.map(({ question }) => question).sort()).toEqual([...questions].sort());
        },
      ),
    );
  });
});
