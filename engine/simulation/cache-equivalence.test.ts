import { describe, expect, it } from 'vitest';
import { TieredCache } from '../cache/flow/tiered-cache.ts';
import { VirtualDriver } from '../cache/flow/virtual-driver.ts';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { MemoryStore } from '../cache/tiers/memory-store.ts';
import { RandomStream } from '../core/random.ts';
import { Arrivals } from './arrivals.ts';
import { Population } from './population.ts';
import { parseScenario, type Scenario, type ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { tierReports } from './summary.ts';

/**
 * The simulator has its own hot form of the traversal (integer keys, packed state). Here it is held to the readable one, the
 * state machine that also serves typed prompts (engine/live/equivalence.test.ts holds the live driver to that), on the
 * requests of a whole run.
 */
const ORIGIN_MS = 400;

function scenario(ttlS: Record<'l1' | 'l2' | 'l3', number | null>): ScenarioInput {
  const tier = (level: 'l1' | 'l2' | 'l3', capacityEntries: number) => ({
    level,
    capacityEntries,
    ttlS: ttlS[level],
  });
  return {
    name: 'equivalence',
    durationS: 500,
    load: { ratePerS: 400 },
    population: { kind: 'zipf', keys: 6000, exponent: 0.9, oneTimeShare: 0.05 },
    instances: 4,
    path: ['l1', 'l2', 'l3', 'origin'],
    tiers: { l1: { ...tier('l1', 150), scope: 'instance' }, l2: tier('l2', 900), l3: tier('l3', 2500) },
    stations: { origin: { servers: null, service: { law: 'constant', meanMs: ORIGIN_MS } } },
  };
}

interface TierCounts {
  lookups: number;
  hits: number;
  promotions: number;
  fills: number;
  /** Entries that went for another one or were found expired. */
  gone: number;
}

function simulated(input: ScenarioInput, seed: number): { requests: number; tiers: TierCounts[] } {
  const simulation = new Simulation(input, seed).run();
  const reports = tierReports(simulation);
  return {
    requests: simulation.world.recorder.total.requests,
    tiers: simulation.world.tiers.map((tier) => ({
      lookups: reports[tier.name]!.lookups,
      hits: reports[tier.name]!.hits,
      promotions: tier.promotions,
      fills: tier.fills,
      gone: tier.caches.reduce((n, cache) => n + cache.evictions + cache.expirations, 0),
    })),
  };
}

function readable(input: ScenarioInput, seed: number): { requests: number; tiers: TierCounts[] } {
  const parsed = parseScenario(input);
  const time = new VirtualTime();
  const levels = ['l1', 'l2', 'l3'] as const;
  const store = (level: 'l1' | 'l2' | 'l3'): MemoryStore =>
    new MemoryStore({
      maxEntries: parsed.tiers[level]!.capacityEntries,
      maxBytes: Infinity,
      policy: 'lru',
      sweep: 0,
    });
  const shared = { l2: store('l2'), l3: store('l3') };
  const near = Array.from({ length: parsed.instances }, () => store('l1'));
  const origin = {
    serviceMs: () => ORIGIN_MS,
    load: (key: string) => ({ value: key, stored: key, sizeBytes: 1 }),
  };
  const drivers = near.map((l1, i) => {
    const cache = new TieredCache({
      tiers: levels.map((level) => ({
        name: level,
        level,
        capabilities: { persistent: false, shared: level !== 'l1', tags: true, prefixes: true },
        synchronous: true,
        reportsEvictions: true,
        maxTtlMs: ttlMs(parsed, level),
      })),
      settings: { coalesceLoads: false },
      policies: [policy(Math.max(...levels.map((level) => ttlMs(parsed, level))))],
      seed: i,
    });
    return new VirtualDriver(
      cache,
      time,
      [{ store: l1 }, { store: shared.l2 }, { store: shared.l3 }],
      origin,
    );
  });
  const requests = ask(parsed, seed, (atMs, key, instance) => {
    time.advanceTo(atMs);
    drivers[instance]!.read(`k${key}`);
  });
  time.advanceTo(parsed.durationS * 1000);
  return {
    requests,
    tiers: levels.map((level, i) => {
      const sum = (pick: (flow: ReturnType<TieredCache['tierFlows']>[number]['flow']) => number): number =>
        drivers.reduce((n, { cache }) => n + pick(cache.tierFlows()[i]!.flow), 0);
      const stores = level === 'l1' ? near : [shared[level]];
      return {
        lookups: sum((flow) => flow.lookups),
        hits: sum((flow) => flow.hits),
        promotions: sum((flow) => flow.promotions),
        fills: sum((flow) => flow.fills),
        gone: stores.reduce((n, s) => n + s.stats().evictions + s.stats().expirations, 0),
      };
    }),
  };
}

const ttlMs = (parsed: Scenario, level: string): number => {
  const ttlS = parsed.tiers[level]!.ttlS;
  return ttlS === null ? Infinity : ttlS * 1000;
};

const policy = (ttl: number) => ({
  name: 'default',
  levels: ['l1', 'l2', 'l3'] as const,
  ttlMs: ttl,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  negativeTtlMs: 0,
  ttlJitter: 0,
  earlyRefreshBeta: 0,
});

/** The same requests as the simulator draws: same streams, same order. */
function ask(
  parsed: Scenario,
  seed: number,
  each: (atMs: number, key: number, instance: number) => void,
): number {
  const arrivals = new Arrivals(parsed, seed);
  const population = new Population(parsed.population, seed, 'run');
  const routing = new RandomStream(seed, 'routing');
  let requests = 0;
  while (arrivals.nextMs <= parsed.durationS * 1000) {
    const atMs = arrivals.nextMs;
    if (!arrivals.take()) continue;
    const key = population.next();
    each(atMs, key, routing.below(parsed.instances));
    requests++;
  }
  return requests;
}

describe('the simulator’s traversal and the readable one', () => {
  it.each([
    ['entries that never expire', { l1: null, l2: null, l3: null }],
    ['a life of its own in each tier', { l1: 15, l2: 60, l3: 150 }],
    ['the shortest life behind', { l1: 90, l2: 60, l3: 30 }],
  ] as const)('count the same over 200,000 requests: %s', (_, ttlS) => {
    const input = scenario(ttlS);
    const fast = simulated(input, 11);
    expect(fast.requests).toBeGreaterThan(195_000);
    expect(fast).toEqual(readable(input, 11));
    for (const tier of fast.tiers) expect(tier.hits).toBeGreaterThan(1000);
  });
});
