import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY_NAMES } from '../eviction/registry.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import { MemoryTier } from './memory.ts';
import { tierContract } from './tier-contract.ts';
import { testEntry } from './testing/entry.ts';

const store = (more: Partial<MemoryStoreOptions> = {}) =>
  new MemoryStore({ maxEntries: 3, maxBytes: Infinity, policy: 'lru', ...more });

describe('memory keeps the contract of a tier', () => {
  const make = () => ({ tier: new MemoryTier({ maxEntries: 1000, maxBytes: Infinity, policy: 'lru' }) });
  for (const { name, run } of tierContract(make)) it(name, run);
});

describe('memory', () => {
  it('evicts the least recently used, a, b, c, a, d at size 3: b goes', () => {
    const memory = store();
    for (const key of ['a', 'b', 'c']) memory.set(testEntry(key), 0);
    expect(memory.get('a', 1)).toMatchObject({ value: 'value of a', accessCount: 1, lastAccessedAtMs: 1 });
    expect(memory.set(testEntry('d'), 2).evicted.map(({ key }) => key)).toEqual(['b']);
    expect(memory.get('b', 3)).toBeUndefined();
    expect(memory.stats()).toMatchObject({ entries: 3, hits: 1, misses: 1, evictions: 1 });
  });

  it('bytes bind before entries do: 60 + 30 bytes make way for 50 in 100', () => {
    const memory = store({ maxEntries: 100, maxBytes: 100 });
    memory.set(testEntry('large', { sizeBytes: 60 }), 0);
    memory.set(testEntry('small', { sizeBytes: 30 }), 0);
    expect(memory.set(testEntry('new', { sizeBytes: 50 }), 0).evicted.map((e) => e.key)).toEqual(['large']);
    expect(memory.stats()).toMatchObject({ entries: 2, sizeBytes: 80 });
  });

  it('an entry that grows never becomes its own victim', () => {
    const memory = store({ maxBytes: 100, policy: 'fifo' });
    memory.set(testEntry('a', { sizeBytes: 40 }), 0);
    memory.set(testEntry('b', { sizeBytes: 40 }), 0);
    expect(memory.set(testEntry('a', { sizeBytes: 90, value: 'grown' }), 0).kept).toBe(true);
    expect(memory.get('a', 0)?.value).toBe('grown');
    expect(memory.stats()).toMatchObject({ entries: 1, sizeBytes: 90 });
  });

  it('declines what is larger than all of it, and drops the outdated entry of that key', () => {
    const memory = store({ maxBytes: 100 });
    memory.set(testEntry('a'), 0);
    expect(memory.set(testEntry('a', { sizeBytes: 101 }), 0)).toEqual({ kept: false, evicted: [] });
    expect(memory.get('a', 0)).toBeUndefined();
    expect(memory.stats().sizeBytes).toBe(0);
  });

  it('returns stale entries, never expired ones', () => {
    const memory = store();
    memory.set(testEntry('a'), 0);
    expect(memory.get('a', 1499.9)?.key).toBe('a');
    expect(memory.get('a', 1500)).toBeUndefined();
    expect(memory.stats()).toMatchObject({ entries: 0, expirations: 1, misses: 1 });
  });

  it('expired entries go by themselves within maxEntries / sweep calls', () => {
    const memory = store({ maxEntries: 100, sweep: 2 });
    for (let i = 0; i < 99; i++) memory.set(testEntry(`k${i}`), 0);
    for (let i = 0; i < 50; i++) memory.get('nobody', 2000);
    expect(memory.stats()).toMatchObject({ entries: 0, sizeBytes: 0, expirations: 99, evictions: 0 });
  });

  it('a hit allocates nothing, and hands out one entry that was not the writer’s', () => {
    const memory = store();
    const written = testEntry('a');
    memory.set(written, 0);
    const first = memory.get('a', 1);
    expect(first).not.toBe(written);
    expect(memory.get('a', 2)).toBe(first);
    expect(first).toMatchObject({ accessCount: 2, lastAccessedAtMs: 2 });
    expect(written.lastAccessedAtMs).toBe(testEntry('a').lastAccessedAtMs);
  });

  it('sweeps nothing before the first entry expires, and all of it after', () => {
    const memory = store({ maxEntries: 100, sweep: 2 });
    let looks = 0;
    const ends = (memory as unknown as { staleUntilMs: Float64Array }).staleUntilMs;
    Object.assign(memory, {
      staleUntilMs: new Proxy(ends, {
        get: (of, name) => {
          if (typeof name === 'string' && /^\d+$/.test(name)) looks++;
          return Reflect.get(of, name, of) as unknown;
        },
      }),
    });
    for (let i = 0; i < 20; i++) memory.set(testEntry(`long${i}`, { staleUntilMs: 10_000 }), 0);
    looks = 0;
    for (let i = 0; i < 1000; i++) memory.get('long1', 1);
    expect(looks).toBe(1000); // of the entry itself, none of the sweep
    // In the middle of a lap, at a slot that the hand has passed.
    memory.get('long1', 10_000);
    memory.set(testEntry('short', { freshUntilMs: 10_500, staleUntilMs: 10_500 }), 10_000);
    for (let i = 0; i < 100; i++) memory.get('nobody', 10_500);
    expect(memory.stats()).toMatchObject({ entries: 0, expirations: 21 });
  });

  it('deletes by tag and by prefix', () => {
    const memory = store({ maxEntries: 10 });
    memory.set(testEntry('a:1', { tags: ['x', 'y'] }), 0);
    memory.set(testEntry('a:2', { tags: ['y'] }), 0);
    memory.set(testEntry('b:1', { tags: ['x'] }), 0);
    expect(memory.deleteByTag('x', 0)).toBe(2);
    expect(memory.deleteByTag('x', 0)).toBe(0);
    expect(memory.deleteByPrefix('a:', 0)).toBe(1);
    expect(memory.stats().entries).toBe(0);
  });

  it.each([
    ['maxEntries', { maxEntries: 0 }],
    ['maxEntries', { maxEntries: 1.5 }],
    ['maxBytes', { maxBytes: -1 }],
  ])('refuses %s out of range', (place, more) => {
    expect(() => store(more)).toThrow(place);
  });
});

