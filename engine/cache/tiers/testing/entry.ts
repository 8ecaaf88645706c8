import type { CacheEntry } from '../../entry.ts';

/** An entry for tests: fresh for 1000 ms, stale for 500 more, ten bytes. */
export function testEntry(key: string, more: Partial<CacheEntry> = {}): CacheEntry {
  return {
    key,
    value: `value of ${key}`,
    createdAtMs: 0,
    lastAccessedAtMs: 0,
    accessCount: 0,
    freshUntilMs: 1000,
    staleUntilMs: 1500,
    sizeBytes: 10,
    tags: [],
    metadata: {},
    ...more,
  };
}
