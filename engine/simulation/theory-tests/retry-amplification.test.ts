import { describe, expect, it } from 'vitest';
import { retryAmplification } from '../theory.ts';
import { oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';

const POINTS = [0.01, 0.1, 0.5, 0.9, 1].flatMap((failure) =>
  [1, 2, 4].map((retries) => ({ failure, retries })),
);

describe('retries of calls that fail by chance', () => {
  it.each(POINTS)('$failure of them, $retries retries', ({ failure, retries }) => {
    const scenario = oneStation(
      100,
      10_000,
      {
        servers: null,
        service: { law: 'constant', meanMs: 1 },
        replicas: { kind: 'round-robin', count: 1, fail: [{ replica: 1, share: failure }] },
      },
      { caller: { retries, backoff: { refusedMs: 1 } } },
    );
    const theory = retryAmplification(failure, retries);
    const figures = overSeeds(scenario, (simulation) => {
      const { tries, completed, failed } = simulation.world.recorder.total;
      return { tries: tries / completed, success: 1 - failed / completed };
    });
    // Those of the last milliseconds are not over.
    expect(
      misfits(figures, {
        tries: { value: theory.tries, power: 0.01, slack: 0.001 },
        success: { value: theory.success, power: 0.06, slack: 0.001 },
      }),
    ).toEqual([]);
  });
});
