/** The live L1 against packages of npm that hold as many entries: string keys, one value each. */
import { LRUCache } from 'lru-cache';
import { createLRU } from 'lru.min';
import { LRUMap } from 'mnemonist';
import QuickLRU from 'quick-lru';
import { lru } from 'tiny-lru';
import { AliasTable, zipfWeights } from '../../../core/alias-table.ts';
import { RandomStream } from '../../../core/random.ts';
import { MemoryStore } from '../../../cache/tiers/memory-store.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { paired, rateOf, spread } from './paired.ts';
import { versionOf } from './versions.ts';

interface Cache {
  get(key: string): unknown;
  set(key: string, value: number): unknown;
}

const CAPACITY = 10_000;
const KEYS = 100_000;
const HOT = 1_000;
const NO_TAGS: readonly string[] = [];
const NO_METADATA = {};

/** As the drivers of engine/live use it: a whole entry goes in, its value comes out. */
function surge(): Cache {
  const store = new MemoryStore({ maxEntries: CAPACITY, maxBytes: Infinity, policy: 'sieve' });
  return {
    get: (key) => store.get(key, 0)?.value,
    set: (key, value) =>
      store.set(
        {
          key,
          value,
          createdAtMs: 0,
          lastAccessedAtMs: 0,
          accessCount: 0,
          freshUntilMs: Infinity,
          staleUntilMs: Infinity,
          sizeBytes: 8,
          tags: NO_TAGS,
          metadata: NO_METADATA,
        },
        0,
      ),
  };
}

const peers: Record<string, () => Cache> = {
  'lru-cache': () => new LRUCache<string, number>({ max: CAPACITY }),
  // It keeps up to twice its maxSize: with half of it, no more entries than the others may hold.
  'quick-lru': () => new QuickLRU<string, number>({ maxSize: CAPACITY / 2 }),
  mnemonist: () => new LRUMap<string, number>(CAPACITY),
  'tiny-lru': () => lru<number>(CAPACITY),
  'lru.min': () => createLRU<string, number>({ max: CAPACITY }),
};

/** Asks for each key, and stores it after a miss. @returns hits. */
function readThrough(cache: Cache, keys: readonly string[]): number {
  let hits = 0;
  for (let i = 0; i < keys.length; i++) {
    if (cache.get(keys[i]!) !== undefined) hits++;
    else cache.set(keys[i]!, i);
  }
  return hits;
}

async function run({ quick, pairs }: CaseOptions): Promise<Row[]> {
  const operations = quick ? 100_000 : 1_000_000;
  const names = Array.from({ length: KEYS }, (_, i) => `user:${i}:profile`);
  const table = new AliasTable(zipfWeights(KEYS, 1));
  const random = new RandomStream(1, 'bench');
  const requests = Array.from({ length: operations }, () => names[table.draw(random)]!);
  const hotRequests = Array.from({ length: operations }, () => names[random.below(HOT)]!);

  const mixed = (make: () => Cache) => () => {
    const cache = make();
    return rateOf(operations, () => void readThrough(cache, requests));
  };
  const hot = (make: () => Cache) => {
    const cache = make();
    for (let i = 0; i < HOT; i++) cache.set(names[i]!, i);
    return () => rateOf(operations, () => void readThrough(cache, hotRequests));
  };
  const ourHits = readThrough(surge(), requests) / operations;
  const rows: Row[] = [];
  for (const [name, make] of Object.entries(peers)) {
    const peer = `${name} ${versionOf(name)}`;
    const both = await paired(mixed(surge), mixed(make), pairs);
    rows.push({
      case: 'get, and set after a miss',
      value: both.ours / 1e6,
      unit: 'M requests/s',
      peer,
      ratio: both.ratio,
      target: name === 'lru-cache' ? '>= 2' : '>= 1.2',
    });
    const theirHits = readThrough(make(), requests) / operations;
    rows.push({
      case: 'hit ratio',
      value: 100 * ourHits,
      unit: '%',
      peer,
      ratio: spread([ourHits / theirHits]),
      target: '>= 1',
    });
    const gets = await paired(hot(surge), hot(make), pairs);
    rows.push({
      case: 'get of hot keys',
      value: gets.ours / 1e6,
      unit: 'M gets/s',
      peer,
      ratio: gets.ratio,
      target: '>= 1',
    });
  }
  return rows;
}

export const liveL1: Case = {
  name: 'live-l1',
  summary: `Live L1, string keys: ${CAPACITY} entries, ${KEYS} Zipf keys; hot: ${HOT} keys, all held.`,
  run,
};
