import type { MaxmemoryPolicy } from './config.ts';

/** What INFO tells of a cache. */
export interface RedisFigures {
  readonly keys: number;
  readonly keysWithExpiry: number;
  readonly usedBytes: number;
  /** 0: no limit. */
  readonly maxBytes: number;
  readonly policy: MaxmemoryPolicy;
  readonly hits: number;
  readonly misses: number;
  readonly expired: number;
  readonly evicted: number;
  /** Estimated share of keys that are expired and still there, 0 to 1. */
  readonly staleShare: number;
  readonly expiryTimeCapReached: number;
  readonly commands: number;
}

/** The text of INFO, with the fields' names as Redis has them; the sections memory, stats and keyspace. */
export function infoText(figures: RedisFigures, sections: readonly string[]): string {
  const all =
    sections.length === 0 || ['all', 'default', 'everything'].some((word) => sections.includes(word));
  const blocks: Record<string, string[]> = {
    Memory: [
      `used_memory:${figures.usedBytes}`,
      `maxmemory:${figures.maxBytes}`,
      `maxmemory_policy:${figures.policy}`,
    ],
    Stats: [
      `total_commands_processed:${figures.commands}`,
      `expired_keys:${figures.expired}`,
      `expired_stale_perc:${(figures.staleShare * 100).toFixed(2)}`,
      `expired_time_cap_reached_count:${figures.expiryTimeCapReached}`,
      `evicted_keys:${figures.evicted}`,
      `keyspace_hits:${figures.hits}`,
      `keyspace_misses:${figures.misses}`,
    ],
    Keyspace:
      figures.keys > 0 ? [`db0:keys=${figures.keys},expires=${figures.keysWithExpiry},avg_ttl=0`] : [],
  };
  return Object.entries(blocks)
    .filter(([title]) => all || sections.includes(title.toLowerCase()))
    .map(([title, lines]) => [`# ${title}`, ...lines, ''].join('\r\n'))
    .join('\r\n');
}
