import type { CacheEntry } from '../entry.ts';
import { whatIsWrongWith } from '../flow/check-entry.ts';
import type { Db, Store, StoredEntry } from './indexeddb-schema.browser.ts';
import type { Change } from './write-batch.browser.ts';

/** Entries removed in one go when the store is over its budget. */
export const EVICTION_BATCH = 64;
/** Batches after which the bytes are counted anew. */
const MEASURE_EVERY = 256;

export interface Use {
  lastAccessedAtMs: number;
  count: number;
}

/** The records in the database, and their budget. Errors are the database's own. */
export class Records {
  /** As of the last transaction of this tab. */
  readonly counts = { entries: 0, sizeBytes: 0, evictions: 0, expirations: 0 };
  private batchesUntilMeasured = 0;

  constructor(
    private readonly maxEntries: number,
    private readonly maxBytes: number,
    private readonly durability: 'strict' | 'relaxed',
  ) {}

  /**
   * One transaction: changes, and uses of other keys. Resolves by key when it is durable: whether it is kept, was there to be
   * removed, or why it failed alone.
   */
  async write(
    db: Db,
    changes: ReadonlyMap<string, Change<StoredEntry>>,
    uses: ReadonlyMap<string, Use>,
    nowMs: number,
  ): Promise<Map<string, boolean | Error>> {
    const transaction = db.transaction('entries', 'readwrite', { durability: this.durability });
    const { store } = transaction;
    const results = new Map<string, boolean | Error>();
    let growthBytes = 0;
    const change = async (key: string, wanted: Change<StoredEntry>): Promise<void> => {
      const old = await store.get(key);
      if ('put' in wanted) {
        try {
          await store.put(wanted.put);
        } catch (error) {
          // Not cloneable: it fails alone. Anything else ends the transaction.
          if ((error as Partial<Error>).name !== 'DataCloneError') throw error;
          results.set(key, error as Error);
          return;
        }
        growthBytes += sizeOf(wanted.put);
      } else if (old !== undefined) await store.delete(key);
      if (old !== undefined) growthBytes -= sizeOf(old);
      results.set(key, 'put' in wanted || (old !== undefined && !(old.staleUntilMs <= nowMs)));
    };
    const use = async (key: string, { lastAccessedAtMs, count }: Use): Promise<void> => {
      const record = await store.get(key);
      if (record && whatIsWrongWith(record, key) === undefined)
        await store.put({ ...record, lastAccessedAtMs, accessCount: record.accessCount + count });
    };
    const work = [
      ...[...changes].map(([key, wanted]) => change(key, wanted)),
      ...[...uses].filter(([key]) => !changes.has(key)).map(([key, used]) => use(key, used)),
    ];
    try {
      await Promise.all([...work, transaction.done]);
    } catch (error) {
      await transaction.done.catch(() => {});
      await Promise.allSettled(work);
      throw transaction.error ?? error;
    }
    this.counts.sizeBytes = Math.max(0, this.counts.sizeBytes + growthBytes);
    return results;
  }

  /** Expired entries go first, then those not used for longest, so many at a time until the store is within its bounds. */
  async keepBudget(db: Db, nowMs: number): Promise<void> {
    const { counts } = this;
    const expired = IDBKeyRange.upperBound(nowMs);
    const keys = await db.getAllKeysFromIndex('entries', 'byEnd', expired, EVICTION_BATCH);
    if (keys.length > 0) {
      const transaction = db.transaction('entries', 'readwrite');
      await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
      counts.expirations += keys.length;
      this.batchesUntilMeasured = 0;
    }
    if (--this.batchesUntilMeasured <= 0) await this.measure(db);
    counts.entries = await db.count('entries');
    while (counts.entries > this.maxEntries || counts.sizeBytes > this.maxBytes)
      if ((await this.evict(db, EVICTION_BATCH)) === 0) return;
  }

  /** At most `most`; no more than the bounds ask for, unless the store is within them and room is wanted all the same. */
  async evict(db: Db, most: number): Promise<number> {
    const transaction = db.transaction('entries', 'readwrite');
    let { entries, sizeBytes } = this.counts;
    const within = entries <= this.maxEntries && sizeBytes <= this.maxBytes;
    let gone = 0;
    for (
      let cursor = await transaction.store.index('byUse').openCursor();
      cursor && gone < most && (within || entries > this.maxEntries || sizeBytes > this.maxBytes);
      cursor = await cursor.continue()
    ) {
      entries--;
      sizeBytes -= sizeOf(cursor.value);
      gone++;
      await cursor.delete();
    }
    await transaction.done;
    this.counts.evictions += gone;
    this.counts.entries = await db.count('entries');
    this.counts.sizeBytes = Math.max(0, sizeBytes);
    return gone;
  }

  /** In one transaction, so that what is written meanwhile is not caught. Returns how many of them had not expired. */
  async deleteWhere(db: Db, find: (store: Store) => Promise<string[]>, nowMs: number): Promise<number> {
    const transaction = db.transaction('entries', 'readwrite', { durability: this.durability });
    const { store } = transaction;
    let live = 0;
    for (const key of await find(store)) {
      const record = await store.get(key);
      if (record && nowMs < record.staleUntilMs) live++;
      await store.delete(key);
    }
    await transaction.done;
    await this.measure(db);
    return live;
  }

  async clear(db: Db): Promise<void> {
    await db.clear('entries');
    await this.measure(db);
  }

  /** Sound, unexpired entries, the most recently used first. */
  async newest(db: Db, limit: number, nowMs: number): Promise<CacheEntry[]> {
    const entries: CacheEntry[] = [];
    let cursor = await db.transaction('entries').store.index('byUse').openCursor(null, 'prev');
    for (; cursor && entries.length < limit; cursor = await cursor.continue())
      if (whatIsWrongWith(cursor.value, cursor.primaryKey) === undefined && nowMs < cursor.value.staleUntilMs)
        entries.push(cursor.value);
    return entries;
  }

  /** Reads through the whole store: at the first batch, and now and then, since other tabs write to it, too. */
  private async measure(db: Db): Promise<void> {
    this.batchesUntilMeasured = MEASURE_EVERY;
    let entries = 0;
    let sizeBytes = 0;
    let cursor = await db.transaction('entries').store.openCursor();
    for (; cursor; cursor = await cursor.continue()) {
      entries++;
      sizeBytes += sizeOf(cursor.value);
    }
    this.counts.entries = entries;
    this.counts.sizeBytes = sizeBytes;
  }
}

const sizeOf = ({ sizeBytes }: StoredEntry): number =>
  typeof sizeBytes === 'number' && sizeBytes >= 0 ? sizeBytes : 0;
