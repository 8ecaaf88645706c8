import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { budgetsSchema, type BudgetSettings } from '../../engine/cost/budget-settings.ts';
import { catalogueSchema, type ModelProfile } from '../../engine/cost/prices.ts';
import { rulesSchema, type RuleSettings } from '../../engine/cost/rules/rule.ts';

/** What the learner has made on the cost page. */
export interface SavedCost {
  list: 'module' | 'current' | 'own';
  models: readonly ModelProfile[];
  budgets: readonly BudgetSettings[];
  rules: readonly RuleSettings[];
}

/** Grows when the form of what is kept changes; what an older page kept is then left out. */
const FORM = 1;
export const keptSchema = v.strictObject({
  form: v.literal(FORM),
  list: v.picklist(['module', 'current', 'own']),
  models: catalogueSchema,
  budgets: budgetsSchema,
  rules: rulesSchema,
});

interface CostDb extends DBSchema {
  settings: { key: 'cost'; value: unknown };
}

export const DATABASE = 'surge-lab-cost';

/** How the storage is, for the page; `text` is empty as long as there is nothing to say. */
export interface SavedState {
  ok: boolean;
  text: string;
}

const IN_MEMORY = 'What you change holds until this page is closed.';

/**
 * Keeps what the learner has made in IndexedDB. Never throws: when the browser gives no storage, the page says so and goes on in
 * memory.
 */
export class CostSaved {
  private db: Promise<IDBPDatabase<CostDb>> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly tell: (state: SavedState) => void) {}

  /** What was kept; undefined when that is nothing, or cannot be read. */
  async load(): Promise<SavedCost | undefined> {
    try {
      const kept: unknown = await (await this.open()).get('settings', 'cost');
      if (kept === undefined) return undefined;
      const result = v.safeParse(keptSchema, kept);
      if (!result.success) {
        this.tell({
          ok: false,
          text: 'What was kept here is of another version of this page, and was left out.',
        });
        return undefined;
      }
      const { form: _, ...saved } = result.output;
      return saved;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** Writes one after the other, so that the last one stays. */
  save(saved: SavedCost): Promise<void> {
    const value = structuredClone({ form: FORM, ...saved });
    this.writing = this.writing.then(async () => {
      try {
        await (await this.open()).put('settings', value, 'cost');
        this.tell({ ok: true, text: 'Kept in this browser.' });
      } catch (error) {
        this.failed(error);
      }
    });
    return this.writing;
  }

  async clear(): Promise<void> {
    try {
      await this.writing;
      await (await this.open()).delete('settings', 'cost');
      this.tell({ ok: true, text: '' });
    } catch (error) {
      this.failed(error);
    }
  }

  private open(): Promise<IDBPDatabase<CostDb>> {
    if (typeof indexedDB === 'undefined') return Promise.reject(new Error('there is no IndexedDB here'));
    this.db ??= openDB<CostDb>(DATABASE, 1, {
      upgrade: (db) => {
        db.createObjectStore('settings');
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
    this.tell({ ok: false, text: `${why} ${IN_MEMORY}` });
  }
}
