import { describe, expect, it } from 'vitest';
import { AliasTable, zipfWeights } from '../core/alias-table.ts';
import { ContentHash } from '../core/hash.ts';
import { RandomStream } from '../core/random.ts';
import { flowPolicy, parseDataPolicy } from '../cache/data-policies.ts';
import { InMemoryBus } from '../cache/flow/bus.ts';
import type { Loaded, ReadOutcome, Target, TierAction, TierResult } from '../cache/flow/protocol.ts';
import type { FlowSettingsInput } from '../cache/flow/settings.ts';
import { TieredCache } from '../cache/flow/tiered-cache.ts';
import { VirtualDriver, type VirtualTier } from '../cache/flow/virtual-driver.ts';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { MemoryStore } from '../cache/tiers/memory-store.ts';
import { MemoryTier } from '../cache/tiers/memory.ts';
import { LiveCache } from './cache-driver.ts';
import type { Loader } from './options.ts';
import { DelayedTier } from './testing/delayed-tier.ts';
import { virtualClock } from './testing/virtual-clock.ts';

const REQUESTS = 200_000;
const INSTANCES = 4;
const KEYS = 3000;
const RATE_PER_MS = 0.8;

const policies = [
  parseDataPolicy({
    name: 'default',
    ttlS: 20,
    levels: ['l1', 'l2', 'l3'],
    staleWhileRevalidateS: 3,
    staleIfErrorS: 15,
    negativeTtlS: 2,
    ttlJitter: 0.2,
    earlyRefreshBeta: 1,
  }),
  parseDataPolicy({ name: 'short', ttlS: 4, levels: ['l1', 'l2'] }),
  parseDataPolicy({ name: 'private', ttlS: 10, levels: ['l1'] }),
];
const settings: FlowSettingsInput = { loadTimeoutMs: 900, writeBehind: { maxQueued: 300, batch: 20 } };
const near = { maxEntries: 120, maxBytes: 40_000, policy: 'lru' } as const;
const breaker = { failures: 5, openMs: 6000 };
const capabilities = { persistent: false, shared: true, tags: true, prefixes: true };

type Deed =
  | {
      do: 'read';
      key: string;
      policy: string;
      tags: string[];
      mode?: 'cached-only' | 'reload';
      abandonMs?: number;
    }
  | { do: 'write'; key: string }
  | { do: 'invalidate'; target: Target };

/** What is done, where and when: the same for both. Keys are drawn by Zipf's law, times by Poisson's. */
function* deeds(): Generator<{ atMs: number; instance: number; deed: Deed }> {
  const random = new RandomStream(8, 'deeds');
  const keys = new AliasTable(zipfWeights(KEYS, 0.9));
  let atMs = 0;
  for (let i = 0; i < REQUESTS; i++) {
    atMs += (-2 / RATE_PER_MS) * Math.log(random.uniform()) * random.uniform();
    const instance = random.below(INSTANCES);
    const n = keys.draw(random);
    const key = `${'abcd'[n % 4]}:${n}`;
    const kind = random.uniform();
    let deed: Deed;
    if (kind < 0.02) deed = { do: 'write', key };
    else if (kind < 0.028) deed = { do: 'invalidate', target: { kind: 'key', key } };
    else if (kind < 0.0284) deed = { do: 'invalidate', target: { kind: 'tag', tag: `t${random.below(40)}` } };
    else if (kind < 0.0285)
      deed = { do: 'invalidate', target: { kind: 'prefix', prefix: `${key[0]}:${n % 90}` } };
    else {
      const policy = n % 11 === 0 ? 'private' : n % 7 === 0 ? 'short' : 'default';
      const mode = kind < 0.04 ? 'reload' : kind < 0.05 ? 'cached-only' : undefined;
      const abandonMs = kind > 0.98 ? 1 + 300 * random.uniform() : undefined;
      deed = { do: 'read', key, policy, tags: [`t${n % 40}`], mode, abandonMs };
    }
    yield { atMs, instance, deed };
  }
}

