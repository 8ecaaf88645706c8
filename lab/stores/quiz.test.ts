import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { objectives } from '../../quiz/objectives.ts';
import { openDatabase } from './progress/database.ts';
import { calibration, judged, type Calibration } from './quiz-calibration.ts';
import { firstAnswers, itemStatistics, masteryOf, wrongOnes } from './quiz-figures.ts';
import { QuizSaved, type AnswerRecord, type QuizStorage } from './quiz-saved.ts';

let told: QuizStorage[];
let open: QuizSaved[];
const tab = (): QuizSaved => {
  const saved = new QuizSaved(
    () => 1000,
    (state) => told.push(state),
  );
  open.push(saved);
  return saved;
};
const sitting = { id: 's-1', scope: 'test', questions: ['a', 'b'], seed: 7, startedAtMs: 5 };
const answer = (number: number, question: string, right: boolean, more: Partial<AnswerRecord> = {}) => ({
  ...{ form: 1 as const, sitting: 's-1', number, question, seed: 7, given: 1, confidence: null, right },
  ...{ atMs: 10 + number, tookMs: 100, ...more },
});

beforeEach(() => {
  told = [];
  open = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  await Promise.all(open.map((saved) => saved.close()));
  vi.unstubAllGlobals();
});

describe('what is kept', () => {
  it('is there for the next visit', async () => {
    await tab().begin(sitting);
    await tab().add(answer(0, 'a', true));
    expect(await tab().all()).toEqual({
      sittings: [{ form: 1, ...sitting }],
      answers: [answer(0, 'a', true)],
    });
    expect(told).toEqual([]);
  });

  it('of two tabs in one sitting: the first answer stands', async () => {
    const [one, other] = [tab(), tab()];
    expect(await one.add(answer(0, 'a', true))).toBe(true);
    expect(await other.add(answer(0, 'a', false))).toBe(false);
    expect(await other.add(answer(1, 'b', true))).toBe(true);
    expect((await one.all()).answers.map(({ right }) => right)).toEqual([true, true]);
  });

  it('leaves a newer record alone, and puts a broken one aside', async () => {
    const db = await openDatabase(() => {});
    const newer = { ...sitting, form: 2 };
    const broken = { ...answer(0, 'a', true), right: 'yes' };
    await db.put('sittings', newer);
    await db.put('answers', broken);
    expect(await tab().all()).toEqual({ sittings: [], answers: [] });
    expect(told.map(({ ok }) => ok)).toEqual([false, true]);
    expect(await db.getAll('sittings')).toEqual([newer]);
    expect(await db.getAll('answers')).toEqual([]);
    expect(await db.getAll('aside')).toMatchObject([{ store: 'answers', stored: broken }]);
    db.close();
  });

  it('holds in memory where the browser keeps nothing', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const saved = tab();
    await saved.begin(sitting);
    await saved.add(answer(0, 'a', false));
    expect((await saved.all()).answers).toHaveLength(1);
    expect(told.at(-1)).toEqual({ ok: false, text: expect.stringContaining('until this page is closed') });
  });
});

describe('what answers say', () => {
  const mastery = (answers: AnswerRecord[]) => masteryOf(objectives[0], answers, () => objectives[0].id);

  it('mastery: newer answers weigh double, one question alone shows half', () => {
    expect(mastery([])).toBeUndefined();
    expect(mastery([answer(0, 'a', true)])).toBe(0.5);
    // a: (0 × ½ + 1) / 1.5 = ⅔; b: 1. Their mean is ⅚.
    expect(mastery([answer(0, 'a', false), answer(1, 'a', true), answer(2, 'b', true)])).toBeCloseTo(5 / 6);
    expect(masteryOf(objectives[1], [answer(0, 'a', true)], () => objectives[0].id)).toBeUndefined();
  });

  it('only first answers of a sitting count', () => {
    const first = firstAnswers([
      answer(0, 'a', false),
      answer(1, 'a', true),
      answer(0, 'a', true, { sitting: 's-2' }),
    ]);
    expect(first.map(({ right }) => right)).toEqual([false, true]);
    expect(wrongOnes(first.slice(0, 1))).toEqual(['a']);
    expect(wrongOnes(first)).toEqual([]);
  });

  it('calibration looks at the last ones that had a confidence', () => {
    const said = [true, false, true].map((right, i) => answer(i, 'a', right, { confidence: 'fairly' }));
    expect(calibration([...said, answer(9, 'b', true)], 2)[2]).toEqual({
      confidence: 'fairly',
      right: 1,
      of: 2,
    });
  });

  const rows = (...counts: [right: number, of: number][]): Calibration[] =>
    (['guess', 'unsure', 'fairly', 'certain'] as const).map((confidence, i) => ({
      ...{ confidence, right: counts[i][0], of: counts[i][1] },
    }));

  it('how well somebody is calibrated: promised against right, and the widest gap', () => {
    // 0.3·6 + 0.6·8 + 0.8·10 + 0.95·6 = 20.3 promised and 20 right, of 30; at “fairly” 0.8 − 0.7.
    expect(judged(rows([2, 6], [5, 8], [7, 10], [6, 6]))).toEqual({
      sure: { right: 13, of: 16 },
      overall: 'well',
      at: { confidence: 'fairly', is: 'bold' },
    });
    expect(judged(rows([0, 0], [0, 0], [2, 5], [2, 5])).overall).toBe('bold');
    expect(judged(rows([6, 6], [0, 0], [0, 0], [0, 0]))).toEqual({
      sure: { right: 0, of: 0 },
      overall: 'timid',
      at: { confidence: 'guess', is: 'timid' },
    });
  });

  it('and says nothing of it after a few answers', () => {
    expect(judged(rows([0, 0], [0, 2], [1, 3], [0, 0]))).toEqual({
      sure: { right: 1, of: 3 },
      overall: undefined,
      at: undefined,
    });
    // Three at one degree are too few for a word on that degree.
    expect(judged(rows([1, 3], [2, 3], [0, 0], [0, 0])).at).toBeUndefined();
  });

  it('statistics of a question', () => {
    const { given, ...rest } = itemStatistics('a', [
      answer(0, 'a', true, { tookMs: 10 }),
      answer(1, 'a', false, { given: 2, tookMs: 40 }),
      answer(2, 'a', false, { given: null, tookMs: 20 }),
      answer(3, 'a', true, { tookMs: 90 }),
      answer(4, 'b', true),
    ]);
    expect(rest).toEqual({ answers: 4, shareRight: 0.5, medianTookMs: 30 });
    expect([...given]).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(itemStatistics('c', []).medianTookMs).toBeNaN();
  });
});
