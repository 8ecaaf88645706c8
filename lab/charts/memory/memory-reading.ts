import type { Scenario } from '../../../engine/simulation/scenario.ts';
import type { Series } from '../../stores/series.ts';

/** The heaps of a scenario with memory, over a stretch of time. */
export interface MemoryReading {
  /** Of the heap at the end, mean of the instances: all that is taken, and what a collection would leave. */
  share: number;
  live: number;
  /** The longest pause of an instance; null when there was none. */
  longestPauseMs: number | null;
  collections: number;
  /** Processes that ran out of memory. */
  oom: number;
  /** Conversations of the fleet, and the mean bytes of one; null when none is held. */
  held: number;
  contextBytes: number | null;
}

export function memoryReading(series: Series, scenario: Scenario, from: number, to: number): MemoryReading {
  const last = (column: string): number => series.at(`memory.${column}`, to - 1);
  let longest = 0;
  for (let i = from; i < to; i++) longest = Math.max(longest, series.at('memory.longestPauseMs', i));
  const bytes = last('contextBytes');
  return {
    share: last('share'),
    live: last('live'),
    longestPauseMs: longest > 0 ? longest : null,
    collections: series.sum('memory.collections', from, to) * scenario.fleet.cells,
    oom: series.sum('memory.oom', from, to) * scenario.fleet.cells,
    held: last('held') * scenario.fleet.cells,
    contextBytes: Number.isNaN(bytes) ? null : bytes,
  };
}
