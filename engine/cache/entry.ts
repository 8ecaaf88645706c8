/** What a cache knows of a value (C2). Times are milliseconds of the clock that the caller passes in. */
export interface CacheEntry<V = unknown> {
  readonly key: string;
  readonly value: V;
  readonly createdAtMs: number;
  lastAccessedAtMs: number;
  accessCount: number;
  /** Up to here the value may be served as fresh. Infinity: for ever. */
  freshUntilMs: number;
  /** Up to here it may be served as stale while it is being renewed, or when the origin fails. Never before `freshUntilMs`. */
  staleUntilMs: number;
  /** Length of the encoded value and key in bytes. */
  readonly sizeBytes: number;
  readonly tags: readonly string[];
  /** Anything the owner wants to remember; plain JSON. */
  readonly metadata: Readonly<Record<string, string | number | boolean | null>>;
}

export type Freshness = 'fresh' | 'stale' | 'expired';

export function freshnessOf(
  entry: Pick<CacheEntry, 'freshUntilMs' | 'staleUntilMs'>,
  nowMs: number,
): Freshness {
  if (nowMs < entry.freshUntilMs) return 'fresh';
  return nowMs < entry.staleUntilMs ? 'stale' : 'expired';
}
