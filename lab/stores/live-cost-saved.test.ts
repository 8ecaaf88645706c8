import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../engine/cost/catalogue.ts';
import { CostSaved, DATABASE, type SavedCost, type SavedState } from './live-cost-saved.ts';
import { DEFAULT_BUDGETS, DEFAULT_RULES } from './live-cost-setup.ts';

const made: SavedCost = {
  list: 'own',
  models: CATALOGUE.slice(0, 2),
  budgets: DEFAULT_BUDGETS,
  rules: DEFAULT_RULES,
};

let told: SavedState[];
const saved = () => new CostSaved((state) => told.push(state));

beforeEach(() => {
  told = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => vi.unstubAllGlobals());

describe('what the learner has made', () => {
  it('is there again; the last of several changes stays', async () => {
    const store = saved();
    void store.save({ ...made, list: 'module' });
    await store.save(made);
    expect(told.at(-1)).toEqual({ ok: true, text: 'Kept in this browser.' });
    const again = await saved().load();
    expect(again).toMatchObject({
      list: 'own',
      models: [{ name: 'claude-opus-4-7' }, {}],
      budgets: DEFAULT_BUDGETS,
    });
    expect(again!.rules.map(({ when }) => when)).toEqual(DEFAULT_RULES.map(({ when }) => when));
    await store.clear();
    expect(await saved().load()).toBeUndefined();
  });

  it('rules with mistakes are kept too', async () => {
    const rules = [{ name: 'half', when: 'tokens <', then: { model: 'cheapest' } }];
    await saved().save({ ...made, rules });
    expect((await saved().load())!.rules[0].when).toBe('tokens <');
  });

  it.each([
    ['of another form', { form: 2 }],
    ['broken', { budgets: [{ name: 'x' }] }],
  ])('is left out when it is %s, and said to be', async (_, change) => {
    await saved().save(made);
    const db = await openDB(DATABASE);
    await db.put('settings', { form: 1, ...made, ...change }, 'cost');
    db.close();
    expect(await saved().load()).toBeUndefined();
    expect(told.at(-1)).toMatchObject({ ok: false, text: expect.stringContaining('another version') });
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
    await store.save(made);
    await store.clear();
    expect(told.every(({ ok }) => !ok)).toBe(true);
    expect(told[0].text).toContain(why);
    expect(told[0].text).toContain('holds until this page is closed');
  });

  it('says that the storage is full', async () => {
    const store = saved();
    await store.save(made);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.save(made);
    expect(told.at(-1)!.text).toContain('no more room');
    vi.restoreAllMocks();
  });
});
