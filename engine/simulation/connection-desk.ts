import { handshakeMs } from '../latency/connection-handshake.ts';
import type { Connection, PoolEffect } from '../latency/connection-pool-effects.ts';
import type { Guard } from './guard.ts';

/** Those who want connections: copies of tries, by the names under which they ask. */
export interface ConnectionUsers {
  /** Copy of this name, or −1 when it has left. */
  copyNamed(name: number): number;
  /** The copy has a connection, usable after so long. */
  onGranted(c: number, handshakeMs: number, nowMs: number): void;
  /** Its time or the queue's places ran out, or the server closed the connection under it. */
  onNoConnection(c: number, why: 'timedOut' | 'refused' | 'reset', nowMs: number): void;
  expectPool(guard: Guard, dueMs: number, pool: number): void;
}

/** Does what the stations' connection pools decide, and sets their timers. */
export class ConnectionDesk {
  /** Connections in use by copy, with the pools they are from. */
  private readonly held = new Map<number, { pool: number; connection: Connection }>();

  constructor(private readonly users: ConnectionUsers) {}

  ask(guard: Guard, name: number, instance: number, nowMs: number): void {
    const connections = guard.connections!;
    const pool = connections.poolOf(instance);
    const request = { id: name, idempotent: connections.settings.idempotent };
    this.take(guard, pool, connections.pools[pool]!.acquire(request, connections.drawHost(), nowMs), nowMs);
  }

  /** Takes back what was asked and not granted yet. */
  cancel(guard: Guard, name: number, instance: number, nowMs: number): void {
    const connections = guard.connections!;
    const pool = connections.poolOf(instance);
    this.take(guard, pool, connections.pools[pool]!.cancel(name, nowMs), nowMs);
  }

  /** Gives the copy's connection back, if it has one. */
  release(guard: Guard, c: number, reusable: boolean, nowMs: number): void {
    const held = this.held.get(c);
    if (!held) return;
    this.held.delete(c);
    const { pool, connection } = held;
    this.take(guard, pool, guard.connections!.pools[pool]!.release(connection, nowMs, { reusable }), nowMs);
  }

  onTimer(guard: Guard, pool: number, nowMs: number): void {
    const connections = guard.connections!;
    if (nowMs >= connections.timerMs[pool]!) connections.timerMs[pool] = Infinity;
    this.take(guard, pool, connections.pools[pool]!.onTimer(nowMs), nowMs);
  }

  /** The limits have been changed. */
  resize(guard: Guard, nowMs: number): void {
    const { pools, settings } = guard.connections!;
    const { maxTotal, maxPerHost } = settings;
    for (const [i, pool] of pools.entries())
      this.take(guard, i, pool.resize({ maxTotal, maxPerHost }, nowMs), nowMs);
  }

  private take(guard: Guard, pool: number, effects: readonly PoolEffect[], nowMs: number): void {
    const connections = guard.connections!;
    for (const effect of effects) {
      const { kind } = effect;
      const c = this.users.copyNamed(effect.request.id);
      if (kind === 'granted') {
        const { connection, handshake } = effect;
        if (c < 0) {
          // What came before in this very list has cancelled it.
          const more = connections.pools[pool]!.release(connection, nowMs, { reusable: true });
          this.take(guard, pool, more, nowMs);
          continue;
        }
        this.held.set(c, { pool, connection });
        this.users.onGranted(c, handshakeMs(handshake), nowMs);
      } else if (c >= 0 && (kind === 'timedOut' || kind === 'refused' || kind === 'reset'))
        this.users.onNoConnection(c, kind, nowMs);
    }
    const dueMs = connections.pools[pool]!.nextTimerMs();
    if (dueMs >= connections.timerMs[pool]!) return;
    connections.timerMs[pool] = dueMs;
    this.users.expectPool(guard, dueMs, pool);
  }
}