/** The shared tiers and the origin, with times and faults: one per world, the same draws in both. */
function surroundings() {
  const chance = (purpose: string) => new RandomStream(5, purpose);
  const outage = (atMs: number) => atMs % 60_000 > 40_000 && atMs % 60_000 < 43_000;
  const tier = (name: string, maxEntries: number, baseMs: number, policy: 'lru' | 'sieve'): VirtualTier => {
    const times = chance(`${name}:times`);
    const faults = chance(`${name}:faults`);
    return {
      store: new MemoryStore({ maxEntries, maxBytes: 1e9, policy }),
      latencyMs: () => {
        const u = times.uniform();
        return u < 0.0003 ? Infinity : u < 0.003 ? 400 * u * 1000 : baseMs * (1 + 3 * times.uniform());
      },
      fault: (action: TierAction, atMs: number): TierResult | undefined => {
        if (outage(atMs) && name === 'l2') return { ok: false, reason: 'unreachable', message: 'outage' };
        const u = faults.uniform();
        if (u < 0.004) return { ok: false, reason: 'unreachable', message: 'chance' };
        if (u < 0.005 && action.do === 'get') return { ok: true, entry: { key: 'x' } as never };
        return undefined;
      },
    };
  };
  const service = chance('service');
  const failing = chance('failing');
  let version = 0;
  const origin = {
    serviceMs: () => {
      const ms = 60 - 80 * Math.log(service.uniform());
      return ms;
    },
    load: (key: string, atMs: number): Loaded | null => {
      version++;
      if (failing.uniform() < (atMs % 50_000 < 4000 ? 0.7 : 0.01)) return null;
      const n = Number(key.slice(2));
      const value = `${key}#${version}`;
      if (n % 13 === 5) return { value: null, stored: null, sizeBytes: 20, absent: true };
      return { value, stored: value, sizeBytes: 100 + (n % 50) * 20, cacheable: n % 97 !== 3 };
    },
  };
  return { l2: tier('l2', 700, 1, 'lru'), l3: tier('l3', 1500, 6, 'sieve'), origin };
}

/** All that happened, in one text per instance, and a fingerprint of every single outcome. */
class Witness {
  private readonly hash = new ContentHash();
  outcomes = 0;
  see(instance: number, { key, status, value, level, freshness, reason, tookMs, steps }: ReadOutcome): void {
    this.outcomes++;
    this.hash.text(
      `${instance} ${key} ${status} ${String(value)} ${level} ${freshness} ${reason} ${tookMs} ${steps
        .map((step) => `${step.tier}:${step.result}:${step.tookMs}`)
        .join(' ')}`,
    );
  }
  text(): string {
    return `${this.outcomes} outcomes, ${this.hash.digest()}`;
  }
}

interface World {
  caches: readonly TieredCache[];
  stores: readonly MemoryStore[];
  witness: Witness;
}

const reportOf = ({ caches, stores, witness }: World) => ({
  caches: caches.map((cache) => ({ counts: { ...cache.counts() }, tiers: cache.tierFlows() })),
  stores: stores.map((store) => store.stats()),
  witness: witness.text(),
});

function virtualWorld(): World {
  const time = new VirtualTime();
  const { l2, l3, origin } = surroundings();
  const bus = new InMemoryBus((arrive) => void time.at(time.nowMs + 1.5, arrive));
  const witness = new Witness();
  const stores = Array.from({ length: INSTANCES }, () => new MemoryStore(near));
  const drivers = stores.map((store, i) => {
    const cache = new TieredCache({
      tiers: [
        {
          name: 'l1',
          level: 'l1',
          capabilities: { ...capabilities, shared: false },
          synchronous: true,
          reportsEvictions: true,
        },
        { name: 'l2', level: 'l2', capabilities, timeoutMs: 50, breaker },
        { name: 'l3', level: 'l3', capabilities, timeoutMs: 120, writes: 'behind' },
      ],
      settings,
      policies: policies.map(flowPolicy),
      seed: i,
    });
    const listener = { onRead: (_: number, outcome: ReadOutcome) => witness.see(i, outcome) };
    return new VirtualDriver(cache, time, [{ store }, l2, l3], origin, listener, bus.port());
  });
  for (const { atMs, instance, deed } of deeds()) {
    time.advanceTo(atMs);
    const driver = drivers[instance];
    if (deed.do === 'read') {
      const { key, policy, tags, mode, abandonMs } = deed;
      const request = driver.read(key, { policy, tags, mode });
      if (abandonMs !== undefined) time.at(atMs + abandonMs, () => driver.abandon(request));
    } else if (deed.do === 'write') driver.write(deed.key, 'written', 150);
    else driver.invalidate(deed.target);
  }
  time.advanceTo(time.nowMs + 300_000);
  return {
    caches: drivers.map(({ cache }) => cache),
    stores: [...stores, l2.store as MemoryStore, l3.store as MemoryStore],
    witness,
  };
}

