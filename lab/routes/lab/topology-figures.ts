import type { Scenario, SettingValue } from '../../../engine/simulation/scenario.ts';
import type { Series } from '../../stores/series.ts';

/** Rates are means over the last intervals, so that single arrivals don't make the figures flicker. */
const RATE_INTERVALS = 5;
/** Below this share of the tries, retries are everyday accidents and not a loop. */
const LOOP_FROM = 0.01;
/** Below this share of the requests that end, failures are not drawn. */
const FAILED_FROM = 0.005;
/** Below this share of a queue, dead calls are not worth a word. */
const DEAD_FROM = 0.005;

export type NodeTier = 'l1' | 'l2' | 'l3' | 'l4' | 'model' | undefined;

export interface NodeFigures {
  name: string;
  kind: 'tier' | 'station' | 'gateway';
  /** Which shape and hue it has; undefined for a station that serves no model. */
  tier: NodeTier;
  /** "L1", or the station's title. */
  short: string;
  title: string;
  on: boolean;
  /** Tries that arrive, of the fleet. */
  arrivalsPerS: number;
  /** A tier's share of the requests that ended; null when none did. */
  answered: number | null;
  /** Mean share of its servers at work; null when nothing limits it. */
  busy: number | null;
  /** Share of its capacity in use; null for stations. */
  full: number | null;
  queue: number;
  /** Calls that may wait in all; null where nothing limits them. */
  queueLimit: number | null;
  deadShare: number;
  completedPerS: number;
  model: string | undefined;
  /** Agents that work the station, where a pool gives it its servers. */
  agents: number | null;
}

export interface FlowFigures {
  perS: number;
  /** Part of it that are retries. */
  retryShare: number;
}

export interface TopologyFigures {
  /** Requests begun; with `traffic` also those that nobody waits for. */
  usersPerS: number;
  nodes: NodeFigures[];
  /** flows[i] leads into nodes[i]. */
  flows: FlowFigures[];
  /** Requests answered at nodes[i]: a tier's hits, and what is left of all answers at the last one. */
  answersPerS: number[];
  /** Refused at the door. */
  shedPerS: number;
  /** Refused further on, or given up; 0 while they are so few that they are accidents. */
  failedPerS: number;
  /** Present while retries come back; `into` is the node they come back to. */
  loop:
    { retriesPerS: number; into: number; from: number; timeoutMs: number | null; tries: number } | undefined;
}

