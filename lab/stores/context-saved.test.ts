import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleConversation } from '../../engine/latency/context/samples.ts';
import { ContextSaved, DATABASE, type SavedState } from './context-saved.ts';
import { DEFAULT_SETTINGS } from './context-settings.ts';

const conversation = {
  name: 'mine',
  messages: sampleConversation({ kind: 'support', exchanges: 3, seed: 1 }),
};
const settings = { ...DEFAULT_SETTINGS, windowTokens: 900 };
let told: SavedState[];
const saved = () => new ContextSaved((state) => told.push(state));

beforeEach(() => {
  told = [];
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('what the learner pasted and set', () => {
  it('is there again; the last of several changes stays', async () => {
    const store = saved();
    void store.saveConversation({ ...conversation, name: 'older' });
    void store.saveSettings(settings);
    await store.saveConversation(conversation);
    expect(told.at(-1)).toEqual({ ok: true, text: 'Kept in this browser.' });
    expect(await saved().load()).toEqual({ conversation, settings });
    await store.clear();
    expect(await saved().load()).toEqual({ conversation: undefined, settings: undefined });
  });

  it('is left out when it cannot be read, and said to be; the other half stays', async () => {
    await saved().saveConversation(conversation);
    await saved().saveSettings(settings);
    const db = await openDB(DATABASE);
    await db.put('kept', { name: 'x', messages: [{ role: 'nobody' }] }, 'conversation');
    db.close();
    expect(await saved().load()).toEqual({ conversation: undefined, settings });
    expect(told.at(-1)).toMatchObject({
      ok: false,
      text: expect.stringContaining('another version') as string,
    });
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
  ])('is held in memory when %s', async (_, break_, why) => {
    break_();
    const store = saved();
    expect(await store.load()).toEqual({ conversation: undefined, settings: undefined });
    await store.saveConversation(conversation);
    await store.clear();
    expect(told.every(({ ok }) => !ok)).toBe(true);
    expect(told[0].text).toContain(why);
    expect(told[0].text).toContain('until this page is closed');
  });

  it('is said not to fit when the storage is full', async () => {
    const store = saved();
    await store.saveSettings(settings);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await store.saveConversation(conversation);
    expect(told.at(-1)!.text).toContain('no more room');
  });
});