async function liveWorld(): Promise<World> {
  const time = new VirtualTime();
  const clock = virtualClock(time);
  const { l2, l3, origin } = surroundings();
  const bus = new InMemoryBus((arrive) => void time.at(time.nowMs + 1.5, arrive));
  const witness = new Witness();
  const load: Loader = (key, { signal }) =>
    new Promise((resolve, reject) => {
      const alarm = time.at(time.nowMs + origin.serviceMs(), (atMs) => {
        const loaded = origin.load(key, atMs);
        if (loaded) resolve(loaded);
        else reject(new Error('origin failed'));
      });
      signal.addEventListener('abort', () => {
        alarm.cancelled = true;
        reject(signal.reason as Error);
      });
    });
  const tiers = Array.from({ length: INSTANCES }, () => new MemoryTier(near, 'l1'));
  const caches = tiers.map((tier, i) => {
    const live = new LiveCache({
      tiers: [
        { tier },
        { tier: new DelayedTier(l2, time, 'l2', 'l2', capabilities), timeoutMs: 50, breaker },
        { tier: new DelayedTier(l3, time, 'l3', 'l3', capabilities), timeoutMs: 120, writes: 'behind' },
      ],
      settings,
      policies,
      load,
      bus: bus.port(),
      clock,
      seed: i,
      onEffect: (effect) => {
        if (effect.kind === 'answer') witness.see(i, effect.outcome);
      },
    });
    return live;
  });
  // setImmediate comes after all promises that can settle without the clock.
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const advanceTo = async (untilMs: number): Promise<void> => {
    while (time.step(untilMs)) await settle();
    time.advanceTo(untilMs);
  };
  for (const { atMs, instance, deed } of deeds()) {
    await advanceTo(atMs);
    const cache = caches[instance];
    if (deed.do === 'read') {
      const { key, policy, tags, mode, abandonMs } = deed;
      const controller = abandonMs === undefined ? undefined : new AbortController();
      cache.get(key, { policy, tags, mode, signal: controller?.signal }).catch(() => {});
      if (controller) time.at(atMs + abandonMs!, () => controller.abort());
    } else if (deed.do === 'write') cache.set(deed.key, 'written', { sizeBytes: 150 }).catch(() => {});
    else void cache.invalidate(deed.target);
  }
  await advanceTo(time.nowMs + 300_000);
  return {
    caches: caches.map(({ cache }) => cache),
    stores: [...tiers.map(({ store }) => store), l2.store as MemoryStore, l3.store as MemoryStore],
    witness,
  };
}

describe('live driver and virtual driver', () => {
  it(`do the same to the last count over ${REQUESTS} mixed requests`, async () => {
    const virtual = reportOf(virtualWorld());
    const live = reportOf(await liveWorld());
    expect(live).toEqual(virtual);
    // It would prove little if some of it never happened.
    for (const { counts, tiers } of virtual.caches) {
      const { requests, ...happened } = counts;
      expect(requests).toBeGreaterThan(45_000);
      for (const [what, times] of Object.entries(happened))
        if (what !== 'writesFailed') expect([what, times > 0]).toEqual([what, true]);
      for (const { flow } of tiers)
        for (const what of ['lookups', 'hits', 'staleHits', 'misses', 'fills', 'invalidated'] as const)
          expect([what, flow[what] > 0]).toEqual([what, true]);
      expect(tiers[0].flow.promotions).toBeGreaterThan(10_000);
      expect(tiers[0].flow.evictions).toBeGreaterThan(10_000);
      for (const { flow } of tiers.slice(1)) {
        expect(flow.timeouts).toBeGreaterThan(0);
        expect(flow.failures).toBeGreaterThan(flow.timeouts);
      }
      expect(tiers[1].flow.skipped).toBeGreaterThan(1000);
      expect(tiers[2].writeBehind.written).toBeGreaterThan(1000);
    }
    for (const { evictions, expirations } of virtual.stores)
      expect(evictions * expirations).toBeGreaterThan(0);
  });
});
