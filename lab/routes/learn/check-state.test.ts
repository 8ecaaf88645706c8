import { describe, expect, it } from 'vitest';
import { parseQuestions, type ComputeQuestion, type QuestionInput } from '../../../quiz/format.ts';
import { saidTo, saidToNumber } from './check-state.ts';

const about = { objective: 'ttl' as const, difficulty: 1 as const, source: 'ttl', question: 'What {of} it?' };
const questions: QuestionInput[] = [
  {
    ...about,
    id: 'why',
    kind: 'why',
    options: [
      { text: 'a', feedback: 'Not a.' },
      { text: 'b', feedback: 'Yes, b.', right: true },
      { text: 'c', feedback: 'Not c.' },
    ],
  },
  {
    ...about,
    id: 'predict',
    kind: 'predict',
    runs: [{ title: 'once', scenario: 'mmc' }],
    measure: { figure: 'meanMs', of: 'value', unit: 'ms' },
    options: [
      { text: 'low', below: 10, feedback: 'Low.' },
      { text: 'mid', from: 10, below: 20, feedback: 'Mid.' },
      { text: 'high', from: 20, feedback: 'High.' },
    ],
  },
  {
    ...about,
    id: 'compute',
    kind: 'compute',
    draw: () => ({ of: 6 }),
    answer: ({ of }) => of * 7,
    unit: 'ms',
    tolerance: 0.01,
    working: '{of} × 7 = {answer}.',
    mistakes: [{ answer: ({ of }) => of + 7, feedback: 'That is a sum.' }],
  },
];
const [why, predict, compute] = parseQuestions(questions);
const never = () => Promise.reject(new Error('nothing is run'));

describe('a check', () => {
  it('judges a written option without a run', async () => {
    expect(await saidTo(why as never, 1, 1, never)).toEqual({ right: true, text: 'Yes, b.' });
    expect(await saidTo(why as never, 0, 1, never)).toEqual({ right: false, text: 'Not a.' });
  });

  it('judges a prediction by the run, and says what it came to', async () => {
    const ran = () => Promise.resolve([{ meanMs: 12.5 }]);
    expect(await saidTo(predict as never, 1, 1, ran)).toEqual({
      right: true,
      text: 'It was run just now: **12.5\u00a0ms**. Mid.',
    });
    expect(await saidTo(predict as never, 2, 1, ran)).toMatchObject({ right: false });
    await expect(saidTo(predict as never, 1, 1, never)).rejects.toThrow('nothing is run');
  });

  it('judges a number, knows the usual mistake, and shows the working', () => {
    const asked = compute as ComputeQuestion;
    expect(saidToNumber(asked, { of: 6 }, '42')).toEqual({ right: true, text: '6 × 7 = 42.' });
    expect(saidToNumber(asked, { of: 6 }, '13')).toEqual({ right: false, text: 'That is a sum.' });
    expect(saidToNumber(asked, { of: 6 }, '99')).toMatchObject({ right: false });
    expect(saidToNumber(asked, { of: 6 }, 'many')).toBeUndefined();
  });
});
