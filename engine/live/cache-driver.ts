import { isPacked, sizeInBytes } from '../cache/compression.ts';
import {
  DATA_POLICIES,
  flowPolicy,
  parseDataPolicy,
  type DataPolicy,
  type DataPolicyInput,
} from '../cache/data-policies.ts';
import type { CacheEntry } from '../cache/entry.ts';
import { applyToStore } from '../cache/flow/apply-to-store.ts';
import type {
  Effect,
  FlowEvent,
  FlushOutcome,
  InvalidationOutcome,
  ReadOutcome,
  Target,
  WriteOptions,
  WriteOutcome,
} from '../cache/flow/protocol.ts';
import { Pump } from '../cache/flow/pump.ts';
import { TieredCache } from '../cache/flow/tiered-cache.ts';
import { cacheReport, type CacheReport } from '../cache/stats.ts';
import { MemoryTier } from '../cache/tiers/memory.ts';
import type { SyncStore } from '../cache/tiers/sync-store.ts';
import type { Tier, TierLevel } from '../cache/tiers/tier.ts';
import { callTier, failureOf, reports } from './call-tier.ts';
import { wallClock, type Clock } from './clock.ts';
import { gzipCodec } from './gzip-codec.ts';
import type { GetOptions, LiveCacheOptions, Loader } from './options.ts';
import { Values } from './values.ts';

interface Context {
  load: Loader | undefined;
}

/** Drives a TieredCache by the wall clock over tiers that answer with promises. */
export class LiveCache {
  readonly cache: TieredCache;
  private readonly pump: Pump;
  private readonly tiers: readonly { tier: Tier; store: SyncStore | undefined }[];
  private readonly clock: Clock;
  private readonly values: Values;
  private readonly operations = new Map<number, AbortController>();
  private readonly loads = new Map<number, AbortController>();
  private readonly answers = new Map<number, (outcome: never) => void>();
  private readonly unsubscribe: () => void;
  private cancelTimer: () => void = () => {};
  private nextRequest = 1;

  /** @throws InputError for a setting or a policy that is out of range. */
  constructor(private readonly options: LiveCacheOptions) {
    this.clock = options.clock ?? wallClock();
    this.values = new Values(options.codec ?? gzipCodec, options.deduplicator);
    for (const policy of [...DATA_POLICIES, ...(options.policies ?? []).map(parseDataPolicy)])
      this.values.policies.set(policy.name, policy);
    this.tiers = options.tiers.map(({ tier }) => ({
      tier,
      store: tier instanceof MemoryTier ? tier.store : undefined,
    }));
    this.cache = new TieredCache({
      tiers: options.tiers.map(({ tier, timeoutMs, maxTtlMs, writes, breaker }, i) => ({
        name: tier.name,
        level: tier.level,
        capabilities: tier.capabilities,
        synchronous: this.tiers[i].store !== undefined,
        reportsEvictions: this.tiers[i].store !== undefined || reports(tier),
        timeoutMs,
        maxTtlMs,
        writes,
        breaker,
      })),
      settings: options.settings,
      policies: [...this.values.policies.values()].map(flowPolicy),
      seed: options.seed ?? Math.floor(this.clock.now()),
    });
    this.pump = new Pump(this.cache, (effect, nowMs) => this.execute(effect, nowMs));
    this.unsubscribe = options.bus?.subscribe((change) => this.post({ kind: 'heard', change })) ?? (() => {});
  }

