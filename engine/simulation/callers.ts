import type { RetryBudget } from '../latency/retry.ts';
import { Hold, NONE, Requests, type Tries } from './calls.ts';
import { Door } from './door.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import type { GatewayDesk } from './gateway-desk.ts';
import type { InstanceMemory } from './instance-memory.ts';
import { Outcomes, RENEWAL } from './outcomes.ts';
import type { PathWalk } from './path-walk.ts';
import type { RetryPlugIn } from './plug-ins.ts';
import type { Recorder } from './recorder.ts';
import type { CallerHooks } from './request-trace-hooks.ts';
import { Renewals } from './renewals.ts';
import { Retries } from './retries.ts';
import type { Scenario } from './scenario.ts';
import type { ServiceDesk } from './service-desk.ts';
import { Traffic } from './traffic.ts';
import type { Visitors, Visits } from './visits.ts';

/** Those who ask: they send tries, wait, give up in time, try again, and take note of how long it took. */
export class Callers implements Visitors {
  readonly requests = new Requests();
  readonly door: Door;
  readonly outcomes: Outcomes;
  readonly traffic: Traffic | null;
  /** Set by the world when the path has a gateway, and when stations have guards. */
  gateway: GatewayDesk | null = null;
  /** Set by the world when the instances have a memory. */
  memory: InstanceMemory | null = null;
  visits: Visits | null = null;
  /** Set by a tracer of requests. */
  trace: CallerHooks | null = null;
  readonly renewals: Renewals;
  private readonly retries: Retries;

  constructor(
    scenario: Scenario,
    seed: number,
    private readonly settings: Scenario['caller'],
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly walk: PathWalk,
    private readonly desk: ServiceDesk,
    private readonly recorder: Recorder,
    retry: RetryPlugIn | null = null,
  ) {
    this.retries = new Retries(settings, this.requests, seed, retry);
    this.door = new Door(scenario, seed);
    this.traffic = scenario.traffic ? new Traffic(scenario.traffic, seed, this.door.population) : null;
    this.outcomes = new Outcomes(this.requests, this.traffic, events, recorder);
    this.renewals = new Renewals(this.requests, events, walk, scenario.instances);
    this.outcomes.onRenewed = (request) => this.renewals.end(request);
  }

  /** Somebody wants something. */
  onArrival(nowMs: number): void {
    const { recorder, walk, traffic, door } = this;
    if (traffic !== null) {
      this.onDemand(traffic, traffic.begin(), nowMs);
      return;
    }
    recorder.arrivals++;
    // Drawn for those who are refused at the door, too: shedding must not reshuffle what the others ask.
    const key = door.population.next();
    const instance = door.drawInstance();
    const priority = door.drawPriority();
    this.trace?.arrives(key, instance, priority, NONE, nowMs);
    if (door.turnsAway()) {
      recorder.shed++;
      this.trace?.turnedAway(NONE, door.shedMs, nowMs);
      recorder.gaveUp(door.shedMs);
      return;
    }
    this.retries.onFirstTry(nowMs);
    recorder.tries++;
    if (this.memory !== null) {
      this.outcomes.begins(nowMs);
      this.launch(this.open(key, instance, priority, nowMs, NONE), NONE, nowMs);
      return;
    }
    const tier = walk.probe(0, key, instance, nowMs);
    if (walk.nearEndAt >= 0) this.renewals.begin(key, instance, priority, nowMs);
    // The common case: a tier answers, nothing queues, and the answer lies in the open interval. No event, no slot.
    if (
      tier >= 0 &&
      nowMs + walk.spentMs < recorder.openEndMs &&
      walk.spentMs < (this.settings.timeoutMs ?? Infinity) &&
      walk.spentMs < (this.settings.deadlineMs ?? Infinity)
    ) {
      recorder.answered(walk.spentMs, tier);
      this.outcomes.underWayAreaMs += walk.spentMs;
      this.trace?.answeredAtOnce(tier, nowMs);
      return;
    }
    this.outcomes.begins(nowMs);
    this.launch(this.open(key, instance, priority, nowMs, NONE), tier, nowMs);
  }

  private open(key: number, instance: number, priority: number, nowMs: number, demand: number): number {
    const request = this.requests.open(key, instance, priority, nowMs, demand);
    this.trace?.opens(request);
    return request;
  }

