import { picoOfUsd } from '../cost/money.ts';
import { CRITICALITIES } from '../cost/task.ts';
import { Arrivals } from './arrivals.ts';
import { Callers } from './callers.ts';
import { Tries } from './calls.ts';
import { Controls } from './controls.ts';
import { EventKind } from './event-kind.ts';
import { EventQueue } from './event-queue.ts';
import { extraColumns, inTurn } from './extra-columns.ts';
import { GatewayDesk } from './gateway-desk.ts';
import { guardColumns } from './guard-columns.ts';
import { areGuardsWanted } from './guards.ts';
import { fillFromHistory } from './history.ts';
import { InstanceMemory } from './instance-memory.ts';
import { memoryColumns } from './memory-columns.ts';
import { PathWalk } from './path-walk.ts';
import { keysOf } from './population.ts';
import type { PlugIns } from './plug-ins.ts';
import { protectionColumns } from './protection-columns.ts';
import { Recorder } from './recorder.ts';
import type { RequestTracer } from './request-trace-recorder.ts';
import type { Scenario } from './scenario.ts';
import { ServiceDesk } from './service-desk.ts';
import { Station } from './station.ts';
import { TierCaches } from './tier-caches.ts';
import { Visits } from './visits.ts';

/**
 * One cell of the system in virtual time: arrivals, callers, tiers and stations, and the loop that takes the next thing that
 * happens. Everything random comes from streams by purpose; nothing here knows of wall time.
 */
export class World {
  nowMs = 0;
  readonly arrivals: Arrivals;
  readonly callers: Callers;
  readonly tiers: TierCaches[];
  readonly stations: Station[];
  readonly recorder: Recorder;
  /** The callers' rules as they stand now; levers change them. */
  readonly callerRules: Scenario['caller'];
  private readonly events = new EventQueue();
  private readonly tries = new Tries();
  private readonly desk: ServiceDesk;
  /** Null when the path has no gateway. */
  readonly gateway: GatewayDesk | null;
  readonly controls: Controls;
  /** Null when no station has a guard. */
  readonly visits: Visits | null;
  /** Null when the scenario says nothing of memory. */
  readonly memory: InstanceMemory | null;

  constructor(
    readonly scenario: Scenario,
    seed: number,
    plugIns: PlugIns = {},
    tracer: RequestTracer | null = null,
  ) {
    const { caller, instances, load } = scenario;
    this.callerRules = { ...caller, backoff: { ...caller.backoff }, retryBudget: { ...caller.retryBudget } };
    this.arrivals = new Arrivals(scenario, seed);
    this.tiers = Object.entries(scenario.tiers).map(
      ([name, t], i) =>
        new TierCaches(i, name, t, seed, instances, plugIns.caches, keysOf(scenario.population)),
    );
    const priorities = scenario.traffic
      ? CRITICALITIES.length
      : Math.max(...load.classes.map((c) => c.priority)) + 1;
    this.stations = Object.entries(scenario.stations).map(
      ([name, s], i) =>
        new Station(i, name, s, seed, s.discipline === 'priority' ? priorities : 1, (call, position) => {
          this.desk.calls.position[call] = position;
        }),
    );
    for (const station of this.stations)
      if (station.modelName !== null) this.useModel(station, station.modelName);
    const path = scenario.path.map((name) => {
      const tier = this.tiers.find((t) => t.name === name) ?? null;
      const stationName = tier ? tier.settings.station : name;
      return { tier, station: this.stations.find((s) => s.name === stationName) ?? null };
    });
    this.recorder = new Recorder(scenario, this.tiers, this.stations);
    const walk = tracer ? tracer.walkOf(path, this.recorder) : new PathWalk(path, this.recorder);
    this.desk = new ServiceDesk(
      this.stations,
      this.tries,
      this.events,
      walk,
      this.recorder,
      this.callerRules,
      priorities > 1,
    );
    this.callers = new Callers(
      scenario,
      seed,
      this.callerRules,
      this.tries,
      this.events,
      walk,
      this.desk,
      this.recorder,
      plugIns.retry,
    );
    this.desk.requests = this.callers.requests;
    this.visits = areGuardsWanted(scenario)
      ? new Visits(
          scenario,
          seed,
          this.stations,
          this.callerRules,
          this.callers.requests,
          this.tries,
          this.events,
          walk,
          this.desk,
          this.recorder,
          plugIns.batching,
        )
      : null;
    if (this.visits) {
      this.visits.visitors = this.callers;
      this.callers.visits = this.visits;
      this.desk.orderer = this.visits.batches;
    }
    this.desk.waiters = this.visits ?? this.callers;
    const { traffic } = this.callers;
    this.gateway =
      scenario.gateway && traffic
        ? new GatewayDesk(
            scenario,
            seed,
            this.stations,
            traffic,
            this.desk,
            this.tries,
            this.events,
            this.recorder,
            plugIns.selector,
          )
        : null;
    if (this.gateway) {
      this.gateway.callers = this.callers;
      if (this.visits) this.visits.batches.others = this.gateway;
      else this.desk.orderer = this.gateway;
      this.callers.gateway = this.gateway;
    }
    if (traffic) this.arrivals.setMix(traffic.mix, 0);
    this.memory = this.withMemory(seed);
    this.controls = new Controls(this, seed, this.events);
    tracer?.attach(this, this.desk, this.tries);
    this.recorder.extras = inTurn(
      extraColumns(this),
      protectionColumns(this),
      memoryColumns(this),
      guardColumns(this),
    );
    this.setLateFill(caller.lateFill);
    for (const tier of this.tiers)
      if (tier.settings.preload === 'population') tier.preload(this.callers.door.population.size, seed);
    fillFromHistory(
      scenario,
      seed,
      path.flatMap(({ tier }) => (tier?.on ? [tier] : [])),
    );
  }

