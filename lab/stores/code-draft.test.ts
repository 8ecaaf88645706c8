import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodeDraft, type TextHolder } from './code-draft.svelte.ts';
import { left } from './progress/parting.ts';
import { ProgressStore } from './progress/store.ts';

const stores: ProgressStore[] = [];
const releases: (() => void)[] = [];
let page: EventTarget;
let nowMs = 1000;

function storage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

class Holder implements TextHolder {
  text: string;
  constructor(text: string) {
    this.text = text;
  }
  get saved(): unknown {
    return { doc: this.text };
  }
  replace(text: string): void {
    this.text = text;
  }
}

/** A tab with the exercise open. */
async function tab() {
  const store = new ProgressStore(
    () => nowMs,
    () => {},
  );
  stores.push(store);
  const draft = new CodeDraft(store, '01-a', 'the starter');
  await draft.load();
  const holder = new Holder(draft.opened.text);
  releases.push(draft.hold(holder));
  const type = async (text: string) => {
    holder.text = text;
    draft.changed();
    await draft.keep();
  };
  return { draft, holder, store, type };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  page = new EventTarget();
  nowMs = 1000;
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('localStorage', storage());
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});

afterEach(async () => {
  for (const release of releases.splice(0)) release();
  for (const store of stores.splice(0)) await store.close();
  vi.unstubAllGlobals();
});

describe('a draft', () => {
  it('opens with the starter, and then with what was typed', async () => {
    const { draft, type } = await tab();
    expect(draft.opened).toEqual({ text: 'the starter' });
    await type('mine');
    expect(draft.state).toBe('kept');
    expect((await tab()).draft.opened).toEqual({ text: 'mine', editor: { doc: 'mine' } });
  });

  it('is reset and brought back, each time with a version of what stood there', async () => {
    const { draft, holder, type } = await tab();
    await type('mine');
    await draft.reset();
    expect(holder.text).toBe('the starter');
    expect(draft.versions.map(({ text, why }) => [text, why])).toEqual([['mine', 'reset']]);
    nowMs = 2000;
    await draft.bringBack(draft.versions[0]);
    expect(holder.text).toBe('mine');
    expect(draft.versions.map(({ text }) => text)).toEqual(['the starter', 'mine']);
    await draft.bringBack(draft.versions[1]);
    expect(draft.notice).toContain('same already');
    expect(draft.versions).toHaveLength(2);
  });

  it('of another tab is told of, and can be taken', async () => {
    const [one, other] = [await tab(), await tab()];
    await one.type('of one');
    await vi.waitFor(() => expect(other.draft.elsewhere).toBe(true));
    await other.draft.takeOver();
    expect(other.holder.text).toBe('of one');
    expect(other.draft).toMatchObject({ elsewhere: false, state: 'kept' });
    await other.type('of other');
    expect(other.draft.notice).toBe('');
    await one.type('of one again');
    expect(one.draft.notice).toContain('Another tab');
    expect(one.draft.versions.map(({ text }) => text)).toContain('of other');
  });

  it('that was left within the pause is there on the next visit', async () => {
    const { draft, holder, store } = await tab();
    holder.text = 'typed last';
    draft.changed();
    vi.spyOn(store, 'keepDraft').mockResolvedValue(undefined);
    page.dispatchEvent(new Event('pagehide'));
    expect(left('01-a')).toMatchObject([{ text: 'typed last', base: 0 }]);
    const next = await tab();
    expect(next.draft.opened.text).toBe('typed last');
    expect(left('01-a')).toEqual([]);
  });

  it('that was left is a version when another tab wrote later', async () => {
    const { draft, holder, store } = await tab();
    holder.text = 'left';
    draft.changed();
    const keep = vi.spyOn(store, 'keepDraft').mockResolvedValue(undefined);
    page.dispatchEvent(new Event('pagehide'));
    await draft.keep();
    keep.mockRestore();
    nowMs = Date.now() + 1000;
    await store.keepDraft('01-a', { text: 'later', editor: null }, 0);
    const next = await tab();
    expect(next.draft.opened.text).toBe('later');
    expect(next.draft.versions.map(({ text }) => text)).toEqual(['left']);
  });

  it('stays on the page when nothing can be kept', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { draft, holder, type } = await tab();
    await type('mine');
    expect(draft.state).toBe('not');
    await draft.reset();
    expect(holder.text).toBe('the starter');
    expect(draft.notice).toContain('undo brings it back');
  });
});
