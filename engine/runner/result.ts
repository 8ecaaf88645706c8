import {
  stationReports,
  summarise,
  tierReports,
  type RunSummary,
  type TierReport,
} from '../simulation/summary.ts';
import { costReport, type CostReport } from '../simulation/cost-report.ts';
import type { NotableEvent } from '../simulation/notable.ts';
import type { ObjectiveState } from '../simulation/objectives.ts';
import type { Pull, Simulation } from '../simulation/simulation.ts';
import type { ProtectedReport } from '../simulation/station-report.ts';

/** What a finished run comes to, as one JSON object: the output of `npm run sim -- … --json`. */
export interface RunResult {
  /** Equal for equal runs, in Node and in every browser. */
  fingerprint: string;
  engine: string;
  /** The scenario's name. */
  scenario: string;
  seed: number;
  pulls: Pull[];
  /** Requests simulated, one by one. */
  requests: number;
  wallMs: number;
  requestsPerSecond: number;
  /** Which part of the fleet was simulated, and what that comes to for the whole. Only totals depend on `cells`. */
  fleet: { cells: number; cellsSimulated: 1; users: number | null; requests: number; costUsd: number };
  summary: RunSummary;
  objectives: ObjectiveState[];
  stations: Record<string, ProtectedReport>;
  tiers: Record<string, TierReport>;
  /** The whole system, from the end of the warm-up. */
  system: { arrivals: number; completed: number; meanResponseMs: number; meanInSystem: number };
  /** Null for a scenario without a gateway. Of the one simulated cell. */
  cost: CostReport | null;
  events: NotableEvent[];
  series: { intervalS: number; columns: Record<string, number[]> };
}

export function runResult(simulation: Simulation, wallMs: number): RunResult {
  const { scenario } = simulation;
  const { recorder } = simulation.world;
  const { requests } = recorder.total;
  const summary = summarise(simulation);
  return {
    fingerprint: simulation.fingerprint(),
    engine: simulation.engine,
    scenario: scenario.name,
    seed: simulation.seed,
    pulls: simulation.pulls,
    requests,
    wallMs: Math.round(wallMs),
    requestsPerSecond: wallMs > 0 ? Math.round((requests / wallMs) * 1000) : 0,
    fleet: {
      cells: scenario.fleet.cells,
      cellsSimulated: 1,
      users: scenario.fleet.users ?? null,
      requests: requests * scenario.fleet.cells,
      costUsd: summary.costUsd,
    },
    summary,
    objectives: simulation.objectives.states(),
    stations: stationReports(simulation),
    tiers: tierReports(simulation),
    system: simulation.systemReport(),
    cost: costReport(simulation.world),
    events: simulation.events,
    series: {
      intervalS: recorder.intervalMs / 1000,
      columns: Object.fromEntries(
        recorder.columns.map((name, c) => [name, Array.from(recorder.data[c]!.subarray(0, recorder.closed))]),
      ),
    },
  };
}
