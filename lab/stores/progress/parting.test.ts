import { describe, expect, it } from 'vitest';
import { forget, leave, left } from './parting.ts';

/** A storage that holds `most` characters. */
function storage(most = Infinity): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

const parting = (text: string, atMs: number) => ({ text, editor: { doc: text }, base: 3, atMs });

describe('what a page leaves behind', () => {
  it('is found by the next one, the oldest first, each exercise for itself', () => {
    const here = storage();
    leave('01-a', 'two', parting('later', 20), here);
    leave('01-a', 'one', parting('earlier', 10), here);
    leave('02-b', 'one', parting('other', 5), here);
    expect(left('01-a', here)).toEqual([
      { tab: 'one', ...parting('earlier', 10) },
      { tab: 'two', ...parting('later', 20) },
    ]);
    forget('01-a', 'one', here);
    expect(left('01-a', here).map(({ tab }) => tab)).toEqual(['two']);
  });

  it('goes without its history where that does not fit, and is told where nothing fits', () => {
    const here = storage(100);
    expect(leave('01-a', 'one', { ...parting('text', 1), editor: 'x'.repeat(200) }, here)).toBe(true);
    expect(left('01-a', here)).toMatchObject([{ text: 'text', editor: null }]);
    expect(leave('01-a', 'two', parting('x'.repeat(200), 1), here)).toBe(false);
  });

  it('is left alone when it cannot be read', () => {
    const here = storage();
    here.setItem('surge-lab-parting/01-a/one', 'no JSON');
    here.setItem('surge-lab-parting/01-a/two', '{"form":2,"text":"newer"}');
    expect(left('01-a', here)).toEqual([]);
    expect(here.length).toBe(2);
  });

  it('is nothing where there is no storage', () => {
    expect(leave('01-a', 'one', parting('text', 1), undefined)).toBe(false);
    expect(left('01-a', undefined)).toEqual([]);
  });
});
