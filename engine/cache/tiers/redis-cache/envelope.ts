import type { CacheEntry } from '../../entry.ts';

/**
 * What stands in Redis under a key: the entry as JSON with short names (C9). JSON has no Infinity; null stands for it.
 * Values have to be JSON themselves: a Date comes back as text.
 */
interface Envelope {
  v?: unknown;
  /** Created, last accessed, fresh until, stale until: ms; null for ever. */
  c: number;
  l: number;
  f: number | null;
  s: number | null;
  /** Accesses up to the time of writing. */
  a: number;
  b: number;
  t?: readonly string[];
  m?: CacheEntry['metadata'];
}

/** @throws TypeError when the value has no JSON (a cycle, a BigInt). */
export function encodeEntry(entry: CacheEntry): string {
  const envelope: Envelope = {
    v: entry.value,
    c: entry.createdAtMs,
    l: entry.lastAccessedAtMs,
    f: finite(entry.freshUntilMs),
    s: finite(entry.staleUntilMs),
    a: entry.accessCount,
    b: entry.sizeBytes,
  };
  if (entry.tags.length > 0) envelope.t = entry.tags;
  if (Object.keys(entry.metadata).length > 0) envelope.m = entry.metadata;
  return JSON.stringify(envelope);
}

/** The entry as written; undefined when the text is no envelope. */
export function decodeEntry(key: string, text: string): CacheEntry | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isEnvelope(parsed)) return undefined;
  return {
    key,
    value: parsed.v,
    createdAtMs: parsed.c,
    lastAccessedAtMs: parsed.l,
    accessCount: parsed.a,
    freshUntilMs: parsed.f ?? Infinity,
    staleUntilMs: parsed.s ?? Infinity,
    sizeBytes: parsed.b,
    tags: parsed.t ?? [],
    metadata: parsed.m ?? {},
  };
}

const finite = (ms: number): number | null => (ms === Infinity ? null : ms);
const isTime = (value: unknown): boolean => value === null || typeof value === 'number';

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { c, l, f, s, a, b, t, m } = value as Record<keyof Envelope, unknown>;
  return (
    [c, l, a, b].every((number) => typeof number === 'number') &&
    isTime(f) &&
    isTime(s) &&
    (t === undefined || (Array.isArray(t) && t.every((tag) => typeof tag === 'string'))) &&
    (m === undefined || (typeof m === 'object' && m !== null))
  );
}
