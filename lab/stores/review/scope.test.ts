import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bank, moduleTest } from '../../../quiz/bank.ts';
import { objectives } from '../../../quiz/objectives.ts';
import { nextQuestion, resultOf } from '../../../quiz/sitting.ts';
import { counted, itemStatistics, REVIEW_SCOPE, surveyed } from '../quiz-figures.ts';
import { QuizView, seedNow } from '../quiz.svelte.ts';
import { answer } from './records.fixture.ts';

const sitting = (id: string, scope: string) => ({
  ...{ form: 1 as const, id, scope, questions: ['a'], seed: 1, startedAtMs: 1 },
});

describe('answers of a review', () => {
  const sittings = [sitting('s-1', 'cache'), sitting('s-2', REVIEW_SCOPE), sitting('s-3', REVIEW_SCOPE)];
  const answers = [
    answer({ sitting: 's-1', atMs: 1 }),
    answer({ sitting: 's-2', atMs: 2, right: false }),
    answer({ sitting: 's-2', atMs: 3, number: 1 }),
    answer({ sitting: 's-3', atMs: 4 }),
  ];
  const places = (kept: readonly (typeof answers)[number][]) => kept.map((one) => answers.indexOf(one));

  it('count for mastery when they are right at first', () =>
    expect(places(counted(answers, sittings))).toEqual([0, 3]));

  it('never count for statistics', () => {
    expect(places(surveyed(answers, sittings))).toEqual([0]);
    expect(itemStatistics('a', surveyed(answers, sittings)).answers).toBe(1);
  });
});

describe('a review as the quiz’s page sees it', () => {
  let view: QuizView;
  beforeEach(async () => {
    vi.stubGlobal('indexedDB', new IDBFactory());
    view = new QuizView();
    await view.load();
  });
  afterEach(async () => {
    await view.close();
    vi.unstubAllGlobals();
  });

  async function answerNow(id: string, right: boolean): Promise<void> {
    const record = view.record(id)!;
    const now = view.sitting(record);
    const asked = {
      question: nextQuestion(now)!,
      seed: seedNow(now),
      given: 0,
      confidence: 'fairly' as const,
    };
    await view.answer(record, { ...asked, right }, 5);
  }

  it('takes nothing from mastery, the test or the list of wrong ones, and gives when it is right', async () => {
    const { id: question, objective: about } = moduleTest[0];
    const objective = objectives.find(({ id }) => id === about)!;
    const test = (await view.begin('test'))!;
    for (let i = 0; i < 5; i++) await answerNow(test, i > 0);
    const before = view.mastery(objective)!;
    expect(view.wrong).toEqual([question]);

    const other = bank.find((one) => one.objective === about && one.id !== question)!.id;
    const review = (await view.begin(REVIEW_SCOPE, [other, question]))!;
    await answerNow(review, false);
    expect([view.mastery(objective), view.wrong]).toEqual([before, [question]]);
    expect(resultOf(view.sitting(view.record(test)!))).toMatchObject({ right: 4, of: 5 });
    expect(view.calibration.find(({ confidence }) => confidence === 'fairly')!.of).toBe(5);

    await answerNow(review, true);
    expect(view.mastery(objective)).toBeGreaterThan(before);
    expect(view.wrong).toEqual([]);
  });

  it('is gone on with from its own page', async () => {
    const id = (await view.begin(REVIEW_SCOPE, [moduleTest[0].id]))!;
    expect(view.open).toEqual([]);
    expect(view.openReviews.map((one) => one.id)).toEqual([id]);
    expect(await view.begin(REVIEW_SCOPE, [])).toBeUndefined();
  });
});
