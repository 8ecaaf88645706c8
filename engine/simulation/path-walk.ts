import type { Recorder } from './recorder.ts';
import type { Station } from './station.ts';
import type { TierCaches } from './tier-caches.ts';

/** A place on the way of a request: a tier, a station, or a tier whose lookups a station serves. */
export interface PathNode {
  tier: TierCaches | null;
  station: Station | null;
}

/**
 * How a request meets the tiers: it asks one after the other, a found entry is copied to the tiers before it, a fresh
 * answer fills them all.
 */
export class PathWalk {
  /** Where the last `probe` stopped: the answering tier's node, the station to ask, or the path's end. */
  stoppedAt = 0;
  /** Lookup time spent by the last `probe`, ms. */
  spentMs = 0;
  /** Node where an entry was found that is due to be renewed; −1: none. Whoever renews it sets it back. */
  nearEndAt = -1;

  constructor(
    readonly path: readonly PathNode[],
    private readonly recorder: Recorder,
  ) {}

  /**
   * Asks the tiers from node `from` on that answer without a queue. Returns the index of the tier that has the key, or −1
   * when a station must be asked or the path has ended. An answer's lookup time lies ahead, the caches change at once.
   */
  probe(from: number, key: number, instance: number, nowMs: number): number {
    const { path } = this;
    this.spentMs = 0;
    let i = from;
    for (; i < path.length; i++) {
      const { tier, station } = path[i]!;
      if (tier === null) break;
      if (!tier.on) continue;
      if (station !== null) break;
      this.spentMs += tier.lookupTime.next();
      if (this.lookup(i, tier, key, instance, nowMs)) {
        this.stoppedAt = i;
        return tier.index;
      }
    }
    this.stoppedAt = i;
    return -1;
  }

  /** One lookup at node `at`; a found entry is promoted. */
  lookup(at: number, tier: TierCaches, key: number, instance: number, nowMs: number): boolean {
    this.recorder.tierLookups[tier.index]!++;
    if (!tier.lookup(key, instance, nowMs)) return false;
    if (tier.refreshAheadMs > 0 && tier.foundExpiresAtMs - nowMs <= tier.refreshAheadMs) this.nearEndAt = at;
    for (let i = at - 1; i >= 0; i--) {
      const faster = this.path[i]!.tier;
      if (faster?.on) faster.promote(key, instance, nowMs, tier.foundExpiresAtMs);
    }
    return true;
  }

  /** A fresh answer of node `from` fills the tiers before it. */
  fillBefore(from: number, key: number, instance: number, nowMs: number): void {
    for (let i = from - 1; i >= 0; i--) {
      const tier = this.path[i]!.tier;
      if (tier?.on) tier.fill(key, instance, nowMs);
    }
  }

  /** An answer for nobody fills the shared tiers; which instance asked is known no more. */
  fillSharedBefore(station: Station, key: number, nowMs: number): void {
    const from = this.path.findIndex((n) => n.station === station && n.tier === null);
    for (let i = from - 1; i >= 0; i--) {
      const tier = this.path[i]!.tier;
      if (tier?.on && tier.settings.scope === 'shared') tier.fill(key, 0, nowMs);
    }
  }
}
