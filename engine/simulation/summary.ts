import { guardReport, type GuardReport } from './guard-report.ts';
import type { WindowSummary } from './recorder.ts';
import type { Simulation } from './simulation.ts';
import { stationReport, type ProtectedReport } from './station-report.ts';

/** Length of the windows that `before`, `worst` and `after` look at. */
const WINDOW_S = 60;

export interface TierReport {
  level: string;
  lookups: number;
  hits: number;
  /** Share of its own lookups that it answered: the module's per-level rate. */
  hitRatePerLookup: number;
  /** Share of all completed requests that it answered. */
  hitRatePerRequest: number;
  entries: number;
}

export interface RunSummary {
  /** The last minute before the first scripted event, or the first after the warm-up when nothing is scripted. */
  before: WindowSummary;
  /** The worst minute by mean response. */
  worst: WindowSummary;
  /** The last minute of the run. */
  after: WindowSummary;
  /** Of the whole fleet, over the whole run. */
  costUsd: number;
  recoveredAfterS: number | null;
}

export function summarise(simulation: Simulation): RunSummary {
  const { recorder } = simulation.world;
  const { scenario } = simulation;
  const rows = Math.max(1, Math.min(recorder.closed, Math.round((WINDOW_S * 1000) / recorder.intervalMs)));
  const rowAt = (seconds: number): number => Math.floor((seconds * 1000) / recorder.intervalMs + 1e-9);
  const { surgeS } = simulation.objectives;
  const beforeEnd = surgeS === null ? rowAt(scenario.warmupS) + rows : Math.max(1, rowAt(surgeS));
  return {
    before: recorder.window(Math.max(0, beforeEnd - rows), beforeEnd),
    worst: worstWindow(simulation, rows),
    after: recorder.window(recorder.closed - rows, recorder.closed),
    costUsd: recorder.total.cost.usd * scenario.fleet.cells,
    recoveredAfterS: simulation.objectives.recoveredAfterS,
  };
}

function worstWindow(simulation: Simulation, rows: number): WindowSummary {
  const { recorder } = simulation.world;
  const completed = recorder.column('completed');
  const means = recorder.column('meanMs');
  let requests = 0;
  let sumMs = 0;
  let worstRow = 0;
  let worstMeanMs = -1;
  const add = (row: number, sign: number): void => {
    if (completed[row]! === 0) return;
    requests += sign * completed[row]!;
    sumMs += sign * completed[row]! * means[row]!;
  };
  for (let row = 0; row < recorder.closed; row++) {
    add(row, 1);
    if (row >= rows) add(row - rows, -1);
    if (row >= rows - 1 && requests > 0 && sumMs / requests > worstMeanMs) {
      worstMeanMs = sumMs / requests;
      worstRow = row - rows + 1;
    }
  }
  return recorder.window(worstRow, worstRow + rows);
}

export function stationReports(simulation: Simulation): Record<string, ProtectedReport & GuardReport> {
  const { world } = simulation;
  world.integrate();
  return Object.fromEntries(
    world.stations.map((station) => {
      const guard = world.visits?.guards[station.index];
      return [
        station.name,
        {
          ...stationReport(station, simulation.measuredMs),
          ...(guard ? guardReport(guard, world.nowMs) : {}),
        },
      ];
    }),
  );
}

export function tierReports(simulation: Simulation): Record<string, TierReport> {
  const { recorder, tiers } = simulation.world;
  const sum = (column: string): number =>
    recorder
      .column(column)
      .subarray(0, recorder.closed)
      .reduce((a, b) => a + b, 0);
  return Object.fromEntries(
    tiers.map((tier) => {
      const lookups = sum(`tier.${tier.name}.lookups`);
      const hits = sum(`tier.${tier.name}.hits`);
      return [
        tier.name,
        {
          level: tier.settings.level,
          lookups,
          hits,
          hitRatePerLookup: lookups > 0 ? hits / lookups : 0,
          hitRatePerRequest: recorder.total.completed > 0 ? hits / recorder.total.completed : 0,
          entries: tier.entries,
        },
      ];
    }),
  );
}
