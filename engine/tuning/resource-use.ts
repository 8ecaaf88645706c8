import type { Simulation } from '../simulation/simulation.ts';
import { recentWindow } from './recent-window.ts';

/** How much of something is used now. Counts of the one cell; shares from 0 to 1. */
export type ResourceUse =
  | {
      kind: 'servers';
      name: string;
      title: string;
      /** Mean servers at work; of how many, null when there is no bound. */
      busy: number;
      servers: number | null;
      /** Calls waiting, and those of them that nobody waits for any more. */
      queue: number;
      dead: number;
    }
  | {
      kind: 'connections';
      name: string;
      title: string;
      open: number;
      most: number;
      waiting: number;
      /** Calls that found a connection open. */
      reusedShare: number;
    }
  | {
      kind: 'memory';
      name: 'memory';
      title: string;
      /** Of the heaps: what a collection would leave, and with garbage. */
      liveShare: number;
      takenShare: number;
      heapMb: number;
      longestPauseMs: number;
    }
  | { kind: 'budget'; name: string; title: string; spentUsd: number; limitUsd: number };

/** Figures of the last seconds, or of one interval if that is longer. */
const NOW_S = 5;

/** What a run uses at its present time, in the order of the scenario. */
export function resourceUse(simulation: Simulation): ResourceUse[] {
  const { world } = simulation;
  const { recorder } = world;
  const seen = recentWindow(simulation, NOW_S);
  if (recorder.closed === 0) return [];
  const last = (column: string): number => recorder.column(column)[recorder.closed - 1]!;
  const rows = Math.max(1, Math.round((NOW_S * 1000) / recorder.intervalMs));
  const mean = (column: string): number => {
    const values = recorder.column(column).subarray(Math.max(0, recorder.closed - rows), recorder.closed);
    return values.reduce((a, b) => a + b, 0) / values.length;
  };
  const list: ResourceUse[] = world.stations.flatMap((station): ResourceUse[] => {
    const { name } = station;
    const title = station.settings.title ?? name;
    const at = `station.${name}`;
    const servers: ResourceUse = {
      kind: 'servers',
      ...{ name, title },
      busy: mean(`${at}.busy`),
      servers: Number.isFinite(station.servers) ? station.servers : null,
      queue: last(`${at}.queue`),
      dead: last(`${at}.dead`),
    };
    const pool = world.visits?.guards[station.index]?.connections;
    if (!pool) return [servers];
    const { maxTotal, maxPerHost, hosts } = pool.settings;
    return [
      servers,
      {
        kind: 'connections',
        ...{ name, title },
        open: last(`${at}.connections.open`),
        most: Math.min(maxTotal, maxPerHost * hosts) * pool.pools.length,
        waiting: last(`${at}.connections.waiting`),
        reusedShare: seen?.stations[station.index]!.connections?.reusedShare ?? 0,
      },
    ];
  });
  if (world.memory)
    list.push({
      kind: 'memory',
      name: 'memory',
      title: world.memory.processes.length > 1 ? 'Heaps' : 'Heap',
      liveShare: last('memory.live'),
      takenShare: last('memory.share'),
      heapMb: world.memory.settings.process.heapMb,
      longestPauseMs: last('memory.longestPauseMs'),
    });
  for (const { name, spentUsd, limitUsd, window } of world.gateway?.budgetStates(world.nowMs) ?? [])
    list.push({ kind: 'budget', name, title: `Budget ${name}, this ${window}`, spentUsd, limitUsd });
  return list;
}
