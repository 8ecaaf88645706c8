import type { TierAction, TierResult } from '../cache/flow/protocol.ts';
import type { SetResult } from '../cache/tiers/sync-store.ts';
import { PartialWrite } from '../cache/tiers/partial-write.ts';
import { TierError, type Tier, type TierOptions } from '../cache/tiers/tier.ts';
import type { CacheEntry } from '../cache/entry.ts';

/** A tier that tells what it evicts, as memory does. */
export interface ReportingTier extends Tier {
  setAndReport(entry: CacheEntry, options: TierOptions): Promise<SetResult>;
}

export const reports = (tier: Tier): tier is ReportingTier => 'setAndReport' in tier;

/** Carries out an operation on a tier; a rejection is the operation's failure. */
export async function callTier(tier: Tier, action: TierAction, options: TierOptions): Promise<TierResult> {
  switch (action.do) {
    case 'get': {
      const entry = await tier.get(action.key, options);
      return { ok: true, entry, value: entry?.value };
    }
    case 'set': {
      if (reports(tier)) return { ok: true, ...(await tier.setAndReport(action.entry, options)) };
      return { ok: true, kept: await tier.set(action.entry, options) };
    }
    case 'set-many':
      return { ok: true, keptEach: await setMany(tier, action.entries, options) };
    case 'delete':
      return { ok: true, count: (await tier.delete(action.key, options)) ? 1 : 0 };
    case 'delete-tag':
      return { ok: true, count: await tier.deleteByTag(action.tag, options) };
    case 'delete-prefix':
      return { ok: true, count: await tier.deleteByPrefix(action.prefix, options) };
    case 'clear':
      await tier.clear(options);
      return { ok: true };
    case 'touch':
      await tier.get(action.key, options);
      return { ok: true };
  }
}

/** What failed alone is undefined, which the flow takes for a failure of that entry. */
async function setMany(
  tier: Tier,
  entries: readonly CacheEntry[],
  options: TierOptions,
): Promise<readonly (boolean | undefined)[]> {
  try {
    return await tier.setMany(entries, options);
  } catch (error) {
    if (error instanceof PartialWrite) return error.keptEach;
    throw error;
  }
}

export function failureOf(error: unknown): Extract<TierResult, { ok: false }> {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, reason: error instanceof TierError ? error.reason : 'error', message };
}
