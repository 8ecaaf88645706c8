import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './progress/database.ts';
import { ScenariosSaved } from './scenarios-saved.ts';

let nowMs = 0;
let ids = 0;
let open: ScenariosSaved[] = [];
function tab(): ScenariosSaved {
  const one = new ScenariosSaved(
    () => nowMs++,
    () => `id${ids++}`,
  );
  open.push(one);
  return one;
}

beforeEach(() => {
  nowMs = 1000;
  ids = 0;
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a scenario of one’s own', () => {
  it('is kept, listed the latest first, and there again after a reload', async () => {
    const saved = tab();
    const a = await saved.create('Desk', '{}');
    const b = await saved.create('Desk', '{"name":');
    expect([a.name, b.name]).toEqual(['Desk', 'Desk (2)']);
    expect(await saved.save(a, { text: '{"a":1}' })).toMatchObject({
      is: 'kept',
      record: { revision: 2, text: '{"a":1}', name: 'Desk' },
    });
    expect((await tab().all()).map(({ id, text }) => [id, text])).toEqual([
      ['id0', '{"a":1}'],
      ['id1', '{"name":'],
    ]);
    expect(await tab().get('id9')).toBeUndefined();
  });

  it('is taken away, and comes back as it was', async () => {
    const saved = tab();
    const a = await saved.create('Desk', '{}');
    await saved.remove(a.id);
    expect(await saved.all()).toEqual([]);
    expect(await saved.save(a, { text: 'x' })).toEqual({ is: 'gone' });
    await saved.put(a);
    expect(await saved.all()).toEqual([a]);
  });
});

describe('two tabs', () => {
  it('do not undo each other’s work: the second is told, and nothing is lost', async () => {
    const [one, other] = [tab(), tab()];
    const a = await one.create('Desk', 'first');
    const read = (await other.get(a.id))!;
    await one.save(a, { text: 'of one' });
    expect(await other.save(read, { text: 'of the other' })).toMatchObject({
      is: 'conflict',
      theirs: { text: 'of one', revision: 2 },
    });
    expect((await one.get(a.id))!.text).toBe('of one');
    const both = await other.create(read.name, 'of the other');
    expect((await one.all()).map(({ name, text }) => [name, text])).toEqual([
      ['Desk (2)', 'of the other'],
      ['Desk', 'of one'],
    ]);
    expect(both.id).not.toBe(a.id);
  });

  it('hear of each other', async () => {
    const [one, other] = [tab(), tab()];
    const heard = new Promise<void>((resolve) => other.onchange(resolve));
    await one.create('Desk', '{}');
    await heard;
  });
});

describe('a browser that keeps nothing', () => {
  it('is told of, and the work holds until the page is closed', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const saved = tab();
    const a = await saved.create('Desk', '{}');
    expect(saved.storage).toMatchObject({
      ok: false,
      text: expect.stringContaining('hold until this page is closed') as string,
    });
    expect(await saved.save(a, { text: 'more' })).toMatchObject({
      is: 'held',
      record: { text: 'more', revision: 2, name: 'Desk' },
    });
    expect((await saved.all()).map(({ text }) => text)).toEqual(['more']);
  });

  it('because it is full, is survived, and what was held is kept as soon as there is room', async () => {
    const saved = tab();
    const a = await saved.create('Desk', '{}');
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const held = await saved.save(a, { text: 'more' });
    expect([held.is, saved.storage.text]).toEqual(['held', expect.stringContaining('no more room')]);
    expect((await saved.get(a.id))!.text).toBe('more');
    full.mockRestore();
    if (held.is !== 'held') throw new Error('it was not held');
    expect(await saved.save(held.record, { text: 'most' })).toMatchObject({
      is: 'kept',
      record: { text: 'most' },
    });
    expect((await tab().get(a.id))!.text).toBe('most');
    expect(saved.storage.ok).toBe(true);
  });
});

describe('a record', () => {
  const put = async (value: unknown): Promise<void> => {
    const db = await openDatabase(() => undefined);
    await db.put('scenarios', value);
    db.close();
  };
  it('of a newer lab is left alone', async () => {
    await put({ form: 2, id: 'a', more: true });
    const saved = tab();
    expect(await saved.all()).toEqual([]);
    expect(saved.storage.text).toContain('newer version');
    const db = await openDatabase(() => undefined);
    expect(await db.get('scenarios', 'a')).toEqual({ form: 2, id: 'a', more: true });
    db.close();
  });
  it('that is broken is put aside', async () => {
    await put({ form: 1, id: 'a', text: 7 });
    const saved = tab();
    expect(await saved.all()).toEqual([]);
    const db = await openDatabase(() => undefined);
    expect([(await db.getAll('scenarios')).length, (await db.getAll('aside')).length]).toEqual([0, 1]);
    db.close();
  });
});
