import type { ConnectionPoolSettings } from './connection-pool-settings.ts';
import type { ConnectionPoolStats } from './connection-pool-stats.ts';
import type { Connection } from './connection-pool-effects.ts';
import type { Ask } from './connection-queue.ts';

export interface Pooled extends Connection {
  /** connecting and racing: for a request that will not have it. warming: for nobody, until it is ready. */
  state: 'idle' | 'inUse' | 'connecting' | 'racing' | 'warming';
  /** The request that has it, or had it last. */
  ask: Ask;
  reused: boolean;
  idleSinceMs: number;
  usedSinceMs: number;
  readyMs: number;
  /** End of connecting, racing or warming. */
  dueMs: number;
}

interface Host {
  open: number;
  /** Longest idle first. */
  readonly idle: Pooled[];
}

type Closing = 'closedIdle' | 'closedByServer' | 'evicted' | 'closedBroken';

/** The open connections: limits, idle ones, and when those end. Expired ones are closed when somebody looks at them. */
export class ConnectionSet {
  open = 0;
  readonly byId = new Map<number, Pooled>();
  private readonly hosts = new Map<string, Host>();

  constructor(
    private readonly settings: ConnectionPoolSettings,
    private readonly limits: { maxTotal: number; maxPerHost: number },
    private readonly stats: ConnectionPoolStats,
  ) {}

  add(pooled: Pooled): void {
    this.byId.set(pooled.id, pooled);
    this.hostOf(pooled.host).open++;
    this.open++;
    this.stats.peakOpen = Math.max(this.stats.peakOpen, this.open);
  }

  rest(pooled: Pooled, nowMs: number): void {
    pooled.state = 'idle';
    pooled.idleSinceMs = nowMs;
    this.hostOf(pooled.host).idle.push(pooled);
  }

  /** An idle connection can be used, or one opened within the limits, perhaps in the place of another host's idle one. */
  hasRoom(name: string, nowMs: number): boolean {
    const host = this.hostOf(name);
    this.expire(host, nowMs);
    if (host.idle.length > 0) return true;
    if (host.open >= this.limits.maxPerHost) return false;
    return this.open < this.limits.maxTotal || (this.open === this.limits.maxTotal && !!this.longestIdle());
  }

  /** An idle connection for a request; when there is none, room to open one. Room must have been found. */
  take(name: string, nowMs: number): Pooled | undefined {
    const { idle } = this.hostOf(name);
    const pooled = this.settings.idleOrder === 'newest-first' ? idle.pop() : idle.shift();
    if (!pooled && this.open >= this.limits.maxTotal) {
      // What has expired counts as expired, not as evicted.
      for (const host of this.hosts.values()) this.expire(host, nowMs);
      if (this.open >= this.limits.maxTotal) this.closeIdle(this.longestIdle()!, 'evicted');
    }
    return pooled;
  }

  /** Closes idle connections above the limits. */
  trim(): void {
    for (const host of this.hosts.values())
      while (host.open > this.limits.maxPerHost && host.idle[0]) this.closeIdle(host.idle[0], 'closedBroken');
    for (
      let first = this.longestIdle();
      first && this.open > this.limits.maxTotal;
      first = this.longestIdle()
    )
      this.closeIdle(first, 'closedBroken');
  }

  close(pooled: Pooled, why: Closing): void {
    this.stats[why]++;
    this.byId.delete(pooled.id);
    this.hostOf(pooled.host).open--;
    this.open--;
  }

  /** The live side has heard in time that the server closed it; nothing when it is not idle. */
  heardClosed(id: number): void {
    const pooled = this.byId.get(id);
    if (pooled?.state !== 'idle') return;
    const { idle } = this.hostOf(pooled.host);
    idle.splice(idle.indexOf(pooled), 1);
    this.close(pooled, 'closedByServer');
  }

  /** Open and idle connections, of one host or of all. */
  count(nowMs: number, name?: string): { open: number; idle: number } {
    const hosts = name === undefined ? [...this.hosts.values()] : [this.hostOf(name)];
    for (const host of hosts) this.expire(host, nowMs);
    return {
      open: hosts.reduce((sum, host) => sum + host.open, 0),
      idle: hosts.reduce((sum, host) => sum + host.idle.length, 0),
    };
  }

  /**
   * The server closes at `serverKeepAliveMs` of idleness. A request fails when it is sent before the news of that is here, and
   * gets there after it happened: sent up to one delay before the close, or up to one after it.
   */
  isRacing(pooled: Pooled, nowMs: number): boolean {
    const { serverKeepAliveMs, raceMs } = this.settings;
    return serverKeepAliveMs !== null && nowMs - pooled.idleSinceMs > serverKeepAliveMs - raceMs;
  }

  private expire(host: Host, nowMs: number): void {
    const { keepAliveMs, serverKeepAliveMs, raceMs } = this.settings;
    const toldMs = serverKeepAliveMs === null ? Infinity : serverKeepAliveMs + raceMs;
    for (let first = host.idle[0]; first; first = host.idle[0]) {
      if (nowMs - first.idleSinceMs < Math.min(keepAliveMs, toldMs)) return;
      this.closeIdle(first, keepAliveMs <= toldMs ? 'closedIdle' : 'closedByServer');
    }
  }

  private longestIdle(): Pooled | undefined {
    let longest: Pooled | undefined;
    for (const { idle } of this.hosts.values())
      if (idle[0] && (!longest || idle[0].idleSinceMs < longest.idleSinceMs)) longest = idle[0];
    return longest;
  }

  /** The longest idle one of its host. */
  private closeIdle(pooled: Pooled, why: Closing): void {
    this.hostOf(pooled.host).idle.shift();
    this.close(pooled, why);
  }

  private hostOf(name: string): Host {
    let host = this.hosts.get(name);
    if (!host) this.hosts.set(name, (host = { open: 0, idle: [] }));
    return host;
  }
}
