import { SlotCache } from '../cache/slot-cache.ts';
import { LawSampler } from '../core/distributions.ts';
import { RandomStream } from '../core/random.ts';
import type { PlugIns } from './plug-ins.ts';
import type { TierSettings } from './scenario.ts';

/** One tier of a cell: a shared cache, or one for each instance. */
export class TierCaches {
  on: boolean;
  ttlMs: number;
  readonly lookupTime: LawSampler;
  readonly caches: SlotCache[];
  readonly sliding: boolean;
  /** An entry found this close to its end is renewed; 0: none. */
  refreshAheadMs: number;
  /** Infinity: only the caller's time-out counts. */
  lookupTimeoutMs: number;
  onFailure: 'fail' | 'miss';
  private readonly faults: RandomStream;

  constructor(
    readonly index: number,
    readonly name: string,
    readonly settings: TierSettings,
    seed: number,
    instances: number,
    plugIn?: PlugIns['caches'],
    /** Of the population. */
    keys = 0,
  ) {
    this.on = settings.on;
    this.ttlMs = settings.ttlS === null ? Infinity : settings.ttlS * 1000;
    this.sliding = settings.ttlMode === 'sliding';
    this.refreshAheadMs = (settings.refreshAheadS ?? 0) * 1000;
    this.lookupTimeoutMs = settings.lookupTimeoutMs ?? Infinity;
    this.onFailure = settings.onFailure ?? 'fail';
    this.lookupTime = new LawSampler(settings.lookup, new RandomStream(seed, `lookup:${name}`));
    this.faults = new RandomStream(seed, `faults:${name}`);
    const policy = plugIn?.tier === name ? plugIn.policy : settings.policy;
    this.caches = Array.from(
      { length: settings.scope === 'instance' ? instances : 1 },
      () => new SlotCache(settings.capacityEntries, policy, Infinity, keys),
    );
  }

  /** When the entry that `lookup` found expires. */
  foundExpiresAtMs = 0;

  lookup(key: number, instance: number, nowMs: number): boolean {
    const cache = this.cacheOf(instance);
    const slot = cache.lookup(key, nowMs);
    if (slot < 0) return false;
    if (this.sliding) cache.setExpiry(slot, nowMs + this.ttlMs);
    this.foundExpiresAtMs = cache.expiresAtMs(slot);
    return true;
  }

  /** Copies that came with a fresh answer, and copies of what a slower tier had. */
  fills = 0;
  promotions = 0;
  renewals = 0;

  /** A fresh answer. */
  fill(key: number, instance: number, nowMs: number): void {
    this.fills++;
    this.cacheOf(instance).insert(key, nowMs + this.ttlMs);
  }

  /** An entry that a slower tier had, where it expires at `noLaterThanMs`: it keeps the rest of its life (C11). */
  promote(key: number, instance: number, nowMs: number, noLaterThanMs: number): void {
    this.promotions++;
    const expiresAtMs = nowMs + this.ttlMs;
    this.cacheOf(instance).insert(key, expiresAtMs < noLaterThanMs ? expiresAtMs : noLaterThanMs);
  }

  /** Fills every cache of the tier with keys 0 … size − 1, the least popular first, ages spread over the time to live. */
  preload(size: number, seed: number): void {
    const ages = new RandomStream(seed, `preload:${this.name}`);
    for (const cache of this.caches)
      for (let key = size - 1; key >= 0; key--)
        cache.insert(key, this.ttlMs === Infinity ? Infinity : this.ttlMs * ages.uniform());
  }

  /** Loses a share of the entries, at random; 1 loses all. */
  lose(share: number): void {
    for (const cache of this.caches) {
      if (share >= 1) cache.clear();
      else cache.lose(() => this.faults.uniform() < share);
    }
  }

  /** What is held is out of date: it goes, or, where entries are renewed ahead, counts as near its end from now on. */
  purge(nowMs: number): void {
    for (const cache of this.caches)
      if (this.refreshAheadMs > 0) cache.endBy(nowMs + this.refreshAheadMs);
      else cache.clear();
  }

  resize(capacityEntries: number): void {
    for (const cache of this.caches) cache.resize(capacityEntries);
  }

  get capacity(): number {
    return this.caches[0]!.capacity;
  }
  get entries(): number {
    return this.caches.reduce((n, cache) => n + cache.size, 0);
  }

  private cacheOf(instance: number): SlotCache {
    return this.caches.length === 1 ? this.caches[0]! : this.caches[instance]!;
  }
}
