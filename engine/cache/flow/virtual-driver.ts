import type { SyncStore } from '../tiers/sync-store.ts';
import { applyToStore } from './apply-to-store.ts';
import type { InvalidationBus } from './bus.ts';
import type {
  Effect,
  FlowEvent,
  FlushOutcome,
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
} from './protocol.ts';
import { Pump } from './pump.ts';
import type { TieredCache } from './tiered-cache.ts';
import type { Alarm, Wake } from './time-queue.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { TierLevel } from '../tiers/tier.ts';

/** A tier in virtual time. */
export interface VirtualTier {
  store: SyncStore;
  /**
   * How long an operation takes, ms; it takes effect at its end. 0: at once, without an event. Default 0. Infinity: never.
   */
  latencyMs?: (action: TierAction) => number;
  /** What the tier answers instead of doing it, asked at the operation's end; undefined when it does it. */
  fault?: (action: TierAction, nowMs: number) => TierResult | undefined;
}

export interface VirtualOrigin {
  /** How long a load takes, ms. */
  serviceMs: (key: string) => number;
  /** What it gives; null when it fails. */
  load: (key: string, nowMs: number) => Loaded | null;
}

export interface VirtualListener {
  onRead?: (request: number, outcome: ReadOutcome) => void;
  onWritten?: (request: number, outcome: WriteOutcome) => void;
  onInvalidated?: (request: number, outcome: InvalidationOutcome) => void;
  onFlushed?: (request: number, outcome: FlushOutcome) => void;
  onNotice?: (notice: Notice) => void;
}

/** Drives a TieredCache in virtual time over stores that answer at once, with times of operations from the caller. */
export class VirtualDriver {
  private readonly pump: Pump;
  private readonly operations = new Map<number, Alarm<Wake>>();
  private readonly loads = new Map<number, Alarm<Wake>>();
  private wakeUp: Alarm<Wake> | null = null;
  private nextRequest = 1;

  constructor(
    readonly cache: TieredCache,
    private readonly time: VirtualTime,
    private readonly tiers: readonly VirtualTier[],
    private readonly origin: VirtualOrigin,
    private readonly listener: VirtualListener = {},
    private readonly bus?: InvalidationBus,
  ) {
    this.pump = new Pump(cache, (effect, nowMs) => this.execute(effect, nowMs));
    bus?.subscribe((change) => this.post({ kind: 'heard', change }));
  }

  /** Requests of all kinds so far; the next one has the number after it. */
  get asked(): number {
    return this.nextRequest - 1;
  }

  /** Returns the request's number, by which the listener hears of it. */
  read(key: string, options: ReadOptions = {}): number {
    this.cache.check(key, options);
    const request = this.nextRequest++;
    this.post({ kind: 'read', request, key, options });
    return request;
  }

  write(key: string, value: unknown, sizeBytes: number, options: WriteOptions = {}): number {
    this.cache.check(key, options);
    const request = this.nextRequest++;
    this.post({ kind: 'write', request, key, value, stored: value, sizeBytes, options });
    return request;
  }

  invalidate(target: Target, levels?: readonly TierLevel[]): number {
    const request = this.nextRequest++;
    this.post({ kind: 'invalidate', request, target, levels });
    return request;
  }

  abandon(request: number): void {
    this.post({ kind: 'abandon', request });
  }

  flush(): number {
    const request = this.nextRequest++;
    this.post({ kind: 'flush', request });
    return request;
  }

  private post(event: FlowEvent): void {
    this.pump.post(event, this.time.nowMs);
  }

  private execute(effect: Effect, nowMs: number): FlowEvent | undefined {
    switch (effect.kind) {
      case 'tier':
        return this.askTier(effect, nowMs);
      case 'cancel':
        return this.stop(this.operations, effect.op);
      case 'load':
        return this.load(effect.load, effect.key, nowMs);
      case 'cancel-load':
        return this.stop(this.loads, effect.load);
      case 'answer':
        this.listener.onRead?.(effect.request, effect.outcome);
        return undefined;
      case 'written':
        this.listener.onWritten?.(effect.request, effect.outcome);
        return undefined;
      case 'invalidated':
        this.listener.onInvalidated?.(effect.request, effect.outcome);
        return undefined;
      case 'flushed':
        this.listener.onFlushed?.(effect.request, effect.outcome);
        return undefined;
      case 'publish':
        this.bus?.publish(effect.change);
        return undefined;
      case 'notice':
        this.listener.onNotice?.(effect.notice);
        return undefined;
      case 'timer':
        if (this.wakeUp) this.wakeUp.cancelled = true;
        this.wakeUp = this.time.at(effect.atMs, () => this.post({ kind: 'timer' }));
        return undefined;
    }
  }

  private askTier(
    { op, tier, action }: Extract<Effect, { kind: 'tier' }>,
    nowMs: number,
  ): FlowEvent | undefined {
    const { store, latencyMs, fault } = this.tiers[tier];
    const end = (atMs: number): FlowEvent => ({
      kind: 'tier-done',
      op,
      result: fault?.(action, atMs) ?? applyToStore(store, action, atMs),
    });
    const takesMs = latencyMs?.(action) ?? 0;
    if (takesMs <= 0) return end(nowMs);
    if (takesMs === Infinity) return undefined;
    const alarm = this.time.at(nowMs + takesMs, (atMs) => {
      this.operations.delete(op);
      this.post(end(atMs));
    });
    this.operations.set(op, alarm);
    return undefined;
  }

  private load(load: number, key: string, nowMs: number): FlowEvent | undefined {
    const end = (atMs: number): FlowEvent => {
      const loaded = this.origin.load(key, atMs);
      return loaded
        ? { kind: 'loaded', load, loaded }
        : { kind: 'load-failed', load, message: 'origin failed' };
    };
    const takesMs = this.origin.serviceMs(key);
    if (takesMs <= 0) return end(nowMs);
    if (takesMs === Infinity) return undefined;
    const alarm = this.time.at(nowMs + takesMs, (atMs) => {
      this.loads.delete(load);
      this.post(end(atMs));
    });
    this.loads.set(load, alarm);
    return undefined;
  }

  private stop(underWay: Map<number, Alarm<Wake>>, id: number): undefined {
    const alarm = underWay.get(id);
    if (alarm) alarm.cancelled = true;
    underWay.delete(id);
  }
}
