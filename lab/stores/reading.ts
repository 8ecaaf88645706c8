/**
 * Which sections of the reading were read, and where the reader is. The marks lie in the database of the learner's work, the place in a
 * storage that answers at once. Where the browser keeps nothing, both hold until the page is closed.
 */
import * as v from 'valibot';
import { openDatabase, wordsFor, type Database } from './progress/database.ts';
import { readRecord } from './progress/records.ts';

const STORE = 'reading';
export const markSchema = v.object({ section: v.string(), readAtMs: v.pipe(v.number(), v.finite()) });
export type ReadMark = v.InferOutput<typeof markSchema>;

/** How the storage is; `text` is empty as long as there is nothing to say. */
export interface ReadingStorage {
  ok: boolean;
  text: string;
}

export const READING_CHANNEL = 'surge-lab-reading';

export class ReadingStore {
  private readonly memory = new Map<string, ReadMark>();
  private opened: Promise<Database> | undefined;
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(READING_CHANNEL);
  private readonly nowMs: () => number;
  private readonly tell: (state: ReadingStorage) => void;

  constructor(nowMs: () => number, tell: (state: ReadingStorage) => void = () => undefined) {
    this.nowMs = nowMs;
    this.tell = tell;
  }

  /** Calls back when another tab has marked something. */
  onchange(listener: () => void): void {
    this.channel?.addEventListener('message', listener);
  }

  /** What cannot be read is left where it is, and counts as not read. */
  async all(): Promise<ReadMark[]> {
    await this.attempt(async (db) => {
      for (const record of await db.getAll(STORE)) this.note(record);
    });
    return [...this.memory.values()];
  }

  /** The first time counts, of all tabs. */
  async mark(section: string): Promise<ReadMark> {
    const mark = this.memory.get(section) ?? { section, readAtMs: this.nowMs() };
    this.memory.set(section, mark);
    await this.attempt(async (db) => {
      const work = db.transaction([STORE, 'aside'], 'readwrite');
      const marks = work.objectStore(STORE);
      const stored: unknown = await marks.get(section);
      const { is } = readRecord(markSchema, stored);
      if (is === 'broken') await work.objectStore('aside').add({ store: STORE, stored, atMs: this.nowMs() });
      if (is === 'whole') this.note(stored);
      else if (is !== 'newer') await marks.put(mark);
      await work.done;
      this.channel?.postMessage(section);
    });
    return this.memory.get(section)!;
  }

  async close(): Promise<void> {
    this.channel?.close();
    (await this.opened?.catch(() => undefined))?.close();
    this.opened = undefined;
  }

  private note(stored: unknown): void {
    const read = readRecord(markSchema, stored);
    if (read.is === 'whole') this.memory.set(read.record.section, read.record);
  }

  private async attempt(work: (db: Database) => Promise<void>): Promise<void> {
    try {
      this.opened ??= openDatabase(() => (this.opened = undefined));
      await work(await this.opened);
    } catch (error) {
      this.opened = undefined;
      this.tell({ ok: false, text: `${wordsFor(error)} What you read holds until this page is closed.` });
    }
  }
}

const PLACE = 'surge-lab.reading-place';
const placeSchema = v.object({
  section: v.string(),
  /** The one that was read last; null before the first one. */
  heading: v.nullable(v.string()),
  /** When it was; older pages kept none. */
  atMs: v.optional(v.pipe(v.number(), v.finite())),
});
/** Where in a section the reader is. */
export type Place = v.InferOutput<typeof placeSchema>;

function here(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export function keepPlace(place: Place, storage = here()): void {
  try {
    storage?.setItem(PLACE, JSON.stringify(place));
  } catch {
    // No room, or none allowed; the reader begins at the top next time.
  }
}

export function keptPlace(storage = here()): Place | undefined {
  try {
    const { success, output } = v.safeParse(placeSchema, JSON.parse(storage?.getItem(PLACE) ?? 'null'));
    return success ? output : undefined;
  } catch {
    return undefined;
  }
}
