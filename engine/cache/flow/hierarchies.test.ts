import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../tiers/memory-store.ts';
import type { Hierarchy } from './settings.ts';
import { zipfTrace } from './testing/trace.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { TieredCache } from './tiered-cache.ts';
import { VirtualDriver } from './virtual-driver.ts';
import { VirtualTime } from './virtual-time.ts';

const truth = new URL('../../../../shared/truth/', import.meta.url);

/** Hits of two memory tiers of LRU before an origin that answers at once. */
function run(
  trace: Iterable<string>,
  hierarchy: Hierarchy,
  l1: number,
  l2: number,
  afterEach?: (stores: MemoryStore[]) => void,
): { l1: number; l2: number } {
  const capabilities = { persistent: false, shared: true, tags: true, prefixes: true };
  const memory = { capabilities, synchronous: true, reportsEvictions: true };
  const cache = new TieredCache({
    tiers: [
      { name: 'near', level: 'l1', ...memory },
      { name: 'far', level: 'l2', ...memory },
    ],
    settings: { hierarchy },
    policies: [{ ...DEFAULT_POLICY, ttlMs: Infinity }],
    seed: 1,
  });
  const stores = [l1, l2].map(
    (maxEntries) => new MemoryStore({ maxEntries, maxBytes: Infinity, policy: 'lru' }),
  );
  const loaded = { value: 0, stored: 0, sizeBytes: 1 };
  const driver = new VirtualDriver(cache, new VirtualTime(), [{ store: stores[0] }, { store: stores[1] }], {
    serviceMs: () => 0,
    load: () => loaded,
  });
  for (const key of trace) {
    driver.read(key);
    afterEach?.(stores);
  }
  const [near, far] = cache.tierFlows();
  return { l1: near.flow.hits, l2: far.flow.hits };
}

/** Hits of one LRU cache, the plain way. */
function lruHits(trace: Iterable<string>, capacity: number): number {
  const cache = new Set<string>();
  let hits = 0;
  for (const key of trace) {
    if (cache.delete(key)) hits++;
    else if (cache.size === capacity) cache.delete(cache.values().next().value!);
    cache.add(key);
  }
  return hits;
}

describe('two tiers by hand', () => {
  const trace = ['a', 'b', 'c', 'a', 'b', 'a'];
  it('exclusive: what L1 evicts is found in L2, and goes back', () => {
    // L1 holds 1, L2 holds 2: together the three keys.
    expect(run(trace, 'exclusive', 1, 2)).toEqual({ l1: 0, l2: 3 });
  });
  it('independent: both hold the newest, the oldest is gone', () => {
    expect(run(trace, 'independent', 1, 2)).toEqual({ l1: 0, l2: 1 });
  });
});

describe('two-tier hierarchies of LRU', () => {
  const cases = fc.record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    keys: fc.integer({ min: 5, max: 400 }),
    exponent: fc.double({ min: 0, max: 1.2, noNaN: true }),
    l1: fc.integer({ min: 1, max: 40 }),
    more: fc.integer({ min: 0, max: 80 }),
  });

  it('exclusive: together they hit as one LRU cache of both sizes does', () => {
    fc.assert(
      fc.property(cases, ({ seed, keys, exponent, l1, more }) => {
        const trace = zipfTrace(seed, 1500, keys, exponent);
        const hits = run(trace, 'exclusive', l1, more + 1);
        expect(hits.l1).toBe(lruHits(trace, l1));
        expect(hits.l1 + hits.l2).toBe(lruHits(trace, l1 + more + 1));
      }),
      { numRuns: 40 },
    );
  });

  it('inclusive and synced: L1 hits as LRU(c1), both together as LRU(c2)', () => {
    fc.assert(
      fc.property(cases, ({ seed, keys, exponent, l1, more }) => {
        const trace = zipfTrace(seed, 1500, keys, exponent);
        const hits = run(trace, 'inclusive-synced', l1, l1 + more);
        expect(hits.l1).toBe(lruHits(trace, l1));
        expect(hits.l1 + hits.l2).toBe(lruHits(trace, l1 + more));
      }),
      { numRuns: 40 },
    );
  });

  it('inclusive: L1 never holds what L2 does not', () => {
    fc.assert(
      fc.property(cases, ({ seed, keys, exponent, l1, more }) => {
        const trace = zipfTrace(seed, 400, keys, exponent);
        run(trace, 'inclusive', l1, l1 + more, ([near, far]) => {
          const below = new Set(far.inspect(1000, 0).map(({ key }) => key));
          expect(near.inspect(1000, 0).filter(({ key }) => !below.has(key))).toEqual([]);
        });
      }),
      { numRuns: 20 },
    );
  });
});

const MODES: Record<string, Hierarchy> = {
  exclusive: 'exclusive',
  'inclusive-synced': 'inclusive-synced',
  'inclusive-backinvalidate-filtered': 'inclusive',
  'filtered-nonInclusive': 'independent',
};

describe('two-tier figures of the truth file (skipped where the file or its trace is absent)', () => {
  interface Row {
    trace: string;
    mode: string;
    l1: number;
    l2: number;
    requests: number;
    l1_hits: number;
    l2_hits: number;
  }
  const figures = new URL('hit-ratios.json', truth);
  const { tiers, traces: published }: { tiers: Row[]; traces: Record<string, object> } = existsSync(figures)
    ? JSON.parse(readFileSync(figures, 'utf8'))
    : { tiers: [], traces: {} };
  // The file has figures of traces, too, that may not be handed on and so do not stand beside it.
  const rows = tiers.filter(({ trace }) => trace in published);
  const traces = new Map<string, string[]>();
  const file = (name: string) => new URL(`traces/${name}.txt.gz`, truth);
  const read = (name: string) => {
    if (!traces.has(name))
      traces.set(
        name,
        gunzipSync(readFileSync(file(name)))
          .toString()
          .trim()
          .split('\n'),
      );
    return traces.get(name)!;
  };
  if (rows.length === 0) it.skip('no truth file', () => {});
  for (const row of rows)
    it.skipIf(!existsSync(file(row.trace)))(`${row.trace} ${row.mode} ${row.l1}+${row.l2}`, () => {
      const trace = read(row.trace);
      expect(trace.length).toBe(row.requests);
      expect(run(trace, MODES[row.mode], row.l1, row.l2)).toEqual({ l1: row.l1_hits, l2: row.l2_hits });
    });
});
