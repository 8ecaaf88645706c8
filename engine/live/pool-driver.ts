import { InputError } from '../core/errors.ts';
import { RandomStream } from '../core/random.ts';
import type { Connection, PoolEffect } from '../latency/connection-pool-effects.ts';
import type { ConnectionPoolSettings } from '../latency/connection-pool-settings.ts';
import { ConnectionPool } from '../latency/connection-pool.ts';
import { wallClock, type Clock } from './clock.ts';
import { connected, ConnectionReset, PoolError, type ConnectionPort } from './connection-port.ts';

export interface LivePoolOptions<C> {
  /**
   * The handshake's times belong to a simulation: here it takes what it takes, so they should be 0. `serverKeepAliveMs` should be
   * null, unless the server's time is known and the pool is to foresee its close.
   */
  settings: ConnectionPoolSettings;
  port: ConnectionPort<C>;
  clock?: Clock;
  /** Sees what the pool decides, before it is done. Must not throw. */
  onEffect?(effect: PoolEffect, nowMs: number): void;
}

export interface AcquireOptions {
  /** May be sent twice (RFC 9110, 9.2.2). Default: it may. */
  idempotent?: boolean;
  signal?: AbortSignal | undefined;
}

/** A connection that the caller has until he gives it back, once: a second time is an InputError. */
export interface Lease<C> {
  readonly connection: C;
  /** It has carried a request before. */
  readonly reused: boolean;
  /** The request is sent again, after a reset. */
  readonly retry: boolean;
  /** In the queue, and for the connection to open. */
  readonly waitedMs: number;
  readonly connectMs: number;
  release(options: { reusable: boolean }): void;
  /**
   * It was reset before an answer came: another lease, on a fresh connection, when that is safe.
   * @throws PoolError `reset` (as a rejection) when it is not.
   */
  reset(): Promise<Lease<C>>;
}

interface Asked<C> {
  readonly host: string;
  readonly signal: AbortSignal | undefined;
  readonly sinceMs: number;
  resolve: (lease: Lease<C>) => void;
  reject: (error: unknown) => void;
}

/** A real connection under the number that the pool knows it by. */
interface Held<C> {
  readonly id: Connection;
  readonly connection: C;
  readonly unwatch: () => void;
  /** The server has closed it while it was in use. */
  gone: boolean;
}

/**
 * Drives a ConnectionPool by the wall clock over real connections (L4). The pool decides who gets which connection, and when one
 * ends; the port opens and closes them.
 */
export class LivePool<C> {
  readonly pool: ConnectionPool;
  private readonly clock: Clock;
  private readonly asked = new Map<number, Asked<C>>();
  private readonly held = new Map<number, Held<C>>();
  private readonly opening = new Map<AbortController, string>();
  private cancelTimer: () => void = () => {};
  private timerMs = Infinity;
  private lastRequest = 0;
  private closed = false;

  /** @param random draws which handshakes resume, where the settings have any. */
  constructor(
    private readonly options: LivePoolOptions<C>,
    random = new RandomStream(0, 'live pool'),
  ) {
    this.pool = new ConnectionPool(options.settings, random);
    this.clock = options.clock ?? wallClock();
  }

