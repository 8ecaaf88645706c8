import type { DBSchema, IDBPDatabase, IDBPObjectStore, IDBPTransaction } from 'idb';
import type { CacheEntry } from '../entry.ts';

/** An entry as it is written down: plain fields, cloneable, the key path is `key`. */
export type StoredEntry = Omit<CacheEntry, 'tags'> & { tags: string[] };

export interface CacheDb extends DBSchema {
  entries: {
    key: string;
    value: StoredEntry;
    indexes: { byEnd: number; byUse: number; byTag: string };
  };
}

export type Db = IDBPDatabase<CacheDb>;
/** The entries, within a transaction that may write. */
export type Store = IDBPObjectStore<CacheDb, ['entries'], 'entries', 'readwrite'>;
type Upgrade = IDBPTransaction<CacheDb, 'entries'[], 'versionchange'>;

/**
 * What each version added, in order; a database of an older version runs through the later ones. Never change a step that has been
 * released: add one.
 */
const MIGRATIONS: readonly ((db: Db, transaction: Upgrade) => void)[] = [
  (db) => {
    const entries = db.createObjectStore('entries', { keyPath: 'key' });
    entries.createIndex('byEnd', 'staleUntilMs'); // who has expired
    entries.createIndex('byUse', 'lastAccessedAtMs'); // who goes first
  },
  (_, transaction) => {
    transaction.objectStore('entries').createIndex('byTag', 'tags', { multiEntry: true });
  },
];

export const SCHEMA_VERSION = MIGRATIONS.length;

export function migrate(db: Db, oldVersion: number, newVersion: number, transaction: unknown): void {
  for (const step of MIGRATIONS.slice(oldVersion, newVersion)) step(db, transaction as Upgrade);
}
