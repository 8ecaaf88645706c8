import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectives } from '../../../quiz/objectives.ts';
import { untouched, type Progress } from '../progress/records.ts';
import { REVIEW_SCOPE } from '../quiz-figures.ts';
import type { AnswerRecord } from '../quiz-saved.ts';
import { masteryOf, nothingDone, type ObjectiveStanding, type Work } from './mastery.ts';

/** Questions are named after their objective: `ttl/1`. */
const objectiveOf = (question: string) => question.split('/')[0];

let number = 0;
const answer = (sitting: string, question: string, right: boolean): AnswerRecord => ({
  ...{ form: 1, sitting, number: number++, question, seed: 1, given: 1, confidence: null, right },
  ...{ atMs: number, tookMs: 1 },
});
const solved = (exercise: string, gaveUpAtMs: number | null = null): Progress => ({
  ...untouched(exercise),
  ...{ tries: 1, lastTriedAtMs: 5, solvedAtMs: 5, triesToSolve: 1, gaveUpAtMs },
});
const solving = (...records: Progress[]) => Object.fromEntries(records.map((one) => [one.exercise, one]));
const of = (id: string, work: Partial<Work>): ObjectiveStanding =>
  masteryOf({ ...nothingDone, objectiveOf, ...work }).find(({ objective }) => objective === id)!;

describe('by hand', () => {
  it('of nothing: all to do, no mastery', () => {
    const standings = masteryOf(nothingDone);
    expect(standings.map(({ objective }) => objective)).toEqual(objectives.map(({ id }) => id));
    for (const one of standings)
      expect(one).toMatchObject({
        ...{ read: 'to do', experiment: 'to do', code: 'to do', quiz: 'to do', mastery: null },
        mastered: false,
      });
  });

  it('ttl, read, solved, two of two right: 0.6 + 0.3 + 0.1', () => {
    const work = {
      read: ['ttl'],
      progress: solving(solved('01-ttl-cache')),
      answers: [answer('s', 'ttl/1', true), answer('s', 'ttl/2', true)],
    };
    expect(of('ttl', work)).toMatchObject({ read: 'done', code: 'done', quiz: 'done', mastery: 1 });
    expect(of('ttl', { ...work, read: [] }).mastery).toBe(0.9);
    expect(of('ttl', { ...work, progress: {} }).mastery).toBe(0.7);
  });

  it('a solution that was seen halves what the exercise counts', () => {
    const shown = { progress: solving(solved('01-ttl-cache', 4)) };
    expect(of('ttl', shown)).toMatchObject({ code: 'done', codeShare: 0.5, mastery: 0.15 });
    expect(of('ttl', { progress: solving(solved('01-ttl-cache')) }).mastery).toBe(0.3);
  });

  it('tiers, read, all right, one of two exercises: 0.6 + 0.15 + 0.1', () => {
    const answers = [answer('s', 'tiers/1', true), answer('s', 'tiers/2', true)];
    const standing = of('tiers', { read: ['tiers'], answers, progress: solving(solved('04-traversal')) });
    expect(standing).toMatchObject({ code: 'started', codeShare: 0.5, mastery: 0.85, mastered: true });
  });

  it('80 % is mastered, to the last bit', () => {
    // promotion has three exercises: 0.6 + 0.3 / 3 + 0.1
    const work = {
      read: ['promotion'],
      answers: [answer('s', 'promotion/1', true), answer('s', 'promotion/2', true)],
      progress: solving(solved('04-traversal')),
    };
    expect(of('promotion', work).mastery).toBeCloseTo(0.8, 12);
    expect(of('promotion', work).mastered).toBe(true);
    expect(of('promotion', { ...work, read: [] }).mastered).toBe(false);
  });

  it('one wrong, one right: the quiz is begun, half of its 0.6', () => {
    const answers = [answer('s', 'ttl/1', false), answer('s', 'ttl/2', true)];
    expect(of('ttl', { answers })).toMatchObject({ quiz: 'started', quizShare: 0.5, mastery: 0.3 });
  });

  it('a wrong review takes nothing away, a right one counts', () => {
    const record = { form: 1 as const, questions: ['ttl/1'], seed: 1, startedAtMs: 1 };
    const sittings = [
      { ...record, id: 's', scope: 'ttl' },
      { ...record, id: 'r', scope: REVIEW_SCOPE },
    ];
    const answers = [answer('s', 'ttl/1', true), answer('s', 'ttl/2', true)];
    const after = (right: boolean) =>
      of('ttl', { sittings, answers: [...answers, answer('r', 'ttl/1', right)] }).mastery;
    expect(after(false)).toBe(0.6);
    expect(after(true)).toBe(0.6);
    const begun = [answer('s', 'ttl/1', false), answer('r', 'ttl/1', true)];
    expect(of('ttl', { sittings, answers: begun }).mastery).toBeCloseTo((0.6 * (1 / 1.5)) / 2, 12);
  });

  it('an experiment: opened is begun; done is a run that finished, or a live page that was used', () => {
    const hot = '?scenario=hot-key#/';
    expect(of('stampedes', { experiments: { opened: [hot], used: [] } }).experiment).toBe('started');
    expect(of('stampedes', { experiments: { opened: [hot], used: [hot] } }).experiment).toBe('started');
    expect(of('stampedes', { finished: ['hot-key'] }).experiment).toBe('done');
    expect(of('stampedes', { finished: ['prime-day'] }).experiment).toBe('to do');
    const live = { opened: ['#/cache'], used: [] as string[] };
    expect(of('tiers', { experiments: live }).experiment).toBe('started');
    expect(of('tiers', { experiments: { ...live, used: ['#/cache'] } }).experiment).toBe('done');
  });

  it('open section, draft, try or hint: begun', () => {
    expect(of('ttl', { reading: 'ttl' }).read).toBe('started');
    expect(of('ttl', { reading: 'ttl', read: ['ttl'] }).read).toBe('done');
    expect(of('ttl', { drafts: ['01-ttl-cache'] })).toMatchObject({ code: 'started', mastery: null });
    const hinted = { ...untouched('01-ttl-cache'), hintsOpened: 1 };
    expect(of('ttl', { progress: solving(hinted) }).code).toBe('started');
    expect(of('ttl', { progress: solving(untouched('01-ttl-cache')) }).code).toBe('to do');
  });

  it('leaves out questions that are not asked any more', () =>
    expect(of('ttl', { answers: [answer('s', 'gone/1', true)] }).quiz).toBe('to do'));
});

