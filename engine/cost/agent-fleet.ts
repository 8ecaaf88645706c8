import type { RandomStream } from '../core/random.ts';
import type { AgentPoolSettings } from './agent-pool-settings.ts';
import { MoneySum, picoOfUsd, PICO_PER_USD, timesPpm, type PicoUsd } from './money.ts';
import { reclaimAfterMs, residualMs } from './spot.ts';

/** Draining: it takes no new work and goes when it has finished what it has. */
export type AgentState = 'starting' | 'ready' | 'draining' | 'gone';

export interface Agent {
  readonly id: number;
  readonly spot: boolean;
  state: AgentState;
  readonly launchedMs: number;
  readonly readyMs: number;
  /** Since when it has had nothing to do; null while it works, starts or drains. */
  idleSinceMs: number | null;
  /** When the provider gives notice; Infinity on demand. */
  noticeMs: number;
  interrupted: boolean;
  /** When it will be gone, or went; Infinity while nobody has told it to go. */
  goneMs: number;
  /** Ends of the work it had when it was told to go. */
  endsMs: readonly number[];
  /** Paid and counted so far. */
  billedS: number;
  countedMs: number;
}

/** What happened to a fleet. */
export interface FleetEvents {
  started: Agent[];
  ready: Agent[];
  /** Reclaimed by the provider. */
  interrupted: Agent[];
  gone: Agent[];
  /** Pieces of work that ended unfinished with their agent; whoever sent them must send them again. */
  lost: number;
}

const PPM = 1_000_000;

/**
 * The agents of a pool, from launch to end, and what they cost. Each is paid from its launch by the second
 * that has begun, at the price at the time it is billed, so a sum does not depend on how often it is looked
 * at.
 */
export class AgentFleet {
  readonly cost = { onDemand: new MoneySum(), spot: new MoneySum() };
  /** Agent-milliseconds from launch to end, up to the last billing. */
  readonly agentMs = { onDemand: 0, spot: 0 };
  /** In the order of their launch. */
  agents: Agent[] = [];
  private nextId = 1;

  /** @param random for interruptions and for work that drains. */
  constructor(
    public settings: AgentPoolSettings,
    private readonly random: RandomStream,
  ) {}

  of(state: AgentState): Agent[] {
    return this.agents.filter((a) => a.state === state);
  }

  /** Those that work or will: neither draining nor gone. */
  get live(): Agent[] {
    return this.agents.filter((a) => a.state === 'starting' || a.state === 'ready');
  }

  /** Price of an hour. */
  price(spot: boolean): PicoUsd {
    const { usdPerHour, spotDiscountPpm } = this.settings;
    return timesPpm(picoOfUsd(usdPerHour, 'pool.usdPerHour'), spot ? PPM - spotDiscountPpm : PPM);
  }

  priceOf(agents: readonly Agent[]): PicoUsd {
    return agents.reduce((sum, a) => sum + this.price(a.spot), 0);
  }

  /** When something happens by itself next: an agent is ready, reclaimed or gone. Infinity for never. */
  get nextMs(): number {
    return this.agents.reduce((next, a) => {
      const noticeMs = a.interrupted ? Infinity : a.noticeMs;
      return Math.min(next, a.goneMs, noticeMs, a.state === 'starting' ? a.readyMs : Infinity);
    }, Infinity);
  }

  /** Whether the next one is spot, for the share to stay within half an agent of what it should be. */
  get nextIsSpot(): boolean {
    const { live } = this;
    return live.filter((a) => a.spot).length < Math.round(this.settings.spotShare * (live.length + 1));
  }

  launch(nowMs: number, coldStartS: number): Agent {
    const spot = this.nextIsSpot;
    const afterMs = spot ? reclaimAfterMs(this.settings.interruptionsPerHour, this.random) : Infinity;
    const agent: Agent = {
      id: this.nextId++,
      spot,
      state: 'starting',
      launchedMs: nowMs,
      readyMs: nowMs + coldStartS * 1000,
      idleSinceMs: null,
      noticeMs: nowMs + afterMs,
      interrupted: false,
      goneMs: Infinity,
      endsMs: [],
      billedS: 0,
      countedMs: 0,
    };
    this.agents.push(agent);
    return agent;
  }

