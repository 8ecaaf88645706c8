import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheEntry } from '../entry.ts';
import { whatIsWrongWith } from '../flow/check-entry.ts';
import { togetherOrPartial } from './partial-write.ts';
import { TierError, type Tier, type TierCapabilities, type TierOptions, type TierStats } from './tier.ts';

export interface FileStoreOptions {
  /** Folder for the entries, made when it is missing; nothing else may be in it. */
  folder: string;
  maxEntries?: number;
  /** By the entries' `sizeBytes`. */
  maxBytes?: number;
}

/** What is known of a file without reading it. */
type Card = Pick<CacheEntry, 'sizeBytes' | 'staleUntilMs' | 'lastAccessedAtMs' | 'accessCount' | 'tags'>;

/**
 * L3 for Node: one JSON file for each key, named by the key's SHA-256, written beside and renamed, so that a crash leaves the old entry
 * or the new one. An index of what is there is read once at the start. For one process at a time. Values are what JSON carries.
 */
export class FileStore implements Tier {
  readonly level = 'l3';
  readonly capabilities: TierCapabilities = { persistent: true, shared: false, tags: true, prefixes: true };
  /** By key, the least recently used first. */
  private readonly cards = new Map<string, Card>();
  private opened: Promise<void> | undefined;
  /** One change after the other: the index and the folder stay in step. */
  private last: Promise<unknown> = Promise.resolve();
  private sizeBytes = 0;
  private writes = 0;
  private readonly maxEntries: number;
  private readonly maxBytes: number;
  private readonly counts = { hits: 0, misses: 0, evictions: 0, expirations: 0, failures: 0 };

  constructor(
    private readonly options: FileStoreOptions,
    readonly name = 'file-store',
  ) {
    this.maxEntries = options.maxEntries ?? 5000;
    this.maxBytes = options.maxBytes ?? 50 * 1024 * 1024;
  }