const ids = objectives.map(({ id }) => id);
const someWork: fc.Arbitrary<Work> = fc
  .record({
    read: fc.subarray(ids),
    exercises: fc.subarray([...new Set(objectives.flatMap(({ exercises }) => exercises))]),
    seen: fc.boolean(),
    answers: fc.array(
      fc.record({
        sitting: fc.constantFrom('a', 'b', 'c', 'review'),
        question: fc.constantFrom('ttl/1', 'ttl/2', 'ttl/3', 'tiers/1'),
        right: fc.boolean(),
      }),
      { maxLength: 20 },
    ),
  })
  .map(({ read, exercises, seen, answers }) => ({
    ...{ ...nothingDone, objectiveOf, read },
    sittings: [{ form: 1, id: 'review', scope: REVIEW_SCOPE, questions: ['ttl/1'], seed: 1, startedAtMs: 1 }],
    progress: solving(...exercises.map((one) => solved(one, seen ? 1 : null))),
    answers: answers.map(({ sitting, question, right }) => answer(sitting, question, right)),
  }));
const masteries = (work: Work) => masteryOf(work).map(({ mastery }) => mastery ?? 0);
const neverLess = (after: number[], before: number[]) =>
  after.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(before[i] - 1e-12));

describe('whatever was done', () => {
  it('a right answer, a section read, an exercise solved and a review never lower it', () => {
    fc.assert(
      fc.property(
        someWork,
        fc.constantFrom('ttl/1', 'ttl/2', 'ttl/3', 'ttl/4', 'tiers/1', 'tiers/2'),
        fc.constantFrom('a', 'new'),
        (work, question, sitting) => {
          const before = masteries(work);
          neverLess(
            masteries({ ...work, answers: [...work.answers, answer(sitting, question, true)] }),
            before,
          );
          neverLess(masteries({ ...work, read: ids }), before);
          neverLess(
            masteries({ ...work, progress: { ...work.progress, ...solving(solved('01-ttl-cache')) } }),
            before,
          );
          neverLess(
            masteries({ ...work, answers: [...work.answers, answer('review', question, false)] }),
            before,
          );
        },
      ),
    );
  });

  it('lies between 0 and 1, and reading alone masters nothing', () => {
    fc.assert(
      fc.property(someWork, (work) => {
        for (const mastery of masteries(work)) expect(mastery >= 0 && mastery <= 1 + 1e-12).toBe(true);
        const reader = { ...work, answers: [], progress: {} };
        for (const { mastery, mastered } of masteryOf(reader))
          expect([mastery, mastered]).toEqual([null, false]);
      }),
    );
  });
});
