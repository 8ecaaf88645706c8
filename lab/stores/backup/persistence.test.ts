import { afterEach, describe, expect, it, vi } from 'vitest';
import { ASKED } from './page-storage.ts';
import { askToKeep, askWhenKept, persistence, useOf } from './persistence.ts';

const manager = (kept: boolean, grants = kept) => ({
  persisted: vi.fn(() => Promise.resolve(kept)),
  persist: vi.fn(() => Promise.resolve(grants)),
  estimate: () => Promise.resolve({ usage: 5, quota: 10 }),
});
const storage = (items = new Map<string, string>()) =>
  ({
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
  }) as unknown as Storage;

let end = () => {};
afterEach(() => end());

describe('whether the browser keeps it', () => {
  it('says what the browser says, and that it cannot be asked', async () => {
    expect(await persistence(manager(true))).toBe('kept');
    expect(await persistence(manager(false))).toBe('may be cleared');
    expect(await persistence({})).toBe('cannot be asked');
    expect(await persistence({ ...manager(true), persisted: () => Promise.reject(new Error('no')) })).toBe(
      'cannot be asked',
    );
    expect(await askToKeep(manager(false, true))).toBe('kept');
    expect(await askToKeep({})).toBe('cannot be asked');
  });

  it('tells the use, or nothing', async () => {
    expect(await useOf(manager(true))).toEqual({ usedBytes: 5, roomBytes: 10 });
    expect(await useOf({})).toBeUndefined();
    expect(await useOf({ estimate: () => Promise.reject(new Error('no')) })).toBeUndefined();
  });

  it('is asked when the first thing was kept, once for the browser', async () => {
    const items = new Map<string, string>();
    const asked = manager(false);
    end = askWhenKept(asked, storage(items));
    expect(asked.persist).not.toHaveBeenCalled();
    const door = new BroadcastChannel('surge-lab-quiz');
    door.postMessage('s-1');
    door.postMessage('s-1');
    await vi.waitFor(() => expect(asked.persist).toHaveBeenCalledOnce());
    expect(items.get(ASKED)).toBe('yes');
    const later = manager(false);
    end = askWhenKept(later, storage(items));
    const listener = new BroadcastChannel('surge-lab-quiz');
    const heard = new Promise((resolve) => listener.addEventListener('message', resolve));
    door.postMessage('s-2');
    await heard;
    door.close();
    listener.close();
    expect(later.persist).not.toHaveBeenCalled();
    expect(asked.persist).toHaveBeenCalledOnce();
  });
});
