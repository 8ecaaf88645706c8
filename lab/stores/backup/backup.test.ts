import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore as FakeStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../context-settings.ts';
import { ContextSaved } from '../context-saved.ts';
import { openDatabase } from '../progress/database.ts';
import { leave } from '../progress/parting.ts';
import { ProgressStore } from '../progress/store.ts';
import { QuizSaved } from '../quiz-saved.ts';
import { keepPlace, ReadingStore } from '../reading.ts';
import { clearAll, exported, previewOf, takeIn } from './backup.ts';
import type { StoreName } from './contents.ts';
import { readBackup } from './file.ts';
import { keepItem, NAME, readItem } from './page-storage.ts';

/** A device is a browser of its own. */
interface Device {
  indexedDB: IDBFactory;
  localStorage: Storage;
}

function storage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i: number) => [...items.keys()][i] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    clear: () => items.clear(),
  };
}

let open: { close: () => Promise<void> }[] = [];
const device = (): Device => ({ indexedDB: new IDBFactory(), localStorage: storage() });
function use(one: Device): void {
  vi.stubGlobal('indexedDB', one.indexedDB);
  vi.stubGlobal('localStorage', one.localStorage);
}

let nowMs = 1000;
function stores() {
  const progress = new ProgressStore(
    () => nowMs,
    () => undefined,
  );
  const quiz = new QuizSaved(
    () => nowMs,
    () => undefined,
  );
  const reading = new ReadingStore(() => nowMs);
  open.push(progress, quiz, reading);
  return { progress, quiz, reading };
}

beforeEach(() => {
  nowMs = 1000;
  use(device());
});
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const attempt = (kind: 'passed' | 'failed', exercise = '01-a') => ({
  ...{ exercise, atMs: nowMs, kind, seed: nowMs, passed: 1, of: 2, objectives: { a: 'met' as const } },
  ...{ changed: true, hintsOpened: 0, gaveUp: false },
});
const answer = (number: number, right: boolean, sitting = 's') => ({
  ...{ sitting, number, question: 'q', seed: 1, given: 1, confidence: null, right, atMs: nowMs, tookMs: 5 },
});
const editor = { doc: 'x', selection: { main: 0 } };

async function raw(name: StoreName): Promise<unknown[]> {
  const db = await openDatabase(() => undefined);
  const all: unknown[] = await db.getAll(name);
  db.close();
  return all;
}
async function put(name: 'drafts' | 'progress' | 'runs', value: unknown): Promise<void> {
  const db = await openDatabase(() => undefined);
  await db.put(name, value);
  db.close();
}

async function work(): Promise<void> {
  const { progress, quiz, reading } = stores();
  await progress.recordAttempt(attempt('failed'));
  nowMs = 2000;
  await progress.recordAttempt(attempt('passed'));
  await progress.openHint('01-a', 2);
  await progress.keepVersion('01-a', 'the first', 'reset');
  await progress.keepDraft('01-a', { text: 'a draft', editor }, 0);
  await quiz.begin({ id: 's', scope: 'test', questions: ['q'], seed: 1, startedAtMs: nowMs });
  await quiz.add(answer(0, true));
  await reading.mark('ttl');
  keepPlace({ section: 'ttl', heading: null });
  await new ContextSaved(() => undefined).saveSettings({ ...DEFAULT_SETTINGS, windowTokens: 77 });
}

const NOW_MS = 9000;
const file = async () => readBackup(await exported(NOW_MS));

