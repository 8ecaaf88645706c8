import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usualChoice } from './tuner-plan.ts';
import { DATABASE, TunerSaved, type SavedSearch, type SavedState } from './tuner-saved.ts';

const search: SavedSearch = {
  choice: usualChoice('prime-day'),
  done: false,
  records: [
    {
      setting: { l3: true, retryBudget: 4, queueOrder: 'lifo' },
      seed: 1,
      untilS: 1320,
      outcome: { meanMs: NaN, calls: 7 },
    },
  ],
  check: [
    {
      pulls: [{ atS: 1140, lever: 'l3', value: true }],
      seed: 100_001,
      untilS: 1740,
      outcome: { meanMs: 44 },
    },
  ],
};

let told: SavedState[];
const saved = () => new TunerSaved((state) => told.push(state));

beforeEach(() => {
  told = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a search', () => {
  it('is there again, a figure without a value too; the last one stays', async () => {
    const store = saved();
    void store.save({ ...search, done: true });
    await store.save(search);
    expect(told.at(-1)).toEqual({ ok: true, text: 'The runs are kept in this browser.' });
    expect(await saved().load()).toEqual(search);
    await store.clear();
    expect(await saved().load()).toBeUndefined();
  });

  it.each([
    ['of another form', { form: 2 }],
    ['of another engine', { engine: '0.0.1' }],
    ['broken', { records: [{ seed: 'x' }] }],
  ])('%s is left out, and said to be', async (_, change) => {
    await saved().save(search);
    const db = await openDB(DATABASE);
    const kept = (await db.get('searches', 'last')) as object;
    await db.put('searches', { ...kept, ...change }, 'last');
    db.close();
    expect(await saved().load()).toBeUndefined();
    expect(told.at(-1)!.text).toContain('another version');
  });

  it.each([
    ['there is no storage', () => vi.stubGlobal('indexedDB', undefined), 'there is no IndexedDB here'],
    [
      'it is blocked',
      () =>
        vi.stubGlobal('indexedDB', {
          open: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        }),
      'denied',
    ],
  ])('goes on in memory when %s', async (_, break_, why) => {
    break_();
    const store = saved();
    expect(await store.load()).toBeUndefined();
    await store.save(search);
    await store.clear();
    expect(told.every(({ ok }) => !ok)).toBe(true);
    expect(told[0]!.text).toContain(why);
    expect(told[0]!.text).toContain('until the page is closed');
  });

  it('says that the storage is full', async () => {
    const store = saved();
    await store.save(search);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.save(search);
    expect(told.at(-1)!.text).toContain('no more room');
  });
});
