import { describe, expect, it } from 'vitest';
import type { TrialReply } from '../../engine/runner/trial-protocol.ts';
import { ownHand, TrialFailure, type TrialHand } from '../../engine/runner/trial-runner.ts';
import { TrialSession } from '../../engine/runner/trial-session.ts';
import { bank } from '../../quiz/bank.ts';
import type { PredictQuestion } from '../../quiz/format.ts';
import { measuredOption } from '../../quiz/grading.ts';
import { measured, runsOf } from '../../quiz/predict.ts';
import { makeRuns } from './quiz-runs.ts';

const question = bank.find(({ id }) => id === 'latency-predict-waiting-on-purpose') as PredictQuestion;
const wall = { nowMs: () => 0, yield: () => new Promise<void>((resolve) => setImmediate(resolve)) };

/** A worker that answers as it is told to. */
function fakeHand(reply: (seed: number) => Promise<TrialReply>) {
  const state = { terminated: 0, stopped: 0, runs: 0 };
  const hand: TrialHand = {
    worker: {
      watch: async () => undefined,
      run: ({ seed }) => {
        state.runs += 1;
        return reply(seed);
      },
      stop: async () => void (state.stopped += 1),
    },
    terminate: () => void (state.terminated += 1),
    onDeath: () => undefined,
  };
  return { hand, state };
}

const never = new AbortController().signal;

describe('the runs of a prediction', () => {
  it('decide it: two runs in their order, measured to one option', async () => {
    const shares: number[] = [];
    const outcomes = await makeRuns(
      runsOf(question, 3),
      never,
      (share) => shares.push(share),
      () => ownHand(new TrialSession(wall)),
    );
    expect(outcomes).toHaveLength(2);
    expect(outcomes![1].meanMs).toBeLessThan(outcomes![0].meanMs);
    expect(question.options[measuredOption(question, measured(question, outcomes!))!].text).toContain(
      'a fraction',
    );
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('that are left come to nothing, and their worker ends', async () => {
    const leaving = new AbortController();
    const { hand, state } = fakeHand(() => new Promise(() => undefined));
    const runs = makeRuns(
      runsOf(question, 3),
      leaving.signal,
      () => undefined,
      () => hand,
    );
    leaving.abort();
    expect(await runs).toBeUndefined();
    expect(state).toMatchObject({ runs: 1, terminated: 1 });
  });

  it('that were left before they began ask for nothing', async () => {
    const { hand, state } = fakeHand(async (seed) => ({ outcome: { seed } }));
    expect(
      await makeRuns(
        runsOf(question, 3),
        AbortSignal.abort(),
        () => undefined,
        () => hand,
      ),
    ).toBeUndefined();
    expect(state.runs).toBe(0);
  });

  it('that fail say why, and their worker ends', async () => {
    const { hand, state } = fakeHand(async () => ({
      failure: { message: 'There is no lever “x”.' },
    }));
    const runs = makeRuns(
      runsOf(question, 3),
      never,
      () => undefined,
      () => hand,
    );
    await expect(runs).rejects.toThrow(TrialFailure);
    await expect(runs).rejects.toThrow('no lever');
    expect(state).toMatchObject({ runs: 1, terminated: 1 });
  });
});
