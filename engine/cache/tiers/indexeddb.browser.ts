import type { CacheEntry } from '../entry.ts';
import { whatIsWrongWith } from '../flow/check-entry.ts';
import { Connection, type HealthReport } from './indexeddb-connection.browser.ts';
import { EVICTION_BATCH, Records, type Use } from './indexeddb-records.browser.ts';
import type { Db, Store, StoredEntry } from './indexeddb-schema.browser.ts';
import { togetherOrPartial } from './partial-write.ts';
import {
  TierError,
  type Abortable,
  type Tier,
  type TierCapabilities,
  type TierOptions,
  type TierStats,
} from './tier.ts';
import { WriteBatches, type Change } from './write-batch.browser.ts';

export interface IndexedDbOptions {
  /** Name of the database; the same for all tabs that share it. */
  database?: string;
  maxEntries?: number;
  /** By the entries' `sizeBytes`. */
  maxBytes?: number;
  /** `strict`: a write has settled when it is on the disk; `relaxed`: when the operating system has it. */
  durability?: 'strict' | 'relaxed';
  onHealth?: (report: HealthReport) => void;
}

/** Uses that are remembered before they are written for their own sake; a write takes them along earlier. */
const MOST_USES = 64;
/** Changes that may wait for a database that does not answer. */
const MOST_WAITING = 5000;

/**
 * L3 (C1): the browser's IndexedDB, through `idb`. Survives a reload and is shared by the tabs of an origin. Writes gather into
 * transactions and settle when they are durable. A trouble of the store is a TierError and a health state, and costs nothing but the
 * operation it struck: a corrupt record is removed alone, a write that does not fit fails alone.
 */
export class IndexedDbTier implements Tier {
  readonly level = 'l3';
  readonly capabilities: TierCapabilities = { persistent: true, shared: true, tags: true, prefixes: true };
  private readonly connection: Connection;
  private readonly records: Records;
  private readonly writes = new WriteBatches<StoredEntry>((changes) => this.writeBatch(changes));
  /** Uses that are not yet written: a read need not write. */
  private uses = new Map<string, Use>();
  private readonly maxBytes: number;
  private nowMs = 0;
  private readonly counts = { hits: 0, misses: 0, expirations: 0, failures: 0 };

  constructor(
    options: IndexedDbOptions = {},
    readonly name = 'indexeddb',
  ) {
    this.maxBytes = options.maxBytes ?? 50 * 1024 * 1024;
    this.records = new Records(options.maxEntries ?? 5000, this.maxBytes, options.durability ?? 'strict');
    const { database = 'surge-lab-cache', onHealth = () => {} } = options;
    this.connection = new Connection(name, database, onHealth);
  }

  get health(): HealthReport {
    return this.connection.health;
  }