describe('memory against a plain map', () => {
  const operation = fc.record({
    do: fc.constantFrom('get', 'get', 'set', 'set', 'set', 'delete', 'tag', 'prefix', 'touch'),
    key: fc.integer({ min: 0, max: 15 }).map((n) => `${'ab'[n % 2]}:${n}`),
    sizeBytes: fc.integer({ min: 0, max: 60 }),
    lifeMs: fc.integer({ min: 0, max: 30 }),
    tag: fc.constantFrom('x', 'y', 'z'),
    waitMs: fc.integer({ min: 0, max: 4 }),
  });

  it.each(POLICY_NAMES)('%s: bounds hold, what is found is what was put last, counts add up', (policy) => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 150 }), (operations) => {
        const memory = new MemoryStore({ maxEntries: 6, maxBytes: 200, policy });
        const model = new Map<string, { value: number; endMs: number; tag: string }>();
        let nowMs = 0;
        let gets = 0;
        for (const [i, { do: what, key, sizeBytes, lifeMs, tag, waitMs }] of operations.entries()) {
          nowMs += waitMs;
          if (what === 'set') {
            const endMs = nowMs + lifeMs;
            const entry = testEntry(key, {
              value: i,
              sizeBytes,
              freshUntilMs: endMs,
              staleUntilMs: endMs,
              tags: [tag],
            });
            const { kept, evicted } = memory.set(entry, nowMs);
            for (const gone of evicted) {
              expect(gone.staleUntilMs).toBeGreaterThan(nowMs);
              expect(model.get(gone.key)?.value).toBe(gone.value);
              model.delete(gone.key);
            }
            if (kept) model.set(key, { value: i, endMs, tag });
            else model.delete(key);
          } else if (what === 'get') {
            gets++;
            const held = model.get(key);
            expect(memory.get(key, nowMs)?.value).toBe(held && nowMs < held.endMs ? held.value : undefined);
          } else if (what === 'delete') {
            const held = model.get(key);
            expect(memory.delete(key, nowMs)).toBe(held !== undefined && nowMs < held.endMs);
            model.delete(key);
          } else if (what === 'touch') memory.touch(key, nowMs);
          else {
            const goes = (k: string, t: string): boolean =>
              what === 'tag' ? t === tag : k.startsWith(key[0]);
            let live = 0;
            for (const [k, held] of [...model])
              if (goes(k, held.tag)) {
                if (nowMs < held.endMs) live++;
                model.delete(k);
              }
            const gone =
              what === 'tag' ? memory.deleteByTag(tag, nowMs) : memory.deleteByPrefix(key[0], nowMs);
            expect(gone).toBe(live);
          }
          const { entries, sizeBytes: bytes, hits, misses } = memory.stats();
          expect(entries).toBeLessThanOrEqual(6);
          expect(bytes).toBeLessThanOrEqual(200);
          expect(hits + misses).toBe(gets);
        }
        expect(new Set(memory.inspect(100, nowMs).map(({ key }) => key))).toEqual(
          new Set([...model].filter(([, { endMs }]) => nowMs < endMs).map(([key]) => key)),
        );
      }),
      { numRuns: 40 },
    );
  });
});
