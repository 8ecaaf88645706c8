import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/**
 * With memory. `share`, `shareMax`: share of the heap that is taken, garbage included, the mean and the greatest of the instances at the
 * interval's end; `live`: the mean of what a collection would leave. `pauseMs`: time that instances stand still for the collections begun
 * in the interval, all together; `longestPauseMs`: the longest of them. `collections`, `oom`: how many there were, and processes
 * that ran out of memory. `held`, `contextBytes`: conversations held at the end, and their mean bytes (NaN: none). `begun`: requests that
 * found no conversation of theirs. `lost`: requests lost with their process. `waiting`: tries and answers that wait at the end.
 */
export const MEMORY_COLUMNS = [
  'share',
  'shareMax',
  'live',
  'pauseMs',
  'longestPauseMs',
  'collections',
  'oom',
  'held',
  'contextBytes',
  'begun',
  'lost',
  'waiting',
] as const;

export function memoryColumnNames({ memory }: Partial<Pick<Scenario, 'memory'>>): string[] {
  return memory ? MEMORY_COLUMNS.map((c) => `memory.${c}`) : [];
}

/** Writes the columns above, in their order; null when the world has no memory. */
export function memoryColumns(world: World): ((put: (value: number) => void) => void) | null {
  const { memory } = world;
  if (!memory) return null;
  const { processes, contexts } = memory;
  const mean = (values: readonly number[]): number => total(values) / values.length;
  const last = new Map<string, number>();
  const since = (name: string, sum: number): number => {
    const added = sum - (last.get(name) ?? 0);
    last.set(name, sum);
    return added;
  };
  const pausedMs = (): number => total(processes.map((p) => p.stats.pausedMs));
  const collections = (): number => total(processes.map((p) => p.stats.collections));
  // Those of the instances' past are not the run's.
  since('pauseMs', pausedMs());
  since('collections', collections());
  return (put) => {
    memory.expire(world.nowMs);
    const shares = processes.map((p) => p.share);
    const held = total([...contexts.count]);
    put(mean(shares));
    put(Math.max(...shares));
    put(mean(processes.map((p) => p.liveShare)));
    put(since('pauseMs', pausedMs()));
    put(memory.longestPauseMs);
    memory.longestPauseMs = 0;
    put(since('collections', collections()));
    put(since('oom', total(processes.map((p) => p.stats.outOfMemory))));
    put(held);
    put(held > 0 ? total([...contexts.bytes]) / held : NaN);
    put(since('begun', memory.begun));
    put(since('lost', memory.lost));
    put(memory.waitingTries);
  };
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
