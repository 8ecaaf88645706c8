import { CRITICALITIES } from '../../../engine/cost/task.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';
import type { Series } from '../../stores/series.ts';
import { memoryReading, type MemoryReading } from '../memory/memory-reading.ts';
import { machineStations, type MachineStations } from './machine-stations.ts';

/** What protects a scenario, over a stretch of time. Rates and counts are of the whole fleet. */
export interface MachineReading {
  /** 0 closed, 0.5 half-open, 1 open; null while it is off. */
  breaker?: { state: number | null; refusedPerS: number };
  /** Null while it is off. `inside`: calls in the station. */
  limit?: { limit: number | null; inside: number; refusedPerS: number };
  /** From critical to low. */
  shedPerS?: number[];
  /** Dropped by CoDel, and refused as the queue was full. */
  dropped?: { codelPerS: number; fullPerS: number };
  /** Second calls as a share of the first ones; of them, those that were first. `delayMs` null: none is sent. */
  hedge?: { extraShare: number; wonShare: number | null; delayMs: number | null };
  /** Connections and calls that wait for one at the end; those opened anew, and met closed, as shares of the calls. */
  connections?: { open: number; waiting: number; freshShare: number | null; racePerS: number };
  /** Null when no batch was sent. */
  batch?: { size: number | null; missingPerS: number; waiting: number };
  /** Calls that were finished for somebody, and for nobody. */
  work?: { wantedPerS: number; deadPerS: number };
  /** Calls that wait at each, at the end, and those it failed. */
  replicas?: { queue: number[]; failedPerS: number };
  memory?: MemoryReading;
}

const known = new WeakMap<Scenario, MachineStations>();

/** @param from first interval of the stretch; `to` is the one after its last */
export function machineReading(series: Series, scenario: Scenario, from: number, to: number): MachineReading {
  const stations = known.get(scenario) ?? machineStations(scenario);
  known.set(scenario, stations);
  const { cells } = scenario.fleet;
  const seconds = (to - from) * series.intervalS;
  const sum = (column: string): number => series.sum(column, from, to);
  const perS = (column: string): number => (sum(column) * cells) / seconds;
  const last = (column: string): number => series.at(column, to - 1);
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  const of = (station: string | undefined, column: string): string => `station.${station}.${column}`;
  const { breaker, limit, shed, codel, hedge, connections, batch, work, replicas } = stations;
  return {
    ...(breaker && {
      breaker: {
        state: orNull(last(of(breaker, 'breaker.state'))),
        refusedPerS: perS(of(breaker, 'breaker.refused')),
      },
    }),
    ...(limit && {
      limit: {
        limit: orNull(last(of(limit, 'limit'))),
        inside: sum(of(limit, 'busy')) / (to - from) + last(of(limit, 'queue')) - last(of(limit, 'gate')),
        refusedPerS: perS(of(limit, 'overLimit')),
      },
    }),
    ...(shed && { shedPerS: CRITICALITIES.map((c) => perS(of(shed, `shed.${c}`))) }),
    ...(codel && {
      dropped: { codelPerS: perS(of(codel, 'codelDropped')), fullPerS: perS(of(codel, 'rejected')) },
    }),
    ...(hedge && {
      hedge: {
        extraShare:
          share(sum(of(hedge, 'hedge.sent')), sum(of(hedge, 'arrivals')) - sum(of(hedge, 'hedge.sent'))) ?? 0,
        wonShare: share(sum(of(hedge, 'hedge.won')), sum(of(hedge, 'hedge.sent'))),
        delayMs: orNull(last(of(hedge, 'hedge.delayMs'))),
      },
    }),
    ...(connections && {
      connections: {
        open: last(of(connections, 'connections.open')) * cells,
        waiting: last(of(connections, 'connections.waiting')) * cells,
        freshShare: freshShare(
          sum(of(connections, 'connections.requests')),
          sum(of(connections, 'connections.reused')),
        ),
        racePerS: perS(of(connections, 'connections.races')),
      },
    }),
    ...(batch && {
      batch: {
        size: share(sum(of(batch, 'batch.items')), sum(of(batch, 'batch.batches'))),
        missingPerS: perS(of(batch, 'batch.missing')),
        waiting: last(of(batch, 'batch.waiting')) * cells,
      },
    }),
    ...(work && {
      work: {
        wantedPerS: perS(of(work, 'completed')) - perS(of(work, 'deadCompleted')),
        deadPerS: perS(of(work, 'deadCompleted')),
      },
    }),
    ...(replicas && {
      replicas: {
        queue: Array.from(
          { length: scenario.stations[replicas]!.replicas!.count },
          (_, i) => last(of(replicas, `replica.${i + 1}.queue`)) * cells,
        ),
        failedPerS: Array.from({ length: scenario.stations[replicas]!.replicas!.count }, (_, i) =>
          perS(of(replicas, `replica.${i + 1}.failed`)),
        ).reduce((a, b) => a + b, 0),
      },
    }),
    ...(scenario.memory && { memory: memoryReading(series, scenario, from, to) }),
  };
}

/** A call that asked in one interval may get its connection in the next. */
function freshShare(asked: number, reused: number): number | null {
  return asked > 0 ? Math.min(1, Math.max(0, 1 - reused / asked)) : null;
}
