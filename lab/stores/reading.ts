/**
 * Which sections of the reading were read, and where the reader is. The marks lie in the database of the learner's work, the place in a
 * storage that answers at once. Where the browser keeps nothing, both hold until the page is closed.
 */
import * as v from 'valibot';
import { openDatabase, type Database } from './progress/database.ts';

const STORE = 'reading';
const markSchema = v.object({ section: v.string(), readAtMs: v.pipe(v.number(), v.finite()) });
export type ReadMark = v.InferOutput<typeof markSchema>;

export class ReadingStore {
  private readonly memory = new Map<string, ReadMark>();
  private opened: Promise<Database | undefined> | undefined;

  constructor(private readonly nowMs: () => number) {}

  /** What cannot be read is left where it is, and counts as not read. */
  async all(): Promise<ReadMark[]> {
    const db = await this.database();
    const kept = await db?.getAll(STORE).catch(() => []);
    for (const record of kept ?? []) {
      const { success, output } = v.safeParse(markSchema, record);
      if (success) this.memory.set(output.section, output);
    }
    return [...this.memory.values()];
  }

  /** The first time counts. */
  async mark(section: string): Promise<ReadMark> {
    const known = (await this.all()).find((one) => one.section === section);
    if (known) return known;
    const mark = { section, readAtMs: this.nowMs() };
    this.memory.set(section, mark);
    const db = await this.database();
    await db?.put(STORE, mark).catch(() => undefined);
    return mark;
  }

  async close(): Promise<void> {
    (await this.opened)?.close();
    this.opened = undefined;
  }

  private database(): Promise<Database | undefined> {
    return (this.opened ??= openDatabase(() => (this.opened = undefined)).catch(() => undefined));
  }
}

const PLACE = 'surge-lab.reading-place';
const placeSchema = v.object({ section: v.string(), heading: v.nullable(v.string()) });
/** A section, and the heading that was read last; null before the first one. */
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
