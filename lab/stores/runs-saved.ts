/**
 * Runs of the lab that have ended, in the database of the learner's work. The one door to them. Nothing here throws: when the browser keeps
 * nothing, `storage` says why, and the runs hold until the page is closed.
 */
import { openDatabase, wordsFor, type Database } from './progress/database.ts';
import { readRecord } from './progress/records.ts';
import { again, byMerit, runRecordSchema, surplus, type RunRecord } from './progress/run-records.ts';

export type { RunRecord } from './progress/run-records.ts';

/** How the storage is; `text` is empty as long as there is nothing to say. */
export interface RunsStorage {
  ok: boolean;
  text: string;
}

const CHANNEL = 'surge-lab-runs';
const NEWER = 'A run here was kept by a newer version of the lab. It is untouched, and is not listed.';
const BROKEN = 'A run here could not be read. It was put aside, and is not listed.';

export class RunsSaved {
  storage: RunsStorage = { ok: true, text: '' };
  private db: Promise<Database> | undefined;
  /** What this page has read or kept. */
  private readonly memory = new Map<string, RunRecord>();
  /** Of these, the ones that the browser did not take. */
  private readonly loose = new Map<string, RunRecord>();
  private readonly listeners = new Set<() => void>();
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  private readonly nowMs: () => number;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
    this.channel?.addEventListener('message', () => this.call());
  }

  /** Calls back when a run was kept, changed or removed, here or in another tab. Returns what ends that. */
  onchange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Keeps a run. The same run again keeps its pin, its note and its best score. */
  async put(record: RunRecord): Promise<void> {
    await this.change(record.id, (before) => again(before, record));
  }

  /** All that can be read, the latest first. */
  async all(): Promise<RunRecord[]> {
    await this.attempt(async (db) => {
      const stored = await db.getAll('runs');
      this.memory.clear();
      for (const one of stored) await this.take(db, one);
      for (const [id, record] of this.loose) this.memory.set(id, record);
    });
    return [...this.memory.values()].sort((a, b) => b.finishedAtMs - a.finishedAtMs);
  }

  /** The best run of a scenario: by score, objectives met, and how soon it recovered. */
  async best(scenario: string): Promise<RunRecord | undefined> {
    return (await this.all()).filter((one) => one.scenario === scenario).sort(byMerit)[0];
  }

  async pin(id: string, pinned: boolean): Promise<void> {
    await this.change(id, (before) => before && { ...before, pinned });
  }

  /** Sets the learner's own words on a run. */
  async annotate(id: string, note: string): Promise<void> {
    await this.change(id, (before) => before && { ...before, note });
  }

  async remove(id: string): Promise<void> {
    this.memory.delete(id);
    this.loose.delete(id);
    await this.attempt((db) => db.delete('runs', id));
    this.announce();
  }

  async close(): Promise<void> {
    this.channel?.close();
    this.listeners.clear();
    (await this.db?.catch(() => undefined))?.close();
    this.db = undefined;
  }

  /** In one transaction, so that two tabs do not undo each other's changes. */
  private async change(
    id: string,
    make: (before: RunRecord | undefined) => RunRecord | undefined,
  ): Promise<void> {
    const remember = (before: RunRecord | undefined): RunRecord | undefined => {
      const after = make(before);
      if (after) this.memory.set(id, after);
      return after;
    };
    const kept = await this.attempt(async (db) => {
      const work = db.transaction(['runs', 'aside'], 'readwrite');
      const runs = work.objectStore('runs');
      const stored: unknown = await runs.get(id);
      const read = readRecord(runRecordSchema, stored);
      if (read.is === 'newer') this.storage = { ok: false, text: NEWER };
      else {
        if (read.is === 'broken')
          await work.objectStore('aside').add({ store: 'runs', stored, atMs: this.nowMs() });
        const after = remember(read.is === 'whole' ? read.record : this.loose.get(id));
        if (after) await runs.put(after);
        const records = (await runs.getAll()).flatMap((one) => {
          const other = readRecord(runRecordSchema, one);
          return other.is === 'whole' ? [other.record] : [];
        });
        for (const old of surplus(records)) {
          await runs.delete(old);
          this.memory.delete(old);
        }
      }
      await work.done;
    });
    if (kept) this.loose.delete(id);
    else {
      const after = remember(this.memory.get(id));
      if (after) this.loose.set(id, after);
      for (const old of surplus([...this.loose.values()])) {
        this.loose.delete(old);
        this.memory.delete(old);
      }
    }
    this.announce();
  }

  private async take(db: Database, stored: unknown): Promise<void> {
    const read = readRecord(runRecordSchema, stored);
    if (read.is === 'whole') this.memory.set(read.record.id, read.record);
    else if (read.is === 'newer') this.storage = { ok: false, text: NEWER };
    else if (read.is === 'broken') {
      const work = db.transaction(['runs', 'aside'], 'readwrite');
      await work.objectStore('aside').add({ store: 'runs', stored, atMs: this.nowMs() });
      await work.objectStore('runs').delete((stored as { id: string }).id);
      await work.done;
      this.storage = { ok: true, text: BROKEN };
    }
  }

  private call(): void {
    for (const listener of this.listeners) listener();
  }

  private announce(): void {
    this.channel?.postMessage('changed');
    this.call();
  }

  /** Whether the browser did it. */
  private async attempt(work: (db: Database) => Promise<void>): Promise<boolean> {
    try {
      this.db ??= openDatabase(() => (this.db = undefined));
      await work(await this.db);
      return true;
    } catch (error) {
      this.db = undefined;
      this.storage = { ok: false, text: `${wordsFor(error)} Runs hold until this page is closed.` };
      return false;
    }
  }
}

let saved: RunsSaved | undefined;

/** One for the page; the database is opened when it is first asked for something. */
export const runsSaved = (): RunsSaved => (saved ??= new RunsSaved(() => Date.now()));
