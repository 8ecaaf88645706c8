/**
 * The learner's own scenarios, in the database of his work. The one door to them. Nothing here throws: when the browser keeps nothing, `storage`
 * says why, and they hold until the page is closed. A record has a revision, so that a tab sees that another one wrote since.
 */
import { scenarioSchema, type ScenarioRecord } from './backup/contents.ts';
import { openDatabase, wordsFor, type Database } from './progress/database.ts';
import { FORM, readRecord } from './progress/records.ts';

export type { ScenarioRecord } from './backup/contents.ts';

/** How the storage is; `text` is empty as long as there is nothing to say. */
export interface ScenariosStorage {
  ok: boolean;
  text: string;
}

/** `conflict`: another tab wrote first, and nothing was written. `gone`: another tab took it away. */
export type SaveResult =
  | { is: 'kept' | 'held'; record: ScenarioRecord }
  | { is: 'conflict'; theirs: ScenarioRecord }
  | { is: 'gone' };

const CHANNEL = 'surge-lab-scenarios';
const NEWER = 'A scenario here was kept by a newer version of the lab. It is untouched, and is not listed.';
const BROKEN = 'A scenario here could not be read. It was put aside, and is not listed.';

export class ScenariosSaved {
  storage: ScenariosStorage = { ok: true, text: '' };
  private db: Promise<Database> | undefined;
  /** What the browser did not take. */
  private readonly loose = new Map<string, ScenarioRecord>();
  /** Of these, the revisions that it has taken last. */
  private readonly taken = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

  constructor(
    private readonly nowMs: () => number,
    private readonly newId: () => string = () => crypto.randomUUID().slice(0, 8),
  ) {
    this.channel?.addEventListener('message', () => this.call());
  }

  /** Calls back when one was kept or removed, here or in another tab. Returns what ends that. */
  onchange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** All that can be read, the latest first. */
  async all(): Promise<ScenarioRecord[]> {
    const found = new Map<string, ScenarioRecord>();
    await this.attempt(async (db) => {
      for (const stored of await db.getAll('scenarios')) {
        const record = await this.read(db, stored);
        if (record) found.set(record.id, record);
      }
    });
    for (const [id, record] of this.loose) found.set(id, record);
    return [...found.values()].sort((a, b) => b.savedAtMs - a.savedAtMs);
  }

  async get(id: string): Promise<ScenarioRecord | undefined> {
    return (await this.all()).find((one) => one.id === id);
  }

  /** A new one; of several with the same name the later ones get a number. */
  async create(name: string, text: string): Promise<ScenarioRecord> {
    const names = new Set((await this.all()).map((one) => one.name));
    let free = name;
    for (let n = 2; names.has(free); n++) free = `${name} (${n})`;
    const record = {
      form: FORM,
      id: this.newId(),
      name: free,
      text,
      savedAtMs: this.nowMs(),
      revision: 1,
    } as ScenarioRecord;
    await this.put(record);
    return record;
  }

  /** Writes over the revision that was read, and over no other. */
  async save(
    { id, revision }: Pick<ScenarioRecord, 'id' | 'revision'>,
    change: Partial<Pick<ScenarioRecord, 'name' | 'text'>>,
  ): Promise<SaveResult> {
    const known = this.loose.get(id);
    const base = this.taken.get(id) ?? revision;
    let result: SaveResult | undefined;
    const next = (before: ScenarioRecord): ScenarioRecord => ({
      ...before,
      ...change,
      savedAtMs: this.nowMs(),
      revision: revision + 1,
    });
    const kept = await this.attempt(async (db) => {
      const work = db.transaction('scenarios', 'readwrite');
      const read = readRecord(scenarioSchema, await work.store.get(id));
      const before = read.is === 'whole' ? read.record : read.is === 'none' ? known : undefined;
      if (!before) result = { is: 'gone' };
      else if (before !== known && before.revision !== base) result = { is: 'conflict', theirs: before };
      else {
        result = { is: 'kept', record: next(before) };
        await work.store.put(result.record);
      }
      await work.done;
    });
    if (kept && result) {
      if (result.is === 'kept') this.forget(id);
      this.announce();
      return result;
    }
    const record = next(
      known ?? ({ form: FORM, id, name: '', text: '', savedAtMs: 0, revision } as ScenarioRecord),
    );
    this.loose.set(id, record);
    this.taken.set(id, base);
    this.call();
    return { is: 'held', record };
  }

  /** As it was: a new one, or one that was removed. */
  async put(record: ScenarioRecord): Promise<void> {
    if (await this.attempt(async (db) => void (await db.put('scenarios', record)))) this.forget(record.id);
    else this.loose.set(record.id, record);
    this.announce();
  }

  async remove(id: string): Promise<void> {
    this.forget(id);
    await this.attempt((db) => db.delete('scenarios', id));
    this.announce();
  }

  async close(): Promise<void> {
    this.channel?.close();
    this.listeners.clear();
    (await this.db?.catch(() => undefined))?.close();
    this.db = undefined;
  }

  private forget(id: string): void {
    this.loose.delete(id);
    this.taken.delete(id);
  }

  private async read(db: Database, stored: unknown): Promise<ScenarioRecord | undefined> {
    const read = readRecord(scenarioSchema, stored);
    if (read.is === 'whole') return read.record;
    if (read.is === 'newer') this.storage = { ok: false, text: NEWER };
    else if (read.is === 'broken') {
      const work = db.transaction(['scenarios', 'aside'], 'readwrite');
      await work.objectStore('aside').add({ store: 'scenarios', stored, atMs: this.nowMs() });
      await work.objectStore('scenarios').delete((stored as { id: string }).id);
      await work.done;
      this.storage = { ok: true, text: BROKEN };
    }
    return undefined;
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
      if (!this.storage.ok && this.storage.text !== NEWER) this.storage = { ok: true, text: '' };
      return true;
    } catch (error) {
      this.db = undefined;
      this.storage = {
        ok: false,
        text: `${wordsFor(error)} Your scenarios hold until this page is closed: download what you want to keep.`,
      };
      return false;
    }
  }
}

let saved: ScenariosSaved | undefined;

/** One for the page; the database is opened when it is first asked for something. */
export const scenariosSaved = (): ScenariosSaved => (saved ??= new ScenariosSaved(() => Date.now()));
