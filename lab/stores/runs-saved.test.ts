import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { openDatabase } from './progress/database.ts';
import { again, byMerit, MOST_UNPINNED, surplus, type RunRecord } from './progress/run-records.ts';
import { RunsSaved } from './runs-saved.ts';
import { recordOf } from './runs-saved-record.ts';

const stores: RunsSaved[] = [];
/** Another one is another tab. */
function tab(): RunsSaved {
  const store = new RunsSaved(() => 1000);
  stores.push(store);
  return store;
}

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
afterEach(async () => {
  vi.restoreAllMocks();
  for (const store of stores.splice(0)) await store.close();
});

const record = (id: string, part: Partial<RunRecord> = {}): RunRecord => ({
  ...{ form: 1, id, scenario: 'prime-day', title: 'Prime Day', seed: 4217, engine: '1.0.0' },
  ...{ address: '?scenario=prime-day&seed=4217#/', overrides: [], pulls: [], kind: 'run' },
  ...{ finishedAtMs: 1, durationS: 3600, requests: 10, recoveredAfterS: null, objectives: [] },
  ...{ score: null, pinned: false, note: '' },
  ...part,
});
const ids = (records: readonly RunRecord[]) => records.map(({ id }) => id);

describe('runs that have ended', () => {
  it('are kept, the latest first, and are there for the next page', async () => {
    const store = tab();
    await store.put(record('a', { finishedAtMs: 10 }));
    await store.put(record('b', { finishedAtMs: 20, pulls: [{ atS: 1, lever: 'l3', value: true }] }));
    expect(await tab().all()).toEqual([
      record('b', { finishedAtMs: 20, pulls: [{ atS: 1, lever: 'l3', value: true }] }),
      record('a', { finishedAtMs: 10 }),
    ]);
    expect(store.storage).toEqual({ ok: true, text: '' });
  });

  it('keep their pin, their note and their best score when they end again', async () => {
    const store = tab();
    await store.put(record('a', { kind: 'rescue', score: 70 }));
    await store.pin('a', true);
    await store.annotate('a', 'the one with L3');
    await store.put(record('a', { finishedAtMs: 99 }));
    expect(await store.all()).toEqual([
      record('a', { finishedAtMs: 99, kind: 'rescue', score: 70, pinned: true, note: 'the one with L3' }),
    ]);
    expect(
      again(record('a', { kind: 'rescue', score: 70 }), record('a', { kind: 'rescue', score: 80 })).score,
    ).toBe(80);
    await store.pin('nobody', true);
    await store.remove('a');
    expect(await tab().all()).toEqual([]);
  });

  it('go when they are too many, the oldest first, but for pinned ones', async () => {
    const many = Array.from({ length: 5 }, (_, i) => record(`r${i}`, { finishedAtMs: i, pinned: i === 0 }));
    expect(surplus(many, 2)).toEqual(['r2', 'r1']);
    expect(surplus(many, 4)).toEqual([]);
    const db = await openDatabase(() => {});
    for (let i = 0; i < MOST_UNPINNED; i++) await db.put('runs', record(`r${i}`, { finishedAtMs: i + 1 }));
    db.close();
    const store = tab();
    await store.pin('r0', true);
    await store.put(record('new', { finishedAtMs: 5000 }));
    await store.put(record('newer', { finishedAtMs: 6000 }));
    const left = ids(await store.all());
    expect(left).toHaveLength(MOST_UNPINNED + 1);
    expect(left).toContain('r0');
    expect(left).not.toContain('r1');
  });

  it('the best has the score, then the objectives, then the quicker recovery', async () => {
    const met = { id: 'meanMs', title: 'Mean', met: true, value: 1, unit: 'ms', bound: 2 };
    const store = tab();
    await store.put(record('late', { objectives: [met], recoveredAfterS: 300 }));
    await store.put(record('soon', { objectives: [met], recoveredAfterS: 200 }));
    await store.put(record('none', { recoveredAfterS: 10 }));
    await store.put(record('other', { scenario: 'mmc', score: 100 }));
    expect((await store.best('prime-day'))?.id).toBe('soon');
    await store.put(record('scored', { kind: 'rescue', score: 5 }));
    expect((await store.best('prime-day'))?.id).toBe('scored');
    expect(await store.best('nothing')).toBeUndefined();
    expect([record('b', { finishedAtMs: 2 }), record('a')].sort(byMerit)[0].id).toBe('a');
  });

  it('are told of, here and in other tabs', async () => {
    const [store, other] = [tab(), tab()];
    let [here, there] = [0, 0];
    const end = store.onchange(() => here++);
    other.onchange(() => there++);
    await store.put(record('a'));
    await vi.waitFor(() => expect([here, there]).toEqual([1, 1]));
    end();
    await store.remove('a');
    expect(here).toBe(1);
  });

  it('that cannot be read are put aside; newer ones are left alone', async () => {
    const db = await openDatabase(() => {});
    await db.put('runs', { ...record('broken'), seed: 'x' });
    await db.put('runs', { ...record('newer'), form: 2 });
    const store = tab();
    await store.put(record('a'));
    expect(ids(await store.all())).toEqual(['a']);
    await store.put(record('newer'));
    expect(store.storage.text).toContain('newer version');
    expect(await db.get('runs', 'newer')).toMatchObject({ form: 2 });
    expect(await db.get('runs', 'broken')).toBeUndefined();
    expect(await db.getAll('aside')).toMatchObject([{ store: 'runs', stored: { id: 'broken' } }]);
    db.close();
  });

  it('hold until the page is closed where the browser keeps nothing', async () => {
    vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const store = tab();
    await store.put(record('a'));
    await store.pin('a', true);
    expect(await store.all()).toEqual([record('a', { pinned: true })]);
    expect(store.storage).toMatchObject({ ok: false });
    expect(store.storage.text).toContain('no more room');
  });

  it('stay on the list when there is room again', async () => {
    const store = tab();
    const blocked = vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await store.put(record('a'));
    blocked.mockRestore();
    await store.put(record('b', { finishedAtMs: 2 }));
    expect(ids(await store.all())).toEqual(['b', 'a']);
    await store.pin('a', true);
    expect(ids(await tab().all())).toEqual(['b', 'a']);
  });
});

it('a record says what reproduces the run, and what came of it', () => {
  const scenario = parseScenario(primeDay);
  const info = { engine: '1.0.0', seed: 7, scenario, intervalS: 1, intervals: 3600, columns: [] };
  const pulls = [{ atS: 1140, lever: 'l3', value: true }];
  const made = recordOf(
    {
      request: { scenario: 'prime-day', seed: 7, pulls },
      ...{ info, fingerprint: 'abc', address: '?x#/', requests: 12, recoveredAfterS: undefined },
      objectives: [
        { id: 'meanMs', value: 250, target: 300, met: true },
        { id: 'p99Ms', value: NaN, target: 1, met: false },
      ],
    },
    99,
  );
  expect(made).toEqual({
    ...record('abc', { seed: 7, pulls, finishedAtMs: 99, requests: 12, address: '?x#/' }),
    title: scenario.title,
    objectives: [{ id: 'meanMs', title: 'Mean response', unit: 'ms', met: true, value: 250, bound: 300 }],
  });
});
