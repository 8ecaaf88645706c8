import { CRITICALITIES } from '../cost/task.ts';
import type { Scenario } from './scenario.ts';
import type { StationSettings } from './station-schema.ts';
import type { World } from './world.ts';

/** With `limit`: the limit in force at the interval's end (NaN: off), calls waiting for it, and calls that it refused. */
export const LIMIT_COLUMNS = ['limit', 'gate', 'overLimit'] as const;

/** For each replica: mean number of servers at work, calls waiting at the interval's end, and calls that it failed or had no place for. */
export const REPLICA_COLUMNS = ['busy', 'queue', 'failed'] as const;

/** Columns of what protects a station, such as `station.pool.limit`; none for a station without. */
export function protectionColumnNames({ stations }: Pick<Scenario, 'stations'>): string[] {
  return Object.entries(stations).flatMap(([name, settings]) =>
    namesOf(settings).map((column) => `station.${name}.${column}`),
  );
}

function namesOf({ codel, limit, shed, replicas }: StationSettings): string[] {
  return [
    ...(codel ? ['codelDropped'] : []),
    ...(limit ? LIMIT_COLUMNS : []),
    ...(shed ? CRITICALITIES.map((c) => `shed.${c}`) : []),
    ...Array.from({ length: replicas?.count ?? 0 }, (_, r) =>
      REPLICA_COLUMNS.map((c) => `replica.${r + 1}.${c}`),
    ).flat(),
  ];
}

/** Writes the columns above, in their order; null when the world has none of them. */
export function protectionColumns(world: World): ((put: (value: number) => void) => void) | null {
  if (protectionColumnNames(world.scenario).length === 0) return null;
  const last = new Map<string, number>();
  const since = (name: string, total: number): number => {
    const added = total - (last.get(name) ?? 0);
    last.set(name, total);
    return added;
  };
  return (put) => {
    for (const { name, codel, codelTally, door, gate, replicas, parts } of world.stations) {
      if (codel) put(since(`${name} codel`, codelTally.now.dropped));
      if (door?.limit) {
        put(door.limitNow);
        put(gate!.waiting);
        put(since(`${name} limit`, door.tally.now.overLimit));
      }
      if (door?.shed)
        for (const c of [0, 1, 2, 3] as const) put(since(`${name} shed ${c}`, door.tally.now[`shed${c}`]));
      if (replicas)
        for (const { index, tally, waiting } of parts) {
          put(since(`${name} ${index} busy`, tally.now.busyAreaMs) / world.recorder.intervalMs);
          put(waiting);
          put(since(`${name} ${index} failed`, tally.now.failed));
        }
    }
  };
}
