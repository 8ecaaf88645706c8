import { InputError } from '../core/errors.ts';
import type { RandomStream } from '../core/random.ts';
import { AgentFleet, usdPerHourOf, type Agent, type FleetEvents } from './agent-fleet.ts';
import type { AgentPoolSettings } from './agent-pool-settings.ts';
import { picoOfUsd } from './money.ts';

export type { Agent, AgentState } from './agent-fleet.ts';

/** What happened since the last tick. */
export interface PoolEffects extends FleetEvents {
  /** Told to go: too little load, idle for too long, or above the maximum. */
  retired: Agent[];
  /** More agents were wanted than the target for an hour allows. */
  costLimited: boolean;
}

/**
 * A pool of agents (M14) as a state machine that is stepped at given times. Between two ticks nothing is
 * decided, but agents become ready, are reclaimed and go at their own times.
 *
 * Which agent works is decided by count: work fills the agents in the order of their launch (as a router does
 * that packs), so that the youngest fall idle. An agent with work is never stopped: it drains, and only the
 * end of a spot agent's notice cuts work off. What its work still takes is drawn, since the pool knows counts
 * and not pieces.
 *
 * Why it is not simpler is what users of autoscalers complain of: launches repeated while the first are still
 * starting, one cooldown that holds back growth after shrinking, cooldowns that a restart or an outside
 * change forgets, reclaimed machines that nobody drained or replaced.
 */
export class AgentPool {
  /** Since the beginning. `up` and `down` count decisions by load, the others agents and pieces of work. */
  readonly counts = { launched: 0, up: 0, down: 0, idle: 0, interrupted: 0, lost: 0 };
  private readonly fleet: AgentFleet;
  private lastMs: number;
  /** A pool does not shrink before its first cooldown is over either. */
  private readonly bornMs: number;
  private lastUpMs = -Infinity;
  private lastDownMs = -Infinity;

  /**
   * Begins with its least number of agents, warm ones included, ready at once.
   * @param random for interruptions and for work that drains.
   */
  constructor(settings: AgentPoolSettings, random: RandomStream, nowMs: number) {
    this.fleet = new AgentFleet(settings, random);
    this.bornMs = this.lastMs = nowMs;
    for (let i = Math.max(settings.min, settings.warm); i > 0; i--)
      this.fleet.launch(nowMs, 0).state = 'ready';
    this.counts.launched = this.fleet.agents.length;
  }

  get settings(): AgentPoolSettings {
    return this.fleet.settings;
  }

  /**
   * From the next tick on. Agents keep the hazard and the cold start of their launch; a new price holds from
   * the last tick on.
   */
  set settings(settings: AgentPoolSettings) {
    this.fleet.settings = settings;
  }

  /** Agents that take work: times `slotsPerAgent`, the servers of a station. */
  get ready(): number {
    return this.fleet.of('ready').length;
  }

  get starting(): number {
    return this.fleet.of('starting').length;
  }

  get draining(): number {
    return this.fleet.of('draining').length;
  }

  /** Those there are, in the order of their launch. */
  get agents(): readonly Agent[] {
    return this.fleet.agents;
  }

  /** Spent so far, exact; on demand and spot apart. */
  get cost(): AgentFleet['cost'] {
    return this.fleet.cost;
  }

  /** Agent-milliseconds so far, from launch to end. */
  get agentMs(): Readonly<AgentFleet['agentMs']> {
    return this.fleet.agentMs;
  }

  /** What an hour of the pool as it is costs, dollars; agents that drain included. */
  get usdPerHour(): number {
    return usdPerHourOf(this.fleet);
  }

  /** See AgentFleet. What came of it is told by the next tick. */
  reclaim(share: number, nowMs: number): void {
    this.fleet.reclaim(share, nowMs);
  }

  /**
   * When something happens by itself next: an agent is ready, reclaimed or gone. Tick then to see it in time.
   */
  get nextMs(): number {
    return this.fleet.nextMs;
  }

  /**
   * Steps the pool. A time before the last one changes nothing.
   * @param busySlots pieces of work there are, on draining agents too; more than the slots when work waits.
   * @param forecastAgents wanted by a forecast: launched without waiting for the load, and kept.
   * @throws InputError for counts that are none.
   */
  tick(busySlots: number, nowMs: number, forecastAgents = 0): PoolEffects {
    for (const [name, n] of Object.entries({ busySlots, forecastAgents }))
      if (!(n >= 0 && n < Infinity)) throw new InputError(name, 'a number of 0 or more', String(n));
    const effects = noEffects();
    if (!(nowMs >= this.lastMs)) return effects;
    this.lastMs = nowMs;
    const { fleet } = this;
    const { min, max, warm } = fleet.settings;
    const before = fleet.live.length;
    const busy = Math.max(0, busySlots - fleet.drainingWork(nowMs));
    const ready = fleet.of('ready');
    fleet.advance(nowMs, (agent) => this.workAt(ready.indexOf(agent), busy), effects);
    this.noteIdle(busy, nowMs);

    const tooDear = fleet.priceOf(fleet.live) > this.target;
    const floor = Math.min(max, Math.max(min, tooDear ? 0 : warm, Math.ceil(forecastAgents)));
    // Who was reclaimed is replaced at once, whatever the cooldowns say.
    this.launchUpTo(effects.interrupted.length > 0 ? Math.max(floor, before) : floor, nowMs, effects);
    this.scaleByLoad(busy, floor, nowMs, effects);
    this.retireIdle(floor, nowMs, effects);
    while (fleet.live.length > max) this.retireOne(busy, nowMs, effects);

    fleet.leave(nowMs, effects);
    fleet.bill(nowMs);
    this.counts.launched += effects.started.length;
    this.counts.interrupted += effects.interrupted.length;
    this.counts.lost += effects.lost;
    return effects;
  }

