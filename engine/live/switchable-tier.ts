import type { CacheEntry } from '../cache/entry.ts';
import type { SetResult } from '../cache/tiers/sync-store.ts';
import {
  TierError,
  type Tier,
  type TierCapabilities,
  type TierLevel,
  type TierOptions,
  type TierStats,
} from '../cache/tiers/tier.ts';
import { reports } from './call-tier.ts';
import type { Clock } from './clock.ts';

/**
 * How a tier behaves:
 * - `works`;
 * - `refuses`: every operation fails at once;
 * - `hangs`: no operation ends, until it is aborted;
 * - `slow`: each takes `slowMs` longer.
 */
export type TierMode = 'works' | 'refuses' | 'hangs' | 'slow';

/** A tier with a switch that breaks it: for the page, and to see what a broken tier does to requests. */
export class SwitchableTier implements Tier {
  mode: TierMode = 'works';
  readonly name: string;
  readonly level: TierLevel;
  readonly capabilities: TierCapabilities;

  constructor(
    readonly inner: Tier,
    private readonly clock: Clock,
    readonly slowMs = 400,
  ) {
    this.name = inner.name;
    this.level = inner.level;
    this.capabilities = inner.capabilities;
  }

  get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    return this.run(options, (then) => this.inner.get(key, then));
  }
  set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    return this.run(options, (then) => this.inner.set(entry, then));
  }
  setAndReport(entry: CacheEntry, options: TierOptions): Promise<SetResult> {
    return this.run(options, async (then) => {
      if (reports(this.inner)) return this.inner.setAndReport(entry, then);
      return { kept: await this.inner.set(entry, then), evicted: [] };
    });
  }
  delete(key: string, options: TierOptions): Promise<boolean> {
    return this.run(options, (then) => this.inner.delete(key, then));
  }
  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    return this.run(options, (then) => this.inner.getMany(keys, then));
  }
  setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    return this.run(options, (then) => this.inner.setMany(entries, then));
  }
  clear(options: TierOptions): Promise<void> {
    return this.run(options, (then) => this.inner.clear(then));
  }
  deleteByTag(tag: string, options: TierOptions): Promise<number> {
    return this.run(options, (then) => this.inner.deleteByTag(tag, then));
  }
  deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    return this.run(options, (then) => this.inner.deleteByPrefix(prefix, then));
  }
  /** Not switched: the page looks inside, whatever state the tier is in. */
  inspect(limit: number, options: TierOptions): Promise<CacheEntry[]> {
    return this.inner.inspect(limit, options);
  }
  stats(): TierStats {
    return this.inner.stats();
  }
  close(): Promise<void> {
    return this.inner.close();
  }

  private run<T>(options: TierOptions, operation: (options: TierOptions) => Promise<T>): Promise<T> {
    const { mode, clock } = this;
    const { signal } = options;
    if (mode === 'works') return operation(options);
    if (mode === 'refuses')
      return Promise.reject(new TierError(this.name, 'unreachable', 'switched off by hand'));
    return new Promise((resolve, reject) => {
      const stop =
        mode === 'slow'
          ? clock.at(clock.now() + this.slowMs, () => {
              signal?.removeEventListener('abort', abort);
              operation({ ...options, nowMs: clock.now() }).then(resolve, reject);
            })
          : (): void => {};
      const abort = (): void => {
        stop();
        reject(signal!.reason as Error);
      };
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort);
    });
  }
}