  async get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    options.signal?.throwIfAborted();
    const waiting = this.writes.find(key);
    if (waiting) return this.found('put' in waiting ? waiting.put : undefined, key, options.nowMs);
    const record = await this.attempt(options, (db) => db.get('entries', key));
    return this.found(record, key, options.nowMs);
  }

  async set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    if (entry.sizeBytes > this.maxBytes || options.nowMs >= entry.staleUntilMs) {
      await this.delete(entry.key, options);
      return false;
    }
    // Being written counts as a use.
    const put = { ...entry, tags: [...entry.tags], lastAccessedAtMs: options.nowMs };
    return this.change(entry.key, { put }, options);
  }

  async delete(key: string, options: TierOptions): Promise<boolean> {
    return this.change(key, { remove: true }, options);
  }

  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key, options)));
  }

  /** One transaction. Rejects with a PartialWrite when some failed. */
  async setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    const results = await Promise.allSettled(entries.map((entry) => this.set(entry, options)));
    return togetherOrPartial(this.name, results);
  }

  async clear(options: TierOptions): Promise<void> {
    options.signal?.throwIfAborted();
    await this.writes.settled();
    await this.attempt(options, (db) => this.records.clear(db));
  }

  deleteByTag(tag: string, options: TierOptions): Promise<number> {
    return this.deleteWhere(options, (store) => store.index('byTag').getAllKeys(tag));
  }

  deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    const range = prefix === '' ? null : IDBKeyRange.lowerBound(prefix);
    return this.deleteWhere(options, async (store) => {
      const keys: string[] = [];
      let cursor = await store.openKeyCursor(range);
      for (; cursor?.primaryKey.startsWith(prefix); cursor = await cursor.continue())
        keys.push(cursor.primaryKey);
      return keys;
    });
  }

  async inspect(limit: number, options: TierOptions): Promise<CacheEntry[]> {
    await this.writes.settled();
    return this.attempt(options, async (db) => {
      await this.writeUses(db);
      return this.records.newest(db, limit, options.nowMs);
    });
  }

  /** Entries and bytes as of the last transaction of this tab. */
  stats(): TierStats {
    const { counts, records } = this;
    return { ...records.counts, ...counts, expirations: counts.expirations + records.counts.expirations };
  }

  /** Resolves when all that was asked for is durable. */
  flush(): Promise<void> {
    return this.writes.settled();
  }

  /** Writes what waits, then closes. */
  async close(): Promise<void> {
    await this.writes.settled();
    if (this.uses.size > 0)
      await this.attempt({ nowMs: this.nowMs }, (db) => this.writeUses(db)).catch(() => {});
    await this.connection.close();
  }

  private async found(
    record: StoredEntry | undefined,
    key: string,
    nowMs: number,
  ): Promise<CacheEntry | undefined> {
    this.nowMs = nowMs;
    const wrong = record && whatIsWrongWith(record, key);
    if (wrong !== undefined) {
      this.counts.failures++;
      this.removeInPassing(key);
      const message = `the record of "${key}" cannot be used (${wrong}); it is removed`;
      throw new TierError(this.name, 'corrupt', message);
    }
    if (!record || nowMs >= record.staleUntilMs) {
      this.counts.misses++;
      if (record) {
        this.counts.expirations++;
        this.removeInPassing(key);
      }
      return undefined;
    }
    this.counts.hits++;
    const count = (this.uses.get(key)?.count ?? 0) + 1;
    this.uses.set(key, { lastAccessedAtMs: nowMs, count });
    if (this.uses.size >= MOST_USES) void this.attempt({ nowMs }, (db) => this.writeUses(db)).catch(() => {});
    return { ...record, lastAccessedAtMs: nowMs, accessCount: record.accessCount + count };
  }

  private removeInPassing(key: string): void {
    void this.writes.add(key, { remove: true }).catch(() => {});
  }

  private async change(key: string, change: Change<StoredEntry>, options: TierOptions): Promise<boolean> {
    options.signal?.throwIfAborted();
    this.nowMs = options.nowMs;
    try {
      if (this.writes.size >= MOST_WAITING)
        throw new TierError(this.name, 'blocked', `${MOST_WAITING} writes wait for the database`);
      return await unlessAborted(this.writes.add(key, change), options.signal);
    } catch (error) {
      throw this.failure(error, options.signal);
    }
  }

  /** Runs an operation on the database; whatever goes wrong becomes a TierError. */
  private async attempt<T>({ nowMs, signal }: TierOptions, run: (db: Db) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    this.nowMs = nowMs;
    try {
      return await unlessAborted(this.connection.open(nowMs).then(run), signal);
    } catch (error) {
      throw this.failure(error, signal);
    }
  }

  private async deleteWhere(
    options: TierOptions,
    find: (store: Store) => Promise<string[]>,
  ): Promise<number> {
    options.signal?.throwIfAborted();
    await this.writes.settled();
    return this.attempt(options, (db) => this.records.deleteWhere(db, find, options.nowMs));
  }

  private async writeUses(db: Db): Promise<void> {
    if (this.uses.size > 0) await this.write(db, new Map());
  }

  private async writeBatch(
    changes: ReadonlyMap<string, Change<StoredEntry>>,
  ): Promise<Map<string, boolean | Error>> {
    const db = await this.connection.open(this.nowMs);
    let results = await this.write(db, changes).catch((error: unknown) => error as Error);
    if (results instanceof Error && isQuota(results)) {
      await this.records.evict(db, EVICTION_BATCH).catch(() => {});
      results = await this.write(db, changes).catch((error: unknown) => error as Error);
    }
    if (results instanceof Error) {
      if (changes.size === 1) throw results;
      // One bad change aborts its whole transaction; each alone, only it fails.
      const apart = new Map<string, boolean | Error>();
      for (const change of changes) {
        const [key] = change;
        const result = await this.write(db, new Map([change])).catch((error: unknown) => error as Error);
        apart.set(key, result instanceof Error ? result : result.get(key)!);
      }
      results = apart;
    }
    await this.records.keepBudget(db, this.nowMs).catch(() => {}); // the next batch tries again
    return results;
  }

  private async write(
    db: Db,
    changes: ReadonlyMap<string, Change<StoredEntry>>,
  ): Promise<Map<string, boolean | Error>> {
    const { uses } = this;
    this.uses = new Map();
    const results = await this.records.write(db, changes, uses, this.nowMs);
    if (this.health.state === 'full') this.connection.tell('ready');
    return results;
  }

  /** What an operation rejects with, and what it says about the connection. */
  private failure(error: unknown, signal: Abortable | undefined): unknown {
    if (signal?.aborted) return signal.reason;
    this.counts.failures++;
    if (error instanceof TierError) return error;
    const name = (error as Partial<DOMException> | null)?.name ?? '';
    if (isQuota(error)) {
      this.connection.tell('full', 'the browser gives no more room');
      return new TierError(this.name, 'full', 'the browser gives no more room', { cause: error });
    }
    if (name === 'DataCloneError')
      return new TierError(this.name, 'unsupported', 'the value cannot be stored', { cause: error });
    if (name === 'InvalidStateError' || name === 'AbortError' || name === 'UnknownError')
      this.connection.drop(`the connection broke (${name})`);
    const message = error instanceof Error ? error.message : String(error);
    return new TierError(this.name, 'unreachable', message || name, { cause: error });
  }
}

/** The database itself goes on; only nobody waits for it any more. */
function unlessAborted<T>(promise: Promise<T>, signal: Abortable | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const isQuota = (error: unknown): boolean => (error as Partial<Error> | null)?.name === 'QuotaExceededError';