  private get target(): number {
    return picoOfUsd(this.settings.targetUsdPerHour, 'pool.targetUsdPerHour');
  }

  /** Pieces of work on the ready agent at a place: they are filled in order. */
  private workAt(place: number, busy: number): number {
    const { slotsPerAgent } = this.settings;
    return place < 0 ? 0 : Math.ceil(Math.min(slotsPerAgent, Math.max(0, busy - place * slotsPerAgent)));
  }

  private noteIdle(busy: number, nowMs: number): void {
    this.fleet.of('ready').forEach((agent, place) => {
      if (this.workAt(place, busy) > 0) agent.idleSinceMs = null;
      else agent.idleSinceMs ??= nowMs;
    });
  }

  /** The least number is launched whatever it costs; beyond, as many as the target allows. */
  private launchUpTo(wanted: number, nowMs: number, effects: PoolEffects): void {
    const { fleet } = this;
    const { min, max, coldStartS } = fleet.settings;
    while (fleet.live.length < Math.min(max, wanted)) {
      const { live } = fleet;
      if (live.length >= min && fleet.priceOf(live) + fleet.price(fleet.nextIsSpot) > this.target) {
        effects.costLimited = true;
        return;
      }
      effects.started.push(fleet.launch(nowMs, coldStartS));
    }
  }

  private scaleByLoad(busy: number, floor: number, nowMs: number, effects: PoolEffects): void {
    const { fleet, lastUpMs, lastDownMs } = this;
    const {
      slotsPerAgent,
      countStarting,
      upAt,
      upBy,
      downAt,
      downBy,
      upCooldownS,
      downCooldownS,
      cooldown,
      max,
    } = fleet.settings;
    const agents = countStarting ? fleet.live.length : this.ready;
    const load = agents > 0 ? busy / (agents * slotsPerAgent) : busy > 0 ? Infinity : 0;
    const lastMs = Math.max(lastUpMs, lastDownMs);
    const live = fleet.live.length;
    if (load >= upAt && live < max) {
      if (nowMs - (cooldown === 'shared' ? lastMs : lastUpMs) < upCooldownS * 1000) return;
      this.launchUpTo(live + upBy, nowMs, effects);
      if (fleet.live.length === live) return;
      this.lastUpMs = nowMs;
      this.counts.up++;
    } else if (
      load <= downAt &&
      live > floor &&
      nowMs - Math.max(lastMs, this.bornMs) >= downCooldownS * 1000
    ) {
      for (let n = Math.min(downBy, live - floor); n > 0; n--) this.retireOne(busy, nowMs, effects);
      this.lastDownMs = nowMs;
      this.counts.down++;
    }
  }

  private retireIdle(floor: number, nowMs: number, effects: PoolEffects): void {
    const { fleet } = this;
    const idle = fleet
      .of('ready')
      .filter((a) => a.idleSinceMs !== null && nowMs - a.idleSinceMs >= this.settings.idleS * 1000);
    for (const agent of idle.slice(0, Math.max(0, fleet.live.length - floor))) {
      fleet.drain(agent, 0, nowMs);
      effects.retired.push(agent);
      this.counts.idle++;
    }
  }

  /**
   * The youngest without work, of the kind there is too much of where that can be had; the youngest of all
   * drains its work.
   */
  private retireOne(busy: number, nowMs: number, effects: PoolEffects): void {
    const { fleet } = this;
    const { live } = fleet;
    const spots = live.filter((a) => a.spot).length;
    const tooManySpots = spots > Math.round(this.settings.spotShare * (live.length - 1));
    const ready = fleet.of('ready');
    const workOf = (agent: Agent): number => this.workAt(ready.indexOf(agent), busy);
    const free = live.filter((a) => workOf(a) === 0);
    const agent = free.findLast((a) => a.spot === tooManySpots) ?? free.at(-1) ?? live.at(-1)!;
    fleet.drain(agent, workOf(agent), nowMs);
    effects.retired.push(agent);
  }
}

const noEffects = (): PoolEffects => ({
  started: [],
  ready: [],
  retired: [],
  interrupted: [],
  gone: [],
  lost: 0,
  costLimited: false,
});
