import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { moduleTest } from '../../../quiz/bank.ts';
import { openDatabase } from '../progress/database.ts';
import { ProgressStore } from '../progress/store.ts';
import { QuizSaved } from '../quiz-saved.ts';
import { answer, attempt, DAY_MS, HOUR_MS, plainDays } from './records.fixture.ts';
import { ReviewView } from './review.svelte.ts';

const [first, second] = moduleTest.map(({ id }) => id);
const toClose: { close: () => Promise<void> }[] = [];
let nowMs = 0;

function opened<T extends { close: () => Promise<void> }>(made: T): T {
  toClose.push(made);
  return made;
}
const view = (): ReviewView => opened(new ReviewView(() => nowMs, plainDays));
const tab = (): QuizSaved =>
  opened(
    new QuizSaved(
      () => nowMs,
      () => undefined,
    ),
  );

beforeEach(() => {
  nowMs = 10 * DAY_MS + HOUR_MS;
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  await Promise.all(toClose.splice(0).map((one) => one.close()));
  vi.unstubAllGlobals();
});

describe('what is due, as the pages watch it', () => {
  it('is nothing for somebody new, and fetches no titles', async () => {
    const fetch = vi.fn();
    const made = opened(new ReviewView(() => nowMs, plainDays, fetch));
    await made.load();
    expect([made.loaded, made.begun, made.due, made.nextDueAtMs, made.minutes]).toEqual([
      true,
      false,
      [],
      null,
      0,
    ]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('comes the day after a wrong answer, and goes with a right one', async () => {
    const [made, quiz] = [view(), tab()];
    await quiz.add(answer({ question: first, right: false, atMs: nowMs }));
    await made.load();
    expect([made.due, made.nextDueAtMs, made.begun]).toEqual([[], 11 * DAY_MS, true]);
    expect(made.plan('question', first)).toEqual({ seenAtMs: nowMs, inDays: 1 });
    nowMs += DAY_MS;
    await made.load();
    expect(made.due).toMatchObject([{ kind: 'question', id: first, dueAtMs: 11 * DAY_MS }]);
    expect([made.minutes, made.plan('question', first)?.inDays]).toEqual([1, 0]);
    await quiz.add(answer({ sitting: 's-2', question: first, atMs: nowMs }));
    await made.load();
    expect(made.due).toEqual([]);
    expect(made.plan('question', first)?.inDays).toBeGreaterThan(0);
  });

  it('hears of answers and of runs that are kept elsewhere', async () => {
    const made = view();
    await made.load();
    await tab().add(answer({ question: first, right: false, atMs: nowMs - 3 * DAY_MS }));
    await vi.waitFor(() => expect(made.due.map(({ id }) => id)).toEqual([first]));
    const progress = opened(
      new ProgressStore(
        () => nowMs,
        () => undefined,
      ),
    );
    await progress.recordAttempt(attempt({ exercise: '02-lru', kind: 'failed', atMs: nowMs - 2 * DAY_MS }));
    await vi.waitFor(() => expect(made.due.map(({ id }) => id)).toEqual([first, '02-lru']));
    expect(made.due[1].href).toBe('#/code/02-lru');
  });

  it('passes over what is gone, damaged or newer, and leaves it where it is', async () => {
    const db = await openDatabase(() => undefined);
    const old = nowMs - 3 * DAY_MS;
    const stored = [
      answer({ number: 0, question: 'gone', right: false, atMs: old }),
      { ...answer({ number: 1, question: first, atMs: old }), right: 'yes' },
      { ...answer({ number: 2, question: first, right: false, atMs: old }), form: 2 },
      answer({ number: 3, question: second, right: false, atMs: old }),
    ];
    for (const one of stored) await db.put('answers', one);
    await db.add('attempts', { ...attempt(), atMs: 'yesterday' });
    const made = view();
    await made.load();
    expect(made.due.map(({ id }) => id)).toEqual([second]);
    expect(made.blocked).toBe('');
    expect(await db.getAll('answers')).toEqual(stored);
    expect(await db.getAll('aside')).toEqual([]);
    db.close();
  });

  it('says so where the browser keeps nothing', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const made = view();
    await made.load();
    expect(made.blocked).toContain('keeps nothing');
    expect([made.loaded, made.due]).toEqual([true, []]);
  });
});
