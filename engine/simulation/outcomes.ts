import { NONE, type Requests } from './calls.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import type { InstanceMemory } from './instance-memory.ts';
import type { Recorder } from './recorder.ts';
import type { CallerHooks } from './request-trace-hooks.ts';
import type { Traffic } from './traffic.ts';

/** In place of a demand: the request renews a cache entry, and nobody waits for it. */
export const RENEWAL = -2;

/** How requests end: the record of it, those under way, and what a conversation does next. */
export class Outcomes {
  /** Requests under way, and their integral over time in request-milliseconds. */
  underWay = 0;
  underWayAreaMs = 0;
  /** Set by the world when the instances have a memory. */
  memory: InstanceMemory | null = null;
  /** Set by a tracer of requests. */
  trace: CallerHooks | null = null;
  /** Told of renewals that have ended. */
  onRenewed: (request: number) => void = () => undefined;
  private integratedMs = 0;

  constructor(
    private readonly requests: Requests,
    private readonly traffic: Traffic | null,
    private readonly events: EventQueue,
    private readonly recorder: Recorder,
  ) {}

  /** A request that somebody waits for, or that is deferred, begins. */
  begins(nowMs: number): void {
    this.count(1, nowMs);
  }

  /** @param tier index of the tier that answered, or −1. */
  answered(request: number, tier: number, nowMs: number): void {
    this.trace?.answered(request, tier, nowMs);
    const demand = this.requests.demand[request]!;
    if (demand !== RENEWAL) {
      if (this.isBackground(request)) this.recorder.background.completed++;
      else this.recorder.answered(nowMs - this.requests.intendedMs[request]!, tier);
    }
    this.close(request, true, nowMs);
  }

  gaveUp(request: number, afterMs: number, nowMs: number): void {
    this.trace?.gaveUp(request, nowMs);
    const demand = this.requests.demand[request]!;
    if (demand !== RENEWAL) {
      if (this.isBackground(request)) this.recorder.background.failed++;
      else this.recorder.gaveUp(afterMs);
    }
    this.close(request, false, nowMs);
  }

  /** Nobody waits for the answers of deferrable work and of renewals. */
  isBackground(request: number): boolean {
    const demand = this.requests.demand[request]!;
    return demand === RENEWAL || (demand !== NONE && this.traffic!.agentOfDemand(demand).settings.deferrable);
  }

  integrate(nowMs: number): void {
    this.underWayAreaMs += this.underWay * (nowMs - this.integratedMs);
    this.integratedMs = nowMs;
  }

  private close(request: number, answered: boolean, nowMs: number): void {
    const demand = this.requests.demand[request]!;
    if (demand === RENEWAL) {
      this.onRenewed(request);
      this.requests.close(request);
      return;
    }
    this.memory?.end(request);
    this.requests.close(request);
    this.count(-1, nowMs);
    if (demand === NONE) return;
    const { priority } = this.traffic!.agentOfDemand(demand);
    this.recorder.ended[priority]!++;
    if (!answered) this.recorder.givenUp[priority]!++;
    this.endDemand(this.traffic!, demand, answered, nowMs);
  }

  /** The conversation goes on after a while, or ends. */
  private endDemand(traffic: Traffic, demand: number, answered: boolean, nowMs: number): void {
    const conversation = traffic.demands.conversation[demand]!;
    const waitMs = traffic.ended(demand, answered ? traffic.demands.outputTokens[demand]! : -1);
    if (waitMs >= 0) this.events.push(nowMs + waitMs, EventKind.NextTurn + SUBJECT * conversation);
  }

  private count(by: number, nowMs: number): void {
    this.integrate(nowMs);
    this.underWay += by;
  }
}
