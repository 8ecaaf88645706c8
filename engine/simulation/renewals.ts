import type { Requests } from './calls.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import { RENEWAL } from './outcomes.ts';
import type { PathWalk } from './path-walk.ts';
import type { CallerHooks } from './request-trace-hooks.ts';

interface Renewal {
  /** Node of the tier whose entry is renewed; the request begins behind it. */
  node: number;
  id: number;
}

/**
 * Entries renewed before they expire (refresh-ahead): whoever finds one near its end is answered from the cache, and a request of its
 * own fetches it anew, one at a time for each entry. It has no time-out and is not tried again.
 */
export class Renewals {
  readonly underWay = new Map<number, Renewal>();
  /** Set by a tracer of requests. */
  trace: CallerHooks | null = null;
  private readonly entries = new Set<number>();

  constructor(
    private readonly requests: Requests,
    private readonly events: EventQueue,
    private readonly walk: PathWalk,
    private readonly instances: number,
  ) {}

  /** To be called after a probe or a lookup that has set `walk.nearEndAt`. */
  begin(key: number, instance: number, priority: number, nowMs: number): void {
    const node = this.walk.nearEndAt;
    this.walk.nearEndAt = -1;
    const tier = this.walk.path[node]!.tier!;
    const id = this.idOf(node, key, tier.settings.scope === 'instance' ? instance : 0);
    if (this.entries.has(id)) return;
    this.entries.add(id);
    tier.renewals++;
    const request = this.requests.open(key, instance, priority, nowMs, RENEWAL);
    this.underWay.set(request, { node, id });
    this.trace?.renews(request, tier, nowMs);
    // By way of the queue: the walk is in the middle of somebody else's request.
    this.events.push(nowMs, EventKind.Retry + SUBJECT * request);
  }

  /** The node behind the one that is renewed. */
  startOf(request: number): number {
    return this.underWay.get(request)!.node + 1;
  }

  end(request: number): void {
    this.entries.delete(this.underWay.get(request)!.id);
    this.underWay.delete(request);
  }

  private idOf(node: number, key: number, instance: number): number {
    // Keys are 32-bit and may be negative (what nobody asks again).
    return ((key + 0x80000000) * this.instances + instance) * this.walk.path.length + node;
  }
}
