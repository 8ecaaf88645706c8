import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';

/** Seconds over which the figures of the narrative are taken. */
const RECENT_S = 5;

/** Figures of the last seconds of a run, of the whole fleet. Shares from 0 to 1, rates per second. */
export interface Facts {
  arrivalsPerS: number;
  meanMs: number;
  hitRate: number;
  errorRate: number;
  retriesPerS: number;
  /** Share of completed requests that each tier answered, in the path's order. */
  tierShares: { level: string; title: string; share: number }[];
  /** The station at the path's end: the one that gives fresh answers. */
  pool: {
    title: string;
    arrivalsPerS: number;
    /** Calls that it can finish; Infinity when servers are unbounded. */
    capacityPerS: number;
    serviceMs: number;
    busyShare: number;
    queue: number;
    deadShare: number;
    /** Time that a call joining the end of the queue now would wait, first come first served. */
    waitMs: number;
  } | null;
}

export function recentFacts(simulation: Simulation): Facts {
  const { scenario, world } = simulation;
  const { recorder } = world;
  const rows = Math.max(1, Math.round((RECENT_S * 1000) / recorder.intervalMs));
  const from = Math.max(0, recorder.closed - rows);
  const seconds = ((recorder.closed - from) * recorder.intervalMs) / 1000;
  const { cells } = scenario.fleet;
  const sum = (column: string): number =>
    recorder
      .column(column)
      .subarray(from, recorder.closed)
      .reduce((a, b) => a + b, 0);
  const perS = (column: string): number => (seconds > 0 ? (sum(column) * cells) / seconds : 0);
  const completed = sum('completed');
  const share = (n: number): number => (completed > 0 ? n / completed : 0);
  const recent = recorder.meanAndHits(from, recorder.closed);
  const pool = world.stations.find((s) => s.name === scenario.path.at(-1));
  return {
    arrivalsPerS: perS('arrivals'),
    meanMs: recent.meanMs,
    hitRate: recent.hitRate,
    errorRate: share(sum('failed')),
    retriesPerS: perS('retries'),
    tierShares: scenario.path.flatMap((name) => {
      const tier = scenario.tiers[name];
      return tier
        ? [{ level: tier.level, title: tier.title ?? name, share: share(sum(`tier.${name}.hits`)) }]
        : [];
    }),
    pool: pool ? poolFacts(pool, perS(`station.${pool.name}.arrivals`), cells) : null,
  };
}

function poolFacts(pool: Station, arrivalsPerS: number, cells: number): NonNullable<Facts['pool']> {
  const serviceMs = pool.service.statedMeanMs * pool.service.scale;
  const queue = pool.waiting;
  return {
    title: pool.settings.title ?? pool.name,
    arrivalsPerS,
    capacityPerS: (pool.servers * cells * 1000) / serviceMs,
    serviceMs,
    busyShare: Number.isFinite(pool.servers) ? pool.busy / pool.servers : 0,
    queue: queue * cells,
    deadShare: queue > 0 ? pool.deadWaiting / queue : 0,
    waitMs: Number.isFinite(pool.servers) ? (queue / pool.servers) * serviceMs : 0,
  };
}
