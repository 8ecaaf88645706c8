import type { CacheEntry } from '../../entry.ts';
import { RandomStream } from '../../../core/random.ts';
import type { SyncStore } from '../../tiers/sync-store.ts';
import type { TierAction, TierResult } from '../protocol.ts';
import type { VirtualTier } from '../virtual-driver.ts';

export interface FaultShares {
  /** Rejects. */
  fail: number;
  /** Answers late, about the tier's time-out; or never. */
  slow: number;
  /** Returns an expired entry, another key's, or garbage; claims nonsense about writes. */
  lie: number;
}

/** A tier with chaos around it: the same operations fail whenever the seed is the same. */
export function faultyTier(
  store: SyncStore,
  seed: number,
  shares: FaultShares,
  usualMs: number,
  timeoutMs: number,
): VirtualTier {
  const random = new RandomStream(seed, 'faults');
  return {
    store,
    latencyMs() {
      if (random.uniform() >= shares.slow) return usualMs * random.uniform();
      return random.uniform() < 0.2 ? Infinity : 2 * timeoutMs * random.uniform();
    },
    fault(action, nowMs) {
      const u = random.uniform();
      if (u < shares.fail)
        return { ok: false, reason: u < shares.fail / 2 ? 'unreachable' : 'error', message: 'chaos' };
      if (u < shares.fail + shares.lie) return lie(action, store, nowMs, random);
      return undefined;
    },
  };
}

function lie(
  action: TierAction,
  store: SyncStore,
  nowMs: number,
  random: RandomStream,
): TierResult | undefined {
  if (action.do === 'set-many') {
    const kept = action.entries.map((entry) => store.set(entry, nowMs).kept);
    return { ok: true, keptEach: kept.slice(0, random.below(kept.length + 1)) };
  }
  if (action.do === 'set') return { ok: true, kept: 'yes' as never };
  if (action.do !== 'get') return undefined;
  const true_ = store.get(action.key, nowMs);
  const expired: CacheEntry = {
    key: action.key,
    value: { of: action.key, bornMs: -1e9, sequence: -1 },
    createdAtMs: -1e9,
    lastAccessedAtMs: -1e9,
    accessCount: 1,
    freshUntilMs: -1e8,
    staleUntilMs: nowMs - random.uniform(),
    sizeBytes: 10,
    tags: [],
    metadata: {},
  };
  const lies: unknown[] = [
    expired,
    { ...(true_ ?? expired), key: `${action.key}!`, staleUntilMs: Infinity, freshUntilMs: Infinity },
    { ...(true_ ?? expired), freshUntilMs: 'tomorrow' },
    { ...(true_ ?? expired), freshUntilMs: 5, staleUntilMs: 3 },
    { ...(true_ ?? expired), tags: 'all' },
    null,
    'garbage',
    {},
  ];
  const entry = lies[random.below(lies.length)] as CacheEntry;
  return { ok: true, entry, value: (entry as { value?: unknown } | null)?.value };
}
