import type { CacheEntry } from '../../entry.ts';
import type { RedisServer } from '../redis-simulated/server.ts';
import type { SetResult, SyncStore } from '../sync-store.ts';
import type { TierStats } from '../tier.ts';
import { type Operation, RedisOperations } from './operations.ts';

/**
 * The simulated server as a store that answers at once: what the virtual driver runs, with times of its own in front. Stores
 * with one prefix over one server share their entries. Evicted entries are not told, as Redis doesn't tell them either.
 */
export class RedisStore implements SyncStore {
  private readonly operations: RedisOperations;
  private readonly counts = { hits: 0, misses: 0, failures: 0 };

  constructor(
    private readonly server: RedisServer,
    { name = 'redis-simulated', prefix = 'cache:' } = {},
  ) {
    this.operations = new RedisOperations(name, prefix);
  }

  /** @throws TierError `corrupt` for what is no entry; it is deleted. */
  get(key: string, nowMs: number): CacheEntry | undefined {
    const entry = this.run(this.operations.get(key, nowMs), nowMs);
    if (entry) this.counts.hits++;
    else this.counts.misses++;
    return entry;
  }

  /** @throws TierError `full` when memory is at its limit and the policy lets nothing go. */
  set(entry: CacheEntry, nowMs: number): SetResult {
    return { kept: this.run(this.operations.set(entry, nowMs), nowMs), evicted: [] };
  }

  delete(key: string, nowMs: number): boolean {
    return this.run(this.operations.delete(key, nowMs), nowMs);
  }

  touch(key: string, nowMs: number): void {
    this.run(this.operations.touch(key), nowMs);
  }

  deleteByTag(tag: string, nowMs: number): number {
    return this.run(this.operations.deleteByTag(tag, nowMs), nowMs);
  }

  deleteByPrefix(prefix: string, nowMs: number): number {
    return this.run(this.operations.deleteByPrefix(prefix), nowMs);
  }

  clear(): void {
    this.run(this.operations.clear(), -Infinity);
  }

  inspect(limit: number, nowMs: number): CacheEntry[] {
    return this.run(this.operations.inspect(limit, nowMs), nowMs);
  }

  stats(): TierStats {
    return { ...tierFigures(this.server), ...this.counts };
  }

  private run<T>(operation: Operation<T>, nowMs: number): T {
    try {
      let step = operation.next();
      while (!step.done)
        step = operation.next(step.value.map((command) => this.server.execute(command, nowMs)));
      return step.value;
    } catch (error) {
      this.counts.failures++;
      throw error;
    }
  }
}

/** A server's figures under the names of a tier's statistics. */
export function tierFigures(
  server: RedisServer,
): Pick<TierStats, 'entries' | 'sizeBytes' | 'evictions' | 'expirations'> {
  const { keys, usedBytes, evicted, expired } = server.figures();
  return { entries: keys, sizeBytes: usedBytes, evictions: evicted, expirations: expired };
}