  private withMemory(seed: number): InstanceMemory | null {
    const { scenario, callers } = this;
    if (!scenario.memory) return null;
    const memory = new InstanceMemory(
      { ...scenario, memory: scenario.memory },
      seed,
      callers.requests,
      this.tries,
      this.events,
      this.tiers,
    );
    memory.callers = callers;
    memory.traffic = callers.traffic;
    callers.memory = memory;
    callers.outcomes.memory = memory;
    return memory;
  }

  /** Processes everything up to and including `endMs`. The result does not depend on how a run is cut into calls. */
  advanceTo(endMs: number): void {
    const { arrivals, callers, events } = this;
    for (;;) {
      const eventMs = events.peekMs();
      const arrivalMs = arrivals.nextMs;
      if (arrivalMs <= eventMs) {
        if (arrivalMs > endMs) break;
        this.nowMs = arrivalMs;
        if (arrivals.take()) callers.onArrival(arrivalMs);
      } else {
        if (eventMs > endMs) break;
        this.nowMs = eventMs;
        this.dispatch(events.pop(), eventMs);
      }
    }
    this.nowMs = endMs;
  }

  private dispatch(code: number, nowMs: number): void {
    const subject = code >> 4;
    switch ((code & 15) as EventKind) {
      case EventKind.Arrive:
        return this.callers.onReachedStation(subject, nowMs);
      case EventKind.ServiceEnd:
        return this.desk.onServiceEnd(subject, nowMs);
      case EventKind.Timeout:
        return this.callers.onTimeout(subject, nowMs);
      case EventKind.Retry:
        return this.callers.retry(subject, nowMs);
      case EventKind.Answer:
        return this.callers.onAnswer(subject, nowMs);
      case EventKind.Patience:
        return this.desk.onPatienceEnd(subject, nowMs);
      case EventKind.NextTurn:
        return this.callers.onNextTurn(subject, nowMs);
      case EventKind.GatewayTimer:
        return this.gateway!.onTimer(subject, nowMs);
      case EventKind.Resume:
        return this.memory!.onResume(subject, nowMs);
      case EventKind.Control:
        return this.controls.onTick(subject, nowMs);
      case EventKind.Visit:
        return this.visits!.onTimer(subject, nowMs);
    }
  }

  /**
   * Whether the load is what it was at the start, or less: what a scripted surge or fault of the traffic raised is back. A station that hangs
   * keeps its share of it from being served, and counts as load.
   */
  get loadIsBack(): boolean {
    const { traffic } = this.callers;
    return (
      this.arrivals.factor <= this.scenario.load.factor &&
      this.stations.every((station) => station.servers > 0) &&
      (traffic?.agents ?? []).every((a) => a.factor <= a.settings.factor && a.turns <= a.settings.turns)
    );
  }

  /** Brings all time integrals up to now. */
  integrate(): void {
    for (const station of this.stations) station.integrate(this.nowMs);
    this.callers.outcomes.integrate(this.nowMs);
  }

  /** Begins the stations' statistics anew: the end of the warm-up. */
  resetStatistics(): void {
    this.integrate();
    this.callers.outcomes.underWayAreaMs = 0;
    this.visits?.mark();
    for (const [i, station] of this.stations.entries()) {
      this.recorder.onStationReset(i, station.stats);
      station.resetStatistics();
    }
  }

  /** Sets a station's mean service time and price. */
  useModel(station: Station, name: string): void {
    const model = this.scenario.models[name]!;
    station.modelName = name;
    station.service.scale = model.meanMs / station.service.statedMeanMs;
    station.picoUsdPerCall = picoOfUsd(
      (station.settings.tokensPerCall * model.usdPerMTokens) / 1e6,
      `models.${name}.usdPerMTokens`,
    );
  }

  setServers(station: Station, servers: number): void {
    station.integrate(this.nowMs);
    station.serversEach = servers;
    this.desk.serveNext(station, this.nowMs);
  }

  /** What protects a station has changed: calls that wait may be let in. */
  onProtectionChanged(station: Station): void {
    station.integrate(this.nowMs);
    this.desk.serveNext(station, this.nowMs);
  }

  setLateFill(on: boolean): void {
    this.callerRules.lateFill = on;
    for (const station of this.stations) station.keepKeys(on);
  }

  /** Takes waiting calls out of a station's queue; returns how many. */
  flush(station: Station, what: 'dead' | 'all'): number {
    return this.desk.flush(station, what, this.nowMs);
  }

  /** Slots and queue entries allocated: the memory that could grow. */
  get footprint(): { requests: number; tries: number; calls: number; events: number; queueEntries: number } {
    return {
      requests: this.callers.requests.capacity,
      tries: this.tries.capacity,
      calls: this.desk.calls.capacity,
      events: this.events.size,
      queueEntries: this.stations.reduce((n, s) => n + s.queueEntries, 0),
    };
  }
}
