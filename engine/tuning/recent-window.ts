import type { Simulation } from '../simulation/simulation.ts';

/** What one station did in the window. Rates of the one cell. */
export interface StationWindow {
  arrivalsPerS: number;
  /** Mean service time; NaN when nothing was finished. */
  serviceMs: number;
  /** Mean wait by Little's law. */
  waitMs: number;
  busyShare: number;
  queue: number;
  /** Share of what it finished that was for nobody. */
  wastedShare: number;
  /** Calls for each request that ended. */
  askedShare: number;
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
  const sum = (column: string): number => {
    let total = 0;
    const data = recorder.column(column);
    for (let row = from; row < to; row++) total += data[row]!;
    return total;
  };
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
      const busy = sum(`${at}.busy`) / (to - from);
      const queue = sum(`${at}.queue`) / (to - from);
      return {
        arrivalsPerS: arrivals / spanS,
        serviceMs: done > 0 ? (busy * spanS * 1000) / done : NaN,
        waitMs: arrivals > 0 ? (queue * spanS * 1000) / arrivals : 0,
        busyShare: Number.isFinite(station.servers) ? busy / station.servers : 0,
        queue,
        wastedShare: done > 0 ? sum(`${at}.deadCompleted`) / done : 0,
        askedShare: arrivals / completed,
      };
    }),
    tierHitShare: world.tiers.map(
      (t) => sum(`tier.${t.name}.hits`) / Math.max(1, sum(`tier.${t.name}.lookups`)),
    ),
    tierAskedShare: world.tiers.map((t) => sum(`tier.${t.name}.lookups`) / completed),
  };
}
