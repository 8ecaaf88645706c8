/**
 * The learner's work, in IndexedDB: progress and attempts, drafts and versions. The one door to it; mastery and exports read through it, too.
 *
 * Nothing here throws. When the browser keeps nothing, `tell` says why, progress goes on in memory, and the editor's text is where it was.
 * A record is read and written in one transaction, so that two tabs add up. Others are told of a change over a BroadcastChannel.
 */
import { openDatabase, wordsFor, type Database, type ProgressDb } from './database.ts';
import {
  afterAttempt,
  afterGivingUp,
  afterHint,
  FORM,
  readRecord,
  schemas,
  untouched,
  type Attempt,
  type Draft,
  type Progress,
  type Version,
} from './records.ts';

/** How the storage is; `text` is empty as long as there is nothing to say. */
export interface StorageState {
  ok: boolean;
  text: string;
}

export interface Change {
  exercise: string;
  what: 'progress' | 'draft';
}

/** A draft that was kept; `displaced` is the text of another tab, which is a version now. */
export interface KeptDraft {
  revision: number;
  savedAtMs: number;
  displaced: boolean;
}

const CHANNEL = 'surge-lab-progress';
const mostVersions = 50;
const NEWER =
  'A record here was kept by a newer version of the lab. It is untouched, and this page adds nothing to it.';
const BROKEN = 'A record here could not be read. It was put aside, and a new one begins.';

/** A record of a newer form is in the way. */
class Newer extends Error {}

export class ProgressStore {
  private db: Promise<Database> | undefined;
  private readonly memory = new Map<string, Progress>();
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  private readonly nowMs: () => number;
  private readonly tell: (state: StorageState) => void;

  constructor(nowMs: () => number, tell: (state: StorageState) => void) {
    this.nowMs = nowMs;
    this.tell = tell;
  }

  /** Calls back when another tab has changed something. */
  onchange(listener: (change: Change) => void): () => void {
    const hear = ({ data }: MessageEvent<Change>) => listener(data);
    this.channel?.addEventListener('message', hear);
    return () => this.channel?.removeEventListener('message', hear);
  }

  /** Of every exercise that was touched. Records that can't be read are told of and left out. */
  async all(): Promise<Progress[]> {
    return this.attempt(
      async (db) => {
        const stored = await db.getAll('progress');
        for (const one of stored)
          this.noteRead(readRecord(schemas.progress, one), ({ exercise }) => exercise);
        return [...this.memory.values()];
      },
      () => [...this.memory.values()],
    );
  }

  /** The record of an exercise; an empty one when there is none. */
  async get(exercise: string): Promise<Progress> {
    return this.attempt(
      async (db) => {
        this.noteRead(readRecord(schemas.progress, await db.get('progress', exercise)), () => exercise);
        return this.remembered(exercise);
      },
      () => this.remembered(exercise),
    );
  }

  recordAttempt(attempt: Omit<Attempt, 'form'>): Promise<Progress> {
    const whole: Attempt = { form: FORM, ...attempt };
    return this.change(attempt.exercise, (progress) => afterAttempt(progress, whole), whole);
  }

  openHint(exercise: string, count: number): Promise<Progress> {
    return this.change(exercise, (progress) => afterHint(progress, count));
  }

  giveUp(exercise: string): Promise<Progress> {
    return this.change(exercise, (progress) => afterGivingUp(progress, this.nowMs()));
  }

  /** Every run of an exercise, the oldest first. */
  async attempts(exercise: string): Promise<Attempt[]> {
    return this.attempt(
      async (db) => wholes('attempts', await db.getAllFromIndex('attempts', 'exercise', exercise)),
      () => [],
    );
  }

  async draft(exercise: string): Promise<Draft | undefined> {
    return this.attempt(
      async (db) => {
        const read = readRecord(schemas.drafts, await db.get('drafts', exercise));
        if (read.is === 'newer') this.tell({ ok: false, text: NEWER });
        if (read.is === 'broken') this.tell({ ok: true, text: BROKEN });
        return read.is === 'whole' ? read.record : undefined;
      },
      () => undefined,
    );
  }

  /**
   * Keeps a draft. `base` is the revision that the tab has read or written last: when another tab wrote since, its text becomes a version
   * and this one takes its place. Undefined when nothing could be kept.
   */
  async keepDraft(
    exercise: string,
    { text, editor }: { text: string; editor: unknown },
    base: number,
  ): Promise<KeptDraft | undefined> {
    return this.attempt(
      async (db) => {
        const work = db.transaction(['drafts', 'versions', 'aside'], 'readwrite');
        const drafts = work.objectStore('drafts');
        const stored: unknown = await drafts.get(exercise);
        const read = readRecord(schemas.drafts, stored);
        if (read.is === 'newer') throw new Newer();
        if (read.is === 'broken') await this.putAside(work.objectStore('aside'), 'drafts', stored);
        const now = read.is === 'whole' ? read.record : undefined;
        const displaced = now !== undefined && now.revision !== base && now.text !== text;
        const savedAtMs = this.nowMs();
        if (displaced)
          await keep(work.objectStore('versions'), {
            form: FORM,
            exercise,
            text: now.text,
            atMs: now.savedAtMs,
            why: 'another tab',
          });
        const revision = Math.max(base, now?.revision ?? 0) + 1;
        await drafts.put({ form: FORM, exercise, text, editor, savedAtMs, revision } satisfies Draft);
        await work.done;
        this.announce({ exercise, what: 'draft' });
        return { revision, savedAtMs, displaced };
      },
      () => undefined,
    );
  }

