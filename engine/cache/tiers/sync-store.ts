import type { CacheEntry } from '../entry.ts';
import type { TierStats } from './tier.ts';

/** What became of a write. */
export interface SetResult {
  /** False when the store declined it (too large for it). */
  kept: boolean;
  /** Live entries that had to go for it, in the order they went; expired ones are not among them. */
  evicted: readonly CacheEntry[];
}

/**
 * A tier's contents without its distance: every operation is done when it returns. A tier that is near (memory) is driven
 * through this directly; the virtual driver puts times of its own in front of it. `nowMs` in the caller's clock.
 */
export interface SyncStore {
  /** May be the store's own entry, which is not to be changed and tells of later uses, too. */
  get(key: string, nowMs: number): CacheEntry | undefined;
  set(entry: CacheEntry, nowMs: number): SetResult;
  /** True when the key was there and not expired. */
  delete(key: string, nowMs: number): boolean;
  /** Counts as a use for eviction, but neither as hit nor miss. */
  touch(key: string, nowMs: number): void;
  deleteByTag(tag: string, nowMs: number): number;
  deleteByPrefix(prefix: string, nowMs: number): number;
  clear(): void;
  /** Most recently used first. */
  inspect(limit: number, nowMs: number): CacheEntry[];
  stats(): TierStats;
}
