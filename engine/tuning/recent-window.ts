import type { Simulation } from '../simulation/simulation.ts';

/** What one station did in the window. Rates of the one cell. */
export interface StationWindow {
  arrivalsPerS: number;
  /** Mean service time; NaN when nothing was finished. */
  serviceMs: number;
  /** Mean wait by Little's law. */
  waitMs: number;
  /** Mean servers at work, and as a share of all; the share is 0 without a bound on them. */
  busy: number;
  busyShare: number;
  queue: number;
  /** Share of what it finished that was for nobody. */
  wastedShare: number;
  /** Calls for each request that ended. */
  askedShare: number;
  /** Mean servers at work and calls waiting by replica; empty without replicas. */
  replicas: { busy: number; queue: number }[];
  /** Null for a station that is reached without connections. */
  connections: ConnectionsWindow | null;
}

/** Of all pools of a station together. */
export interface ConnectionsWindow {
  /** Of the calls that asked for a connection: those that got one that was used before, those that waited, and those that got none. */
  reusedShare: number;
  waitedShare: number;
  lostShare: number;
  /** Length of a handshake; NaN when there was none. */
  handshakeMs: number;
  /** Mean wait by Little's law, for those that asked. */
  waitMs: number;
  open: number;
  waiting: number;
}

/** Figures of a stretch of whole intervals, as recommendations need them. Dollars of the fleet, rates of the cell. */
export interface RecentWindow {
  fromS: number;
  toS: number;
  requestsPerS: number;
  meanMs: number;
  hitRate: number;
  triesPerRequest: number;
  costUsdPerHour: number;
  stations: StationWindow[];
  /** By tier: hits over its own lookups, and lookups over requests. */
  tierHitShare: number[];
  tierAskedShare: number[];
  /** Share of the heaps that is live, and the longest pause; 0 without memory. */
  memoryShare: number;
  stallMs: number;
}

/** The least that a window holds: one interval says little of a scenario that counts by the minute. */
const LEAST_ROWS = 10;
const LEAST_S = 10;
const WINDOW_S = 60;

/** How long a stretch of this run must be to say something, seconds: a minute, or ten intervals. */
export function windowS(simulation: Simulation): number {
  return Math.max(WINDOW_S, (LEAST_ROWS * simulation.world.recorder.intervalMs) / 1000);
}

/**
 * The last stretch of the run, for advice: what was before the last change, scripted or pulled, is another system, and counts only as far as there
 * is too little of this one. Null before anything has ended.
 */
export function sinceChange(simulation: Simulation, mostS = windowS(simulation)): RecentWindow | null {
  const { events, world, nowMs } = simulation;
  const changed = events.findLast(({ kind }) => kind === 'pull' || kind === 'scripted')?.atS ?? -Infinity;
  const leastS = Math.max(LEAST_S, (LEAST_ROWS * world.recorder.intervalMs) / 1000);
  return recentWindow(simulation, Math.min(mostS, Math.max(leastS, nowMs / 1000 - changed)));
}

/** The last `seconds` of the run; null before anything has ended. */
export function recentWindow(simulation: Simulation, seconds: number): RecentWindow | null {
  const { recorder } = simulation.world;
  const rows = Math.max(1, Math.round((seconds * 1000) / recorder.intervalMs));
  return windowOf(simulation, Math.max(0, recorder.closed - rows), recorder.closed);
}

/** The rows [from, to); null when nothing ended in them. */
export function windowOf(simulation: Simulation, from: number, to: number): RecentWindow | null {
  const { world, scenario } = simulation;
  const { recorder } = world;
  const spanS = ((to - from) * recorder.intervalMs) / 1000;
  const rows = (column: string): Float64Array => recorder.column(column).subarray(from, to);
  const sum = (column: string): number => rows(column).reduce((a, b) => a + b, 0);
  const mean = (column: string): number => sum(column) / (to - from);
  const completed = sum('completed');
  if (spanS <= 0 || completed === 0) return null;
  const { meanMs, hitRate } = recorder.meanAndHits(from, to);
  const tries = sum('tries');
  return {
    fromS: (from * recorder.intervalMs) / 1000,
    toS: (to * recorder.intervalMs) / 1000,
    requestsPerS: sum('arrivals') / spanS,
    meanMs,
    hitRate,
    triesPerRequest: tries / Math.max(1, tries - sum('retries')),
    costUsdPerHour: (sum('costUsd') * scenario.fleet.cells * 3600) / spanS,
    stations: world.stations.map((station): StationWindow => {
      const at = `station.${station.name}`;
      const arrivals = sum(`${at}.arrivals`);
      const done = sum(`${at}.completed`);
      const busy = mean(`${at}.busy`);
      const queue = mean(`${at}.queue`);
      return {
        arrivalsPerS: arrivals / spanS,
        serviceMs: done > 0 ? (busy * spanS * 1000) / done : NaN,
        waitMs: arrivals > 0 ? (queue * spanS * 1000) / arrivals : 0,
        busy,
        busyShare: Number.isFinite(station.servers) && station.servers > 0 ? busy / station.servers : 0,
        queue,
        wastedShare: done > 0 ? sum(`${at}.deadCompleted`) / done : 0,
        askedShare: arrivals / completed,
        replicas: (station.replicas ? station.parts : []).map((_, i) => ({
          busy: mean(`${at}.replica.${i + 1}.busy`),
          queue: mean(`${at}.replica.${i + 1}.queue`),
        })),
        connections: station.settings.connections
          ? connectionsOf(`${at}.connections`, sum, mean, spanS)
          : null,
      };
    }),
    tierHitShare: world.tiers.map(
      (t) => sum(`tier.${t.name}.hits`) / Math.max(1, sum(`tier.${t.name}.lookups`)),
    ),
    tierAskedShare: world.tiers.map((t) => sum(`tier.${t.name}.lookups`) / completed),
    memoryShare: world.memory ? mean('memory.live') : 0,
    stallMs: world.memory ? rows('memory.longestPauseMs').reduce((a, b) => Math.max(a, b), 0) : 0,
  };
}

function connectionsOf(
  at: string,
  sum: (column: string) => number,
  mean: (column: string) => number,
  spanS: number,
): ConnectionsWindow {
  const asked = sum(`${at}.requests`);
  const share = (n: number): number => (asked > 0 ? n / asked : 0);
  const reused = sum(`${at}.reused`);
  const lost = sum(`${at}.timedOut`) + sum(`${at}.refused`);
  const made = asked - reused - lost;
  const waiting = mean(`${at}.waiting`);
  return {
    reusedShare: share(reused),
    waitedShare: share(sum(`${at}.waits`)),
    lostShare: share(lost),
    handshakeMs: made > 0 ? (sum(`${at}.dnsMs`) + sum(`${at}.tcpMs`) + sum(`${at}.tlsMs`)) / made : NaN,
    waitMs: asked > 0 ? (waiting * spanS * 1000) / asked : 0,
    open: mean(`${at}.open`),
    waiting,
  };
}
