import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bank } from './bank.ts';
import { parseQuestions, type ComputeQuestion, type PredictQuestion, type WhyQuestion } from './format.ts';
import {
  drawnBy,
  filled,
  gradeNumber,
  measuredOption,
  orderOf,
  readNumber,
  writtenOption,
} from './grading.ts';

const about = { objective: 'ttl', difficulty: 1, source: 'ttl', question: 'What?' } as const;
const [why, compute, predict] = parseQuestions([
  {
    ...about,
    id: 'a-why',
    kind: 'why',
    options: [
      { text: 'one', feedback: 'no' },
      { text: 'two', feedback: 'yes', right: true },
      { text: 'three', feedback: 'no' },
    ],
  },
  {
    ...about,
    id: 'a-number',
    kind: 'compute',
    question: '{calls} calls of {tokens} tokens?',
    draw: (random) => ({ calls: 2 + random.below(5), tokens: 1000 * (1 + random.below(4)) }),
    answer: ({ calls, tokens }) => calls! * tokens!,
    unit: 'tokens',
    tolerance: 0.01,
    working: '{calls} × {tokens} = {answer}',
    mistakes: [{ answer: ({ calls, tokens }) => calls! + tokens!, feedback: 'Not a sum.' }],
  },
  {
    ...about,
    id: 'a-run',
    kind: 'predict',
    runs: [{ title: 'untouched', scenario: 'mmc' }],
    measure: { figure: 'meanMs', of: 'value', unit: 'ms' },
    options: [
      { text: 'low', feedback: '.', below: 10 },
      { text: 'middle', feedback: '.', from: 10, below: 20 },
      { text: 'high', feedback: '.', from: 20 },
    ],
  },
]) as [WhyQuestion, ComputeQuestion, PredictQuestion];

describe('options', () => {
  it('come in an order of the seed, each once, and every order comes', () => {
    const orders = Array.from({ length: 200 }, (_, seed) => orderOf(why, seed).join(''));
    expect(new Set(orders).size).toBe(6);
    for (const order of orders) expect([...order].sort().join('')).toBe('012');
    expect(orderOf(why, 3)).toEqual(orderOf(why, 3));
  });

  it('of which the order says something keep it', () => expect(orderOf(predict, 9)).toEqual([0, 1, 2]));

  it('know which of them is right, or leave it to the run', () => {
    expect(writtenOption(why)).toBe(1);
    expect(writtenOption(predict)).toBeUndefined();
  });

  it.each([
    [9.99, 0],
    [10, 1],
    [20, 2],
    [NaN, undefined],
  ])('a measured %d is in option %s', (value, place) => expect(measuredOption(predict, value)).toBe(place));
});

describe('a number', () => {
  const drawn = { calls: 3, tokens: 1000 };
  it('is right within the tolerance, and a known mistake is told', () => {
    expect(gradeNumber(compute, drawn, 3000)).toEqual({ right: true, answer: 3000, feedback: undefined });
    expect(gradeNumber(compute, drawn, 3030).right).toBe(true);
    expect(gradeNumber(compute, drawn, 3031)).toEqual({ right: false, answer: 3000, feedback: undefined });
    expect(gradeNumber(compute, drawn, 1003).feedback).toBe('Not a sum.');
  });

  it('is drawn by the seed', () => {
    expect(drawnBy(compute, 5)).toEqual(drawnBy(compute, 5));
    expect(
      new Set(Array.from({ length: 400 }, (_, seed) => JSON.stringify(drawnBy(compute, seed)))).size,
    ).toBe(20);
  });

  it('is put into the text', () => {
    expect(filled(compute.question, { calls: 3, tokens: 12_000 })).toBe('3 calls of 12,000 tokens?');
    expect(() => filled('{other}', drawn)).toThrow('{other}');
  });

  it.each([
    ['1,250.5', 1250.5],
    ['1 250', 1250],
    [' .5 ', 0.5],
    ['−3', -3],
    ['1e-3', 0.001],
    ['12,5', undefined],
    ['1,25', undefined],
    ['', undefined],
    ['ten', undefined],
    ['1.2.3', undefined],
  ])('is read from "%s" as %s', (typed, value) => expect(readNumber(typed)).toBe(value));

  it('is read back however it is written', () =>
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (value) => {
        expect(readNumber(value.toLocaleString('en-US'))).toBe(value);
      }),
    ));
});

describe('what is wrong with a question', () => {
  const changed = (change: object) => () => parseQuestions([{ ...why, ...change } as never]);
  it.each<[object, string]>([
    [{ objective: 'nothing' }, 'a-why: objective: expected'],
    [
      { options: why.options.map(({ text, feedback }) => ({ text, feedback })) },
      'a-why: options: expected one right option',
    ],
    [{ options: [{ text: 'one', feedback: '' }] }, 'options.0.feedback: expected a text'],
    [{ id: 'A b' }, 'words in lower case'],
    [{ hint: 'x' }, 'hint: expected a known setting'],
  ])('%j is told', (change, message) => expect(changed(change)).toThrow(message));

  it('an id that is taken', () => expect(() => parseQuestions([why, why])).toThrow('an id of its own'));
});

it('the module’s five are answered by B, C, C, C, B', () => {
  const five = bank.slice(0, 5);
  expect(five.map((question) => 'ABCD'[writtenOption(question)!])).toEqual(['B', 'C', 'C', 'C', 'B']);
});
