/** Everything the learner made: out of this browser, into it, and away. */
import type { IDBPTransaction } from 'idb';
import { ENGINE_VERSION } from '../../../engine/core/version.ts';
import { openDatabase, wordsFor, type Database, type ProgressDb } from '../progress/database.ts';
import { READING_CHANNEL } from '../reading.ts';
import { STORES, type Contents, type Held, type Here } from './contents.ts';
import { writeBackup, type Backup } from './file.ts';
import { clearPage, gatherPage, takeInPage } from './page-storage.ts';
import { planOf } from './plan.ts';
import { clearSettings, gatherSettings, settingFates, takeInSettings, type SettingFate } from './settings.ts';
import type { Plan, Step, Tally } from './tally.ts';

/** Something of this could not be done; the message is for the learner. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
}

export interface Preview {
  tally: Tally;
  settings: SettingFate[];
}

/** @throws BackupFailed where the browser gives nothing */
export async function gather(): Promise<Contents> {
  return told('Nothing could be read', async () => {
    const here = await withWork(async (db) => held(db.transaction(STORES)));
    const work = Object.fromEntries(STORES.map((name) => [name, here[name].map(({ value }) => value)]));
    return { work, settings: await gatherSettings(), page: gatherPage() };
  });
}

/** The file's text. @throws BackupFailed */
export async function exported(nowMs: number): Promise<string> {
  return writeBackup({ engine: ENGINE_VERSION, exportedAtMs: nowMs, contents: await gather() });
}

/** What taking it in would do. Changes nothing. @throws BackupFailed */
export async function previewOf({ contents }: Backup, nowMs: number): Promise<Preview> {
  return told('Nothing could be read', async () => {
    const here = await withWork(async (db) => held(db.transaction(STORES)));
    const { tally } = planOf(here, contents, nowMs);
    return { tally, settings: settingFates(await gatherSettings(), contents.settings) };
  });
}

/**
 * Takes a file in: the learner's work in one transaction, planned within it, so that nothing another tab keeps at the same time is lost.
 * @param replace whether settings of the file take the place of other ones here
 * @throws BackupFailed which says what was and what was not taken in
 */
export async function takeIn({ contents }: Backup, replace: boolean, nowMs: number): Promise<Tally> {
  const plan = await told('Nothing was taken in, and what was here is as it was', () =>
    withWork(async (db): Promise<Plan> => {
      const work = db.transaction(STORES, 'readwrite');
      try {
        const made = planOf(await held(work), contents, nowMs);
        for (const step of made.steps) await perform(work, step);
        await work.done;
        return made;
      } catch (error) {
        abort(work);
        await work.done.catch(() => undefined);
        throw work.error ?? error;
      }
    }),
  );
  announce(plan.steps);
  await told('Your work was taken in, but not the settings of the pages', async () =>
    takeInSettings(settingFates(await gatherSettings(), contents.settings), replace),
  );
  if (!takeInPage(contents.page, replace))
    throw new BackupFailed(
      'Your work was taken in, but not the reading place and the theme: the browser gives no room for them.',
    );
  return plan.tally;
}

/** Deletes all of it. The lab's own files for use without a network stay. @throws BackupFailed */
export async function clearAll(): Promise<void> {
  await told('Nothing was deleted', () =>
    withWork(async (db) => {
      const work = db.transaction(STORES, 'readwrite');
      await Promise.all([...STORES.map((name) => work.objectStore(name).clear()), work.done]);
    }),
  );
  clearPage();
  await told('Your work was deleted, but not the settings of the pages', clearSettings);
  await told('Your work was deleted, but not the entries of the live cache', clearLiveCache);
  post(READING_CHANNEL, 'cleared');
  post('surge-lab-quiz', 'cleared');
  post('surge-lab-runs', 'changed');
}

const LIVE_CACHE = 'surge-lab-cache';

/** The entries that the page of the live cache has in IndexedDB; they are no work, and in no file. */
async function clearLiveCache(): Promise<void> {
  const found = (await indexedDB.databases?.()) ?? [];
  if (!found.some(({ name }) => name === LIVE_CACHE)) return;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(LIVE_CACHE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('the browser did not say why'));
    // Another tab holds it open; it goes when that tab lets go.
    request.onblocked = () => resolve();
  });
}

type Work = IDBPTransaction<ProgressDb, typeof STORES, 'readwrite'>;

async function withWork<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(() => undefined);
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

interface Readable {
  objectStore: (name: (typeof STORES)[number]) => {
    getAllKeys: () => Promise<IDBValidKey[]>;
    getAll: () => Promise<unknown[]>;
  };
}

async function held(work: Readable): Promise<Here> {
  const all = STORES.map(async (name): Promise<[string, Held[]]> => {
    const store = work.objectStore(name);
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return [name, keys.map((key, i) => ({ key, value: values[i] }))];
  });
  return Object.fromEntries(await Promise.all(all)) as unknown as Here;
}

async function perform(work: Work, step: Step): Promise<void> {
  const store = work.objectStore(step.store);
  if (step.do === 'put') await store.put(step.value as never);
  else if (step.do === 'add') await store.add(step.value as never);
  else await store.delete(step.key as never);
}

function abort(work: Work): void {
  try {
    work.abort();
  } catch {
    // It has ended already, which is why we are here.
  }
}

/** Pages that are open look again: each store's own channel says so, as if another tab had kept something. */
function announce(steps: readonly Step[]): void {
  const exercises = (store: string): Set<string> =>
    new Set(
      steps.flatMap((step) =>
        step.store === store && step.do === 'put' ? [(step.value as { exercise: string }).exercise] : [],
      ),
    );
  for (const exercise of exercises('progress')) post('surge-lab-progress', { exercise, what: 'progress' });
  for (const exercise of exercises('drafts')) post('surge-lab-progress', { exercise, what: 'draft' });
  post('surge-lab-quiz', 'taken in');
  post('surge-lab-runs', 'changed');
  post(READING_CHANNEL, 'taken in');
}

function post(name: string, message: unknown): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(name);
  channel.postMessage(message);
  channel.close();
}

async function told<T>(consequence: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BackupFailed) throw error;
    throw new BackupFailed(`${consequence}. ${wordsFor(error)}`);
  }
}