  get retryBudget(): RetryBudget {
    return this.retries.budget;
  }
  /** Conversations begun, or requests where there are none. */
  get begun(): number {
    return this.traffic?.begun ?? this.recorder.total.requests + this.recorder.arrivals;
  }

  /** A conversation's next request. */
  onNextTurn(conversation: number, nowMs: number): void {
    this.onDemand(this.traffic!, this.traffic!.demand(conversation), nowMs);
  }

  private onDemand(traffic: Traffic, demand: number, nowMs: number): void {
    const { recorder, door } = this;
    const agent = traffic.agentOfDemand(demand);
    const key = traffic.demands.key[demand]!;
    const routed = door.drawInstance();
    const instance = this.memory?.instanceOf(traffic.demands.conversation[demand]!) ?? routed;
    if (agent.settings.deferrable) recorder.background.arrivals++;
    else recorder.arrivals++;
    this.trace?.arrives(key, instance, agent.priority, demand, nowMs);
    const request = this.open(key, instance, agent.priority, nowMs, demand);
    this.outcomes.begins(nowMs);
    if (!agent.settings.deferrable) {
      if (door.turnsAway()) {
        recorder.shed++;
        this.trace?.turnedAway(request, door.shedMs, nowMs);
        this.outcomes.gaveUp(request, door.shedMs, nowMs);
        return;
      }
    }
    this.retries.onFirstTry(nowMs);
    recorder.tries++;
    this.launch(request, this.firstProbe(request, nowMs), nowMs);
  }

  /** Time for a request's next try; for a renewal's only one. */
  retry(request: number, nowMs: number): void {
    if (this.requests.demand[request] === RENEWAL) {
      this.launch(request, this.probe(this.renewals.startOf(request), request, nowMs), nowMs);
      return;
    }
    this.recorder.tries++;
    this.recorder.retries++;
    this.launch(request, this.firstProbe(request, nowMs), nowMs);
  }

  /** Where instances have a memory, nothing is asked before they have taken the request in. */
  private firstProbe(request: number, nowMs: number): number {
    return this.memory === null ? this.probe(0, request, nowMs) : NONE;
  }

  /** The instance of a try works on it. */
  onRunning(t: number, nowMs: number): void {
    this.trace?.runs(t, nowMs);
    this.goOn(t, this.probe(0, this.tries.request[t]!, nowMs), nowMs);
  }

  /** A try reaches its node's station. */
  onReachedStation(t: number, nowMs: number): void {
    this.tries.release(t, Hold.Travel);
    if (!this.tries.isSettled(t)) this.ask(t, nowMs);
  }

  /** A tier's answer reaches the caller. */
  onAnswer(t: number, nowMs: number): void {
    this.tries.release(t, Hold.Travel);
    if (!this.tries.isSettled(t)) this.answered(t, this.tries.source[t]!, nowMs);
  }

  onTimeout(t: number, nowMs: number): void {
    if (!this.tries.isSettled(t)) {
      this.gateway?.leave(t, nowMs);
      this.visits?.leave(t, nowMs);
      this.desk.leave(t, nowMs);
      this.fail(t, false, nowMs);
    }
    this.tries.release(t, Hold.Timeout);
  }

  /** The station has done its part: its tier has the answer, or the try goes on along the path. */
  onServed(t: number, nowMs: number): void {
    const { tries, requests, walk } = this;
    const at = tries.node[t]!;
    const request = tries.request[t]!;
    const key = requests.key[request]!;
    const instance = requests.instance[request]!;
    const tier = walk.path[at]!.tier;
    const found = tier !== null && walk.lookup(at, tier, key, instance, nowMs);
    if (found && walk.nearEndAt >= 0) this.renewals.begin(key, instance, requests.priority[request]!, nowMs);
    if (tier !== null) this.trace?.lookedUp(t, nowMs);
    if (found) {
      this.answered(t, tier.index, nowMs);
    } else this.goOn(t, this.probe(at + 1, request, nowMs), nowMs);
  }

  onRefused(t: number, nowMs: number): void {
    this.fail(t, true, nowMs);
  }

  /** Its tier is passed by. */
  onLookupFailed(t: number, nowMs: number): void {
    this.trace?.lookupFails(t, nowMs);
    this.goOn(t, this.probe(this.tries.node[t]! + 1, this.tries.request[t]!, nowMs), nowMs);
  }

