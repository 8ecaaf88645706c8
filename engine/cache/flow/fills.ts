import type { CacheEntry } from '../entry.ts';
import { freshnessOf } from '../entry.ts';
import type { Deletions } from './deletions.ts';
import { covers } from './invalidation.ts';
import { lifeInTier, POLICY } from './make-entry.ts';
import { whatIsWrongWith } from './check-entry.ts';
import type { LevelWrite, Target, TierResult } from './protocol.ts';
import type { TierDesk } from './tier-desk.ts';
import type { Found, Walk } from './walk.ts';
import type { Workshop } from './workshop.ts';
import type { WriteBehind } from './write-behind.ts';

type Why = 'promotions' | 'fills' | 'demotions' | 'writes';

/** Puts entries into tiers, as the hierarchy wants it. */
export class Fills {
  /** By tier, the entries that are being written. */
  private readonly onTheirWay: readonly Set<CacheEntry>[];

  constructor(
    private readonly shop: Workshop,
    private readonly desk: TierDesk,
    private readonly queue: WriteBehind,
    private readonly deletions: Deletions,
  ) {
    this.onTheirWay = shop.tiers.map(() => new Set());
  }

  /** Copies (exclusive: moves) what was found to the faster tiers of the walk. Returns the names of those asked. */
  promote(walk: Walk, found: Found, nowMs: number): string[] {
    const { settings, tiers } = this.shop;
    if (found.entry.accessCount < settings.promoteOnUse) return [];
    let faster = walk.tiers.slice(0, walk.tiers.indexOf(found.tier));
    if (faster.length === 0) return [];
    if (settings.hierarchy === 'exclusive') {
      faster = faster.slice(0, 1);
      this.drop(found.tier, walk.key, nowMs);
    }
    this.putAll(faster, found, 'promotions', nowMs);
    return faster.map((tier) => tiers[tier].name);
  }

  /** Puts what the origin gave into all tiers of the walk, the slowest first; exclusive: into the fastest only. */
  fill(walk: Walk, entry: CacheEntry, value: unknown, nowMs: number): void {
    const { tiers } = walk;
    const exclusive = this.shop.settings.hierarchy === 'exclusive';
    if (exclusive && walk.spare && walk.spare.tier !== tiers[0]) this.drop(walk.spare.tier, walk.key, nowMs);
    this.putAll(exclusive ? tiers.slice(0, 1) : tiers, { entry, value }, 'fills', nowMs);
  }

  /** Tells the slower tiers of a walk that an entry was used in a faster one. */
  touchSlower(walk: Walk, foundIn: number, nowMs: number): void {
    if (this.shop.settings.hierarchy !== 'inclusive-synced') return;
    for (const tier of walk.tiers.slice(walk.tiers.indexOf(foundIn) + 1))
      this.desk.ask(tier, { do: 'touch', key: walk.key }, nowMs, () => {});
  }

  /** The slowest first. In an inclusive hierarchy a tier waits for the slower one, whose victims it has to give up first. */
  private putAll(
    tiers: readonly number[],
    what: { entry: CacheEntry; value: unknown },
    why: Why,
    nowMs: number,
  ): void {
    if (this.shop.settings.hierarchy !== 'inclusive') {
      for (let i = tiers.length - 1; i >= 0; i--) this.put(tiers[i], what, why, nowMs);
      return;
    }
    const { log } = this.shop;
    const mark = log.mark();
    const next = (i: number, thenMs: number): void => {
      if (i < 0 || log.outdates(mark, what.entry)) log.release(mark);
      else this.put(tiers[i], what, why, thenMs, (_, endMs) => next(i - 1, endMs));
    };
    next(tiers.length - 1, nowMs);
  }

