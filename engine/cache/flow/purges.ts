import type { TierLevel } from '../tiers/tier.ts';
import type { Deletions } from './deletions.ts';
import type { Fills } from './fills.ts';
import { covers } from './invalidation.ts';
import type { Loads } from './loads.ts';
import type { BusMessage, FlowEvent, InvalidationOutcome, Target } from './protocol.ts';
import type { FlowTier } from './settings.ts';
import type { Workshop } from './workshop.ts';
import type { WriteBehind } from './write-behind.ts';

/** Invalidation by key, tag or prefix, here and in the other instances (C13). */
export class Purges {
  constructor(
    private readonly shop: Workshop,
    private readonly queue: WriteBehind,
    private readonly deletions: Deletions,
    private readonly fills: Fills,
    private readonly loads: Loads,
  ) {}

  invalidate({ request, target, levels }: Extract<FlowEvent, { kind: 'invalidate' }>, nowMs: number): void {
    const { shop } = this;
    shop.counts.invalidations++;
    const tiers = indicesOf(shop.tiers, levels);
    this.outdate(target, nowMs, false);
    const results: InvalidationOutcome['levels'][number][] = [];
    /** At once, so that what the others have under way is outdated; and again when the shared tiers are done. */
    const publish = (): void => {
      if (levels !== undefined) return;
      const failedAt = results.filter(({ error }) => error !== undefined).map(({ level }) => level);
      shop.effect({ kind: 'publish', change: { target, atMs: nowMs, write: false, failedAt } });
    };
    publish();
    let missing = tiers.length;
    const answer = (): void => {
      if (tiers.some((tier) => !shop.tiers[tier].synchronous)) publish();
      shop.effect({ kind: 'invalidated', request, outcome: { target, levels: results } });
    };
    if (missing === 0) answer();
    for (const [i, tier] of tiers.entries())
      this.purge(tier, target, nowMs, (deleted, error) => {
        const { name, level } = shop.tiers[tier];
        results[i] = { tier: name, level, deleted, ...(error === undefined ? {} : { error }) };
        if (--missing === 0) answer();
      });
  }

  /** Another instance changed something; it has seen to the shared tiers itself. */
  onHeard({ target, atMs, write, failedAt }: BusMessage, nowMs: number): void {
    const changedMs = Math.min(atMs, nowMs);
    this.outdate(target, changedMs, write);
    for (const [tier, { capabilities, level }] of this.shop.tiers.entries()) {
      if (!capabilities.shared) this.purge(tier, target, nowMs, () => {});
      else {
        this.queue.forget(tier, target, nowMs, write);
        // The sender tries again itself.
        if (failedAt.includes(level)) this.shop.tombstones[tier].set(target, changedMs, 'idle');
      }
    }
  }

  private outdate(target: Target, atMs: number, write: boolean): void {
    this.shop.log.add(target, atMs, write);
    this.loads.detach((key, tags) => covers(target, key, tags));
  }

  private purge(
    tier: number,
    target: Target,
    nowMs: number,
    done: (deleted: number, error?: string) => void,
  ): void {
    this.queue.forget(tier, target, nowMs);
    this.fills.barWhatIsOnItsWay(tier, target, nowMs);
    this.deletions.delete(tier, target, nowMs, (deleted, error) => {
      this.shop.flows[tier].invalidated += deleted;
      done(deleted, error);
    });
  }
}

function indicesOf(tiers: readonly FlowTier[], levels: readonly TierLevel[] | undefined): number[] {
  return [...tiers.keys()].filter((tier) => levels === undefined || levels.includes(tiers[tier].level));
}
