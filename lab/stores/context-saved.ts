import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { ROLES, type Message } from '../../engine/latency/context/message.ts';
import { contextSettingsSchema, type ContextSettings } from './context-settings.ts';

export interface KeptConversation {
  name: string;
  messages: readonly Message[];
}
export interface SavedContext {
  conversation: KeptConversation | undefined;
  settings: ContextSettings | undefined;
}

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const conversationSchema = v.strictObject({
  name: v.string(),
  messages: v.array(
    v.strictObject({
      id: v.string(),
      role: v.picklist(ROLES),
      text: v.string(),
      atMs: v.number(),
      toolCallId: v.exactOptional(v.string()),
      importance: v.exactOptional(share),
    }),
  ),
});

interface ContextDb extends DBSchema {
  kept: { key: 'conversation' | 'settings'; value: unknown };
}

export const DATABASE = 'surge-lab-context';

/** How the storage is, for the page; `text` is empty as long as there is nothing to say. */
export interface SavedState {
  ok: boolean;
  text: string;
}

const IN_MEMORY = 'What you paste and change holds until this page is closed.';

/**
 * Keeps the learner's conversation and settings in IndexedDB, apart, as one is large and the other changes often. Never throws: when
 * the browser gives no storage, the page says so and goes on in memory.
 */
export class ContextSaved {
  private db: Promise<IDBPDatabase<ContextDb>> | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly tell: (state: SavedState) => void) {}

  /** What was kept, as far as there is any and it can be read. */
  async load(): Promise<SavedContext> {
    const nothing = { conversation: undefined, settings: undefined };
    try {
      const db = await this.open();
      const [conversation, settings] = await Promise.all([
        db.get('kept', 'conversation'),
        db.get('kept', 'settings'),
      ]);
      const read = {
        conversation: v.safeParse(v.optional(conversationSchema), conversation),
        settings: v.safeParse(v.optional(contextSettingsSchema), settings),
      };
      if (!read.conversation.success || !read.settings.success)
        this.tell({
          ok: false,
          text: 'What was kept here is of another version of this page, and was left out.',
        });
      return {
        conversation: read.conversation.success ? read.conversation.output : undefined,
        settings: read.settings.success ? read.settings.output : undefined,
      };
    } catch (error) {
      this.failed(error);
      return nothing;
    }
  }

  saveConversation(conversation: KeptConversation): Promise<void> {
    return this.put('conversation', conversation);
  }

  saveSettings(settings: ContextSettings): Promise<void> {
    return this.put('settings', { ...settings });
  }

  async clear(): Promise<void> {
    try {
      await this.writing;
      await (await this.open()).clear('kept');
      this.tell({ ok: true, text: '' });
    } catch (error) {
      this.failed(error);
    }
  }

  /** One after the other, so that the last one stays. */
  private put(key: 'conversation' | 'settings', value: unknown): Promise<void> {
    this.writing = this.writing.then(async () => {
      try {
        await (await this.open()).put('kept', value, key);
        this.tell({ ok: true, text: 'Kept in this browser.' });
      } catch (error) {
        this.failed(error);
      }
    });
    return this.writing;
  }

  private open(): Promise<IDBPDatabase<ContextDb>> {
    if (typeof indexedDB === 'undefined') return Promise.reject(new Error('there is no IndexedDB here'));
    this.db ??= openDB<ContextDb>(DATABASE, 1, {
      upgrade: (db) => {
        db.createObjectStore('kept');
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
