/** What the charts of the fleet draw. No DOM. */
import type { Fleet } from '../../../engine/simulation/fleet.ts';

/** Points of a line: minutes from the start of the run, and a value; NaN leaves a gap. */
export interface FleetLine {
  minutes: Float64Array;
  values: Float64Array;
}

/** Seconds that a point of the charts covers. */
export const POINT_S = 10;

/** Means over stretches of ten seconds, of all cells in the sum. */
export function fleetLines(fleet: Fleet, intervalS = 1): Record<'meanMs' | 'hitRate' | 'perS', FleetLine> {
  const per = Math.max(1, Math.round(POINT_S / intervalS));
  const points = Math.floor(fleet.intervals / per);
  const sum = (name: 'completed' | 'hits' | 'latencyMs' | 'arrivals', point: number): number => {
    const column = fleet.column(name);
    let total = 0;
    for (let row = point * per; row < (point + 1) * per; row++) total += column[row];
    return total;
  };
  const minutes = Float64Array.from({ length: points }, (_, i) => ((i + 0.5) * POINT_S) / 60);
  const line = (of: (point: number) => number): FleetLine => ({
    minutes,
    values: Float64Array.from({ length: points }, (_, i) => of(i)),
  });
  return {
    meanMs: line((i) => sum('latencyMs', i) / sum('completed', i)),
    hitRate: line((i) => sum('hits', i) / sum('completed', i)),
    perS: line((i) => sum('arrivals', i) / POINT_S),
  };
}

/** Figures of the whole sum; NaN where nothing completed. */
export function fleetFigures(fleet: Fleet): {
  meanMs: number;
  p99Ms: number;
  hitRate: number;
  failedShare: number;
  costUsd: number;
} {
  const total = (name: 'completed' | 'hits' | 'latencyMs' | 'failed' | 'costUsd'): number =>
    fleet.column(name).reduce((sum, x) => sum + x, 0);
  const completed = total('completed');
  return {
    meanMs: total('latencyMs') / completed,
    p99Ms: fleet.latencies().quantile(0.99),
    hitRate: total('hits') / completed,
    failedShare: total('failed') / completed,
    costUsd: total('costUsd'),
  };
}