/** @param setting value that a live setting has now, by its path */
export function topologyFigures(
  series: Series,
  scenario: Scenario,
  setting: (path: string) => SettingValue | undefined,
): TopologyFigures | undefined {
  const to = series.length;
  if (to === 0) return undefined;
  const from = Math.max(0, to - RATE_INTERVALS);
  const fleet = scenario.fleet.cells;
  const perS = (column: string): number =>
    (series.sum(column, from, to) * fleet) / ((to - from) * series.intervalS);
  const number = (path: string): number | null => {
    const value = setting(path);
    return typeof value === 'number' ? value : null;
  };
  const completed = series.sum('completed', from, to);
  const last = (column: string): number | null => (series.has(column) ? series.at(column, to - 1) : null);
  /** Servers may be given by a pool of agents, or by the keeper. */
  const serversOf = (station: string): number | null => {
    const { agents, keeper } = scenario.controls;
    const ready = agents?.station === station ? last('agents.ready') : null;
    if (agents && ready !== null) return Math.max(1, ready * agents.pool.slotsPerAgent);
    const kept = keeper?.station === station ? last('keeper.servers') : null;
    return kept ?? number(`stations.${station}.servers`);
  };
  const busyShare = (station: string): number | null => {
    const servers = serversOf(station);
    if (servers === null) return null;
    return Math.min(1, series.sum(`station.${station}.busy`, from, to) / (to - from) / servers);
  };

  const queueLimitOf = (station: string): number | null => {
    const limit = number(`stations.${station}.maxQueue`);
    return limit === null ? null : limit * (scenario.stations[station]?.replicas?.count ?? 1) * fleet;
  };

  const nodes = scenario.path.map((name): NodeFigures => {
    const tier = scenario.tiers[name];
    if (tier) {
      const capacity =
        (number(`tiers.${name}.capacityEntries`) ?? tier.capacityEntries) *
        (tier.scope === 'instance' ? scenario.instances : 1);
      return {
        name,
        kind: 'tier',
        tier: tier.level,
        short: tier.level.toUpperCase(),
        title: tier.title ?? name,
        on: setting(`tiers.${name}.on`) !== false,
        arrivalsPerS: perS(`tier.${name}.lookups`),
        answered: completed > 0 ? series.sum(`tier.${name}.hits`, from, to) / completed : null,
        busy: tier.station === null ? null : busyShare(tier.station),
        full: Math.min(1, series.at(`tier.${name}.entries`, to - 1) / capacity),
        queue: tier.station === null ? 0 : series.at(`station.${tier.station}.queue`, to - 1) * fleet,
        queueLimit: tier.station === null ? null : queueLimitOf(tier.station),
        deadShare: 0,
        completedPerS: perS(`tier.${name}.hits`),
        model: undefined,
        agents: null,
      };
    }
    if (!(name in scenario.stations)) return gatewayNode(name, perS);
    const station = scenario.stations[name];
    const queue = series.at(`station.${name}.queue`, to - 1);
    const deadShare = queue > 0 ? series.at(`station.${name}.dead`, to - 1) / queue : 0;
    const model = setting(`stations.${name}.model`);
    return {
      name,
      kind: 'station',
      tier: station?.model ? 'model' : undefined,
      short: station?.title ?? name,
      title: station?.title ?? name,
      on: true,
      arrivalsPerS: perS(`station.${name}.arrivals`),
      answered: null,
      busy: busyShare(name),
      full: null,
      queue: queue * fleet,
      queueLimit: queueLimitOf(name),
      deadShare: deadShare >= DEAD_FROM ? deadShare : 0,
      completedPerS: perS(`station.${name}.completed`),
      model: typeof model === 'string' ? model : undefined,
      agents: scenario.controls.agents?.station === name ? last('agents.ready') : null,
    };
  });

  const usersPerS = perS('arrivals') + (series.has('background.arrivals') ? perS('background.arrivals') : 0);
  const tries = series.sum('tries', from, to);
  const retryShare = tries > 0 ? series.sum('retries', from, to) / tries : 0;
  const into = Math.max(
    0,
    nodes.findIndex((node) => node.on),
  );
  const flows = nodes.map((_, i): FlowFigures => {
    // Retries come back to the first node that is on; up to it only users arrive.
    if (i <= into) return { perS: usersPerS, retryShare: 0 };
    // A tier that was switched on just now has seen nothing yet, while what lies behind it has.
    const reached = nodes.slice(i).find((node) => node.on && node.arrivalsPerS > 0);
    return { perS: reached?.arrivalsPerS ?? 0, retryShare };
  });
  const end = nodes.length - 1;
  const tierHits = nodes.map(({ kind, completedPerS }) => (kind === 'tier' ? completedPerS : 0));
  const hitsPerS = tierHits.reduce((sum, hits) => sum + hits, 0);
  const failedPerS = Math.max(0, perS('failed') - perS('shed'));
  const restPerS = Math.max(0, perS('completed') - perS('failed') - hitsPerS);
  return {
    usersPerS,
    nodes,
    flows,
    answersPerS: tierHits.map((hits, i) => (i === end && nodes[i].kind !== 'tier' ? restPerS : hits)),
    shedPerS: perS('shed'),
    failedPerS: failedPerS > FAILED_FROM * perS('completed') ? failedPerS : 0,
    loop:
      retryShare > LOOP_FROM
        ? {
            retriesPerS: perS('retries'),
            into,
            from: end,
            timeoutMs: number('caller.timeoutMs'),
            tries: (number('caller.retries') ?? 0) + 1,
          }
        : undefined,
  };
}

/** The gateway says what it has to say by itself; here it is a node that requests reach. */
function gatewayNode(name: string, perS: (column: string) => number): NodeFigures {
  return {
    name,
    kind: 'gateway',
    tier: undefined,
    short: 'Gateway',
    title: 'Gateway',
    on: true,
    arrivalsPerS: perS('gateway.requests'),
    answered: null,
    busy: null,
    full: null,
    queue: 0,
    queueLimit: null,
    deadShare: 0,
    completedPerS: perS('gateway.calls'),
    model: undefined,
    agents: null,
  };
}
