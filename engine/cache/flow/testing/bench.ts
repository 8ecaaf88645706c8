import { MemoryStore } from '../../tiers/memory-store.ts';
import type { TierLevel } from '../../tiers/tier.ts';
import { InMemoryBus, type InvalidationBus } from '../bus.ts';
import { DEFAULT_POLICY, type FlowPolicy } from '../policy.ts';
import type {
  InvalidationOutcome,
  Loaded,
  Notice,
  ReadOptions,
  ReadOutcome,
  Target,
  TierAction,
  TierResult,
  WriteOptions,
  WriteOutcome,
} from '../protocol.ts';
import type { FlowSettingsInput, FlowTierInput } from '../settings.ts';
import { TieredCache } from '../tiered-cache.ts';
import { VirtualDriver } from '../virtual-driver.ts';
import { VirtualTime } from '../virtual-time.ts';

/** One tier of a bench: what the machine is told of it, and how it behaves. */
export interface BenchTier extends Partial<FlowTierInput> {
  maxEntries?: number;
  latencyMs?: number;
  /** Changed by tests as they go. */
  fault?: (action: TierAction) => TierResult | undefined;
  store?: MemoryStore;
}

export const BROKEN: TierResult = { ok: false, reason: 'unreachable', message: 'broken' };

/** A TieredCache on virtual time with memory tiers, and an origin that answers after `loadMs`: for tests of one phenomenon. */
export class Bench {
  readonly time: VirtualTime;
  readonly cache: TieredCache;
  readonly driver: VirtualDriver;
  readonly tiers: BenchTier[];
  readonly stores: MemoryStore[];
  readonly notices: Notice[] = [];
  /** Loads by key, in order. */
  readonly loads: string[] = [];
  loadMs = 100;
  /** What the origin gives; null: it fails. */
  origin: (key: string) => Partial<Loaded> | null = (key) => ({ value: `${key}#${this.loads.length}` });
  private readonly reads = new Map<number, ReadOutcome>();
  private readonly writes = new Map<number, WriteOutcome>();
  private readonly purges = new Map<number, InvalidationOutcome>();

  constructor(
    tiers: Partial<Record<TierLevel, BenchTier>>,
    policy: Partial<FlowPolicy> = {},
    settings: FlowSettingsInput = {},
    bus: InvalidationBus = new InMemoryBus().port(),
    time = new VirtualTime(),
  ) {
    this.time = time;
    const levels = Object.keys(tiers) as TierLevel[];
    this.tiers = Object.values(tiers).map((tier) => ({ ...tier })); // tests change them
    this.stores = this.tiers.map(
      (tier) =>
        tier.store ??
        new MemoryStore({ maxEntries: tier.maxEntries ?? 100, maxBytes: Infinity, policy: 'lru' }),
    );
    this.cache = new TieredCache({
      tiers: this.tiers.map((tier, i) => ({
        name: levels[i],
        level: levels[i],
        capabilities: { persistent: false, shared: levels[i] !== 'l1', tags: true, prefixes: true },
        reportsEvictions: true,
        timeoutMs: 50,
        ...tier,
      })),
      settings,
      policies: [{ ...DEFAULT_POLICY, levels, ttlMs: 10_000, ...policy }],
      seed: 1,
    });
    this.driver = new VirtualDriver(
      this.cache,
      this.time,
      this.tiers.map((tier, i) => ({
        store: this.stores[i],
        latencyMs: () => tier.latencyMs ?? 0,
        fault: (action) => tier.fault?.(action),
      })),
      {
        serviceMs: () => this.loadMs,
        load: (key) => {
          this.loads.push(key);
          const given = this.origin(key);
          return given && { value: null, stored: given.value ?? null, sizeBytes: 10, ...given };
        },
      },
      {
        onRead: (request, outcome) => this.reads.set(request, outcome),
        onWritten: (request, outcome) => this.writes.set(request, outcome),
        onInvalidated: (request, outcome) => this.purges.set(request, outcome),
        onNotice: (notice) => this.notices.push(notice),
      },
      bus,
    );
  }

  /** Asks, and waits for the answer (at most a minute). */
  read(key: string, options: ReadOptions = {}): ReadOutcome {
    const request = this.driver.read(key, options);
    return this.await(this.reads, request);
  }

  /** Asks without waiting; the result says what has come so far. */
  ask(key: string, options: ReadOptions = {}): { outcome: ReadOutcome | undefined; request: number } {
    const request = this.driver.read(key, options);
    const reads = this.reads;
    return {
      request,
      get outcome() {
        return reads.get(request);
      },
    };
  }

  write(key: string, value: unknown, options: WriteOptions = {}): WriteOutcome {
    return this.await(this.writes, this.driver.write(key, value, 10, options));
  }

  invalidate(target: Target, levels?: TierLevel[]): InvalidationOutcome {
    return this.await(this.purges, this.driver.invalidate(target, levels));
  }

  pass(ms: number): void {
    this.time.advanceTo(this.time.nowMs + ms);
  }

  /** Whether a level holds the key now. */
  holds(level: number, key: string): boolean {
    return this.stores[level].inspect(1000, this.time.nowMs).some((entry) => entry.key === key);
  }

  private await<T>(outcomes: Map<number, T>, request: number): T {
    const endMs = this.time.nowMs + 60_000;
    while (!outcomes.has(request) && this.time.step(endMs));
    const outcome = outcomes.get(request);
    if (outcome === undefined) throw new Error(`request ${request} was not answered within a minute`);
    return outcome;
  }
}
