import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './progress/database.ts';
import { keepPlace, keptPlace, ReadingStore, type ReadingStorage } from './reading.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('what was read', () => {
  it('is marked once, with its first time', async () => {
    let nowMs = 1000;
    const store = new ReadingStore(() => nowMs);
    await store.mark('tiers');
    nowMs = 2000;
    expect(await store.mark('tiers')).toEqual({ section: 'tiers', readAtMs: 1000 });
    await store.mark('ttl');
    expect((await store.all()).map(({ section }) => section).sort()).toEqual(['tiers', 'ttl']);
    await store.close();
  });

  it('of two tabs: each sees what the other one marks, and the first time counts', async () => {
    let nowMs = 1000;
    const [one, other] = [new ReadingStore(() => nowMs), new ReadingStore(() => nowMs)];
    const heard = new Promise<void>((resolve) => other.onchange(resolve));
    await other.all();
    await one.mark('tiers');
    await heard;
    nowMs = 2000;
    expect(await other.mark('tiers')).toEqual({ section: 'tiers', readAtMs: 1000 });
    await other.mark('ttl');
    expect((await one.all()).map(({ section }) => section).sort()).toEqual(['tiers', 'ttl']);
    await Promise.all([one.close(), other.close()]);
  });

  it('a record of a newer form is left alone, a broken one is put aside before a mark takes its place', async () => {
    const db = await openDatabase(() => {});
    const newer = { form: 2, section: 'tiers' };
    const broken = { section: 'ttl', readAtMs: 'yesterday' };
    await db.put('reading', newer);
    await db.put('reading', broken);
    const store = new ReadingStore(() => 1000);
    await store.mark('tiers');
    await store.mark('ttl');
    expect(await db.getAll('reading')).toEqual([newer, { section: 'ttl', readAtMs: 1000 }]);
    expect(await db.getAll('aside')).toMatchObject([{ store: 'reading', stored: broken }]);
    db.close();
    await store.close();
  });

  it('where the room ends, it is told and holds for the visit', async () => {
    const told: ReadingStorage[] = [];
    const store = new ReadingStore(
      () => 1000,
      (state) => told.push(state),
    );
    await store.all();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await store.mark('tiers');
    full.mockRestore();
    expect(told).toEqual([{ ok: false, text: expect.stringContaining('no more room') as string }]);
    expect(await store.all()).toEqual([{ section: 'tiers', readAtMs: 1000 }]);
    await store.close();
  });

  it('is there for the next visit, what cannot be read left aside', async () => {
    const db = await openDatabase(() => {});
    await db.put('reading', { section: 'ttl', readAtMs: 'yesterday' });
    db.close();
    const first = new ReadingStore(() => 1000);
    await first.mark('tiers');
    await first.close();
    const next = new ReadingStore(() => 3000);
    expect(await next.all()).toEqual([{ section: 'tiers', readAtMs: 1000 }]);
    await next.close();
  });

  it('holds for the visit where nothing is kept', async () => {
    // @ts-expect-error a browser without it
    globalThis.indexedDB = undefined;
    const store = new ReadingStore(() => 1000);
    await store.mark('tiers');
    expect(await store.all()).toEqual([{ section: 'tiers', readAtMs: 1000 }]);
    expect(await new ReadingStore(() => 1000).all()).toEqual([]);
  });
});

describe('the reader’s place', () => {
  const storage = (items = new Map<string, string>(), most = Infinity) =>
    ({
      getItem: (key: string) => items.get(key) ?? null,
      setItem(key: string, value: string) {
        if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
        items.set(key, value);
      },
    }) as Storage;

  it('is what was kept last', () => {
    const here = storage();
    expect(keptPlace(here)).toBeUndefined();
    keepPlace({ section: 'tiers', heading: null }, here);
    keepPlace({ section: 'ttl', heading: 's-a' }, here);
    expect(keptPlace(here)).toEqual({ section: 'ttl', heading: 's-a' });
  });

  it.each(['no JSON', '{}', '{"section":1,"heading":null}', 'null'])('is none when %s was kept', (text) => {
    expect(keptPlace(storage(new Map([['surge-lab.reading-place', text]])))).toBeUndefined();
  });

  it('is not kept where there is no room, and nothing breaks', () => {
    const full = storage(new Map(), 3);
    keepPlace({ section: 'ttl', heading: null }, full);
    expect(keptPlace(full)).toBeUndefined();
  });
});