  /**
   * A connection to a host, as soon as the limits allow.
   * @throws PoolError (as a rejection) when the pool refuses, or time is up; what the port throws when it cannot connect; the signal's
   * reason when the caller leaves.
   */
  acquire(host: string, { idempotent = true, signal }: AcquireOptions = {}): Promise<Lease<C>> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.closed) return Promise.reject(new PoolError('closed', host, 0));
    const id = ++this.lastRequest;
    const nowMs = this.clock.now();
    const lease = this.expect(id, host, signal, nowMs);
    this.carryOut(this.pool.acquire({ id, idempotent }, host, nowMs), nowMs);
    return lease;
  }

  /**
   * Does something on a connection. When it was a reused one that turns out to be reset (`run` rejects with ConnectionReset),
   * and the request may be sent twice, it is done again once on a fresh connection. Other errors are the caller's; the
   * connection is then closed, as nobody knows what is left in it.
   */
  async use<T>(
    host: string,
    run: (lease: Lease<C>) => Promise<T>,
    options: AcquireOptions & { reusable?: (result: T) => boolean } = {},
  ): Promise<T> {
    let lease = await this.acquire(host, options);
    for (;;) {
      try {
        const result = await run(lease);
        lease.release({ reusable: options.reusable?.(result) ?? true });
        return result;
      } catch (error) {
        if (!(error instanceof ConnectionReset)) {
          lease.release({ reusable: false });
          throw error;
        }
        lease = await lease.reset();
      }
    }
  }

  /** Closes what is idle, now and whenever something is given back, and refuses whoever waits. */
  close(): void {
    this.closed = true;
    const nowMs = this.clock.now();
    for (const id of [...this.asked.keys()]) {
      const asked = this.asked.get(id)!;
      this.settle(id).reject(new PoolError('closed', asked.host, nowMs - asked.sinceMs));
      this.carryOut(this.pool.cancel(id, nowMs), nowMs);
    }
    for (const [controller, host] of this.opening) controller.abort(new PoolError('closed', host, 0));
    for (const id of this.held.keys()) this.pool.connections.heardClosed(id);
    this.closeGone();
    this.cancelTimer();
  }

  /** A lease for a request that is about to be made, or made again. */
  private expect(
    id: number,
    host: string,
    signal: AbortSignal | undefined,
    sinceMs: number,
  ): Promise<Lease<C>> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        // While it connects, that is given up instead.
        if (!this.asked.has(id)) return;
        this.settle(id).reject(signal!.reason);
        const nowMs = this.clock.now();
        this.carryOut(this.pool.cancel(id, nowMs), nowMs);
      };
      const ended = (): void => signal?.removeEventListener('abort', leave);
      signal?.addEventListener('abort', leave, { once: true });
      this.asked.set(id, {
        host,
        signal,
        sinceMs,
        resolve: (lease) => (ended(), resolve(lease)),
        reject: (error) => (ended(), reject(error as Error)),
      });
    });
  }

  private carryOut(effects: readonly PoolEffect[], nowMs: number): void {
    for (const effect of effects) {
      this.options.onEffect?.(effect, nowMs);
      const { id } = effect.request;
      if (effect.kind === 'granted') void this.grant(effect, nowMs);
      else if (effect.kind === 'refused' || effect.kind === 'reset' || effect.kind === 'timedOut') {
        const asked = this.settle(id);
        asked.reject(new PoolError(effect.kind, asked.host, nowMs - asked.sinceMs));
      }
    }
    this.closeGone();
    this.setTimer();
  }

  private async grant(effect: Extract<PoolEffect, { kind: 'granted' }>, nowMs: number): Promise<void> {
    const { request, connection: id, reused, retry, waitedMs } = effect;
    const asked = this.settle(request.id);
    let held = this.held.get(id.id);
    if (!held) {
      try {
        held = await this.open(id, asked);
      } catch (error) {
        this.giveBack(id, false);
        asked.reject(error);
        return;
      }
    }
    const connectMs = reused ? 0 : this.clock.now() - nowMs;
    let ended = false;
    const end = (): void => {
      if (ended) throw new InputError('lease', 'one that is held', 'one given back before');
      ended = true;
    };
    asked.resolve({
      connection: held.connection,
      reused,
      retry,
      waitedMs,
      connectMs,
      release: ({ reusable }) => {
        end();
        this.giveBack(id, reusable);
      },
      reset: () => {
        end();
        if (asked.signal?.aborted) {
          this.giveBack(id, false);
          return Promise.reject(asked.signal.reason as Error);
        }
        const again = this.expect(request.id, asked.host, asked.signal, asked.sinceMs);
        const atMs = this.clock.now();
        this.carryOut(this.pool.onReset(id, atMs), atMs);
        return again;
      },
    });
  }

  /** Connects within the time that the request has left. */
  private async open(id: Connection, { host, signal, sinceMs }: Asked<C>): Promise<Held<C>> {
    const { port, settings } = this.options;
    const controller = new AbortController();
    this.opening.set(controller, host);
    const leave = (): void => controller.abort(signal!.reason);
    signal?.addEventListener('abort', leave, { once: true });
    const { timeoutMs } = settings;
    const late = new PoolError('timedOut', host, timeoutMs ?? 0);
    const cancel =
      timeoutMs === null ? () => {} : this.clock.at(sinceMs + timeoutMs, () => controller.abort(late));
    try {
      const connection = await connected(port, host, controller.signal);
      const unwatch = port.onClosed?.(connection, () => this.hear(id)) ?? (() => {});
      const held = { id, connection, unwatch, gone: false };
      this.held.set(id.id, held);
      return held;
    } finally {
      cancel();
      signal?.removeEventListener('abort', leave);
      this.opening.delete(controller);
    }
  }

  /** The server has closed a connection. One in use tells whoever uses it, unless he is done with it. */
  private hear({ id }: Connection): void {
    const nowMs = this.clock.now();
    this.held.get(id)!.gone = true;
    this.carryOut(this.pool.onTimer(nowMs), nowMs);
    this.pool.connections.heardClosed(id);
    this.closeGone();
    this.setTimer();
  }

  private giveBack(id: Connection, wanted: boolean): void {
    const nowMs = this.clock.now();
    const reusable = wanted && !this.closed && this.held.get(id.id)?.gone === false;
    this.carryOut(this.pool.release(id, nowMs, { reusable }), nowMs);
  }

  /** Closes the real connections of those that the pool has let go. */
  private closeGone(): void {
    const { byId } = this.pool.connections;
    for (const [id, { connection, unwatch }] of this.held) {
      if (byId.has(id)) continue;
      this.held.delete(id);
      unwatch();
      this.options.port.close(connection);
    }
  }

  /** For the pool's next decision, and for the end of the idle connections, which the pool itself ends only when asked. */
  private setTimer(): void {
    let dueMs = this.pool.nextTimerMs();
    for (const { state, idleSinceMs } of this.pool.connections.byId.values())
      if (state === 'idle') dueMs = Math.min(dueMs, idleSinceMs + this.options.settings.keepAliveMs);
    if (dueMs === this.timerMs) return;
    this.cancelTimer();
    this.timerMs = dueMs;
    this.cancelTimer = dueMs < Infinity ? this.clock.at(dueMs, () => this.onTimer()) : () => {};
  }

  private onTimer(): void {
    const nowMs = this.clock.now();
    this.timerMs = Infinity;
    this.pool.levels(nowMs);
    this.carryOut(this.pool.onTimer(nowMs), nowMs);
  }

  private settle(id: number): Asked<C> {
    const asked = this.asked.get(id)!;
    this.asked.delete(id);
    return asked;
  }
}