  /** A try that finds the breaker open is not tried again: the next would find the same, and a storm would go on as one of refusals. */
  onCircuitOpen(t: number, nowMs: number): void {
    this.giveUp(t, nowMs);
  }

  /** The gateway will not have this request served; asking again would not help. */
  onDenied(t: number, nowMs: number): void {
    this.giveUp(t, nowMs);
  }

  /** A try begins; its first probe has been made. */
  private launch(request: number, tier: number, nowMs: number): void {
    this.requests.tries[request]!++;
    const endsMs = this.outcomes.isBackground(request) ? Infinity : this.retries.endOfTry(request, nowMs);
    const t = this.tries.open(request, endsMs);
    this.trace?.tries(request);
    if (endsMs < Infinity) {
      this.tries.hold(t, Hold.Timeout);
      this.events.pushOrdered(endsMs, EventKind.Timeout + SUBJECT * t);
    }
    if (this.memory !== null && this.requests.demand[request] !== RENEWAL) this.memory.begin(t, nowMs);
    else this.goOn(t, tier, nowMs);
  }

  private probe(from: number, request: number, nowMs: number): number {
    const { requests, walk } = this;
    const key = requests.key[request]!;
    const instance = requests.instance[request]!;
    const tier = walk.probe(from, key, instance, nowMs);
    if (walk.nearEndAt >= 0) this.renewals.begin(key, instance, requests.priority[request]!, nowMs);
    return tier;
  }

  /** After a probe: the answer travels back, or the try travels on to the station where the probe stopped. */
  private goOn(t: number, tier: number, nowMs: number): void {
    const { tries, events, walk } = this;
    const node = walk.path[walk.stoppedAt];
    if (tier >= 0 || !node) {
      if (!node) {
        const request = tries.request[t]!; // the path's end: an origin that answers at once
        walk.fillBefore(
          walk.path.length,
          this.requests.key[request]!,
          this.requests.instance[request]!,
          nowMs,
        );
      }
      this.trace?.probed(t, nowMs);
      if (walk.spentMs === 0) {
        this.answered(t, tier, nowMs);
        return;
      }
      tries.source[t] = tier;
      tries.hold(t, Hold.Travel);
      events.push(nowMs + walk.spentMs, EventKind.Answer + SUBJECT * t);
      return;
    }
    tries.node[t] = walk.stoppedAt;
    const ms = walk.spentMs + (node.station?.delay.next() ?? 0);
    this.trace?.probed(t, nowMs);
    this.trace?.travels(t, node, nowMs + walk.spentMs, nowMs + ms);
    if (ms === 0) {
      this.ask(t, nowMs);
      return;
    }
    tries.hold(t, Hold.Travel);
    events.push(nowMs + ms, EventKind.Arrive + SUBJECT * t);
  }

  private ask(t: number, nowMs: number): void {
    const { requests, tries } = this;
    const request = tries.request[t]!;
    const { station } = this.walk.path[tries.node[t]!]!;
    if (station === null) {
      this.gateway!.ask(t, requests.demand[request]!, nowMs);
      return;
    }
    const guard = this.visits?.guards[station.index];
    if (guard) {
      this.visits!.begin(guard, t, nowMs);
      return;
    }
    const priority = requests.priority[request]!;
    this.desk.arrive(station, t, requests.key[request]!, requests.instance[request]!, priority, nowMs);
  }

  private answered(t: number, tier: number, nowMs: number): void {
    if (this.memory !== null && this.memory.holdsBack(t, tier, nowMs)) return;
    const request = this.tries.request[t]!;
    this.tries.settle(t);
    this.outcomes.answered(request, tier, nowMs);
  }

  /** The try has no answer: try again or give up. */
  private fail(t: number, refused: boolean, nowMs: number): void {
    const request = this.tries.request[t]!;
    const waitMs = this.retries.waitMs(request, refused, nowMs);
    this.trace?.fails(request, refused, waitMs, nowMs);
    if (waitMs < 0) {
      this.giveUp(t, nowMs);
      return;
    }
    this.tries.settle(t);
    if (waitMs > 0) this.events.push(nowMs + waitMs, EventKind.Retry + SUBJECT * request);
    else this.retry(request, nowMs);
  }

  private giveUp(t: number, nowMs: number): void {
    const request = this.tries.request[t]!;
    this.tries.settle(t);
    this.outcomes.gaveUp(request, nowMs - this.requests.intendedMs[request]!, nowMs);
  }
}
