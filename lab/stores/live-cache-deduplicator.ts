import type { Deduplicator as LiveDeduplicator } from '../../engine/cache/data-policies.ts';
import { Deduplicator } from '../../engine/cache/semantic/deduplication.ts';

/** The deduplication of responses for the live cache: texts only, and never across contexts, which stand before the key. */
export function textDeduplicator(): LiveDeduplicator {
  const byThreshold = new Map<number, Deduplicator>();
  return {
    canonical(key, value, threshold) {
      if (typeof value !== 'string') return { value, savedBytes: 0 };
      const copies = byThreshold.get(threshold) ?? new Deduplicator({ threshold });
      byThreshold.set(threshold, copies);
      const scope = { tenant: 'lab', context: key.slice(0, key.indexOf(':')) };
      const { savedBytes } = copies.add(scope, key, value);
      return { value: copies.text(scope, key) ?? value, savedBytes };
    },
  };
}
