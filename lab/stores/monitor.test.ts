import { describe, expect, it } from 'vitest';
import type { Monitor } from '../../engine/runner/protocol.ts';
import { MonitorStore } from './monitor.svelte.ts';

const monitorOf = (...ids: string[]): Monitor => ({
  resources: [],
  effects: [],
  recommendations: ids.map((id, i) => ({
    ...{ id, weight: 9 - i, title: `Do ${id}`, why: '', lever: id, value: true },
    predicted: { figure: 'meanMs', now: 2, then: 1, by: '', with: '' },
  })),
});

describe('what is said aloud', () => {
  it('is each recommendation once, and not more than one sentence in a while', () => {
    let nowMs = 0;
    const store = new MonitorStore(() => nowMs);
    store.follow(monitorOf('a'));
    expect(store.announcement).toBe('New recommendation: Do a.');
    nowMs = 5000;
    store.follow(monitorOf('a', 'b'));
    store.follow(monitorOf('a', 'b', 'c'));
    expect(store.announcement).toBe('New recommendation: Do a.');
    nowMs = 20_000;
    store.follow(monitorOf('a', 'b', 'c'));
    expect(store.announcement).toBe('2 new recommendations. First: Do b.');
    nowMs = 60_000;
    store.follow(monitorOf());
    store.follow(monitorOf('a'));
    expect(store.announcement).toBe('2 new recommendations. First: Do b.');
  });

  it('begins anew with another run', () => {
    const store = new MonitorStore(() => 0);
    store.follow(monitorOf('a'));
    store.follow(undefined);
    expect([store.announcement, store.count]).toEqual(['', 0]);
    store.follow(monitorOf('a'));
    expect([store.announcement, store.count]).toEqual(['New recommendation: Do a.', 1]);
  });

  it('counts what can be taken, not what lingers', () => {
    const store = new MonitorStore(() => 0);
    store.follow(monitorOf('a', 'b'));
    store.follow(monitorOf('b'));
    expect([store.count, store.advice.length]).toEqual([1, 2]);
  });
});