  /** One entry into one tier: through, or into the queue of a tier that is written behind. `done` hears what became of it. */
  put(
    tier: number,
    what: { entry: CacheEntry; value: unknown },
    why: Why,
    nowMs: number,
    done: (write: LevelWrite, nowMs: number) => void = () => {},
  ): void {
    const { shop } = this;
    const { name, level, maxTtlMs, writes } = shop.tiers[tier];
    const entry = lifeInTier(what.entry, maxTtlMs, nowMs);
    if (why !== 'writes') shop.flows[tier][why]++;
    if (writes === 'behind' && this.queue.add(tier, entry, what.value, why === 'writes', nowMs)) {
      done({ tier: name, level, result: 'queued' }, nowMs);
      return;
    }
    const mark = shop.log.mark();
    const tombstones = shop.tombstones[tier];
    // Until the new value is there, the old one must not be served for it.
    const stone =
      why === 'writes' ? tombstones.set({ kind: 'key', key: entry.key }, nowMs, 'busy') : undefined;
    this.onTheirWay[tier].add(entry);
    this.desk.change(tier, entry.key, { do: 'set', entry }, nowMs, (result, thenMs) => {
      this.onTheirWay[tier].delete(entry);
      const change = shop.log.since(mark, entry.key, entry.tags);
      // What was invalidated, here or since the tier evicted it, goes nowhere.
      const evicted = evictedBy(result);
      const valid = evicted.filter((e) => !shop.log.outdates(mark, e) && !tombstones.bars(e));
      shop.log.release(mark);
      if (!result.ok) {
        shop.flows[tier].writeFailures++;
        if (stone) stone.state = 'due';
        else if (change && !change.write) this.drop(tier, entry.key, thenMs); // it may have arrived all the same
        done({ tier: name, level, result: 'failed', error: result.message }, thenMs);
        return;
      }
      const kept = result.kept === true;
      if (!kept) shop.flows[tier].declined++;
      // Deleted while it was being written (and not written anew since), or declined, so that an older one may be left.
      if ((change && !change.write) || (!kept && stone)) this.drop(tier, entry.key, thenMs);
      else if (stone) tombstones.lift(stone);
      else if (kept) tombstones.liftBefore(entry.key, nowMs);
      shop.flows[tier].evictions += evicted.length;
      this.onEvicted(tier, valid, thenMs);
      done({ tier: name, level, result: kept ? 'kept' : 'declined' }, thenMs);
    });
  }

  /** Deletes a key in one tier. */
  drop(tier: number, key: string, nowMs: number): void {
    const target = { kind: 'key', key } as const;
    this.queue.forget(tier, target, nowMs);
    this.deletions.delete(tier, target, nowMs);
  }

  /** What is being written while it is invalidated may arrive after the deletion; it is deleted again then. */
  barWhatIsOnItsWay(tier: number, target: Target, nowMs: number): void {
    for (const { key, tags } of this.onTheirWay[tier])
      if (covers(target, key, tags)) this.shop.tombstones[tier].set({ kind: 'key', key }, nowMs, 'busy');
  }

  private onEvicted(tier: number, evicted: readonly CacheEntry[], nowMs: number): void {
    const { settings, flows } = this.shop;
    for (const entry of evicted) {
      if (settings.hierarchy === 'exclusive') this.demote(tier, entry, nowMs);
      if (settings.hierarchy === 'inclusive')
        for (const faster of this.neighbours(tier, entry).before) {
          flows[faster].backInvalidations++;
          this.deletions.delete(faster, { kind: 'key', key: entry.key }, nowMs);
        }
    }
  }

  private demote(tier: number, entry: CacheEntry, nowMs: number): void {
    const next = this.neighbours(tier, entry).after[0];
    if (next === undefined || freshnessOf(entry, nowMs) === 'expired') return;
    this.put(next, { entry, value: entry.value }, 'demotions', nowMs);
  }

  /** The tiers before and after this one, of those that the entry's policy allows it to be in. */
  private neighbours(
    tier: number,
    entry: CacheEntry,
  ): { before: readonly number[]; after: readonly number[] } {
    const tiers = this.shop.tiersOf(this.shop.policy(entry.metadata[POLICY]));
    const at = tiers.indexOf(tier);
    return { before: tiers.slice(0, Math.max(0, at)), after: at < 0 ? [] : tiers.slice(at + 1) };
  }
}

/** What a tier says it evicted, as far as these are entries. */
function evictedBy(result: TierResult): readonly CacheEntry[] {
  if (!result.ok || !Array.isArray(result.evicted)) return [];
  const { evicted } = result as { evicted: readonly CacheEntry[] };
  return evicted.filter((entry) => whatIsWrongWith(entry, (entry as CacheEntry | null)?.key) === undefined);
}
