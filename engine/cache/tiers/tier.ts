import type { CacheEntry } from '../entry.ts';

export type TierLevel = 'l1' | 'l2' | 'l3' | 'l4';

/** What a tier can do beyond get, set and delete (C5). The traversal asks before it relies on it. */
export interface TierCapabilities {
  /** Survives a restart of the process. */
  readonly persistent: boolean;
  /** Seen by all instances. */
  readonly shared: boolean;
  /** Can delete by tag. */
  readonly tags: boolean;
  /** Can delete by key prefix. */
  readonly prefixes: boolean;
}

/** What a tier needs of the platform's AbortSignal, which fits it. The headless engine has no such name. */
export interface Abortable {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  throwIfAborted(): void;
}

export interface TierOptions {
  /** Time of the operation, milliseconds; the tier never asks a clock of its own. */
  nowMs: number;
  /** Aborts the operation; the promise then rejects with the signal's reason. */
  signal?: Abortable;
}

/**
 * One level of the cache behind the module's interface (C5). All methods reject with a TierError when the tier itself
 * fails; a missing or expired key is no failure. A tier may forget an entry at any time. It never returns an entry that is past
 * `staleUntilMs`.
 */
export interface Tier {
  readonly name: string;
  readonly level: TierLevel;
  readonly capabilities: TierCapabilities;
  get(key: string, options: TierOptions): Promise<CacheEntry | undefined>;
  /** False when the tier declined to keep it (too large, admission). */
  set(entry: CacheEntry, options: TierOptions): Promise<boolean>;
  /** True when the key was there. */
  delete(key: string, options: TierOptions): Promise<boolean>;
  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]>;
  setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]>;
  clear(options: TierOptions): Promise<void>;
  /** Number of entries deleted. Only with the capability. */
  deleteByTag(tag: string, options: TierOptions): Promise<number>;
  deleteByPrefix(prefix: string, options: TierOptions): Promise<number>;
  /** What is in it, most recently used first, at most `limit`; for inspection, not for the hot path. */
  inspect(limit: number, options: TierOptions): Promise<CacheEntry[]>;
  stats(): TierStats;
  close(): Promise<void>;
}

export interface TierStats {
  entries: number;
  sizeBytes: number;
  hits: number;
  misses: number;
  evictions: number;
  expirations: number;
  failures: number;
}

/** The tier could not do it: unreachable, full, corrupt, timed out. The request goes on without it. */
export class TierError extends Error {
  override readonly name = 'TierError';
  constructor(
    readonly tier: string,
    readonly reason:
      'unreachable' | 'timeout' | 'full' | 'corrupt' | 'blocked' | 'unsupported' | 'circuit-open',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(`${tier}: ${message}`, options);
  }
}
