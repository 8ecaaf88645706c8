/**
 * A run as a file: what reproduces it, and all that came of it. Where it says the same as the command line's `--json`, it says it in the same
 * words. Equal runs make equal files, so nothing in it depends on the machine.
 */
import { narrate, type Narrative } from '../simulation/narrative.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { unitOf } from './column-units.ts';
import type { RunInfo, RunRequest } from './protocol.ts';
import { runResult, type RunResult } from './result.ts';
import { RUN_FILE, VERSION } from './run-file-head.ts';

type SameWords = Omit<RunResult, 'wallMs' | 'requestsPerSecond' | 'fingerprint' | 'series'>;

export interface RunFile extends SameWords {
  format: typeof RUN_FILE;
  version: typeof VERSION;
  /** Null for a run that has not come to its end. */
  fingerprint: string | null;
  /** Simulated seconds. */
  nowS: number;
  done: boolean;
  request: RunRequest;
  info: RunInfo;
  narrative: Narrative;
  /** A value of null: there was nothing to measure in the interval. */
  series: RunResult['series'] & { units: Record<string, string> };
}

/** @param request what the run was opened with; the levers are the run's own */
export function runFile(simulation: Simulation, request: RunRequest, info: RunInfo): RunFile {
  const { wallMs: _, requestsPerSecond: __, ...result } = runResult(simulation, 0);
  const { columns } = info;
  return {
    format: RUN_FILE,
    version: VERSION,
    ...result,
    fingerprint: simulation.done ? result.fingerprint : null,
    nowS: simulation.nowMs / 1000,
    done: simulation.done,
    request: { ...request, pulls: [...simulation.pulls] },
    info,
    narrative: narrate(simulation),
    series: {
      ...result.series,
      units: Object.fromEntries(columns.map((column) => [column, unitOf(column)])),
    },
  };
}
