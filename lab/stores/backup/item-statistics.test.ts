import { describe, expect, it } from 'vitest';
import { bank, moduleTest } from '../../../quiz/bank.ts';
import type { AnswerRecord } from '../quiz-saved.ts';
import { itemStatisticsFile } from './item-statistics.ts';

const choice = moduleTest[0]!;
const number = bank.find(({ kind }) => kind === 'compute')!;
const answer = (
  sitting: string,
  place: number,
  question: string,
  more: Partial<AnswerRecord> = {},
): AnswerRecord => ({
  ...{ form: 1, sitting, number: place, question, seed: 3, given: 1, confidence: 'certain', right: true },
  ...{ atMs: 1_700_000_000_000, tookMs: 12_000, ...more },
});

describe('statistics of the questions', () => {
  it('by hand: first tries, options, how sure, and a rounded time', () => {
    const answers = [
      answer('s-1', 0, choice.id, { given: 0, right: false, tookMs: 31_000, confidence: 'guess' }),
      answer('s-1', 1, choice.id),
      answer('s-2', 0, choice.id, { given: null, right: false, confidence: null, tookMs: 44_000 }),
      answer('s-2', 1, number.id, { given: 123.456 }),
    ];
    const file = itemStatisticsFile(answers, [], '1.0.0');
    expect(file.questions.find(({ question }) => question === choice.id)).toEqual({
      ...{ question: choice.id, tries: 2, right: 0, givenUp: 1, options: [1, 0, 0, 0] },
      confidence: { guess: 1, unsure: 0, fairly: 0, certain: 0 },
      medianTookS: 40,
    });
    expect(file.questions.find(({ question }) => question === number.id)).not.toHaveProperty('options');
  });

  it('nobody can be told from it: no sitting, no seed, no time of day, no typed number', () => {
    const text = JSON.stringify(
      itemStatisticsFile([answer('s-secret', 0, number.id, { given: 98_765 })], [], '1.0.0'),
    );
    for (const trace of ['s-secret', '1700000000', '98765', 'seed']) expect(text).not.toContain(trace);
  });

  it('what a review asks is left out: it asks what is about to be forgotten', () => {
    const review = {
      form: 1 as const,
      id: 'r',
      scope: 'review',
      questions: [choice.id],
      seed: 1,
      startedAtMs: 0,
    };
    expect(itemStatisticsFile([answer('r', 0, choice.id)], [review], '1.0.0').questions).toEqual([]);
  });

  it('a question that is not asked any more, and one without answers, are left out', () => {
    expect(itemStatisticsFile([answer('s', 0, 'gone')], [], '1.0.0').questions).toEqual([]);
  });
});
