/** The database of the learner's work, and how an older one becomes this one. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';

export const DATABASE = 'surge-lab-progress';

/** Values are unknown until records.ts has read them. */
export interface ProgressDb extends DBSchema {
  /** By exercise. */
  progress: { key: string; value: unknown };
  attempts: { key: number; value: unknown; indexes: { exercise: string } };
  /** By exercise. */
  drafts: { key: string; value: unknown };
  versions: { key: number; value: unknown; indexes: { exercise: string } };
  /** By section. */
  reading: { key: string; value: unknown };
  sittings: { key: string; value: unknown };
  /** By sitting, and place in it from 0. */
  answers: { key: [string, number]; value: unknown };
  /** Finished runs of the lab. */
  runs: { key: string; value: unknown };
  /** The learner's own scenarios. */
  scenarios: { key: string; value: unknown };
  /** Records that could not be read, put aside before a new one took their place. */
  aside: { key: number; value: { store: string; stored: unknown; atMs: number } };
}

export type Database = IDBPDatabase<ProgressDb>;
type Upgrade = IDBPTransaction<ProgressDb, StoreNames<ProgressDb>[], 'versionchange'>;

/** `migrations[n]` makes version n + 1 of version n. They stay as they are once they are shipped. */
const migrations: ((db: Database, upgrade: Upgrade) => void)[] = [
  (db) => {
    db.createObjectStore('progress', { keyPath: 'exercise' });
    db.createObjectStore('attempts', { autoIncrement: true }).createIndex('exercise', 'exercise');
    db.createObjectStore('drafts', { keyPath: 'exercise' });
    db.createObjectStore('versions', { keyPath: 'id', autoIncrement: true }).createIndex(
      'exercise',
      'exercise',
    );
    db.createObjectStore('aside', { autoIncrement: true });
  },
  (db) => {
    db.createObjectStore('reading', { keyPath: 'section' });
    db.createObjectStore('sittings', { keyPath: 'id' });
    db.createObjectStore('answers', { keyPath: ['sitting', 'number'] });
  },
  (db) => {
    db.createObjectStore('runs', { keyPath: 'id' });
    db.createObjectStore('scenarios', { keyPath: 'id' });
  },
];

export const VERSION = migrations.length;

/** Rejects where storage is forbidden, broken, or was written by a newer page (`VersionError`). `closed` tells that it is gone. */
export async function openDatabase(closed: () => void): Promise<Database> {
  if (typeof indexedDB === 'undefined') throw new Error('there is no IndexedDB here');
  return openDB<ProgressDb>(DATABASE, VERSION, {
    upgrade(db, from, _to, upgrade) {
      for (const migrate of migrations.slice(from)) migrate(db, upgrade);
    },
    // A newer page in another tab wants to change the database: this one makes room.
    blocking: (_current, _wanted, event) => {
      (event.target as IDBDatabase).close();
      closed();
    },
    terminated: closed,
  });
}

/** Why nothing is kept, in words for the page. */
export function wordsFor(error: unknown): string {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'The browser gives no more room, so nothing new is kept.';
  if (name === 'VersionError')
    return 'Your work here was kept by a newer version of the lab. It is untouched, and this page keeps nothing beside it.';
  return `The browser keeps nothing for this page (${error instanceof Error ? error.message : String(error)}).`;
}
