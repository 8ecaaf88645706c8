import type { SyncStore } from '../tiers/sync-store.ts';
import type { TierAction, TierResult } from './protocol.ts';

/** Carries out an operation on a store that answers at once. What it throws is its failure. */
export function applyToStore(store: SyncStore, action: TierAction, nowMs: number): TierResult {
  try {
    return apply(store, action, nowMs);
  } catch (error) {
    return { ok: false, reason: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

function apply(store: SyncStore, action: TierAction, nowMs: number): TierResult {
  switch (action.do) {
    case 'get': {
      const entry = store.get(action.key, nowMs);
      return { ok: true, entry, value: entry?.value };
    }
    case 'set': {
      const { kept, evicted } = store.set(action.entry, nowMs);
      return { ok: true, kept, evicted };
    }
    case 'set-many':
      return { ok: true, keptEach: action.entries.map((entry) => store.set(entry, nowMs).kept) };
    case 'delete':
      return { ok: true, count: store.delete(action.key, nowMs) ? 1 : 0 };
    case 'delete-tag':
      return { ok: true, count: store.deleteByTag(action.tag, nowMs) };
    case 'delete-prefix':
      return { ok: true, count: store.deleteByPrefix(action.prefix, nowMs) };
    case 'clear':
      store.clear();
      return { ok: true };
    case 'touch':
      store.touch(action.key, nowMs);
      return { ok: true };
  }
}
