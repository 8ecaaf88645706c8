import { outcomeOf, type Outcome } from '../tuning/outcome.ts';
import { openTrial } from '../tuning/trial.ts';
import type { ObjectiveState } from '../simulation/objectives.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { Pull, RunRequest } from './protocol.ts';

/** A whole run, computed to be laid beside others. Plain data: it crosses a thread boundary. */
export interface ComparedRun {
  engine: string;
  fingerprint: string;
  seed: number;
  /** Checked, with defaults and overrides. */
  scenario: Scenario;
  overrides: NonNullable<RunRequest['overrides']>;
  pulls: Pull[];
  outcome: Outcome;
  objectives: ObjectiveState[];
  recoveredAfterS: number | null;
  intervalS: number;
  columns: string[];
  rows: number;
  /** columns × rows, column after column. */
  series: Float64Array;
}

/** How often a run tells how far it is. */
const STEPS = 40;

/**
 * @param onShare told now and then how much of the run is done, 0 to 1
 * @throws InputError for a request that is wrong
 */
export function compareRun(request: RunRequest, onShare?: (share: number) => unknown): ComparedRun {
  const simulation = openTrial(request);
  for (let step = 1; step <= STEPS; step++) {
    simulation.advanceTo((simulation.durationMs * step) / STEPS);
    onShare?.(step / STEPS);
  }
  const { recorder } = simulation.world;
  const rows = recorder.closed;
  const series = new Float64Array(recorder.columns.length * rows);
  recorder.columns.forEach((_, c) => series.set(recorder.data[c]!.subarray(0, rows), c * rows));
  return {
    engine: simulation.engine,
    fingerprint: simulation.fingerprint(),
    seed: simulation.seed,
    scenario: simulation.scenario,
    overrides: [...(request.overrides ?? [])],
    pulls: simulation.pulls,
    outcome: outcomeOf(simulation),
    objectives: simulation.objectives.states(),
    recoveredAfterS: simulation.objectives.recoveredAfterS,
    intervalS: recorder.intervalMs / 1000,
    columns: [...recorder.columns],
    rows,
    series,
  };
}
