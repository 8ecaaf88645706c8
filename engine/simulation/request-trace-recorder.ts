import { NONE, type Tries } from './calls.ts';
import type { PathNode } from './path-walk.ts';
import type { Recorder } from './recorder.ts';
import { askerOf } from './request-trace-asker.ts';
import { TraceBuilder } from './request-trace-builder.ts';
import { DeskTracer } from './request-trace-desk.ts';
import { GatewayTracer } from './request-trace-gateway.ts';
import { GuardTracer } from './request-trace-guard.ts';
import type { CallerHooks } from './request-trace-hooks.ts';
import { PaidWork } from './request-trace-paid.ts';
import { TracedRequests, type TraceBounds } from './request-trace-registry.ts';
import { TracedWalk } from './request-trace-walk.ts';
import type { NextTry, TraceOutcome, TraceWindow } from './request-trace.ts';
import type { ServiceDesk } from './service-desk.ts';
import type { TierCaches } from './tier-caches.ts';
import type { World } from './world.ts';

/**
 * Looks on while a run is simulated, and traces the requests that arrive within its bounds to their end. It draws no random number
 * and changes nothing: a run with a tracer has the fingerprint of the run without.
 */
export class RequestTracer implements CallerHooks {
  private readonly requests: TracedRequests;
  private readonly paidWork = new PaidWork();
  private walk!: TracedWalk;
  private world!: World;
  private arriving: TraceBuilder | null = null;
  private renewals = 0;
  private newRenewal: { tier: string; renewal: number } | null = null;
  private retriesDenied = 0;

  constructor(bounds: TraceBounds) {
    this.requests = new TracedRequests(bounds);
  }

  walkOf(path: readonly PathNode[], recorder: Recorder): TracedWalk {
    this.walk = new TracedWalk(path, recorder, this.requests);
    return this.walk;
  }

  /** The world is complete. */
  attach(world: World, desk: ServiceDesk, tries: Tries): void {
    this.world = world;
    const { requests, paidWork } = this;
    Object.assign(requests, { world, desk, tries });
    const { callers, visits, gateway, memory } = world;
    callers.trace = callers.outcomes.trace = callers.renewals.trace = this;
    desk.trace = new DeskTracer(requests, paidWork);
    if (visits) visits.trace = visits.batches.trace = new GuardTracer(requests, paidWork);
    const gatewayTracer = new GatewayTracer(requests, paidWork);
    if (gateway) gateway.trace = gatewayTracer;
    if (memory) memory.trace = gatewayTracer;
  }

  /** Whether all is known of those who were to be traced: they have ended, and so has what they have started. */
  get isSettled(): boolean {
    const { requests, paidWork, world } = this;
    return world.nowMs >= requests.bounds.toMs && !requests.watching && paidWork.isSettled;
  }
  /** Requests traced so far. */
  get found(): number {
    return this.requests.builders.length;
  }

  result(): TraceWindow {
    const { builders, truncated, bounds } = this.requests;
    const { fromMs, toMs } = bounds;
    const untilMs = this.world.nowMs;
    const traces = builders.map((builder) => builder.trace(untilMs));
    return { fromMs, toMs, untilMs, traces, truncated, forgottenPico: this.paidWork.forgotten };
  }

  arrives(key: number, instance: number, priority: number, demand: number, nowMs: number): void {
    this.arriving = null;
    if (!this.requests.isWanted(nowMs)) return;
    const asker = askerOf(this.world, { key, instance, priority, demand });
    const { traffic } = this.world.callers;
    const deferrable = demand !== NONE && traffic!.agentOfDemand(demand).settings.deferrable;
    const kind = deferrable ? 'background' : 'request';
    this.arriving = this.requests.add(new TraceBuilder(this.lastId, kind, nowMs, asker));
  }

  opens(request: number): void {
    this.requests.builderOf[request] = this.arriving;
    this.requests.idOf[request] = this.lastId;
    this.arriving = null;
  }

  turnedAway(request: number, afterMs: number, nowMs: number): void {
    const builder = request === NONE ? this.arriving : this.requests.builderOf[request];
    if (!builder) return;
    builder.put(1, nowMs, nowMs + afterMs, { kind: 'turnedAway' });
    this.requests.end(builder, { kind: 'failed', cause: 'door' }, nowMs + afterMs);
  }

  answeredAtOnce(tier: number, nowMs: number): void {
    const builder = this.arriving;
    if (!builder) return;
    builder.beginsTry();
    this.addProbe(builder, nowMs);
    this.requests.end(builder, this.byTier(tier), nowMs + this.walk.spentMs);
  }

  renews(request: number, tier: TierCaches, nowMs: number): void {
    const { requests, world } = this;
    const id = -++this.renewals;
    requests.idOf[request] = id;
    requests.builderOf[request] = null;
    this.newRenewal = requests.watching ? { tier: tier.name, renewal: id } : null;
    if (!requests.isWanted(nowMs)) return;
    const { key, instance, priority } = world.callers.requests;
    const asker = askerOf(world, {
      key: key[request]!,
      instance: instance[request]!,
      priority: priority[request]!,
      demand: NONE,
    });
    requests.builderOf[request] = requests.add(new TraceBuilder(id, 'renewal', nowMs, asker));
  }

