import { InputError, show } from '../core/errors.ts';
import type { RandomStream } from '../core/random.ts';
import { handshakeMs, Handshakes, NO_HANDSHAKE, type HandshakeCost } from './connection-handshake.ts';
import type { Connection, PoolEffect, PoolRequest } from './connection-pool-effects.ts';
import type { ConnectionPoolSettings } from './connection-pool-settings.ts';
import { ConnectionPoolStats, type ConnectionPoolLevels } from './connection-pool-stats.ts';
import { ConnectionQueue, type Ask, type Waiter } from './connection-queue.ts';
import { ConnectionSet, type Pooled } from './connection-set.ts';

/**
 * Connections to the hosts of one endpoint (L4): limits in all and per host, reuse, handshakes, a bounded queue with a timeout, and
 * the idle race, in which a request crosses the server's close on its way (RFC 9112, 9.3.1 and 9.5).
 *
 * A state machine without timers: call `onTimer` when `nextTimerMs` comes. `nowMs` never goes back. A request whose time
 * is up at the very moment that a connection comes free has timed out.
 *
 * Order: among waiting requests whose host has room, the one that has waited longest. Idle connections never keep a request
 * waiting: the one that was idle longest, of any host, is closed to make room. So under `arrival` order no host starves, however
 * busy another is, as long as connections are given back; under `same-host` order one can.
 */
export class ConnectionPool {
  readonly stats = new ConnectionPoolStats();
  private readonly limits: { maxTotal: number; maxPerHost: number };
  /** For a live driver, which holds the real ones; others let the pool alone change it. */
  readonly connections: ConnectionSet;
  private readonly queue = new ConnectionQueue();
  private readonly handshakes: Handshakes;
  /** Connections with a `dueMs`; few at any time. */
  private readonly due = new Set<Pooled>();
  private lastMs = -Infinity;

  /** @param random draws which handshakes resume a session; the pool draws nothing else. */
  constructor(
    private readonly settings: ConnectionPoolSettings,
    random: RandomStream,
  ) {
    this.limits = { maxTotal: settings.maxTotal, maxPerHost: settings.maxPerHost };
    this.connections = new ConnectionSet(settings, this.limits, this.stats);
    this.handshakes = new Handshakes(settings.handshake, random);
  }

  acquire(request: PoolRequest, host: string, nowMs: number): PoolEffect[] {
    const effects = this.begin(nowMs);
    if (this.queue.find(request.id) ?? this.findDue(request.id))
      throw new InputError('request', 'an id of no other waiting request', show(request.id));
    this.stats.requests++;
    const ask: Ask = { request, host, sinceMs: nowMs };
    if (this.connections.hasRoom(host, nowMs)) this.serve(ask, nowMs, effects);
    else this.wait(ask, effects);
    return effects;
  }

  /**
   * Gives a connection back. Not reusable: an error, an answer that was not read to its end, or `Connection: close`.
   * @throws InputError for a connection that is not in use, such as one given back twice.
   */
  release(connection: Connection, nowMs: number, { reusable }: { reusable: boolean }): PoolEffect[] {
    const effects = this.begin(nowMs);
    const pooled = this.inUse(connection);
    if (reusable && this.settings.keepAliveMs > 0) this.connections.rest(pooled, nowMs);
    else this.connections.close(pooled, reusable ? 'closedIdle' : 'closedBroken');
    this.connections.trim();
    this.dispatch(nowMs, effects, pooled.host);
    return effects;
  }

  /**
   * The live side's news that a granted connection was reset before an answer. The request is sent again on a fresh
   * connection when it may be and when the connection was a reused one: a fresh one that breaks says something else.
   * @throws InputError for a connection that is not in use.
   */
  onReset(connection: Connection, nowMs: number): PoolEffect[] {
    const effects = this.begin(nowMs);
    const pooled = this.inUse(connection);
    if (pooled.reused) this.lost(pooled, nowMs, effects);
    else {
      this.connections.close(pooled, 'closedBroken');
      effects.push({ kind: 'reset', request: pooled.ask.request });
    }
    this.dispatch(nowMs, effects);
    return effects;
  }

  /** Takes a request back that is not granted yet; nothing when there is none. A granted one is given back instead. */
  cancel(requestId: number, nowMs: number): PoolEffect[] {
    const effects = this.begin(nowMs);
    const waiter = this.queue.find(requestId);
    const pooled = waiter ? undefined : this.findDue(requestId);
    const request = waiter?.request ?? pooled?.ask.request;
    if (!request) return effects;
    if (waiter) this.leaveQueue(waiter, nowMs);
    if (pooled) this.drop(pooled);
    this.stats.cancelled++;
    effects.push({ kind: 'cancelled', request });
    this.dispatch(nowMs, effects);
    return effects;
  }

