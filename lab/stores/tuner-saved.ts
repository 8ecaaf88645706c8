import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { ENGINE_VERSION } from '../../engine/core/version.ts';
import type { ComparisonRecord } from '../../engine/tuning/comparison.ts';
import { figureValue, recordsSchema, type TunerRecord } from '../../engine/tuning/tuner-records.ts';
import type { TuneChoice } from './tuner-plan.ts';

/** A search with its runs, to go on from after a reload. */
export interface SavedSearch {
  choice: TuneChoice;
  done: boolean;
  records: readonly TunerRecord[];
  check: readonly ComparisonRecord[];
}

/** Grows when the form of what is kept changes; what an older page kept is then left out. */
const FORM = 1;
const number = v.pipe(v.number(), v.finite());
export const keptSchema = v.strictObject({
  form: v.literal(FORM),
  engine: v.literal(ENGINE_VERSION),
  choice: v.strictObject({
    scenario: v.string(),
    atS: number,
    levers: v.array(v.string()),
    goal: v.strictObject({
      figure: v.string(),
      direction: v.picklist(['least', 'most']),
      constraints: v.optional(
        v.array(
          v.strictObject({ figure: v.string(), atMost: v.optional(number), atLeast: v.optional(number) }),
        ),
      ),
    }),
    size: v.picklist(['quick', 'normal', 'thorough']),
    untilS: v.nullable(number),
  }),
  done: v.boolean(),
  records: recordsSchema,
  check: v.array(
    v.strictObject({
      pulls: v.array(
        v.strictObject({
          atS: number,
          lever: v.string(),
          value: v.union([v.boolean(), v.number(), v.string()]),
        }),
      ),
      seed: number,
      untilS: number,
      outcome: v.record(v.string(), figureValue),
    }),
  ),
});

interface TunerDb extends DBSchema {
  searches: { key: 'last'; value: unknown };
}

export const DATABASE = 'surge-lab-tuner';

/** How the storage is, for the page; `text` is empty as long as there is nothing to say. */
export interface SavedState {
  ok: boolean;
  text: string;
}

/**
 * Keeps the last search and its runs in IndexedDB, so that a reload loses none. Never throws: when the browser gives no storage, the page says so
 * and the search goes on in memory.
 */
export class TunerSaved {
  private db: Promise<IDBPDatabase<TunerDb>> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly tell: (state: SavedState) => void) {}

  /** What was kept; undefined when that is nothing, or cannot be read or used any more. */
  async load(): Promise<SavedSearch | undefined> {
    try {
      const kept: unknown = await (await this.open()).get('searches', 'last');
      if (kept === undefined) return undefined;
      const result = v.safeParse(keptSchema, kept);
      if (!result.success) {
        this.tell({
          ok: true,
          text: 'A search that was kept here is of another version of the lab, and was left out.',
        });
        return undefined;
      }
      const { form: _, engine: __, ...saved } = result.output;
      return saved;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** Writes one after the other, so that the last one stays. */
  save(search: SavedSearch): Promise<void> {
    const value = structuredClone({ form: FORM, engine: ENGINE_VERSION, ...search });
    this.writing = this.writing.then(async () => {
      try {
        await (await this.open()).put('searches', value, 'last');
        this.tell({ ok: true, text: 'The runs are kept in this browser.' });
      } catch (error) {
        this.failed(error);
      }
    });
    return this.writing;
  }

  async clear(): Promise<void> {
    try {
      await this.writing;
      await (await this.open()).delete('searches', 'last');
      this.tell({ ok: true, text: '' });
    } catch (error) {
      this.failed(error);
    }
  }

  private open(): Promise<IDBPDatabase<TunerDb>> {
    if (typeof indexedDB === 'undefined') return Promise.reject(new Error('there is no IndexedDB here'));
    this.db ??= openDB<TunerDb>(DATABASE, 1, {
      upgrade: (db) => {
        db.createObjectStore('searches');
      },
      blocking: () => void this.db?.then((db) => db.close()).finally(() => (this.db = undefined)),
      terminated: () => (this.db = undefined),
    });
    this.db.catch(() => (this.db = undefined));
    return this.db;
  }

  private failed(error: unknown): void {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    const why = full
      ? 'The browser gives no more room, so nothing new is kept.'
      : `The browser keeps nothing for this page (${error instanceof Error ? error.message : String(error)}).`;
    this.tell({ ok: false, text: `${why} The runs hold until the page is closed.` });
  }
}