  /**
   * Reads through all levels. The outcome says where the answer came from, how old it is, and what the walk met; it has the status
   * `failed` when the origin failed and nothing could stand in.
   * @throws InputError (as a rejection) for an empty key or an unknown policy; rejects with the signal's reason when it aborts.
   */
  get(key: string, { load, signal, ...options }: GetOptions = {}): Promise<ReadOutcome> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      this.cache.check(key, options);
      const request = this.nextRequest++;
      const abandon = (): void => {
        reject(signal!.reason as Error);
        this.post({ kind: 'abandon', request });
      };
      this.answers.set(request, (outcome: ReadOutcome) => {
        signal?.removeEventListener('abort', abandon);
        resolve(outcome);
      });
      signal?.addEventListener('abort', abandon, { once: true });
      const context: Context = { load: load ?? this.options.load };
      this.post({ kind: 'read', request, key, options: { ...options, context } });
    });
  }

  /**
   * Writes to all levels of the policy.
   * @throws Error (as a rejection) when every level failed (C12), InputError for an empty key or an unknown policy.
   */
  async set(key: string, value: unknown, options: WriteOptions = {}): Promise<WriteOutcome> {
    this.cache.check(key, options);
    const kept = this.values.prepare(key, value, options.policy);
    const stored = this.values.packs(options.policy) ? await this.values.pack(kept) : kept;
    const sizeBytes = options.sizeBytes ?? sizeInBytes(key, stored);
    const outcome = await this.ask<WriteOutcome>((request) => ({
      kind: 'write',
      request,
      key,
      value: kept,
      stored,
      sizeBytes,
      options,
    }));
    if (outcome.status === 'failed')
      throw new Error(
        `No level kept "${key}": ${outcome.levels.map((l) => `${l.tier}: ${l.error ?? l.result}`).join('; ')}`,
      );
    return outcome;
  }

  /** Invalidates in all levels, or in some; deletions that failed are named in the outcome, and what they missed is not served. */
  invalidate(target: Target, levels?: readonly TierLevel[]): Promise<InvalidationOutcome> {
    return this.ask((request) => ({ kind: 'invalidate', request, target, levels }));
  }

  /** Writes out what waits for slow tiers. */
  flush(): Promise<FlushOutcome> {
    return this.ask((request) => ({ kind: 'flush', request }));
  }

  /** Adds or replaces a data policy. @throws InputError naming the field that is wrong. */
  setPolicy(input: DataPolicyInput): DataPolicy {
    const policy = parseDataPolicy(input);
    this.values.policies.set(policy.name, policy);
    this.cache.setPolicy(flowPolicy(policy));
    return policy;
  }

  dataPolicies(): DataPolicy[] {
    return [...this.values.policies.values()];
  }

  report(): CacheReport & { savedByDeduplicationBytes: number } {
    const stats = this.tiers.map(({ tier }) => tier.stats());
    return {
      ...cacheReport(this.cache.counts(), this.cache.tierFlows(), stats),
      savedByDeduplicationBytes: this.values.savedBytes,
    };
  }

  /** What a level holds, most recently used first. @throws TierError (as a rejection) when the tier cannot say. */
  inspect(level: TierLevel, limit: number): Promise<CacheEntry[]> {
    const found = this.tiers.find(({ tier }) => tier.level === level);
    if (!found) return Promise.resolve([]);
    return found.tier.inspect(limit, { nowMs: this.clock.now() });
  }

  /** Writes out what waits, then closes the tiers. What could not be written is in the outcome. */
  async close(): Promise<FlushOutcome> {
    const outcome = await this.flush();
    this.unsubscribe();
    this.cancelTimer();
    await Promise.all(this.tiers.map(({ tier }) => tier.close()));
    return outcome;
  }

  private ask<T>(event: (request: number) => FlowEvent): Promise<T> {
    return new Promise((resolve) => {
      const request = this.nextRequest++;
      this.answers.set(request, resolve as (outcome: never) => void);
      this.post(event(request));
    });
  }

  private post(event: FlowEvent): void {
    this.pump.post(event, this.clock.now());
  }

  private execute(effect: Effect, nowMs: number): FlowEvent | undefined {
    this.options.onEffect?.(effect, nowMs);
    switch (effect.kind) {
      case 'tier':
        return this.askTier(effect, nowMs);
      case 'cancel':
        return this.stop(this.operations, effect.op);
      case 'load':
        return this.load(effect);
      case 'cancel-load':
        return this.stop(this.loads, effect.load);
      case 'answer':
      case 'written':
      case 'invalidated':
      case 'flushed':
        this.answers.get(effect.request)?.(effect.outcome as never);
        this.answers.delete(effect.request);
        return undefined;
      case 'publish':
        try {
          this.options.bus?.publish(effect.change);
        } catch (error) {
          this.options.onNotice?.({ kind: 'bus-failed', error: failureOf(error).message });
        }
        return undefined;
      case 'notice':
        this.options.onNotice?.(effect.notice);
        return undefined;
      case 'timer':
        this.cancelTimer();
        this.cancelTimer = this.clock.at(effect.atMs, () => this.post({ kind: 'timer' }));
        return undefined;
    }
  }

  private askTier(
    { op, tier: index, action }: Extract<Effect, { kind: 'tier' }>,
    nowMs: number,
  ): FlowEvent | undefined {
    const { tier, store } = this.tiers[index];
    if (store) {
      const result = applyToStore(store, action, nowMs);
      if (result.ok && isPacked(result.value)) {
        void this.values
          .unpacked(result, tier.name)
          .then((r) => this.post({ kind: 'tier-done', op, result: r }));
        return undefined;
      }
      return { kind: 'tier-done', op, result };
    }
    const controller = new AbortController();
    this.operations.set(op, controller);
    void callTier(tier, action, { nowMs, signal: controller.signal })
      .then((result) => this.values.unpacked(result, tier.name), failureOf)
      .then((result) => {
        this.operations.delete(op);
        this.post({ kind: 'tier-done', op, result });
      });
    return undefined;
  }

  private load({ load, key, policy, context }: Extract<Effect, { kind: 'load' }>): undefined {
    const controller = new AbortController();
    this.loads.set(load, controller);
    void this.values
      .load(key, policy, (context as Context).load, controller.signal)
      .then(
        (loaded): FlowEvent => ({ kind: 'loaded', load, loaded }),
        (error: unknown): FlowEvent => ({ kind: 'load-failed', load, message: failureOf(error).message }),
      )
      .then((event) => {
        this.loads.delete(load);
        this.post(event);
      });
  }

  private stop(underWay: Map<number, AbortController>, id: number): undefined {
    underWay.get(id)?.abort();
    underWay.delete(id);
  }
}
