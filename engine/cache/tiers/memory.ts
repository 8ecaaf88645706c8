import type { CacheEntry } from '../entry.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import type { SetResult } from './sync-store.ts';
import type { Tier, TierCapabilities, TierLevel, TierOptions, TierStats } from './tier.ts';

/** L1 behind the module's interface. A driver that sees `store` uses it directly and saves the promises, and the copies. */
export class MemoryTier implements Tier {
  readonly capabilities: TierCapabilities = { persistent: false, shared: false, tags: true, prefixes: true };
  readonly store: MemoryStore;

  constructor(
    options: MemoryStoreOptions,
    readonly name = 'memory',
    readonly level: TierLevel = 'l1',
  ) {
    this.store = new MemoryStore(options);
  }

  async get(key: string, { nowMs, signal }: TierOptions): Promise<CacheEntry | undefined> {
    signal?.throwIfAborted();
    const entry = this.store.get(key, nowMs);
    return entry && { ...entry };
  }

  async set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    return (await this.setAndReport(entry, options)).kept;
  }

  /** Like `set`, and tells what was evicted for it: what exclusive and inclusive hierarchies need to know. */
  async setAndReport(entry: CacheEntry, { nowMs, signal }: TierOptions): Promise<SetResult> {
    signal?.throwIfAborted();
    return this.store.set(entry, nowMs);
  }

  async delete(key: string, { nowMs, signal }: TierOptions): Promise<boolean> {
    signal?.throwIfAborted();
    return this.store.delete(key, nowMs);
  }

  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key, options)));
  }

  setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    return Promise.all(entries.map((entry) => this.set(entry, options)));
  }

  async clear({ signal }: TierOptions): Promise<void> {
    signal?.throwIfAborted();
    this.store.clear();
  }

  async deleteByTag(tag: string, { nowMs, signal }: TierOptions): Promise<number> {
    signal?.throwIfAborted();
    return this.store.deleteByTag(tag, nowMs);
  }

  async deleteByPrefix(prefix: string, { nowMs, signal }: TierOptions): Promise<number> {
    signal?.throwIfAborted();
    return this.store.deleteByPrefix(prefix, nowMs);
  }

  async inspect(limit: number, { nowMs }: TierOptions): Promise<CacheEntry[]> {
    return this.store.inspect(limit, nowMs).map((entry) => ({ ...entry }));
  }

  stats(): TierStats {
    return this.store.stats();
  }

  async close(): Promise<void> {}
}
