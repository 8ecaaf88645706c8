import { RandomStream } from '../core/random.ts';
import { AgentPool, type PoolEffects } from '../cost/agent-pool.ts';
import { AgentForecast } from './agent-forecast.ts';
import type { ControlsSettings } from './controls-schema.ts';
import type { Station } from './station.ts';
import type { World } from './world.ts';

/**
 * A station whose servers are the slots of a pool of agents. An agent that goes while it works finishes what it has: the station takes on
 * nothing new until it is below its servers again.
 */
export class AgentsControl {
  readonly pool: AgentPool;
  /** What came of each tick, for those who listen. */
  onEffects: ((effects: PoolEffects, nowMs: number) => void) | null = null;
  readonly forecast: AgentForecast;
  private readonly station: Station;
  private readonly everyMs: number;
  private spentUsd = 0;
  private interrupted = 0;
  private expected = 0;

  constructor(
    settings: NonNullable<ControlsSettings['agents']>,
    private readonly world: World,
    seed: number,
  ) {
    this.station = world.stations.find((s) => s.name === settings.station)!;
    this.everyMs = settings.everyS * 1000;
    this.pool = new AgentPool({ ...settings.pool }, new RandomStream(seed, 'agents'), 0);
    this.forecast = new AgentForecast(settings.forecast, world.scenario, seed);
  }

  /** Looks, acts, and returns when to look again. */
  tick(nowMs: number): number {
    const { station, pool, world } = this;
    const load = station.busy + station.waiting;
    this.expected = this.forecast.agentsAt(nowMs, station.stats.arrivals, world.callers.begun);
    const effects = pool.tick(load, nowMs, this.forecast.settings.on ? this.expected : 0);
    const servers = Math.max(1, pool.ready * pool.settings.slotsPerAgent);
    if (servers !== station.servers) world.setServers(station, servers);
    this.onEffects?.(effects, nowMs);
    return Math.max(nowMs + 1, Math.min(nowMs + this.everyMs, pool.nextMs));
  }

  /** See AGENT_COLUMNS. */
  put(put: (value: number) => void): void {
    const { pool } = this;
    put(pool.ready);
    put(pool.starting);
    put(pool.agents.filter((a) => a.spot && a.state !== 'gone').length);
    put(this.expected);
    put(pool.counts.interrupted - this.interrupted);
    this.interrupted = pool.counts.interrupted;
    const spentUsd = pool.cost.onDemand.usd + pool.cost.spot.usd;
    put(spentUsd - this.spentUsd);
    this.spentUsd = spentUsd;
  }
}
