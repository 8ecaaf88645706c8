import * as v from 'valibot';
import { parse } from '../core/schema.ts';
import { POLICY_NAMES, type PolicyName } from './eviction/registry.ts';
import type { MemoryStoreOptions } from './tiers/memory-store.ts';

const whole = v.pipe(
  v.number(),
  v.check((x) => Number.isSafeInteger(x) && x > 0, 'a whole number above 0'),
);
const positive = v.pipe(
  v.number(),
  v.check((x) => x > 0 && x < Infinity, 'a number above 0'),
);

/** The one schema for code, address and forms (C4). */
export const cacheConfigSchema = v.strictObject({
  /** Most entries in memory. */
  maxEntries: v.optional(whole, 1000),
  /** Most megabytes in memory; 1 MB = 1024 × 1024 bytes, as the module counts. */
  maxMegabytes: v.optional(positive, 100),
  /** Time to live of what no data policy covers, seconds. */
  ttlS: v.optional(positive, 3600),
  /** Who goes first when memory is full. */
  eviction: v.optional(v.picklist(POLICY_NAMES as readonly [PolicyName, ...PolicyName[]]), 'score'),
});

export type CacheConfigInput = v.InferInput<typeof cacheConfigSchema>;
export type CacheConfig = v.InferOutput<typeof cacheConfigSchema>;

/**
 * Defaults of the module: 1000 entries, 100 MB, an hour, and its own eviction score.
 * @throws InputError naming the field, what was expected and what was got.
 */
export function parseCacheConfig(input: unknown = {}): CacheConfig {
  return parse(cacheConfigSchema, input, 'cache', Object.keys(cacheConfigSchema.entries));
}

export function memoryOptions({ maxEntries, maxMegabytes, eviction }: CacheConfig): MemoryStoreOptions {
  return { maxEntries, maxBytes: maxMegabytes * 1024 * 1024, policy: eviction };
}