  /** When to call `onTimer` next; Infinity for never. */
  nextTimerMs(): number {
    let next = this.queue.nextDeadlineMs();
    for (const { dueMs } of this.due) next = Math.min(next, dueMs);
    return next;
  }

  onTimer(nowMs: number): PoolEffect[] {
    return this.begin(nowMs);
  }

  /** New limits. Connections above a lowered limit are closed when idle or given back; nothing in use is cut. */
  resize(limits: { maxTotal?: number; maxPerHost?: number }, nowMs: number): PoolEffect[] {
    const effects = this.begin(nowMs);
    Object.assign(this.limits, limits);
    this.connections.trim();
    this.dispatch(nowMs, effects);
    return effects;
  }

  /** Connections in use for longer than `afterMs`, longest first: probably never given back. */
  leaked(nowMs: number, afterMs: number): { connection: Connection; request: PoolRequest; usedMs: number }[] {
    return [...this.connections.byId.values()]
      .filter((c) => c.state === 'inUse' && nowMs - c.usedSinceMs > afterMs)
      .sort((a, b) => a.usedSinceMs - b.usedSinceMs || a.id - b.id)
      .map((c) => ({ connection: c, request: c.ask.request, usedMs: nowMs - c.usedSinceMs }));
  }

  /** Of all hosts, or of one. */
  levels(nowMs: number, host?: string): ConnectionPoolLevels {
    const { open, idle } = this.connections.count(nowMs, host);
    const waiting = host === undefined ? this.queue.size : this.queue.count(host);
    return { open, idle, inUse: open - idle, waiting };
  }

  /** Ends whatever is over by now, first to last. */
  private begin(nowMs: number): PoolEffect[] {
    if (!(nowMs >= this.lastMs))
      throw new InputError('nowMs', `a time from ${this.lastMs} on`, show(nowMs), 'Time never goes back.');
    this.lastMs = nowMs;
    const effects: PoolEffect[] = [];
    for (const waiter of this.queue.expired(nowMs)) {
      this.leaveQueue(waiter, nowMs);
      this.timeOut(waiter, 'queue', nowMs, effects);
    }
    let ended = false;
    for (let over = this.nextDue(nowMs); over; over = this.nextDue(nowMs)) {
      this.onDue(over, nowMs, effects);
      ended = true;
    }
    if (ended) this.dispatch(nowMs, effects);
    return effects;
  }

  private nextDue(nowMs: number): Pooled | undefined {
    let next: Pooled | undefined;
    for (const pooled of this.due)
      if (pooled.dueMs <= nowMs && (!next || pooled.dueMs < next.dueMs)) next = pooled;
    return next;
  }

  private onDue(pooled: Pooled, nowMs: number, effects: PoolEffect[]): void {
    this.due.delete(pooled);
    if (pooled.state === 'racing') return this.lost(pooled, nowMs, effects);
    if (pooled.state === 'warming') {
      this.handshakes.completes(pooled.host, nowMs);
      return this.connections.rest(pooled, nowMs);
    }
    this.timeOut(pooled.ask, 'handshake', nowMs, effects);
    if (this.settings.lateHandshake === 'close') return this.connections.close(pooled, 'closedBroken');
    pooled.state = 'warming';
    pooled.dueMs = pooled.readyMs;
    this.due.add(pooled);
  }

  private timeOut(ask: Ask, phase: 'queue' | 'handshake', nowMs: number, effects: PoolEffect[]): void {
    if (phase === 'queue') this.stats.timedOutInQueue++;
    else this.stats.timedOutInHandshake++;
    effects.push({ kind: 'timedOut', request: ask.request, phase, waitedMs: nowMs - ask.sinceMs });
  }

  /** The server had closed the connection. A fresh one takes its place, so there is room for it. */
  private lost(pooled: Pooled, nowMs: number, effects: PoolEffect[]): void {
    this.stats.races++;
    this.connections.close(pooled, 'closedByServer');
    if (pooled.ask.request.idempotent) {
      this.stats.retries++;
      this.connect(pooled.ask, true, nowMs, effects);
    } else effects.push({ kind: 'reset', request: pooled.ask.request });
  }

  private drop(pooled: Pooled): void {
    this.due.delete(pooled);
    this.connections.close(pooled, 'closedBroken');
  }

