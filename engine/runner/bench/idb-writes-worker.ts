/** The benchmark of IndexedDB writes: entries through the tier in batches of write-behind, and with a transaction for each. */
import { openDB } from 'idb';
import type { CacheEntry } from '../../cache/entry.ts';
import { IndexedDbTier } from '../../cache/tiers/indexeddb.browser.ts';
import { migrate, SCHEMA_VERSION, type CacheDb } from '../../cache/tiers/indexeddb-schema.browser.ts';
import type { IdbWritesAsk } from './protocol.ts';

const DATABASE = 'bench-idb-writes';

function entryOf(i: number): CacheEntry {
  return {
    key: `user:${i}:answer`,
    value: { text: 'an answer of a language model '.repeat(32), tokens: 240 },
    createdAtMs: 0,
    lastAccessedAtMs: 0,
    accessCount: 0,
    freshUntilMs: 3_600_000,
    staleUntilMs: 7_200_000,
    sizeBytes: 1024,
    tags: [`topic:${i % 20}`],
    metadata: {},
  };
}

/** @returns milliseconds until the last one was durable. */
async function throughTier(
  entries: readonly CacheEntry[],
  { batch, durability }: IdbWritesAsk,
): Promise<number> {
  const tier = new IndexedDbTier({ database: DATABASE, durability });
  await tier.get('opens the database', { nowMs: 0 });
  const began = performance.now();
  for (let from = 0; from < entries.length; from += batch)
    await tier.setMany(entries.slice(from, from + batch), { nowMs: 0 });
  const ms = performance.now() - began;
  const { entries: held } = tier.stats();
  await tier.close();
  if (held !== entries.length) throw new Error(`${entries.length} entries were written, ${held} are held`);
  return ms;
}

/** The same records in the same store, as a program writes them that gathers nothing. */
async function oneTransactionEach(
  entries: readonly CacheEntry[],
  { way, durability }: IdbWritesAsk,
): Promise<number> {
  const db = await openDB<CacheDb>(DATABASE, SCHEMA_VERSION, {
    upgrade: (opened, from, to, transaction) => migrate(opened, from, to ?? SCHEMA_VERSION, transaction),
  });
  const write = async (entry: CacheEntry): Promise<void> => {
    const transaction = db.transaction('entries', 'readwrite', { durability });
    await Promise.all([transaction.store.put({ ...entry, tags: [...entry.tags] }), transaction.done]);
  };
  const began = performance.now();
  if (way === 'all-at-once') await Promise.all(entries.map(write));
  else for (const entry of entries) await write(entry);
  const ms = performance.now() - began;
  const held = await db.count('entries');
  db.close();
  if (held !== entries.length) throw new Error(`${entries.length} entries were written, ${held} are held`);
  return ms;
}

/** Answers with entries a second. */
self.onmessage = async ({ data }: MessageEvent<IdbWritesAsk>) => {
  await erase();
  const entries = Array.from({ length: data.entries }, (_, i) => entryOf(i));
  const ms = await (data.way === 'batched' ? throughTier(entries, data) : oneTransactionEach(entries, data));
  self.postMessage((data.entries / ms) * 1000);
};

function erase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
