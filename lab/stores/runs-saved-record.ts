/** What is kept of a run that has ended. */
import type { RunInfo, RunRequest } from '../../engine/runner/protocol.ts';
import type { ObjectiveState } from '../../engine/simulation/objectives.ts';
import { RUN_FORM, type RunRecord } from './progress/run-records.ts';

const OBJECTIVES: Record<ObjectiveState['id'], { title: string; unit: string }> = {
  meanMs: { title: 'Mean response', unit: 'ms' },
  hitRate: { title: 'Hit rate, all tiers', unit: 'share' },
  p99Ms: { title: 'p99 response', unit: 'ms' },
  errorRate: { title: 'Without an answer', unit: 'share' },
  recovery: { title: 'Recovered', unit: 's' },
  budget: { title: 'Day’s budget, pace', unit: '×' },
  costUsd: { title: 'Cost of the run', unit: 'USD' },
  criticalServed: { title: 'Critical served', unit: 'share' },
  memoryShare: { title: 'Memory that is live', unit: 'share' },
  stallMs: { title: 'Longest pause', unit: 'ms' },
};

/** What the page knows of a run that is done. */
export interface EndedRun {
  request: RunRequest;
  info: RunInfo;
  fingerprint: string;
  /** Query and fragment, or empty when there is none. */
  address: string;
  requests: number;
  recoveredAfterS: number | null | undefined;
  objectives: readonly ObjectiveState[];
}

export function recordOf(ended: EndedRun, nowMs: number): RunRecord {
  const { request, info, fingerprint, address, requests, recoveredAfterS, objectives } = ended;
  const { scenario, seed, engine } = info;
  return {
    form: RUN_FORM,
    id: fingerprint,
    scenario: scenario.name,
    title: scenario.title ?? scenario.name,
    seed,
    engine,
    address,
    overrides: (request.overrides ?? []).map(({ path, value }) => ({ path, value })),
    pulls: (request.pulls ?? []).map(({ atS, lever, value }) => ({ atS, lever, value })),
    kind: 'run',
    finishedAtMs: nowMs,
    durationS: scenario.durationS,
    requests,
    recoveredAfterS: recoveredAfterS ?? null,
    objectives: objectives
      .filter(({ value }) => Number.isFinite(value))
      .map(({ id, value, target, met }) => ({
        id,
        ...(OBJECTIVES[id] ?? { title: id, unit: '' }),
        met,
        value,
        bound: target,
      })),
    score: null,
    pinned: false,
    note: '',
  };
}
