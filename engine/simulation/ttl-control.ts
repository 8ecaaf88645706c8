import { TtlTuner, type TtlTunerSettings } from '../cost/ttl-tuner.ts';
import type { ControlsSettings } from './controls-schema.ts';
import type { TierCaches } from './tier-caches.ts';

/**
 * Moves the TTL of some tiers towards the target hit rate. The measures of a tight budget lengthen what the tuner (or the operator) has set,
 * and give it back when they end.
 */
export class TtlControl {
  tuner: TtlTuner;
  private readonly base: Map<TierCaches, number>;
  private factor = 1;
  private hits = 0;
  private requests = 0;

  constructor(
    settings: NonNullable<ControlsSettings['ttl']>,
    private readonly tiers: readonly TierCaches[],
  ) {
    this.base = new Map(tiers.map((t) => [t, t.ttlMs]));
    const firstMs = tiers[0]!.ttlMs;
    this.tuner = tunerFrom({ ...settings.tuner }, firstMs, 0);
  }

  /** @param hits, requests totals since the run began. */
  tick(hits: number, requests: number, factor: number, nowMs: number): void {
    const { settings } = this.tuner;
    for (const tier of this.tiers)
      // Somebody has moved the lever since: that is the TTL to start from now.
      if (tier.ttlMs !== this.base.get(tier)! * this.factor) this.base.set(tier, tier.ttlMs / this.factor);
    if (!settings.on) this.tuner = tunerFrom(settings, this.base.get(this.tiers[0]!)!, nowMs);
    const ttlS = this.tuner.update(hits - this.hits, requests - this.requests, nowMs);
    this.hits = hits;
    this.requests = requests;
    for (const tier of this.tiers) {
      if (settings.on) this.base.set(tier, ttlS * 1000);
      tier.ttlMs = this.base.get(tier)! * factor;
    }
    this.factor = factor;
  }
}

/** Once turned on, it starts from the TTL that is in force then. */
function tunerFrom(settings: TtlTunerSettings, ttlMs: number, nowMs: number): TtlTuner {
  return new TtlTuner(settings, ttlMs === Infinity ? settings.maxS : ttlMs / 1000, nowMs);
}
