import type { CacheEntry } from '../../engine/cache/entry.ts';
import {
  TierError,
  type Abortable,
  type Tier,
  type TierCapabilities,
  type TierLevel,
  type TierOptions,
  type TierStats,
} from '../../engine/cache/tiers/tier.ts';

/** `blocked`: nothing works, as with storage forbidden; `full`: reading goes on, nothing can be written. */
export type StorageFault = 'none' | 'blocked' | 'full';

export type Wait = (ms: number, signal?: Abortable) => Promise<void>;

/** Rejects with the signal's reason when it aborts. */
export const wait: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
  });

/** A tier with a switch that breaks it, and with a distance: each operation takes so much longer. */
export class SwitchedTier implements Tier {
  fault: StorageFault = 'none';

  constructor(
    private readonly inner: Tier,
    private readonly distance: { ms: number; wait: Wait } = { ms: 0, wait },
  ) {}

  get name(): string {
    return this.inner.name;
  }
  get level(): TierLevel {
    return this.inner.level;
  }
  get capabilities(): TierCapabilities {
    return this.inner.capabilities;
  }

  async get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    await this.way('read', options);
    return this.inner.get(key, options);
  }
  async set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    await this.way('write', options);
    return this.inner.set(entry, options);
  }
  async delete(key: string, options: TierOptions): Promise<boolean> {
    await this.way('delete', options);
    return this.inner.delete(key, options);
  }
  async getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    await this.way('read', options);
    return this.inner.getMany(keys, options);
  }
  async setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    await this.way('write', options);
    return this.inner.setMany(entries, options);
  }
  async clear(options: TierOptions): Promise<void> {
    await this.way('delete', options);
    return this.inner.clear(options);
  }
  async deleteByTag(tag: string, options: TierOptions): Promise<number> {
    await this.way('delete', options);
    return this.inner.deleteByTag(tag, options);
  }
  async deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    await this.way('delete', options);
    return this.inner.deleteByPrefix(prefix, options);
  }
  async inspect(limit: number, options: TierOptions): Promise<CacheEntry[]> {
    await this.way('read', options);
    return this.inner.inspect(limit, options);
  }
  stats(): TierStats {
    return this.inner.stats();
  }
  close(): Promise<void> {
    return this.inner.close();
  }

  private async way(what: 'read' | 'write' | 'delete', { signal }: TierOptions): Promise<void> {
    signal?.throwIfAborted();
    if (this.fault === 'blocked')
      throw new TierError(this.name, 'blocked', 'switched to blocked on this page');
    if (this.fault === 'full' && what === 'write')
      throw new TierError(this.name, 'full', 'switched to full on this page');
    if (this.distance.ms > 0) await this.distance.wait(this.distance.ms, signal);
  }
}