describe('out of one browser and into another', () => {
  it('everything is there again, and a second time adds nothing', async () => {
    const [one, other] = [device(), device()];
    use(one);
    await work();
    const backup = await file();
    use(other);
    const { tally } = await previewOf(backup, NOW_MS);
    expect(await raw('attempts')).toEqual([]);
    expect([tally.attempts.added, tally.answers.added, tally.drafts.added, tally.reading.added]).toEqual([
      2, 1, 1, 1,
    ]);
    expect(await takeIn(backup, false, NOW_MS)).toEqual(tally);
    expect((await file()).contents).toEqual(backup.contents);
    await takeIn(backup, false, NOW_MS);
    expect((await file()).contents).toEqual(backup.contents);
    const again = await previewOf(backup, NOW_MS);
    expect(
      Object.values(again.tally).every((one) => typeof one === 'number' || one.added + one.changed === 0),
    ).toBe(true);
  });

  it('deleted and taken in again, it is what it was; the name on the certificate is in no file', async () => {
    await work();
    keepItem(NAME, 'Ada');
    const text = await exported(NOW_MS);
    expect(text).not.toContain('Ada');
    const backup = readBackup(text);
    await clearAll();
    expect(readItem(NAME)).toBeUndefined();
    const empty = (await file()).contents;
    expect(Object.values(empty.work).flat()).toEqual([]);
    expect(empty.settings).toEqual({});
    await takeIn(backup, false, NOW_MS);
    // Versions are counted on, as nothing may get the number of one that is gone.
    const unnumbered = ({ contents }: typeof backup) => JSON.stringify(contents).replace(/"id":\d+,?/g, '');
    expect(unnumbered(await file()).length).toBe(unnumbered(backup).length);
    expect(await raw('versions')).toMatchObject([{ text: 'the first', atMs: 2000, why: 'reset' }]);
  });

  it('of two that went apart: all attempts in their order, the newer draft, the other one as a version', async () => {
    const [one, other] = [device(), device()];
    use(one);
    const first = stores();
    nowMs = 10;
    await first.progress.recordAttempt(attempt('failed'));
    nowMs = 50;
    await first.progress.keepDraft('01-a', { text: 'newer there', editor }, 0);
    await first.progress.keepDraft('02-b', { text: 'older there', editor }, 0);
    const backup = await file();
    use(other);
    const second = stores();
    nowMs = 20;
    await second.progress.recordAttempt(attempt('passed'));
    await second.progress.keepDraft('01-a', { text: 'older here', editor }, 0);
    nowMs = 60;
    await second.progress.keepDraft('02-b', { text: 'newer here', editor }, 0);
    const tally = await takeIn(backup, false, NOW_MS);
    expect(tally.drafts).toEqual({ added: 0, changed: 1, kept: 1, same: 0 });
    expect((await second.progress.attempts('01-a')).map(({ atMs }) => atMs)).toEqual([10, 20]);
    expect(await second.progress.get('01-a')).toMatchObject({
      tries: 2,
      failedTries: 1,
      solvedAtMs: 20,
      triesToSolve: 2,
    });
    expect(await second.progress.draft('01-a')).toMatchObject({ text: 'newer there', revision: 2 });
    expect(await second.progress.draft('02-b')).toMatchObject({ text: 'newer here' });
    expect((await second.progress.versions('01-a')).map(({ text }) => text)).toEqual(['older here']);
    expect((await second.progress.versions('02-b')).map(({ text }) => text)).toEqual(['older there']);
  });

  it('the text of a page that was left comes as a draft, or as a version when it is older', async () => {
    const [one, other] = [device(), device()];
    use(one);
    leave('01-a', 'tab', { text: 'left newer', editor, base: 3, atMs: 80 });
    leave('02-b', 'tab', { text: 'left older', editor, base: 0, atMs: 40 });
    const backup = await file();
    expect(backup.contents.page.partings).toHaveLength(2);
    use(other);
    nowMs = 60;
    const { progress } = stores();
    for (const id of ['01-a', '02-b']) await progress.keepDraft(id, { text: 'here', editor }, 0);
    for (let times = 0; times < 2; times++) await takeIn(backup, false, NOW_MS);
    expect(await progress.draft('01-a')).toMatchObject({ text: 'left newer', savedAtMs: 80 });
    expect(await progress.draft('02-b')).toMatchObject({ text: 'here' });
    expect((await progress.versions('01-a')).map(({ text }) => text)).toEqual(['here']);
    expect((await progress.versions('02-b')).map(({ text }) => text)).toEqual(['left older']);
  });

  it('settings come where there are none, others on the learner’s word only', async () => {
    const [one, other] = [device(), device()];
    use(one);
    await work();
    const backup = await file();
    use(other);
    const saved = new ContextSaved(() => undefined);
    await saved.saveSettings({ ...DEFAULT_SETTINGS, windowTokens: 1 });
    const { settings } = await previewOf(backup, NOW_MS);
    expect(settings.map(({ fate }) => fate)).toEqual(['differs']);
    await takeIn(backup, false, NOW_MS);
    expect((await saved.load()).settings?.windowTokens).toBe(1);
    await takeIn(backup, true, NOW_MS);
    expect((await saved.load()).settings?.windowTokens).toBe(77);
  });
});

