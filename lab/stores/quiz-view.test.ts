import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bank, moduleTest, questionById } from '../../quiz/bank.ts';
import { objectives } from '../../quiz/objectives.ts';
import { nextQuestion, resultOf } from '../../quiz/sitting.ts';
import { openDatabase } from './progress/database.ts';
import { PRACTICE, QuizView, seedNow } from './quiz.svelte.ts';

let views: QuizView[];
async function opened(): Promise<QuizView> {
  const view = new QuizView();
  views.push(view);
  await view.load();
  return view;
}

beforeEach(() => {
  views = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  await Promise.all(views.map((view) => view.close()));
  vi.unstubAllGlobals();
});

/** Answers what is asked now. */
async function answer(view: QuizView, id: string, right: boolean, given: number | null = 0): Promise<void> {
  const record = view.record(id)!;
  const sitting = view.sitting(record);
  const question = nextQuestion(sitting)!;
  await view.answer(record, { question, seed: seedNow(sitting), given, confidence: 'fairly', right }, 5);
}

describe('the quiz as its page watches it', () => {
  it('asks only what was wrong again, with another seed, and counts first answers', async () => {
    const view = await opened();
    const id = (await view.begin('test'))!;
    const asked = moduleTest.map((one) => one.id);
    const firstSeed = seedNow(view.sitting(view.record(id)!));
    for (const right of [true, false, true, true, true]) await answer(view, id, right);
    const again = view.sitting(view.record(id)!);
    expect(nextQuestion(again)).toBe(asked[1]);
    expect(seedNow(again)).toBe(firstSeed + 1);
    expect(view.wrong).toEqual([asked[1]]);
    await answer(view, id, true);
    const over = view.sitting(view.record(id)!);
    expect(nextQuestion(over)).toBeUndefined();
    expect(resultOf(over)).toMatchObject({ right: 4, of: 5, passed: true });
    expect(view.open).toEqual([]);
    // A second answer in the same sitting is no first one.
    expect(view.wrong).toEqual([asked[1]]);
  });

  it('draws a practice from its part or objective, and none for a scope that is nothing', async () => {
    const view = await opened();
    const drawn = view.record((await view.begin('cache'))!)!.questions;
    expect(drawn).toHaveLength(PRACTICE);
    const parts = drawn.map((one) => objectives.find(({ id }) => id === questionById(one)!.objective)!.part);
    expect(new Set(parts)).toEqual(new Set(['cache']));
    const one = view.record((await view.begin('queueing'))!)!.questions;
    expect(one.every((id) => questionById(id)!.objective === 'queueing')).toBe(true);
    expect(await view.begin('no-such')).toBeUndefined();
    expect(await view.begin('wrong')).toBeUndefined();
    expect(view.open.map(({ scope }) => scope)).toEqual(['queueing', 'cache']);
  });

  it('knows mastery before the newest answer, and that a later try leaves it as it was', async () => {
    const view = await opened();
    const id = (await view.begin('test'))!;
    const objective = objectives.find((one) => one.id === moduleTest[0].objective)!;
    expect(view.masteryBefore(objective, id)).toBeUndefined();
    await answer(view, id, true);
    expect(view.mastery(objective)).toBe(0.5);
    expect(view.masteryBefore(objective, id)).toBeUndefined();
    const second = (await view.begin('test'))!;
    await answer(view, second, false);
    // (1 × ½ + 0) / 1.5 = ⅓, over two questions.
    expect(view.mastery(objective)).toBeCloseTo(1 / 6);
    expect(view.masteryBefore(objective, second)).toBe(0.5);
    for (let i = 0; i < 4; i++) await answer(view, second, true);
    await answer(view, second, true);
    expect(view.masteryBefore(objective, second)).toBe(view.mastery(objective));
  });

  it('takes no answer to what is not asked', async () => {
    const view = await opened();
    const id = (await view.begin('test'))!;
    const other = { question: moduleTest[3].id, seed: 1, given: 0, confidence: null, right: true };
    await view.answer(view.record(id)!, other, 5);
    expect(view.answers).toEqual([]);
  });

  it('goes on in another view, and passes over sittings of questions that are gone', async () => {
    const view = await opened();
    const id = (await view.begin('test'))!;
    await answer(view, id, false);
    const db = await openDatabase(() => undefined);
    const gone = {
      form: 1,
      id: 's-old',
      scope: 'test',
      questions: ['gone'],
      seed: 1,
      startedAtMs: 1,
    } as const;
    await db.put('sittings', gone);
    db.close();
    const next = await opened();
    expect(next.record(id)).toEqual(view.record(id));
    expect(next.answers).toHaveLength(1);
    expect(next.record('s-old')).toBeUndefined();
    expect(bank.some((question) => question.id === 'gone')).toBe(false);
  });
});
