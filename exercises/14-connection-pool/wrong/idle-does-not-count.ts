// Wrong: only connections in use are counted, so idle ones pile up past the limit
// Says: An idle connection is open, and counts towards both limits
interface Settings {
  maxTotal: number;
  maxPerHost: number;
  keepAliveMs: number;
  timeoutMs: number;
}

interface Idle {
  id: number;
  host: string;
  sinceMs: number;
}

interface Waiter {
  host: string;
  sinceMs: number;
  resolve: (id: number) => void;
  reject: (error: Error) => void;
}

export class ConnectionPool {
  /** Host of each connection in use. */
  private readonly inUse = new Map<number, string>();
  /** The one that has been idle for the longest time is the first. */
  private idle: Idle[] = [];
  /** The one that has waited for the longest time is the first. */
  private waiters: Waiter[] = [];
  private last = 0;

  constructor(private readonly settings: Settings) {}

  acquire(host: string, nowMs: number): Promise<number> {
    this.tick(nowMs);
    return new Promise((resolve, reject) => {
      const id = this.serve(host);
      if (id === undefined) this.waiters.push({ host, sinceMs: nowMs, resolve, reject });
      else resolve(id);
    });
  }

  release(id: number, nowMs: number): void {
    this.tick(nowMs);
    const host = this.inUse.get(id);
    if (host === undefined) throw new Error(`Connection ${id} is not in use.`);
    this.inUse.delete(id);
    this.idle.push({ id, host, sinceMs: nowMs });
    this.waiters = this.waiters.filter((waiter) => {
      const served = this.serve(waiter.host);
      if (served !== undefined) waiter.resolve(served);
      return served === undefined;
    });
  }

  tick(nowMs: number): void {
    const { keepAliveMs, timeoutMs } = this.settings;
    const isOver = ({ sinceMs }: Waiter) => nowMs - sinceMs >= timeoutMs;
    for (const waiter of this.waiters) if (isOver(waiter)) waiter.reject(new Error('timeout'));
    this.waiters = this.waiters.filter((waiter) => !isOver(waiter));
    this.idle = this.idle.filter(({ sinceMs }) => nowMs - sinceMs < keepAliveMs);
  }

  stats(nowMs: number): { open: number; idle: number; waiting: number } {
    this.tick(nowMs);
    return { open: this.open(), idle: this.idle.length, waiting: this.waiters.length };
  }

  /** Number of a connection that is now in use for this host; undefined when there is none. */
  private serve(host: string): number | undefined {
    const at = this.idle.findLastIndex((one) => one.host === host);
    if (at >= 0) return this.use(this.idle.splice(at, 1)[0].id, host);
    if (this.openTo(host) >= this.settings.maxPerHost) return undefined;
    if (this.inUse.size >= this.settings.maxTotal) return undefined;
    this.last += 1;
    return this.use(this.last, host);
  }

  private use(id: number, host: string): number {
    this.inUse.set(id, host);
    return id;
  }

  private open(): number {
    return this.inUse.size + this.idle.length;
  }

  private openTo(host: string): number {
    const hosts = [...this.inUse.values(), ...this.idle.map((one) => one.host)];
    return hosts.filter((one) => one === host).length;
  }
}