describe('what cannot be merged', () => {
  it('a newer record goes along untouched, and is never overwritten', async () => {
    const [one, other] = [device(), device()];
    const newer = { form: 2, exercise: '01-a', mood: 'calm' };
    use(one);
    await put('progress', newer);
    await put('runs', { form: 3, id: 'f', secret: 1 });
    const backup = await file();
    use(other);
    expect((await takeIn(backup, false, NOW_MS)).newer).toBe(2);
    expect(await raw('progress')).toEqual([newer]);
    use(device());
    await stores().progress.recordAttempt(attempt('passed'));
    const older = await file();
    use(other);
    await takeIn(older, false, NOW_MS);
    expect(await raw('progress')).toEqual([newer]);
    expect(await raw('aside')).toMatchObject([{ store: 'progress', stored: { tries: 1 } }]);
  });

  it('a broken one is put aside, once; kinds that are not known stay in the file', async () => {
    const backup = await file();
    const wrong = {
      ...backup,
      contents: { ...backup.contents, work: { attempts: [{ form: 1, exercise: 3 }], moods: [1, 2] } },
    };
    for (let times = 0; times < 2; times++) expect((await takeIn(wrong, false, NOW_MS)).unknown).toBe(2);
    expect(await raw('attempts')).toEqual([]);
    expect(await raw('aside')).toEqual([
      { store: 'attempts', stored: { form: 1, exercise: 3 }, atMs: NOW_MS },
    ]);
  });

  it('when the room ends half way, what was here is as it was, and the learner is told', async () => {
    const [one, other] = [device(), device()];
    use(one);
    await work();
    const backup = await file();
    use(other);
    await stores().progress.keepDraft('01-a', { text: 'here', editor }, 0);
    const before = (await file()).contents;
    const add = FakeStore.prototype.add;
    let left = 2;
    vi.spyOn(FakeStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (left-- === 0) throw new DOMException('full', 'QuotaExceededError');
      return add.apply(this as never, args as never) as never;
    });
    await expect(takeIn(backup, false, NOW_MS)).rejects.toThrow(
      'Nothing was taken in, and what was here is as it was. The browser gives no more room',
    );
    vi.restoreAllMocks();
    expect((await file()).contents).toEqual(before);
  });

  it('where the browser keeps nothing, that is said', async () => {
    const backup = await file();
    vi.stubGlobal('indexedDB', undefined);
    await expect(exported(NOW_MS)).rejects.toThrow('Nothing could be read');
    await expect(takeIn(backup, false, NOW_MS)).rejects.toThrow('there is no IndexedDB here');
  });
});

describe('two tabs', () => {
  it('one takes a file in while the other one works: both are there', async () => {
    const [one, other] = [device(), device()];
    use(one);
    await work();
    const backup = await file();
    use(other);
    const { progress, quiz, reading } = stores();
    nowMs = 5000;
    await Promise.all([
      takeIn(backup, false, NOW_MS),
      progress.recordAttempt(attempt('failed')),
      quiz.add(answer(0, false, 'another')),
      reading.mark('tiers'),
      progress.keepDraft('02-b', { text: 'mine', editor }, 0),
    ]);
    expect((await progress.attempts('01-a')).map(({ atMs }) => atMs)).toEqual([1000, 2000, 5000]);
    expect((await progress.get('01-a')).tries).toBe(3);
    expect((await stores().quiz.all()).answers).toHaveLength(2);
    expect((await stores().reading.all()).map(({ section }) => section).sort()).toEqual(['tiers', 'ttl']);
    expect((await raw('drafts')).map((draft) => (draft as { text: string }).text)).toEqual([
      'a draft',
      'mine',
    ]);
  });

  it('a page that is open is told to look again', async () => {
    const [one, other] = [device(), device()];
    use(one);
    await work();
    const backup = await file();
    use(other);
    const { progress, quiz, reading } = stores();
    const heard = new Set<string>();
    const all = new Promise<void>((resolve) => {
      const hear = (what: string) => heard.add(what).size === 4 && resolve();
      progress.onchange(({ what }) => hear(what));
      quiz.onchange(() => hear('quiz'));
      reading.onchange(() => hear('reading'));
    });
    await takeIn(backup, false, NOW_MS);
    await all;
    expect([...heard].sort()).toEqual(['draft', 'progress', 'quiz', 'reading']);
  });
});
