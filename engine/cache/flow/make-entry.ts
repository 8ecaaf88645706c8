import type { CacheEntry } from '../entry.ts';
import type { FlowPolicy } from './policy.ts';
import type { Loaded } from './protocol.ts';
import { jitteredTtlMs } from './ttl-jitter.ts';

/** Names under which the flow keeps what it must know later, among an entry's metadata. */
export const ABSENT = 'absent';
export const LOAD_MS = 'loadMs';
export const POLICY = 'policy';

type Source = Omit<Loaded, 'value' | 'cacheable'>;

/**
 * The entry for a value that was loaded or written now; undefined when it is not to be kept.
 * @param loadMs how long the origin took; the early refresh reads it. Null for a value that was written.
 */
export function makeEntry(
  key: string,
  source: Source,
  tags: readonly string[],
  policy: FlowPolicy,
  loadMs: number | null,
  nowMs: number,
  uniform: () => number,
): CacheEntry | undefined {
  const absent = source.absent === true;
  const ttlMs = absent ? policy.negativeTtlMs : (source.ttlMs ?? policy.ttlMs);
  if (!(ttlMs > 0)) return undefined;
  const livesMs = policy.ttlJitter > 0 ? jitteredTtlMs(ttlMs, policy.ttlJitter, uniform()) : ttlMs;
  const freshUntilMs = nowMs + livesMs;
  const staleMs = absent ? 0 : Math.max(policy.staleWhileRevalidateMs, policy.staleIfErrorMs);
  return {
    key,
    value: source.stored,
    createdAtMs: nowMs,
    lastAccessedAtMs: nowMs,
    accessCount: 0,
    freshUntilMs,
    staleUntilMs: freshUntilMs + staleMs,
    sizeBytes: source.sizeBytes,
    tags: [...new Set([...tags, ...(source.tags ?? [])])],
    metadata: {
      ...source.metadata,
      [POLICY]: policy.name,
      ...(loadMs === null ? {} : { [LOAD_MS]: loadMs }),
      ...(absent ? { [ABSENT]: true } : {}),
    },
  };
}

/**
 * The same entry for a tier that keeps nothing fresh for longer than `maxTtlMs`. A promoted entry keeps the rest of its life: the
 * module's promotion renews it, so that stale data live for ever (C11).
 */
export function lifeInTier(entry: CacheEntry, maxTtlMs: number, nowMs: number): CacheEntry {
  const limitMs = nowMs + maxTtlMs;
  if (limitMs >= entry.freshUntilMs) return entry;
  // Without a stale period of its own, its end in this tier is its end.
  const staleMs = entry.staleUntilMs - entry.freshUntilMs;
  return { ...entry, freshUntilMs: limitMs, staleUntilMs: staleMs > 0 ? limitMs + staleMs : limitMs };
}

export const isAbsent = (entry: CacheEntry): boolean => entry.metadata[ABSENT] === true;
