import { InputError, show } from '../../core/errors.ts';
import { RandomStream } from '../../core/random.ts';
import type { BreakerState } from './circuit-breaker.ts';
import { Deletions } from './deletions.ts';
import { Fills } from './fills.ts';
import type { FlowCounts, TierFlow } from './flow-stats.ts';
import { Loads } from './loads.ts';
import { Lookups } from './lookups.ts';
import type { FlowPolicy } from './policy.ts';
import type { Effect, FlowEvent } from './protocol.ts';
import { Purges } from './purges.ts';
import { parseFlowSettings, parseFlowTiers, type FlowSettingsInput, type FlowTierInput } from './settings.ts';
import { TierDesk } from './tier-desk.ts';
import { Workshop } from './workshop.ts';
import { WriteBehind, type WriteBehindStats } from './write-behind.ts';
import { Writes } from './writes.ts';

export interface TieredCacheOptions {
  tiers: readonly FlowTierInput[];
  settings?: FlowSettingsInput;
  /** Beside `default`; a policy of that name replaces it. */
  policies?: readonly FlowPolicy[];
  /** For jitter and early refresh. */
  seed: number;
}

/**
 * The cache of one agent instance over several tiers (C10–C13): a synchronous state machine. An event goes in with the time, effects
 * come out; a driver carries them out and brings the results back as events. It holds no values, timers or promises, so the same
 * decisions serve a typed prompt and a million simulated requests.
 */
export class TieredCache {
  private readonly shop: Workshop;
  private readonly desk: TierDesk;
  private readonly queue: WriteBehind;
  private readonly loads: Loads;
  private readonly lookups: Lookups;
  private readonly writes: Writes;
  private readonly purges: Purges;
  private readonly flushes: { request: number; tiers: Set<number>; failed: boolean }[] = [];
  /** The time for which the driver was asked to send `timer`. */
  private wakesMs = Infinity;

  /** @throws InputError for a setting out of range, or a hierarchy that the tiers cannot keep. */
  constructor({ tiers, settings, policies = [], seed }: TieredCacheOptions) {
    const parsed = parseFlowSettings(settings);
    this.shop = new Workshop(
      parsed,
      parseFlowTiers(tiers, parsed.hierarchy),
      new RandomStream(seed, 'tiered-cache'),
      policies,
    );
    const { shop } = this;
    this.desk = new TierDesk(shop.tiers, shop.effect, shop.alarms, (tier, nowMs) =>
      deletions.onRecovered(tier, nowMs),
    );
    const deletions = new Deletions(shop, this.desk);
    this.queue = new WriteBehind(shop, this.desk, deletions);
    this.queue.onBatch = (tier, ok, nowMs) => this.onBatch(tier, ok, nowMs);
    const fills = new Fills(shop, this.desk, this.queue, deletions);
    this.loads = new Loads(shop, fills);
    this.lookups = new Lookups(shop, this.desk, this.queue, fills, this.loads);
    this.loads.listener = this.lookups;
    this.writes = new Writes(shop, fills, this.loads);
    this.purges = new Purges(shop, this.queue, deletions, fills, this.loads);
  }

  /**
   * What to do about an event. `nowMs` never goes back.
   * @throws InputError for an empty key (C10) or an unknown policy.
   */
  decide(event: FlowEvent, nowMs: number): Effect[] {
    const { shop } = this;
    this.ring(nowMs); // what was due before this event comes first, whatever the driver's timers do
    switch (event.kind) {
      case 'read':
        this.check(event.key, event.options);
        this.lookups.read(event.request, event.key, event.options, nowMs);
        break;
      case 'write':
        this.check(event.key, event.options);
        this.writes.write(event, nowMs);
        break;
      case 'invalidate':
        this.purges.invalidate(event, nowMs);
        break;
      case 'flush':
        this.flush(event.request, nowMs);
        break;
      case 'abandon':
        this.lookups.abandon(event.request, nowMs);
        break;
      case 'tier-done':
        this.desk.onDone(event.op, event.result, nowMs);
        break;
      case 'loaded':
        this.loads.onLoaded(event.load, event.loaded, nowMs);
        break;
      case 'load-failed':
        this.loads.onFailed(event.load, event.message, nowMs);
        break;
      case 'heard':
        this.purges.onHeard(event.change, nowMs);
        break;
      case 'timer':
        this.wakesMs = Infinity;
        break;
    }
    // A wake-up that has become needless is not taken back: it would cost more than it does harm.
    const nextMs = shop.alarms.nextMs();
    if (nextMs < this.wakesMs) {
      this.wakesMs = nextMs;
      shop.effect({ kind: 'timer', atMs: nextMs });
    }
    return shop.takeEffects();
  }

  /**
   * Whether a key and a policy can be asked for; `decide` checks, too.
   * @throws InputError for an empty key (C10) or an unknown policy.
   */
  check(key: unknown, { policy }: { policy?: string }): void {
    if (typeof key !== 'string' || key === '')
      throw new InputError('key', 'a text that is not empty', show(key), 'Give the entry a name.');
    const { policies } = this.shop;
    if (policy !== undefined && !policies.has(policy))
      throw new InputError('policy', `one of ${[...policies.keys()].join(', ')}`, show(policy));
  }

  /** Adds a policy or replaces the one of its name; entries that are there keep the life they have. */
  setPolicy(policy: FlowPolicy): void {
    this.shop.policies.set(policy.name, policy);
  }

  policies(): FlowPolicy[] {
    return [...this.shop.policies.values()];
  }

  counts(): Readonly<FlowCounts> {
    return this.shop.counts;
  }

  /** By tier, in the order of the settings. */
  tierFlows(): {
    name: string;
    level: string;
    flow: Readonly<TierFlow>;
    writeBehind: WriteBehindStats;
    circuit: BreakerState;
  }[] {
    const { shop, desk, queue } = this;
    return shop.tiers.map(({ name, level }, i) => ({
      name,
      level,
      flow: shop.flows[i],
      writeBehind: queue.stats(i),
      circuit: desk.breakers[i].state,
    }));
  }

  /** Work that has not ended: tests wait for 0. */
  get underWay(): number {
    return this.desk.underWay + this.loads.underWay + this.lookups.underWay;
  }

  private ring(nowMs: number): void {
    for (let alarm = this.shop.alarms.takeDue(nowMs); alarm; alarm = this.shop.alarms.takeDue(nowMs))
      alarm.what(nowMs);
  }

  private flush(request: number, nowMs: number): void {
    const tiers = [...this.shop.tiers.keys()].filter((tier) => this.queue.waiting(tier) > 0);
    this.flushes.push({ request, tiers: new Set(tiers), failed: false });
    for (const tier of tiers) this.queue.write(tier, nowMs);
    this.endFlushes();
  }

  private onBatch(tier: number, ok: boolean, nowMs: number): void {
    let more = false;
    for (const flush of this.flushes) {
      if (!flush.tiers.has(tier)) continue;
      if (!ok) flush.failed = true;
      if (ok && this.queue.waiting(tier) > 0) more = true;
      else flush.tiers.delete(tier);
    }
    if (more) this.queue.write(tier, nowMs);
    this.endFlushes();
  }

  private endFlushes(): void {
    for (const flush of [...this.flushes]) {
      if (flush.tiers.size > 0) continue;
      this.flushes.splice(this.flushes.indexOf(flush), 1);
      const waiting = this.shop.tiers.reduce((sum, _, tier) => sum + this.queue.waiting(tier), 0);
      const outcome = { ok: !flush.failed && waiting === 0, waiting };
      this.shop.effect({ kind: 'flushed', request: flush.request, outcome });
    }
  }
}
