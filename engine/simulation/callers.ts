import { AliasTable } from '../core/alias-table.ts';
import { RandomStream } from '../core/random.ts';
import { backoffMs, RetryBudget } from '../latency/retry.ts';
import { Hold, Requests, type Tries } from './calls.ts';
import { EventKind, SUBJECT } from './event-kind.ts';
import type { EventQueue } from './event-queue.ts';
import type { PathWalk } from './path-walk.ts';
import { Population } from './population.ts';
import type { Recorder } from './recorder.ts';
import type { Scenario } from './scenario.ts';
import type { ServiceDesk, Waiters } from './service-desk.ts';

/** Those who ask: they send tries, wait, give up in time, try again, and take note of how long it took. */
export class Callers implements Waiters {
  readonly requests = new Requests();
  readonly retryBudget: RetryBudget;
  readonly population: Population;
  shedShare: number;
  /** Requests under way, and their integral over time in request-milliseconds. */
  underWay = 0;
  underWayAreaMs = 0;
  private integratedMs = 0;
  private readonly shedMs: number;
  private readonly instances: number;
  private readonly priorities: number[];
  private readonly classes: AliasTable | null;
  private readonly routing: RandomStream;
  private readonly classOf: RandomStream;
  private readonly shedding: RandomStream;
  private readonly backoff: RandomStream;

  constructor(
    scenario: Scenario,
    seed: number,
    private readonly settings: Scenario['caller'],
    private readonly tries: Tries,
    private readonly events: EventQueue,
    private readonly walk: PathWalk,
    private readonly desk: ServiceDesk,
    private readonly recorder: Recorder,
  ) {
    this.retryBudget = new RetryBudget(settings.retryBudget);
    this.population = new Population(scenario.population, seed, 'run');
    this.shedShare = scenario.load.shedShare;
    this.shedMs = scenario.load.shedMs;
    this.instances = scenario.instances;
    this.priorities = scenario.load.classes.map((c) => c.priority);
    this.classes =
      this.priorities.length > 1 ? new AliasTable(scenario.load.classes.map((c) => c.share)) : null;
    this.routing = new RandomStream(seed, 'routing');
    this.classOf = new RandomStream(seed, 'classes');
    this.shedding = new RandomStream(seed, 'shedding');
    this.backoff = new RandomStream(seed, 'backoff');
  }

  /** Somebody wants something. */
  onArrival(nowMs: number): void {
    const { recorder, walk } = this;
    recorder.arrivals++;
    // Drawn for those who are refused at the door, too: shedding must not reshuffle what the others ask.
    const key = this.population.next();
    const instance = this.instances > 1 ? this.routing.below(this.instances) : 0;
    const priority = this.priorities[this.classes ? this.classes.draw(this.classOf) : 0]!;
    if (this.shedShare > 0 && this.shedding.uniform() < this.shedShare) {
      recorder.shed++;
      recorder.gaveUp(this.shedMs);
      return;
    }
    this.retryBudget.onFirstTry();
    recorder.tries++;
    const tier = walk.probe(0, key, instance, nowMs);
    // The common case: a tier answers, nothing queues, and the answer lies in the open interval. No event, no slot.
    if (
      tier >= 0 &&
      nowMs + walk.spentMs < recorder.openEndMs &&
      walk.spentMs < (this.settings.timeoutMs ?? Infinity)
    ) {
      recorder.answered(walk.spentMs, tier);
      this.underWayAreaMs += walk.spentMs;
      return;
    }
    this.count(1, nowMs);
    this.launch(this.requests.open(key, instance, priority, nowMs), tier, nowMs);
  }

  /** Time for a request's next try. */
  retry(request: number, nowMs: number): void {
    const { requests, recorder } = this;
    recorder.tries++;
    recorder.retries++;
    const tier = this.walk.probe(0, requests.key[request]!, requests.instance[request]!, nowMs);
    this.launch(request, tier, nowMs);
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
    if (tier && walk.lookup(at, tier, key, instance, nowMs)) this.answered(t, tier.index, nowMs);
    else this.goOn(t, walk.probe(at + 1, key, instance, nowMs), nowMs);
  }

  onRefused(t: number, nowMs: number): void {
    this.fail(t, true, nowMs);
  }

  integrate(nowMs: number): void {
    this.underWayAreaMs += this.underWay * (nowMs - this.integratedMs);
    this.integratedMs = nowMs;
  }

  /** A try begins; its first probe has been made. */
  private launch(request: number, tier: number, nowMs: number): void {
    this.requests.tries[request]!++;
    const t = this.tries.open(request, nowMs);
    const { timeoutMs } = this.settings;
    if (timeoutMs !== null) {
      this.tries.hold(t, Hold.Timeout);
      this.events.pushOrdered(nowMs + timeoutMs, EventKind.Timeout + SUBJECT * t);
    }
    this.goOn(t, tier, nowMs);
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
    const ms = walk.spentMs + node.station!.delay.next();
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
    const station = this.walk.path[tries.node[t]!]!.station!;
    const priority = requests.priority[request]!;
    this.desk.arrive(station, t, requests.key[request]!, requests.instance[request]!, priority, nowMs);
  }

  private answered(t: number, tier: number, nowMs: number): void {
    const request = this.tries.request[t]!;
    this.recorder.answered(nowMs - this.requests.intendedMs[request]!, tier);
    this.tries.settle(t);
    this.close(request, nowMs);
  }

  /** The try has no answer: try again or give up. */
  private fail(t: number, refused: boolean, nowMs: number): void {
    const { settings } = this;
    const request = this.tries.request[t]!;
    this.tries.settle(t);
    const retry = this.requests.tries[request]!;
    if (retry <= settings.retries && (!settings.retryBudget.on || this.retryBudget.tryTake(nowMs))) {
      const waitMs = backoffMs(settings.backoff, retry, refused, this.backoff);
      if (waitMs > 0) this.events.push(nowMs + waitMs, EventKind.Retry + SUBJECT * request);
      else this.retry(request, nowMs);
      return;
    }
    this.recorder.gaveUp(nowMs - this.requests.intendedMs[request]!);
    this.close(request, nowMs);
  }

  private close(request: number, nowMs: number): void {
    this.requests.close(request);
    this.count(-1, nowMs);
  }

  private count(by: number, nowMs: number): void {
    this.integrate(nowMs);
    this.underWay += by;
  }
}
