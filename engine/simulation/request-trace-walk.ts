import { PathWalk, type PathNode } from './path-walk.ts';
import type { Recorder } from './recorder.ts';
import type { TierCaches } from './tier-caches.ts';

/** One lookup in a tier. */
export interface Look {
  node: number;
  tier: string;
  found: 'hit' | 'miss' | 'expired' | 'off';
  /** Of its own, ms. */
  tookMs: number;
  promotedTo: string[];
}

/** A walk that remembers its last probe while somebody watches. It walks as the other does. */
export class TracedWalk extends PathWalk {
  /** Lookups of the last probe in their order; of a lookup at a station, the one. */
  looks: Look[] = [];
  /** Tiers that the fresh answer since then was written to. */
  filled: string[] = [];
  private probing = false;
  private spentBefore = 0;

  constructor(
    path: readonly PathNode[],
    recorder: Recorder,
    private readonly watcher: { readonly watching: boolean },
  ) {
    super(path, recorder);
  }

  override probe(from: number, key: number, instance: number, nowMs: number): number {
    if (!this.watcher.watching) return super.probe(from, key, instance, nowMs);
    this.looks = [];
    this.filled = [];
    this.spentBefore = 0;
    this.probing = true;
    const tier = super.probe(from, key, instance, nowMs);
    this.probing = false;
    for (let i = from; i < this.stoppedAt; i++) {
      const node = this.path[i]!;
      if (node.tier && !node.tier.on)
        this.looks.push({ node: i, tier: node.tier.name, found: 'off', tookMs: 0, promotedTo: [] });
    }
    this.looks.sort((a, b) => a.node - b.node);
    return tier;
  }

  override lookup(at: number, tier: TierCaches, key: number, instance: number, nowMs: number): boolean {
    if (!this.watcher.watching) return super.lookup(at, tier, key, instance, nowMs);
    if (!this.probing) this.looks = [];
    const cache = tier.caches[tier.caches.length === 1 ? 0 : instance]!;
    const { expirations } = cache;
    const hit = super.lookup(at, tier, key, instance, nowMs);
    const promotedTo = hit ? this.onBefore(at) : [];
    const found = hit ? 'hit' : cache.expirations > expirations ? 'expired' : 'miss';
    const tookMs = this.probing ? this.spentMs - this.spentBefore : 0;
    this.spentBefore = this.spentMs;
    this.looks.push({ node: at, tier: tier.name, found, tookMs, promotedTo });
    return hit;
  }

  override fillBefore(from: number, key: number, instance: number, nowMs: number): void {
    super.fillBefore(from, key, instance, nowMs);
    if (this.watcher.watching) this.filled = this.onBefore(from);
  }

  private onBefore(node: number): string[] {
    return this.path
      .slice(0, node)
      .flatMap(({ tier }) => (tier?.on ? [tier.name] : []))
      .reverse();
  }
}