  tries(request: number): void {
    this.requests.builderOf[request]?.beginsTry();
  }

  probed(t: number, nowMs: number): void {
    const builder = this.requests.of(t);
    if (builder) this.addProbe(builder, nowMs);
  }

  travels(t: number, to: PathNode, fromMs: number, toMs: number): void {
    if (toMs <= fromMs) return;
    this.requests.of(t)?.put(1, fromMs, toMs, { kind: 'travel', to: to.station?.name ?? 'gateway' });
  }

  lookedUp(t: number, nowMs: number): void {
    const builder = this.requests.of(t);
    const look = this.walk.looks[0];
    if (!builder || !look || look.found === 'off') return;
    const work = builder.lastWork;
    // Who joined another's lookup has it at the moment in which that one's ends.
    if (work?.kind === 'service') work.found = look.found;
    else builder.mark(1, nowMs, { kind: 'probe', tier: look.tier, found: look.found, promotedTo: [] });
    this.noteRenewal(builder, nowMs);
  }

  lookupFails(t: number, nowMs: number): void {
    const builder = this.requests.of(t);
    if (!builder) return;
    builder.cut(nowMs, 'left');
    const { tier } = this.walk.path[this.requests.tries.node[t]!]!;
    builder.mark(1, nowMs, { kind: 'passedBy', tier: tier!.name, cause: builder.trouble.cause });
  }

  fails(request: number, refused: boolean, waitMs: number, nowMs: number): void {
    const { retryBudget } = this.world.callers;
    const denied = retryBudget.denied > this.retriesDenied;
    this.retriesDenied = retryBudget.denied;
    const builder = this.requests.builderOf[request];
    if (!builder) return;
    builder.cut(nowMs, refused ? 'done' : 'left');
    if (!refused) builder.lacks(this.isPastDeadline(builder, nowMs) ? 'deadline' : 'timeout', null);
    builder.fail(waitMs >= 0 ? 'retry' : this.whyNoRetry(builder, denied), nowMs);
    if (waitMs > 0) builder.put(1, nowMs, nowMs + waitMs, { kind: 'backoff' });
  }

  answered(request: number, tier: number, nowMs: number): void {
    const builder = this.requests.builderOf[request];
    if (!builder) return;
    const outcome = tier >= 0 ? this.byTier(tier) : byStation(builder);
    this.requests.end(builder, outcome, nowMs);
  }

  gaveUp(request: number, nowMs: number): void {
    const builder = this.requests.builderOf[request];
    if (!builder || builder.isOver) return;
    // An open breaker and a gateway that says no end the request without a word of failing.
    if (builder.last('failure')?.attempt !== builder.attempts) builder.fail('never', nowMs);
    this.requests.end(builder, { kind: 'failed', cause: builder.trouble.cause }, nowMs);
  }

  runs(t: number, nowMs: number): void {
    this.requests.of(t)?.close(1, nowMs);
  }

  /** Number of the request that arrived last. */
  private get lastId(): number {
    const { total, arrivals, background } = this.world.recorder;
    return total.requests + arrivals + background.arrivals;
  }

  private byTier(tier: number): TraceOutcome {
    return { kind: 'answered', by: this.world.tiers[tier]!.name, how: 'tier' };
  }

  private isPastDeadline(builder: TraceBuilder, nowMs: number): boolean {
    return nowMs >= builder.arrivedAtMs + (this.world.callerRules.deadlineMs ?? Infinity);
  }

  private whyNoRetry(builder: TraceBuilder, denied: boolean): NextTry {
    if (builder.kind === 'renewal') return 'never';
    if (denied) return 'budget';
    return builder.attempts > this.world.callerRules.retries ? 'triesUsed' : 'deadline';
  }

  private addProbe(builder: TraceBuilder, nowMs: number): void {
    const { walk } = this;
    builder.close(1, nowMs);
    builder.addLooks(walk.looks, nowMs);
    this.noteRenewal(builder, nowMs + walk.spentMs);
    if (walk.filled.length > 0) builder.mark(1, nowMs, { kind: 'fill', tiers: walk.filled });
  }

  private noteRenewal(builder: TraceBuilder, atMs: number): void {
    if (this.newRenewal) builder.mark(1, atMs, { kind: 'renewal', ...this.newRenewal });
    this.newRenewal = null;
  }
}

/** Who gave an answer that no tier had. */
function byStation(builder: TraceBuilder): TraceOutcome {
  const model = builder.last('choice')?.model;
  if (model !== undefined) return { kind: 'answered', by: model, how: 'model' };
  const work = builder.lastWork;
  // Behind a lookup that found nothing there was no other station: the path's end answers at once.
  return work && !(work.kind === 'service' && work.found !== null)
    ? { kind: 'answered', by: work.station, how: 'station' }
    : { kind: 'answered', by: 'origin', how: 'origin' };
}