  get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    const { nowMs } = options;
    return this.inTurn(options, async () => {
      const card = this.cards.get(key);
      if (!card || nowMs >= card.staleUntilMs) {
        this.counts.misses++;
        if (card) {
          this.counts.expirations++;
          await this.remove(key);
        }
        return undefined;
      }
      const entry = await this.read(this.fileOf(key), key);
      this.counts.hits++;
      card.lastAccessedAtMs = nowMs;
      card.accessCount++;
      this.cards.delete(key);
      this.cards.set(key, card); // now the most recently used
      return { ...entry, lastAccessedAtMs: nowMs, accessCount: card.accessCount };
    });
  }

  set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    const { nowMs } = options;
    return this.inTurn(options, async () => {
      const { key, sizeBytes, staleUntilMs, accessCount, tags } = entry;
      if (sizeBytes > this.maxBytes || nowMs >= staleUntilMs) {
        await this.remove(key);
        return false;
      }
      const file = this.fileOf(key);
      const draft = `${file}.${this.writes++}.draft`;
      try {
        await writeFile(draft, toJson({ ...entry, lastAccessedAtMs: nowMs })); // being written counts as a use
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        throw error;
      }
      this.sizeBytes += sizeBytes - (this.cards.get(key)?.sizeBytes ?? 0);
      this.cards.delete(key);
      this.cards.set(key, { sizeBytes, staleUntilMs, lastAccessedAtMs: nowMs, accessCount, tags });
      await this.keepBudget(nowMs);
      return this.cards.has(key);
    });
  }

  delete(key: string, options: TierOptions): Promise<boolean> {
    return this.inTurn(options, () => this.remove(key, options.nowMs));
  }

  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key, options)));
  }

  async setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    const results = await Promise.allSettled(entries.map((entry) => this.set(entry, options)));
    return togetherOrPartial(this.name, results);
  }

  async clear(options: TierOptions): Promise<void> {
    await this.deleteWhere(() => true, options);
  }

  deleteByTag(tag: string, options: TierOptions): Promise<number> {
    return this.deleteWhere((_, card) => card.tags.includes(tag), options);
  }

  deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    return this.deleteWhere((key) => key.startsWith(prefix), options);
  }

  inspect(limit: number, options: TierOptions): Promise<CacheEntry[]> {
    return this.inTurn(options, async () => {
      const keys = [...this.cards]
        .filter(([, { staleUntilMs }]) => options.nowMs < staleUntilMs)
        .map(([key]) => key)
        .reverse()
        .slice(0, limit);
      const entries = await Promise.all(
        keys.map((key) => this.read(this.fileOf(key), key).catch(() => undefined)),
      );
      return entries.filter((entry) => entry !== undefined);
    });
  }

  stats(): TierStats {
    return { entries: this.cards.size, sizeBytes: this.sizeBytes, ...this.counts };
  }

  async close(): Promise<void> {
    await this.last;
  }

  private deleteWhere(goes: (key: string, card: Card) => boolean, options: TierOptions): Promise<number> {
    return this.inTurn(options, async () => {
      let gone = 0;
      for (const [key, card] of [...this.cards])
        if (goes(key, card) && (await this.remove(key, options.nowMs))) gone++;
      return gone;
    });
  }

  /** Runs when all before it has ended; whatever goes wrong becomes a TierError. */
  private inTurn<T>({ signal }: TierOptions, run: () => Promise<T>): Promise<T> {
    const turn = this.last.then(async () => {
      signal?.throwIfAborted();
      try {
        await (this.opened ??= this.open());
        return await run();
      } catch (error) {
        this.counts.failures++;
        throw this.tierError(error);
      }
    });
    this.last = turn.catch(() => {});
    return turn;
  }

  private async open(): Promise<void> {
    try {
      await mkdir(this.options.folder, { recursive: true });
      const found: [string, Card][] = [];
      for (const name of await readdir(this.options.folder)) {
        const file = join(this.options.folder, name);
        const entry = name.endsWith('.json') ? await this.read(file).catch(() => undefined) : undefined;
        if (!entry)
          await rm(file, { force: true }); // a draft that a crash left, or garbage
        else found.push([entry.key, entry]);
      }
      found.sort(([, a], [, b]) => a.lastAccessedAtMs - b.lastAccessedAtMs);
      for (const [key, { sizeBytes, staleUntilMs, lastAccessedAtMs, accessCount, tags }] of found) {
        this.cards.set(key, { sizeBytes, staleUntilMs, lastAccessedAtMs, accessCount, tags });
        this.sizeBytes += sizeBytes;
      }
    } catch (error) {
      this.opened = undefined; // the next operation tries again
      throw error;
    }
  }

  /** @throws TierError `corrupt` when the file is no entry (of this key); it is removed then. */
  private async read(file: string, key?: string): Promise<CacheEntry> {
    let entry: CacheEntry | undefined;
    let wrong: string | undefined;
    try {
      entry = fromJson(await readFile(file, 'utf8'));
      wrong = whatIsWrongWith(entry, key ?? (entry as Partial<CacheEntry> | null)?.key);
    } catch (error) {
      if (key === undefined || !(error instanceof SyntaxError || isMissing(error))) throw error;
      wrong = isMissing(error) ? 'it is gone' : 'it is no JSON';
    }
    if (wrong === undefined) return entry!;
    if (key !== undefined) await this.remove(key);
    throw new TierError(this.name, 'corrupt', `the file of "${key ?? file}" cannot be used (${wrong})`);
  }

  /** True when it was there, and not expired. */
  private async remove(key: string, nowMs = -Infinity): Promise<boolean> {
    const card = this.cards.get(key);
    if (!card) return false;
    await rm(this.fileOf(key), { force: true });
    this.cards.delete(key);
    this.sizeBytes -= card.sizeBytes;
    return nowMs < card.staleUntilMs;
  }

  private async keepBudget(nowMs: number): Promise<void> {
    for (const [key, { staleUntilMs }] of this.cards) {
      if (this.cards.size <= this.maxEntries && this.sizeBytes <= this.maxBytes) return;
      if (nowMs < staleUntilMs) this.counts.evictions++;
      else this.counts.expirations++;
      await this.remove(key);
    }
  }

  private fileOf(key: string): string {
    return join(this.options.folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  }

  private tierError(error: unknown): TierError {
    if (error instanceof TierError) return error;
    const { code = '', message = String(error) } = error as { code?: string; message?: string };
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    return new TierError(this.name, full ? 'full' : 'unreachable', message, { cause: error });
  }
}

const isMissing = (error: unknown): boolean => (error as { code?: string } | null)?.code === 'ENOENT';

/** JSON has no Infinity, which an entry that never ends has. */
function toJson(entry: CacheEntry): string {
  const { freshUntilMs, staleUntilMs } = entry;
  return JSON.stringify({ ...entry, freshUntilMs: finite(freshUntilMs), staleUntilMs: finite(staleUntilMs) });
}

const finite = (ms: number): number | 'never' => (ms === Infinity ? 'never' : ms);

function fromJson(text: string): CacheEntry {
  const record = JSON.parse(text) as CacheEntry;
  if (typeof record !== 'object' || record === null) return record;
  const infinite = (ms: unknown): number => (ms === 'never' ? Infinity : (ms as number));
  return {
    ...record,
    freshUntilMs: infinite(record.freshUntilMs),
    staleUntilMs: infinite(record.staleUntilMs),
  };
}
