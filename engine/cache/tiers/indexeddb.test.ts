import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IndexedDbTier, type IndexedDbOptions } from './indexeddb.browser.ts';
import type { HealthReport } from './indexeddb-connection.browser.ts';
import { tierContract } from './tier-contract.ts';
import { testEntry } from './testing/entry.ts';

const now = { nowMs: 10 };
let databases = 0;
const open: IndexedDbTier[] = [];

function tier(options: IndexedDbOptions = {}): IndexedDbTier {
  const made = new IndexedDbTier({ database: `test-${++databases}`, ...options });
  open.push(made);
  return made;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const made of open.splice(0)) await made.close().catch(() => {});
});

const raw = (version?: number) => openDB(`test-${databases}`, version);

describe('indexeddb keeps the contract of a tier', () => {
  const subject = () => ({ tier: tier(), other: tier({ database: `test-${databases}` }) });
  for (const { name, run } of tierContract(subject)) it(name, run);
});

describe('indexeddb', () => {
  it('keeps entries, whole, over a restart', async () => {
    const entry = testEntry('a', { value: { deep: [1, null, 'ü'] }, tags: ['x'], staleUntilMs: Infinity });
    const first = tier();
    expect(await first.set(entry, now)).toBe(true);
    await first.close();
    const second = tier({ database: `test-${databases}` });
    expect(await second.get('a', now)).toEqual({ ...entry, lastAccessedAtMs: 10, accessCount: 1 });
    expect(second.health.state).toBe('ready');
  });

  it('finds what has not been written yet, and writes what comes together in one transaction', async () => {
    const l3 = tier();
    await l3.get('warm up', now);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const writes = ['a', 'b', 'c', 'd'].map((key) => l3.set(testEntry(key), now));
    expect((await l3.get('c', now))?.value).toBe('value of c');
    await Promise.all(writes);
    expect(transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')).toHaveLength(1);
  });

  it('the newest of several writes of a key wins, and all of them settle', async () => {
    const l3 = tier();
    const results = await Promise.all([1, 2, 3].map((value) => l3.set(testEntry('a', { value }), now)));
    expect(results).toEqual([true, true, true]);
    expect((await l3.get('a', now))?.value).toBe(3);
    expect(await l3.delete('a', now)).toBe(true);
    expect(await l3.delete('a', now)).toBe(false);
    expect(await l3.get('a', now)).toBeUndefined();
  });

  it('never returns what is past its end, and removes it', async () => {
    const l3 = tier();
    await l3.set(testEntry('a'), now);
    expect((await l3.get('a', { nowMs: 1499 }))?.key).toBe('a');
    expect(await l3.get('a', { nowMs: 1500 })).toBeUndefined();
    await l3.flush();
    expect(await (await raw()).count('entries')).toBe(0);
  });

  it('deletes by tag, by prefix, and all', async () => {
    const l3 = tier();
    const tagged = { a1: ['x'], a2: ['x', 'y'], 'b\uffff': ['y'], c: [] };
    await l3.setMany(
      Object.entries(tagged).map(([key, tags]) => testEntry(key, { tags })),
      now,
    );
    expect(await l3.deleteByTag('x', now)).toBe(2);
    expect(await l3.deleteByPrefix('b', now)).toBe(1);
    expect(await l3.deleteByPrefix('', now)).toBe(1);
    await l3.set(testEntry('d'), now);
    await l3.clear(now);
    expect(l3.stats()).toMatchObject({ entries: 0, sizeBytes: 0 });
  });

  it('holds its budget: the least recently used go first, in bounded batches', async () => {
    const l3 = tier({ maxEntries: 100 });
    for (let i = 0; i < 100; i++) await l3.set(testEntry(`k${i}`, { staleUntilMs: 1e9 }), { nowMs: i });
    await l3.get('k0', { nowMs: 200 }); // the oldest becomes the newest
    for (let i = 100; i < 110; i++) await l3.set(testEntry(`k${i}`, { staleUntilMs: 1e9 }), { nowMs: 300 });
    expect(l3.stats()).toMatchObject({ entries: 100, sizeBytes: 1000, evictions: 10 });
    expect(await l3.get('k0', { nowMs: 301 })).toBeDefined();
    expect(await l3.get('k1', { nowMs: 301 })).toBeUndefined();
    expect(await l3.get('k10', { nowMs: 301 })).toBeUndefined();
    expect(await l3.get('k11', { nowMs: 301 })).toBeDefined();
  });

  it('holds its bytes, and lets the expired go before the living', async () => {
    const l3 = tier({ maxBytes: 100 });
    await l3.set(testEntry('old', { sizeBytes: 40, freshUntilMs: 20, staleUntilMs: 20 }), now);
    await l3.set(testEntry('used', { sizeBytes: 40 }), now);
    await l3.set(testEntry('new', { sizeBytes: 40 }), { nowMs: 30 });
    expect(l3.stats()).toMatchObject({ entries: 2, sizeBytes: 80, evictions: 0, expirations: 1 });
    expect(await l3.set(testEntry('huge', { sizeBytes: 101 }), now)).toBe(false);
  });

  it('brings a database of an older version up to date', async () => {
    const name = `test-${++databases}`;
    const old = await openDB(name, 1, {
      upgrade(db) {
        const store = db.createObjectStore('entries', { keyPath: 'key' });
        store.createIndex('byEnd', 'staleUntilMs');
        store.createIndex('byUse', 'lastAccessedAtMs');
      },
    });
    await old.put('entries', testEntry('a', { tags: ['x'] }));
    old.close();
    const l3 = tier({ database: name });
    expect((await l3.get('a', now))?.value).toBe('value of a');
    expect(await l3.deleteByTag('x', now)).toBe(1);
  });
});

describe('indexeddb in trouble', () => {
  it('without IndexedDB (private mode): unavailable, and every operation says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const reports: HealthReport[] = [];
    const l3 = tier({ onHealth: (report) => reports.push(report) });
    await expect(l3.get('a', now)).rejects.toMatchObject({ name: 'TierError', reason: 'unreachable' });
    await expect(l3.set(testEntry('a'), now)).rejects.toMatchObject({ reason: 'unreachable' });
    expect(reports.map(({ state }) => state)).toEqual(['opening', 'unavailable']);
  });

  it('where opening throws (storage blocked): unavailable; it is tried again after a while', async () => {
    const spy = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const l3 = tier();
    await expect(l3.get('a', now)).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(l3.get('a', { nowMs: 100 })).rejects.toMatchObject({ reason: 'unreachable' });
    expect(spy).toHaveBeenCalledTimes(1);
    expect(l3.health).toMatchObject({
      state: 'unavailable',
      message: expect.stringContaining('SecurityError'),
    });
    spy.mockRestore();
    expect(await l3.get('a', { nowMs: 6000 })).toBeUndefined();
    expect(l3.health.state).toBe('ready');
  });

  it('quota exceeded: the write that does not fit fails alone, the store says full, and recovers', async () => {
    const l3 = tier();
    await l3.set(testEntry('first'), now);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
    ) {
      if ((value as { sizeBytes: number }).sizeBytes > 1000) {
        this.transaction.abort();
        throw new DOMException('no room', 'QuotaExceededError');
      }
      return put.call(this, value);
    });
    const results = await Promise.allSettled([
      l3.set(testEntry('a'), now),
      l3.set(testEntry('huge', { sizeBytes: 5000 }), now),
      l3.set(testEntry('b'), now),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ name: 'TierError', reason: 'full' });
    expect((await l3.get('a', now))?.key).toBe('a');
    expect((await l3.get('b', now))?.key).toBe('b');
    await l3.set(testEntry('c'), now);
    expect(l3.health.state).toBe('ready');
  });

  it('of many, those that were written are told apart from one that failed', async () => {
    const l3 = tier();
    const many = l3.setMany([testEntry('a'), testEntry('f', { value: () => 1 })], now);
    await expect(many).rejects.toMatchObject({ reason: 'unsupported', keptEach: [true, undefined] });
  });

  it('an operation on a database that does not answer ends with its signal', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
    const l3 = new IndexedDbTier({ database: 'mute' });
    const controller = new AbortController();
    const reason = new Error('enough');
    const calls = [
      l3.get('a', { ...now, signal: controller.signal }),
      l3.set(testEntry('a'), { ...now, signal: controller.signal }),
    ];
    controller.abort(reason);
    for (const call of calls) await expect(call).rejects.toBe(reason);
  });

  it('a value that cannot be cloned fails alone', async () => {
    const l3 = tier();
    const results = await Promise.allSettled([
      l3.set(testEntry('a'), now),
      l3.set(testEntry('f', { value: () => 1 }), now),
    ]);
    expect(results[0]).toEqual({ status: 'fulfilled', value: true });
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ reason: 'unsupported' });
    expect((await l3.get('a', now))?.key).toBe('a');
  });

  it('a corrupt record is told, removed, and costs no other', async () => {
    const l3 = tier();
    await l3.set(testEntry('good'), now);
    const db = await raw();
    await db.put('entries', { key: 'bad', staleUntilMs: 'soon' });
    db.close();
    await expect(l3.get('bad', now)).rejects.toMatchObject({ reason: 'corrupt' });
    await l3.flush();
    expect(await l3.get('bad', now)).toBeUndefined();
    expect((await l3.get('good', now))?.key).toBe('good');
    expect(await l3.inspect(10, now)).toHaveLength(1);
  });

  it('blocked by a tab with an older version: fails at once, and goes on when that tab closes', async () => {
    const name = `test-${++databases}`;
    const other = await openDB(name, 1, {
      upgrade(db) {
        const store = db.createObjectStore('entries', { keyPath: 'key' });
        store.createIndex('byEnd', 'staleUntilMs');
        store.createIndex('byUse', 'lastAccessedAtMs');
      },
    });
    const l3 = tier({ database: name });
    await expect(l3.get('a', now)).rejects.toMatchObject({ reason: 'blocked' });
    await expect(l3.set(testEntry('a'), now)).rejects.toMatchObject({ reason: 'blocked' });
    expect(l3.health.state).toBe('blocked');
    other.close();
    await vi.waitFor(() => expect(l3.health.state).toBe('ready'));
    expect(await l3.set(testEntry('a'), now)).toBe(true);
  });

  it('gives way to a tab that upgrades the database, and then says that it is outdated', async () => {
    const l3 = tier();
    await l3.set(testEntry('a'), now);
    const newer = await openDB(`test-${databases}`, 99);
    await vi.waitFor(() => expect(l3.health.state).toBe('lost'));
    await expect(l3.get('a', now)).rejects.toMatchObject({ reason: 'unreachable' });
    expect(l3.health.state).toBe('outdated');
    newer.close();
  });

  it('a connection that breaks is opened anew', async () => {
    const connections: IDBDatabase[] = [];
    const transaction = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      connections.push(this);
      return transaction.apply(this, args as Parameters<typeof transaction>);
    });
    const l3 = tier();
    await l3.set(testEntry('a'), now);
    forceCloseDatabase(connections[0] as never);
    await vi.waitFor(() => expect(l3.health.state).toBe('lost'));
    expect((await l3.get('a', now))?.key).toBe('a');
    expect(l3.health.state).toBe('ready');
  });

  it('a write that fails rejects, and the next one is not affected', async () => {
    const l3 = tier();
    await l3.get('warm up', now);
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('broken', 'InvalidStateError');
    });
    const lost = l3.set(testEntry('a'), now);
    // A single change is tried by itself once more only within a batch of several.
    await expect(lost).rejects.toMatchObject({ reason: 'unreachable' });
    expect(await l3.set(testEntry('b'), now)).toBe(true);
  });

  it('an aborted operation rejects with the reason of the signal', async () => {
    const l3 = tier();
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(l3.get('a', { ...now, signal })).rejects.toBe(reason);
    await expect(l3.set(testEntry('a'), { ...now, signal })).rejects.toBe(reason);
  });
});
