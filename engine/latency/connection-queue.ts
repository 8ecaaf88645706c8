import type { PoolRequest } from './connection-pool-effects.ts';

/** A request that has not ended; `sinceMs` is when it asked. */
export interface Ask {
  readonly request: PoolRequest;
  readonly host: string;
  readonly sinceMs: number;
}

export interface Waiter extends Ask {
  /** Place in the order of arrival, over all hosts. */
  readonly order: number;
  readonly deadlineMs: number;
}

/** Waiting requests, first come first served for each host. All wait equally long at most, so the first is the first to go. */
export class ConnectionQueue {
  size = 0;
  private arrivals = 0;
  /** Host to its waiters by request, in order of arrival; no host without waiters. */
  private readonly hosts = new Map<string, Map<number, Waiter>>();

  add(ask: Ask, deadlineMs: number): void {
    let waiters = this.hosts.get(ask.host);
    if (!waiters) this.hosts.set(ask.host, (waiters = new Map()));
    waiters.set(ask.request.id, { ...ask, order: this.arrivals++, deadlineMs });
    this.size++;
  }

  remove(waiter: Waiter): void {
    const waiters = this.hosts.get(waiter.host)!;
    waiters.delete(waiter.request.id);
    if (waiters.size === 0) this.hosts.delete(waiter.host);
    this.size--;
  }

  find(requestId: number): Waiter | undefined {
    for (const waiters of this.hosts.values()) {
      const waiter = waiters.get(requestId);
      if (waiter) return waiter;
    }
    return undefined;
  }

  count(host: string): number {
    return this.hosts.get(host)?.size ?? 0;
  }

  /** The longest waiting request of each host. */
  *firsts(): Generator<Waiter> {
    for (const waiters of this.hosts.values()) yield waiters.values().next().value!;
  }

  /** Waiters whose time is up, in order of arrival. */
  expired(nowMs: number): Waiter[] {
    const expired: Waiter[] = [];
    for (const waiters of this.hosts.values())
      for (const waiter of waiters.values()) {
        if (waiter.deadlineMs > nowMs) break;
        expired.push(waiter);
      }
    return expired.sort((a, b) => a.order - b.order);
  }

  /** Infinity when nobody waits. */
  nextDeadlineMs(): number {
    let next = Infinity;
    for (const { deadlineMs } of this.firsts()) next = Math.min(next, deadlineMs);
    return next;
  }
}
