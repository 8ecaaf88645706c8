import type { CacheEntry } from '../../cache/entry.ts';
import { applyToStore } from '../../cache/flow/apply-to-store.ts';
import type { TierAction, TierResult } from '../../cache/flow/protocol.ts';
import type { VirtualTier } from '../../cache/flow/virtual-driver.ts';
import type { VirtualTime } from '../../cache/flow/virtual-time.ts';
import type { SetResult } from '../../cache/tiers/sync-store.ts';
import {
  TierError,
  type Tier,
  type TierCapabilities,
  type TierLevel,
  type TierOptions,
  type TierStats,
} from '../../cache/tiers/tier.ts';

/** A virtual tier behind the interface of a real one: the same store, times and faults, with promises. */
export class DelayedTier implements Tier {
  constructor(
    private readonly inner: VirtualTier,
    private readonly time: VirtualTime,
    readonly name: string,
    readonly level: TierLevel,
    readonly capabilities: TierCapabilities,
  ) {}

  async get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    return (await this.run({ do: 'get', key }, options)).entry;
  }
  async set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    return (await this.run({ do: 'set', entry }, options)).kept as boolean;
  }
  async setAndReport(entry: CacheEntry, options: TierOptions): Promise<SetResult> {
    return (await this.run({ do: 'set', entry }, options)) as unknown as SetResult;
  }
  async delete(key: string, options: TierOptions): Promise<boolean> {
    return (await this.run({ do: 'delete', key }, options)).count === 1;
  }
  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key, options)));
  }
  async setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    return (await this.run({ do: 'set-many', entries }, options)).keptEach as boolean[];
  }
  async clear(options: TierOptions): Promise<void> {
    await this.run({ do: 'clear' }, options);
  }
  async deleteByTag(tag: string, options: TierOptions): Promise<number> {
    return (await this.run({ do: 'delete-tag', tag }, options)).count as number;
  }
  async deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    return (await this.run({ do: 'delete-prefix', prefix }, options)).count as number;
  }
  async inspect(limit: number, { nowMs }: TierOptions): Promise<CacheEntry[]> {
    return this.inner.store.inspect(limit, nowMs);
  }
  stats(): TierStats {
    return this.inner.store.stats();
  }
  async close(): Promise<void> {}

  private run(
    action: TierAction,
    { nowMs, signal }: TierOptions,
  ): Promise<Extract<TierResult, { ok: true }>> {
    const { store, latencyMs, fault } = this.inner;
    return new Promise((resolve, reject) => {
      const end = (atMs: number): void => {
        const result = fault?.(action, atMs) ?? applyToStore(store, action, atMs);
        if (result.ok) resolve(result);
        else if (result.reason === 'error' || result.reason === 'cancelled')
          reject(new Error(result.message));
        else reject(new TierError(this.name, result.reason, result.message));
      };
      const takesMs = latencyMs?.(action) ?? 0;
      if (takesMs <= 0) end(nowMs);
      else if (takesMs < Infinity) {
        const alarm = this.time.at(nowMs + takesMs, end);
        signal?.addEventListener('abort', () => {
          alarm.cancelled = true;
          reject(signal.reason as Error);
        });
      }
    });
  }
}
