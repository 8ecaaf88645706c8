/** What is kept of a game of rescue mode, among the runs of the lab. */
import { ContentHash } from '../../engine/core/hash.ts';
import type { Goal } from '../../engine/rescue/rules.ts';
import type { GameResult } from '../../engine/rescue/score.ts';
import type { RunInfo, RunRequest } from '../../engine/runner/protocol.ts';
import { RUN_FORM, type RunRecord } from './progress/run-records.ts';

const GOALS: Record<Goal['id'], { title: string; unit: string }> = {
  meanMs: { title: 'Mean response', unit: 'ms' },
  hitRate: { title: 'Hit rate, all tiers', unit: 'share' },
  errorRate: { title: 'Without an answer', unit: 'share' },
  criticalLost: { title: 'Critical ones lost', unit: 'share' },
  usdPerHour: { title: 'Spent in an hour', unit: 'USD' },
};

export interface EndedGame {
  incident: string;
  request: RunRequest;
  info: RunInfo;
  /** Query and fragment that open the run in the lab, or empty. */
  address: string;
  requests: number;
  /** Simulated seconds from the start of the run to the end of the clock, and on the clock. */
  endS: number;
  clockS: number;
  result: GameResult;
}

export function rescueRecord(game: EndedGame, nowMs: number): RunRecord {
  const { request, info, result } = game;
  const { score, judgement } = result;
  return {
    form: RUN_FORM,
    id: gameId(game),
    scenario: info.scenario.name,
    title: info.scenario.title ?? info.scenario.name,
    seed: info.seed,
    engine: info.engine,
    address: game.address,
    overrides: (request.overrides ?? []).map(({ path, value }) => ({ path, value })),
    pulls: (request.pulls ?? []).map(({ atS, lever, value }) => ({ atS, lever, value })),
    kind: 'rescue',
    finishedAtMs: nowMs,
    durationS: game.endS,
    requests: game.requests,
    recoveredAfterS: score.rescued ? judgement.heldSinceS : null,
    objectives: [
      ...judgement.goals
        .filter(({ value }) => Number.isFinite(value))
        .map(({ id, value, target, met }) => ({ id, ...GOALS[id], met, value, bound: target })),
      {
        ...{ id: 'recovery', title: 'Recovered', unit: 's', bound: game.clockS },
        met: score.rescued,
        value: score.rescued ? (judgement.heldSinceS ?? game.clockS) : game.clockS,
      },
    ],
    score: score.total,
    pinned: false,
    note: '',
  };
}

/** The game ends before its run does, so there is no fingerprint; what defines it is enough: the same game again is the same record. */
function gameId({ incident, request, info }: EndedGame): string {
  const hash = new ContentHash();
  hash.text(
    JSON.stringify([info.engine, incident, request.seed, request.overrides ?? [], request.pulls ?? []]),
  );
  return `rescue-${hash.digest()}`;
}
