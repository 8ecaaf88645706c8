import type { CacheEntry } from '../entry.ts';

/**
 * Whether what a tier returned is the entry that was asked for. Tiers can lie: bits rot, another version wrote the record,
 * a proxy answers for someone else. Says what is wrong, or undefined when nothing is.
 */
export function whatIsWrongWith(entry: unknown, key: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return `expected an entry, got ${typeof entry}`;
  const e = entry as Partial<Record<keyof CacheEntry, unknown>>;
  if (typeof e.key !== 'string' || e.key !== key) return 'the entry of another key';
  for (const name of ['createdAtMs', 'freshUntilMs', 'staleUntilMs', 'sizeBytes'] as const)
    if (typeof e[name] !== 'number' || Number.isNaN(e[name])) return `${name} is no number`;
  if ((e.staleUntilMs as number) < (e.freshUntilMs as number)) return 'it is stale before it is fresh';
  const sizeBytes = e.sizeBytes as number;
  if (sizeBytes < 0 || sizeBytes === Infinity) return 'its size is no size';
  if (!Array.isArray(e.tags) || !e.tags.every((tag) => typeof tag === 'string'))
    return 'its tags are no tags';
  if (typeof e.metadata !== 'object' || e.metadata === null) return 'its metadata is missing';
  if (!('value' in e)) return 'it has no value';
  return undefined;
}
