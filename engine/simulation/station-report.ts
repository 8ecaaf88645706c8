import { CRITICALITIES, type Criticality } from '../cost/task.ts';
import type { StationPart } from './station-part.ts';
import type { Station } from './station.ts';
import type { StationReport } from './station-stats.ts';

/** What a run reports of what protects a station, where it is configured, from the end of the warm-up. */
export interface ProtectedReport extends StationReport {
  /** Of `dropped`. */
  codelDropped?: number;
  /** The limit in force at the end, null while it is off, and calls that it refused, which are among `rejected`. */
  limit?: { now: number | null; refused: number };
  /** Calls that came while shedding was on, and those of them that were shed, which are among `rejected`. */
  shed?: Record<Criticality, { came: number; shed: number }>;
  replicas?: ReplicaReport[];
}

export interface ReplicaReport {
  completed: number;
  /** Failed at once, or refused as its queue was full; among the station's `rejected`. */
  failed: number;
  /** From the arrival at the station. */
  meanResponseMs: number;
  utilisation: number | null;
  meanQueue: number;
}

/** The station's integrals must be up to date. @param spanMs since the end of the warm-up. */
export function stationReport(station: Station, spanMs: number): ProtectedReport {
  const { codel, codelTally, door, replicas, parts } = station;
  const report: ProtectedReport = station.stats.report(spanMs, station.servers);
  if (codel) report.codelDropped = codelTally.sinceMark().dropped;
  const counts = door?.tally.sinceMark();
  if (door?.limit)
    report.limit = {
      now: Number.isNaN(door.limitNow) ? null : door.limitNow,
      refused: counts!.overLimit,
    };
  if (door?.shed)
    report.shed = Object.fromEntries(
      CRITICALITIES.map((name, i) => {
        const c = i as 0 | 1 | 2 | 3;
        return [name, { came: counts![`came${c}`], shed: counts![`shed${c}`] }];
      }),
    ) as NonNullable<ProtectedReport['shed']>;
  if (replicas) report.replicas = parts.map((part) => replicaReport(part, station.serversEach, spanMs));
  return report;
}

function replicaReport(part: StationPart, servers: number, spanMs: number): ReplicaReport {
  const { completed, failed, responseSumMs, busyAreaMs, queueAreaMs } = part.tally.sinceMark();
  return {
    completed,
    failed,
    meanResponseMs: completed > 0 ? responseSumMs / completed : 0,
    utilisation: Number.isFinite(servers) && spanMs > 0 ? busyAreaMs / (servers * spanMs) : null,
    meanQueue: spanMs > 0 ? queueAreaMs / spanMs : 0,
  };
}