  /** Tells an agent to go: at once when it has no work, or when that is done. */
  drain(agent: Agent, pieces: number, nowMs: number): void {
    const { taskS } = this.settings;
    agent.state = 'draining';
    agent.idleSinceMs = null;
    agent.endsMs = Array.from({ length: pieces }, () => nowMs + residualMs(taskS, this.random));
    agent.goneMs = agent.endsMs.reduce((last, ms) => Math.max(last, ms), nowMs);
  }

  /** A wave: the provider gives notice to this share of the spot agents at once, the oldest first. */
  reclaim(share: number, nowMs: number): void {
    const spots = this.live.filter((a) => a.spot);
    for (const agent of spots.slice(0, Math.round(share * spots.length)))
      agent.noticeMs = Math.min(agent.noticeMs, nowMs);
  }

  /** Pieces of work that draining agents have not finished. */
  drainingWork(nowMs: number): number {
    return this.agents.reduce((n, a) => n + a.endsMs.filter((ms) => ms > nowMs).length, 0);
  }

  /**
   * What happened by itself since the last time: agents became ready, got their notice, went.
   * @param workOf pieces of work on an agent that is ready.
   */
  advance(nowMs: number, workOf: (agent: Agent) => number, events: FleetEvents): void {
    for (const agent of this.agents) {
      if (agent.state === 'starting' && agent.readyMs <= Math.min(nowMs, agent.noticeMs)) {
        agent.state = 'ready';
        events.ready.push(agent);
      }
      if (agent.interrupted || agent.noticeMs > Math.min(nowMs, agent.goneMs)) continue;
      if (agent.state !== 'draining') {
        const pieces = agent.state === 'ready' ? workOf(agent) : 0;
        this.drain(agent, pieces, agent.noticeMs);
      }
      agent.interrupted = true;
      agent.goneMs = Math.min(agent.goneMs, agent.noticeMs + this.settings.noticeS * 1000);
      events.interrupted.push(agent);
    }
    this.leave(nowMs, events);
  }

  /** Lets those go whose time has come, and counts what is cut off with them. */
  leave(nowMs: number, events: FleetEvents): void {
    for (const agent of this.agents) {
      if (agent.goneMs > nowMs) continue;
      agent.state = 'gone';
      events.gone.push(agent);
      events.lost += agent.endsMs.filter((ms) => ms > agent.goneMs).length;
      this.billTo(agent, agent.goneMs);
    }
    this.agents = this.agents.filter((a) => a.state !== 'gone');
  }

  bill(nowMs: number): void {
    for (const agent of this.agents) this.billTo(agent, nowMs);
  }

  private billTo(agent: Agent, nowMs: number): void {
    const kind = agent.spot ? 'spot' : 'onDemand';
    const livedMs = nowMs - agent.launchedMs;
    const seconds = Math.ceil(livedMs / 1000);
    const price = this.price(agent.spot);
    this.cost[kind].add(paidFor(price, seconds - agent.billedS, agent.billedS));
    this.agentMs[kind] += livedMs - agent.countedMs;
    agent.billedS = seconds;
    agent.countedMs = livedMs;
  }
}

/**
 * Of the price of an hour, what so many seconds cost after those paid; all the seconds of an hour cost
 * exactly the price.
 */
function paidFor(price: PicoUsd, seconds: number, paidS: number): PicoUsd {
  const rest = price % 3600;
  const restOf = (s: number): number => Math.floor((rest * s) / 3600);
  return ((price - rest) / 3600) * seconds + restOf(paidS + seconds) - restOf(paidS);
}

/** Dollars of an hour of agents, for display. */
export const usdPerHourOf = (fleet: AgentFleet): number => fleet.priceOf(fleet.agents) / PICO_PER_USD;
