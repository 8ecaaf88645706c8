import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bank, moduleTest } from '../../../quiz/bank.ts';
import type { Attempt } from '../progress/records.ts';
import type { RunRecord } from '../progress/run-records.ts';
import type { AnswerRecord } from '../quiz-saved.ts';
import { statementSchema } from './schema.ts';
import { statementsOf, type Work } from './statements.ts';
import { uuidOf } from './uuid.ts';

const account = '0d4a7b0e-5ed0-4f0a-9f3a-111111111111';
const nothing: Work = { attempts: [], answers: [], sittings: [], marks: [], runs: [] };
const titles = new Map([['01-ttl-cache', 'A cache with a life']]);
const attempt = (kind: Attempt['kind'], atMs = 1000): Attempt => ({
  ...{ form: 1, exercise: '01-ttl-cache', atMs, kind, seed: 7, passed: 3, of: 4 },
  ...{ objectives: {}, changed: true, hintsOpened: 0, gaveUp: false },
});
const choice = moduleTest[0]!;
const number = bank.find(({ kind }) => kind === 'compute')!;
const answer = (place: number, question: string, more: Partial<AnswerRecord> = {}): AnswerRecord => ({
  ...{ form: 1, sitting: 's-1', number: place, question, seed: 3, given: 1, confidence: 'fairly' },
  ...{ right: true, atMs: 2000 + place, tookMs: 83_456, ...more },
});
const run: RunRecord = {
  ...{ form: 1, id: 'fp1', scenario: 'prime-day', title: 'Prime Day', seed: 1, engine: '0.9.0', address: '' },
  ...{ overrides: [], pulls: [], kind: 'run', finishedAtMs: 5000, durationS: 60, requests: 5 },
  ...{ recoveredAfterS: null, score: null, pinned: false, note: '' },
  objectives: [
    { id: 'a', title: 'A', met: true, value: 1, unit: 's', bound: 2 },
    { id: 'b', title: 'B', met: false, value: 3, unit: 's', bound: 2 },
  ],
};
const test = (right: number) => ({
  sittings: [
    {
      form: 1 as const,
      id: 's-1',
      scope: 'test',
      questions: moduleTest.map(({ id }) => id),
      seed: 3,
      startedAtMs: 1500,
    },
  ],
  answers: moduleTest.map(({ id }, i) => answer(i, id, i < right ? {} : { right: false, given: null })),
});
const verbs = (work: Work) => statementsOf(work, account, titles).map(({ verb }) => verb.display['en-US']);

describe('ids', () => {
  it('are RFC 9562’s own example of version 5', () => {
    expect(uuidOf('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('are the same in every export, of each record another, of each learner others', () => {
    const work = {
      ...nothing,
      ...test(5),
      attempts: [attempt('failed'), attempt('passed', 1001)],
      runs: [run],
    };
    const ids = (who: string) => statementsOf(work, who, titles).map(({ id }) => id);
    expect(ids(account)).toEqual(ids(account));
    expect(new Set(ids(account)).size).toBe(5 + 2 + 2 + 1);
    expect(ids(account).some((id) => ids(`${account}x`).includes(id))).toBe(false);
  });
});

describe('statements', () => {
  it('by hand: an answer with its sitting, objective, time and how sure it was', () => {
    const [statement] = statementsOf({ ...nothing, answers: [answer(0, choice.id)] }, account, titles);
    expect(statement).toMatchObject({
      actor: { objectType: 'Agent', account: { homePage: 'https://surge-lab.invalid/', name: account } },
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { 'en-US': 'answered' } },
      object: { id: `urn:surge-lab:question/${choice.id}`, definition: { interactionType: 'choice' } },
      result: { success: true, score: { scaled: 1 }, duration: 'PT83.46S', response: 'B' },
      context: {
        platform: 'Surge Lab',
        contextActivities: { parent: [{ id: `urn:surge-lab:objective/${choice.objective}` }] },
      },
      timestamp: '1970-01-01T00:00:02.000Z',
    });
  });

  it('a number is its own response; what was given up has none', () => {
    const answers = [
      answer(0, number.id, { given: 12.5 }),
      answer(1, number.id, { given: null, right: false }),
    ];
    const [first, second] = statementsOf({ ...nothing, answers }, account, titles);
    expect(first?.result?.response).toBe('12.5');
    expect(second?.result).not.toHaveProperty('response');
    expect(second?.result).toMatchObject({ success: false, completion: true });
  });

  it('an exercise is passed, failed, or only attempted when its run came to no verdict', () => {
    const attempts = (['passed', 'failed', 'timeout'] as const).map((kind, i) => attempt(kind, i));
    expect(verbs({ ...nothing, attempts })).toEqual(['passed', 'failed', 'attempted']);
    const [passed] = statementsOf({ ...nothing, attempts }, account, titles);
    expect(passed?.object.definition?.name).toEqual({ 'en-US': 'A cache with a life' });
  });

  it('the module’s test is passed from 4 of 5 on; a sitting that goes on is only begun', () => {
    const ends = (right: number) => verbs({ ...nothing, ...test(right) }).at(-1);
    expect([ends(4), ends(3)]).toEqual(['passed', 'failed']);
    const { sittings, answers } = test(5);
    expect(verbs({ ...nothing, sittings, answers: answers.slice(1, 2) })).toEqual(['attempted', 'answered']);
  });

  it('a section was experienced, a run completed with the version of its engine', () => {
    const [read, ran] = statementsOf(
      { ...nothing, marks: [{ section: 'ttl', readAtMs: 10 }], runs: [run] },
      account,
      titles,
    );
    expect(read).toMatchObject({
      object: { id: 'urn:surge-lab:section/ttl' },
      verb: { display: { 'en-US': 'experienced' } },
    });
    expect(ran).toMatchObject({
      context: { revision: '0.9.0' },
      result: { score: { scaled: 0.5 }, success: false, completion: true },
    });
  });

  it('hold the specification’s rules, whatever was kept', () => {
    const anyAnswer = fc.record({
      question: fc.oneof(fc.constantFrom(choice.id, number.id), fc.string()),
      given: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      tookMs: fc.nat(),
      right: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 4 }), fc.string({ minLength: 1 }), (some, scope) => {
        const answers = some.map(({ question, ...more }, i) => answer(i, question, more));
        const sittings = [{ form: 1 as const, id: 's-1', scope, questions: ['a'], seed: 0, startedAtMs: 0 }];
        const all = statementsOf(
          { ...nothing, answers, sittings, runs: [run], attempts: [attempt('memory')] },
          account,
          titles,
        );
        for (const one of JSON.parse(JSON.stringify(all))) v.parse(statementSchema, one);
      }),
    );
  });

  it.each([
    ['a null', { result: null }],
    ['a score above 1', { result: { score: { scaled: 1.2 } } }],
    ['a verb of nobody', { verb: { id: 'urn:x', display: { en: 'x' } } }],
    ['a time without its zone', { timestamp: '2026-01-01T00:00:00' }],
    ['an id that is none', { id: 'one' }],
  ])('%s would be seen', (_, change) => {
    const [statement] = statementsOf({ ...nothing, answers: [answer(0, choice.id)] }, account, titles);
    expect(v.is(statementSchema, { ...statement, ...change })).toBe(false);
  });
});
