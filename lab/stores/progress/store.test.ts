import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE, openDatabase, VERSION } from './database.ts';
import { ProgressStore, type StorageState } from './store.ts';

const stores: ProgressStore[] = [];
let told: StorageState[] = [];
let nowMs = 1000;

/** Another one is another tab. */
function tab(): ProgressStore {
  const store = new ProgressStore(
    () => nowMs,
    (state) => told.push(state),
  );
  stores.push(store);
  return store;
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  told = [];
  nowMs = 1000;
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

const attempt = (kind: 'passed' | 'failed', objectives: Record<string, 'met' | 'failed'> = {}) => ({
  exercise: '01-a',
  atMs: nowMs,
  kind,
  seed: 7,
  passed: kind === 'passed' ? 2 : 1,
  of: 2,
  objectives,
  changed: true,
  hintsOpened: 0,
  gaveUp: false,
});

/** Writes past the store, as another version of the page would. */
async function put(name: 'progress' | 'drafts', record: unknown): Promise<void> {
  const db = await openDatabase(() => {});
  await db.put(name, record);
  db.close();
}

describe('progress', () => {
  it('is kept: tries, the first solution, objectives, hints', async () => {
    const store = tab();
    await store.recordAttempt(attempt('failed', { a: 'met', b: 'failed' }));
    await store.openHint('01-a', 2);
    await store.openHint('01-a', 1);
    nowMs = 2000;
    await store.recordAttempt(attempt('passed', { a: 'met', b: 'met' }));
    nowMs = 3000;
    await store.recordAttempt(attempt('passed', { a: 'failed' }));
    const kept = await tab().get('01-a');
    expect(kept).toMatchObject({
      tries: 3,
      failedTries: 1,
      solvedAtMs: 2000,
      triesToSolve: 2,
      hintsOpened: 2,
      objectives: {
        a: { last: 'failed', lastAtMs: 3000, metAtMs: 1000 },
        b: { last: 'met', lastAtMs: 2000, metAtMs: 2000 },
      },
    });
    expect((await tab().attempts('01-a')).map(({ kind }) => kind)).toEqual(['failed', 'passed', 'passed']);
    expect(told).toEqual([]);
  });

  it('adds up over two tabs that write at once', async () => {
    const [one, other] = [tab(), tab()];
    await Promise.all(
      [1, 2, 3].flatMap(() => [one, other].map((store) => store.recordAttempt(attempt('failed')))),
    );
    expect(await one.get('01-a')).toMatchObject({ tries: 6, failedTries: 6 });
    expect(await other.attempts('01-a')).toHaveLength(6);
  });

  it('does not count the starter as a try that opens the solution', async () => {
    const store = tab();
    await store.recordAttempt({ ...attempt('failed'), changed: false });
    expect(await store.get('01-a')).toMatchObject({ tries: 1, failedTries: 0 });
  });

  it('giving up is remembered once, and is nothing after a solution', async () => {
    const store = tab();
    await store.giveUp('01-a');
    nowMs = 5000;
    expect((await store.giveUp('01-a')).gaveUpAtMs).toBe(1000);
    await store.recordAttempt({ ...attempt('passed'), exercise: '02-b' });
    expect((await store.giveUp('02-b')).gaveUpAtMs).toBeNull();
  });

  it('tells other tabs', async () => {
    const heard: unknown[] = [];
    tab().onchange((change) => heard.push(change));
    await tab().openHint('01-a', 1);
    await vi.waitFor(() => expect(heard).toEqual([{ exercise: '01-a', what: 'progress' }]));
  });
});

describe('drafts', () => {
  const draft = (text: string) => ({ text, editor: { doc: text } });

  it('come back with what the editor keeps', async () => {
    expect(await tab().keepDraft('01-a', draft('one'), 0)).toEqual({
      revision: 1,
      savedAtMs: 1000,
      displaced: false,
    });
    expect(await tab().draft('01-a')).toMatchObject({ text: 'one', editor: { doc: 'one' }, revision: 1 });
  });

  it('of two tabs: the newer one stands, and the other text becomes a version', async () => {
    const [one, other] = [tab(), tab()];
    await one.keepDraft('01-a', draft('mine'), 0);
    nowMs = 2000;
    expect(await other.keepDraft('01-a', draft('yours'), 0)).toMatchObject({ revision: 2, displaced: true });
    expect((await one.draft('01-a'))?.text).toBe('yours');
    expect(await one.versions('01-a')).toMatchObject([{ text: 'mine', atMs: 1000, why: 'another tab' }]);
    // Its own writes displace nothing.
    expect(await other.keepDraft('01-a', draft('yours 2'), 2)).toMatchObject({ displaced: false });
    expect(await one.versions('01-a')).toHaveLength(1);
  });

  it('the same text from another tab displaces nothing', async () => {
    await tab().keepDraft('01-a', draft('same'), 0);
    expect(await tab().keepDraft('01-a', draft('same'), 0)).toMatchObject({ displaced: false });
    expect(await tab().versions('01-a')).toEqual([]);
  });

  it('holds 50 versions of an exercise, the newest', async () => {
    const store = tab();
    await store.keepVersion('02-b', 'other', 'reset');
    for (let i = 0; i < 53; i++) {
      nowMs += 1;
      await store.keepVersion('01-a', `v${i}`, 'reset');
    }
    const texts = (await store.versions('01-a')).map(({ text }) => text);
    expect(texts).toHaveLength(50);
    expect([texts[0], texts[49]]).toEqual(['v52', 'v3']);
    expect(await store.versions('02-b')).toHaveLength(1);
  });
});

describe('storage that is in the way', () => {
  it('a record of a newer form is told of, and stays as it is', async () => {
    const newer = { form: 2, exercise: '01-a', whatever: true };
    await put('progress', newer);
    await put('drafts', newer);
    const store = tab();
    expect(await store.all()).toEqual([]);
    expect(await store.recordAttempt(attempt('passed'))).toMatchObject({ tries: 1, solvedAtMs: 1000 });
    expect(await store.draft('01-a')).toBeUndefined();
    expect(await store.keepDraft('01-a', { text: 'x', editor: null }, 0)).toBeUndefined();
    expect(told.every(({ ok, text }) => !ok && text.includes('newer version'))).toBe(true);
    expect(told).toHaveLength(4);
    const db = await openDatabase(() => {});
    expect([await db.get('progress', '01-a'), await db.get('drafts', '01-a')]).toEqual([newer, newer]);
    expect(await db.count('attempts')).toBe(0);
    db.close();
  });

  it('a record that cannot be read is put aside', async () => {
    const broken = { form: 1, exercise: '01-a', tries: -3 };
    await put('progress', broken);
    const store = tab();
    expect((await store.get('01-a')).tries).toBe(0);
    expect((await store.openHint('01-a', 1)).hintsOpened).toBe(1);
    const db = await openDatabase(() => {});
    expect(await db.getAll('aside')).toEqual([{ store: 'progress', stored: broken, atMs: 1000 }]);
    db.close();
    expect(told.at(-1)).toEqual({ ok: true, text: expect.stringContaining('put aside') });
  });

  it('a database of a newer page is left alone', async () => {
    (await openDB(DATABASE, VERSION + 1)).close();
    const store = tab();
    expect(await store.recordAttempt(attempt('passed'))).toMatchObject({ solvedAtMs: 1000 });
    expect(await store.keepDraft('01-a', { text: 'x', editor: null }, 0)).toBeUndefined();
    expect(told.at(-1)?.text).toContain('newer version of the lab');
  });

  it('a full one is told of, and nothing of the text is lost from the page', async () => {
    const store = tab();
    await store.keepDraft('01-a', { text: 'kept', editor: null }, 0);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await store.keepDraft('01-a', { text: 'more', editor: null }, 1)).toBeUndefined();
    full.mockRestore();
    expect(told.at(-1)).toEqual({ ok: false, text: expect.stringContaining('no more room') });
    expect(await store.keepDraft('01-a', { text: 'more', editor: null }, 1)).toMatchObject({ revision: 2 });
  });

  it('without IndexedDB progress holds in memory', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = tab();
    await store.recordAttempt(attempt('passed'));
    await store.openHint('01-a', 1);
    expect(await store.get('01-a')).toMatchObject({ tries: 1, hintsOpened: 1, solvedAtMs: 1000 });
    expect(await store.all()).toHaveLength(1);
    expect(await store.versions('01-a')).toEqual([]);
    expect(told.at(-1)).toEqual({ ok: false, text: expect.stringContaining('until this page is closed') });
    vi.unstubAllGlobals();
  });
});