  /** Keeps a text that is about to be replaced. False when it could not be kept. */
  async keepVersion(exercise: string, text: string, why: Version['why']): Promise<boolean> {
    return this.attempt(
      async (db) => {
        const work = db.transaction('versions', 'readwrite');
        await keep(work.store, { form: FORM, exercise, text, atMs: this.nowMs(), why });
        await work.done;
        return true;
      },
      () => false,
    );
  }

  /** The versions of an exercise, the newest first. */
  async versions(exercise: string): Promise<Version[]> {
    return this.attempt(
      async (db) => {
        const stored = await db.getAllFromIndex('versions', 'exercise', exercise);
        return wholes('versions', stored).sort((a, b) => b.atMs - a.atMs || (b.id ?? 0) - (a.id ?? 0));
      },
      () => [],
    );
  }

  async close(): Promise<void> {
    this.channel?.close();
    const db = await this.db?.catch(() => undefined);
    this.db = undefined;
    db?.close();
  }

  private async change(
    exercise: string,
    make: (progress: Progress) => Progress,
    run?: Attempt,
  ): Promise<Progress> {
    return this.attempt(
      async (db) => {
        const work = db.transaction(['progress', 'attempts', 'aside'], 'readwrite');
        const records = work.objectStore('progress');
        const stored: unknown = await records.get(exercise);
        const read = readRecord(schemas.progress, stored);
        if (read.is === 'newer') throw new Newer();
        if (read.is === 'broken') await this.putAside(work.objectStore('aside'), 'progress', stored);
        const changed = make(read.is === 'whole' ? read.record : untouched(exercise));
        await records.put(changed);
        if (run) await work.objectStore('attempts').add(run);
        await work.done;
        this.memory.set(exercise, changed);
        this.announce({ exercise, what: 'progress' });
        return changed;
      },
      () => {
        const changed = make(this.remembered(exercise));
        this.memory.set(exercise, changed);
        return changed;
      },
    );
  }

  private remembered(exercise: string): Progress {
    return this.memory.get(exercise) ?? untouched(exercise);
  }

  private noteRead(
    read: ReturnType<typeof readRecord<typeof schemas.progress>>,
    key: (record: Progress) => string,
  ): void {
    if (read.is === 'whole') this.memory.set(key(read.record), read.record);
    else if (read.is === 'newer') this.tell({ ok: false, text: NEWER });
    else if (read.is === 'broken') this.tell({ ok: true, text: BROKEN });
  }

  private async putAside(
    aside: { add: (value: ProgressDb['aside']['value']) => Promise<number> },
    store: string,
    stored: unknown,
  ): Promise<void> {
    await aside.add({ store, stored, atMs: this.nowMs() });
    this.tell({ ok: true, text: BROKEN });
  }

  private announce(change: Change): void {
    this.channel?.postMessage(change);
  }

  /** Does `work`, or says why not and gives what `otherwise` has. */
  private async attempt<T>(work: (db: Database) => Promise<T>, otherwise: () => T): Promise<T> {
    try {
      return await work(await this.open());
    } catch (error) {
      this.tell({
        ok: false,
        text:
          error instanceof Newer ? NEWER : `${wordsFor(error)} What you do holds until this page is closed.`,
      });
      return otherwise();
    }
  }

  private open(): Promise<Database> {
    this.db ??= openDatabase(() => (this.db = undefined));
    this.db.catch(() => (this.db = undefined));
    return this.db;
  }
}

interface VersionStore {
  add: (value: unknown) => Promise<number>;
  delete: (id: number) => Promise<void>;
  index: (name: 'exercise') => { getAllKeys: (exercise: string) => Promise<number[]> };
}

/** Adds a version; of more than 50 of one exercise the oldest go. */
async function keep(store: VersionStore, version: Version): Promise<void> {
  await store.add(version);
  const ids = await store.index('exercise').getAllKeys(version.exercise);
  for (const id of ids.slice(0, -mostVersions)) await store.delete(id);
}

function wholes<Name extends 'attempts' | 'versions'>(name: Name, stored: unknown[]) {
  type Kept = Name extends 'attempts' ? Attempt : Version;
  return stored.flatMap((one): Kept[] => {
    const read = readRecord(schemas[name], one);
    return read.is === 'whole' ? [read.record as Kept] : [];
  });
}
