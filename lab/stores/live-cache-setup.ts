import { memoryOptions, parseCacheConfig } from '../../engine/cache/config.ts';
import { DATA_POLICIES, parseDataPolicy, type DataPolicy } from '../../engine/cache/data-policies.ts';
import { InMemoryBus } from '../../engine/cache/flow/bus.ts';
import type { Effect, Notice, Target } from '../../engine/cache/flow/protocol.ts';
import { Cdn } from '../../engine/cache/tiers/cdn-simulated/index.ts';
import { CdnSimulatedTier } from '../../engine/cache/tiers/cdn-simulated.ts';
import type { HealthReport } from '../../engine/cache/tiers/indexeddb-connection.browser.ts';
import { IndexedDbTier } from '../../engine/cache/tiers/indexeddb.browser.ts';
import { MemoryTier } from '../../engine/cache/tiers/memory.ts';
import { RedisServer } from '../../engine/cache/tiers/redis-simulated/index.ts';
import { RedisSimulatedTier } from '../../engine/cache/tiers/redis-simulated.ts';
import { RandomStream } from '../../engine/core/random.ts';
import { LiveCache } from '../../engine/live/cache-driver.ts';
import type { Clock } from '../../engine/live/clock.ts';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { textDeduplicator } from './live-cache-deduplicator.ts';
import { SwitchedTier, wait } from './live-cache-switched-tier.ts';

export type AgentName = 'A' | 'B';
export const AGENTS: readonly AgentName[] = ['A', 'B'];

/** Beside the module's four: one that walks through all levels, since none of the four does. */
export const ALL_LEVELS: DataPolicy = parseDataPolicy({
  name: 'all-levels',
  ttlS: 3600,
  levels: ['l1', 'l2', 'l3', 'l4'],
  staleIfErrorS: 600,
});
export const DEFAULT_POLICIES: readonly DataPolicy[] = [ALL_LEVELS, ...DATA_POLICIES];

const { meanMs, usdPerMTokens } = primeDay.models!['gpt-4'];
/** How long the simulated model takes: as in the module's profile of gpt-4, or faster for the impatient. */
export const MODEL_TIMES_MS: readonly number[] = [meanMs, meanMs / 5];
export const PRICE_USD_PER_MTOK = usdPerMTokens;

/** Distances such as real ones have: a Redis in the same region, an edge in the same country. */
const REDIS_MS = 2;
const EDGE_MS = 20;
const EDGES: Readonly<Record<AgentName, string>> = { A: 'edge-eu', B: 'edge-us' };
const REDIS_CONFIG = { maxmemory: '16mb', 'maxmemory-policy': 'allkeys-lru' };
/** Open for less than the module's minute, so that one sees it close again. */
export const BREAKER = { failures: 5, openMs: 10_000 };

/** One agent instance: an L1 and an edge of its own, and its connection to the Redis that all share. */
export interface Instance {
  readonly name: AgentName;
  readonly memory: MemoryTier;
  readonly redis: RedisSimulatedTier;
  readonly edge: CdnSimulatedTier;
  readonly live: LiveCache;
}

export interface Listener {
  onHealth: (report: HealthReport) => void;
  onNotice: (name: AgentName, notice: Notice) => void;
  onEffect: (name: AgentName, effect: Effect) => void;
  /** An instance heard of a change by another one. */
  onHeard: (name: AgentName, target: Target) => void;
}

/** Two instances over one simulated Redis, one simulated CDN and the IndexedDB of this browser. */
export function setUp(
  clock: Clock,
  listener: Listener,
): { l3: SwitchedTier; instances: Readonly<Record<AgentName, Instance>> } {
  const server = new RedisServer({ random: new RandomStream(1, 'live-cache'), config: REDIS_CONFIG });
  const cdn = new Cdn({ edges: Object.values(EDGES), shield: 'shield' });
  const l3 = new SwitchedTier(new IndexedDbTier({ onHealth: (report) => listener.onHealth(report) }));
  const bus = new InMemoryBus();
  const deduplicator = textDeduplicator();

  const instance = (name: AgentName): Instance => {
    const memory = new MemoryTier(memoryOptions(parseCacheConfig()));
    const redis = new RedisSimulatedTier(server, { networkMs: REDIS_MS, wait });
    const edge = new CdnSimulatedTier(cdn, { edge: EDGES[name] });
    const port = bus.port();
    let heard: Target | undefined;
    const live = new LiveCache({
      clock,
      tiers: [
        { tier: memory },
        { tier: redis, breaker: BREAKER },
        { tier: l3, breaker: BREAKER },
        { tier: new SwitchedTier(edge, { ms: EDGE_MS, wait }), breaker: BREAKER },
      ],
      policies: [ALL_LEVELS],
      bus: {
        publish: (change) => port.publish(change),
        subscribe: (hear) =>
          port.subscribe((change) => {
            // A purge is told twice: at once, and when the shared tiers are done.
            if (heard !== change.target) listener.onHeard(name, change.target);
            heard = change.target;
            hear(change);
          }),
      },
      deduplicator,
      onNotice: (notice) => listener.onNotice(name, notice),
      onEffect: (effect) => listener.onEffect(name, effect),
    });
    return { name, memory, redis, edge, live };
  };
  return { l3, instances: { A: instance('A'), B: instance('B') } };
}