  private wait(ask: Ask, effects: PoolEffect[]): void {
    const { maxWaiting, timeoutMs, queueTimeoutMs } = this.settings;
    if (this.queue.size >= (maxWaiting ?? Infinity)) {
      this.stats.refused++;
      effects.push({ kind: 'refused', request: ask.request });
      return;
    }
    this.queue.add(ask, ask.sinceMs + Math.min(timeoutMs ?? Infinity, queueTimeoutMs ?? Infinity));
    this.stats.waits++;
    this.stats.peakWaiting = Math.max(this.stats.peakWaiting, this.queue.size);
    effects.push({ kind: 'queued', request: ask.request });
  }

  private leaveQueue(waiter: Waiter, nowMs: number): void {
    this.queue.remove(waiter);
    this.stats.waitMs += nowMs - waiter.sinceMs;
  }

  private dispatch(nowMs: number, effects: PoolEffect[], released?: string): void {
    for (let next = this.nextToServe(nowMs, released); next; next = this.nextToServe(nowMs, released)) {
      this.leaveQueue(next, nowMs);
      this.serve(next, nowMs, effects);
    }
  }

  private nextToServe(nowMs: number, released: string | undefined): Waiter | undefined {
    let next: Waiter | undefined;
    for (const first of this.queue.firsts()) {
      if (!this.connections.hasRoom(first.host, nowMs)) continue;
      if (first.host === released && this.settings.grantOrder === 'same-host') return first;
      if (!next || first.order < next.order) next = first;
    }
    return next;
  }

  private serve(ask: Ask, nowMs: number, effects: PoolEffect[]): void {
    const pooled = this.connections.take(ask.host, nowMs);
    if (!pooled) return this.connect(ask, false, nowMs, effects);
    pooled.ask = ask;
    if (!this.connections.isRacing(pooled, nowMs)) {
      this.stats.reused++;
      return this.grant(pooled, NO_HANDSHAKE, false, nowMs, effects);
    }
    pooled.state = 'racing';
    pooled.dueMs = nowMs + 2 * this.settings.raceMs;
    this.due.add(pooled);
    effects.push({ kind: 'racing', request: ask.request });
  }

  private connect(ask: Ask, retry: boolean, nowMs: number, effects: PoolEffect[]): void {
    const deadlineMs = ask.sinceMs + (this.settings.timeoutMs ?? Infinity);
    if (deadlineMs <= nowMs) return this.timeOut(ask, 'handshake', nowMs, effects);
    const handshake = this.handshakes.begin(ask.host, nowMs);
    const { host } = ask;
    const id = ++this.stats.opened;
    this.stats.dnsMs += handshake.dns;
    this.stats.tcpMs += handshake.tcp;
    this.stats.tlsMs += handshake.tls;
    const times = {
      idleSinceMs: NaN,
      usedSinceMs: NaN,
      readyMs: nowMs + handshakeMs(handshake),
      dueMs: deadlineMs,
    };
    const pooled: Pooled = { id, host, state: 'connecting', ask, reused: false, ...times };
    this.connections.add(pooled);
    if (pooled.readyMs > deadlineMs) {
      this.due.add(pooled);
      effects.push({ kind: 'connecting', request: ask.request });
      return;
    }
    this.handshakes.completes(host, pooled.readyMs);
    this.grant(pooled, handshake, retry, nowMs, effects);
  }

  private grant(
    connection: Pooled,
    handshake: HandshakeCost,
    retry: boolean,
    nowMs: number,
    effects: PoolEffect[],
  ): void {
    const reused = connection.state === 'idle';
    connection.state = 'inUse';
    connection.reused = reused;
    connection.usedSinceMs = nowMs;
    const { request, sinceMs } = connection.ask;
    const waitedMs = nowMs - sinceMs;
    effects.push({ kind: 'granted', request, connection, reused, handshake, waitedMs, retry });
  }

  private inUse(connection: Connection): Pooled {
    const pooled = this.connections.byId.get(connection.id);
    if (pooled?.state === 'inUse') return pooled;
    const got = `connection ${connection.id} to ${connection.host}, which is ${pooled ? pooled.state : 'closed'}`;
    throw new InputError('connection', 'a connection in use', got, 'Give each granted connection back once.');
  }

  /** A request that is on a connection, yet not granted. */
  private findDue(requestId: number): Pooled | undefined {
    for (const pooled of this.due)
      if (pooled.ask.request.id === requestId && pooled.state !== 'warming') return pooled;
    return undefined;
  }
}
