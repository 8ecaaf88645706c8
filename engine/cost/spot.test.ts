import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { estimate, misfits, SEEDS } from '../simulation/theory-tests/over-seeds.ts';
import { AgentPool } from './agent-pool.ts';
import { agentPoolSchema, type AgentPoolSettings } from './agent-pool-settings.ts';
import {
  breakEvenPerHour,
  expectedInterruptions,
  lostShare,
  reclaimAfterMs,
  residualMs,
  usdPerReadyHour,
} from './spot.ts';

const random = (seed = 1): RandomStream => new RandomStream(seed, 'spot');

describe('spot, by hand', () => {
  it('expects interruptions in proportion to agents and hours', () => {
    expect(expectedInterruptions(0.05, 14 * 24)).toBeCloseTo(16.8, 12);
  });

  it('loses what the notice is too short for', () => {
    expect(lostShare(10, 10)).toBeCloseTo(Math.exp(-1), 12);
    expect([lostShare(0, 10), lostShare(120, 0), lostShare(0, 0)]).toEqual([1, 0, 0]);
  });

  it('pays its cold starts: e^(hc) hours for one of use', () => {
    // A reclaim an hour, six minutes to start: e^0.1.
    expect(usdPerReadyHour(0.15, 1, 360)).toBeCloseTo(0.15 * Math.exp(0.1), 12);
    expect(usdPerReadyHour(0.15, 0, 360)).toBe(0.15);
    const even = breakEvenPerHour(700_000, 360);
    expect(usdPerReadyHour(0.15, even, 360)).toBeCloseTo(0.5, 12);
    expect(breakEvenPerHour(700_000, 0)).toBe(Infinity);
  });

  it('is never reclaimed without a hazard, and draws the same either way', () => {
    const [a, b] = [random(), random()];
    expect(reclaimAfterMs(0, a)).toBe(Infinity);
    reclaimAfterMs(2, b);
    expect(a.uniform()).toBe(b.uniform());
  });

  it('draws exponential times', () => {
    const means = Array.from({ length: SEEDS }, (_, seed) => {
      const stream = random(seed);
      let [reclaim, squares, residual] = [0, 0, 0];
      for (let i = 0; i < 4000; i++) {
        const ms = reclaimAfterMs(2, stream);
        reclaim += ms / 4000;
        squares += (ms * ms) / 4000;
        residual += residualMs(10, stream) / 4000;
      }
      return { reclaim, squares, residual };
    });
    expect(
      misfits(
        {
          reclaim: estimate(means.map((m) => m.reclaim)),
          squares: estimate(means.map((m) => m.squares)),
          residual: estimate(means.map((m) => m.residual)),
        },
        { reclaim: 1_800_000, squares: 2 * 1_800_000 * 1_800_000, residual: 10_000 },
      ),
    ).toEqual([]);
  });
});

/**
 * Sixty hours of a pool that neither grows nor shrinks, all spot; it is stepped whenever something happens.
 */
function hours(more: Partial<AgentPoolSettings>, busySlots: number, seed: number) {
  const settings = parse(
    agentPoolSchema,
    {
      min: 10,
      max: 10,
      warm: 10,
      spotShare: 1,
      interruptionsPerHour: 2,
      coldStartS: 300,
      taskS: 10,
      ...more,
    },
    'pool',
  );
  const pool = new AgentPool(settings, random(seed), 0);
  const endMs = 60 * 3_600_000;
  let [nowMs, readyMs] = [0, 0];
  while (nowMs < endMs) {
    const nextMs = Math.min(endMs, pool.nextMs);
    readyMs += pool.ready * (nextMs - nowMs);
    pool.tick(busySlots, (nowMs = nextMs));
  }
  return {
    counts: pool.counts,
    usd: pool.cost.spot.usd,
    hours: pool.agentMs.spot / 3_600_000,
    readyHours: readyMs / 3_600_000,
  };
}

describe('spot agents in a pool meet the closed forms', () => {
  const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1);

  it('in their interruptions and in the price of an hour of use', () => {
    const runs = seeds.map((seed) => hours({}, 0, seed));
    expect(
      misfits(
        {
          interruptions: estimate(runs.map((r) => r.counts.interrupted / expectedInterruptions(2, r.hours))),
          usdPerReadyHour: estimate(runs.map((r) => r.usd / r.readyHours)),
        },
        {
          interruptions: 1,
          usdPerReadyHour: { value: usdPerReadyHour(0.15, 2, 300), power: 0.02, slack: 0.005 },
        },
      ),
    ).toEqual([]);
  });

  it('in the work they lose, with and without notice', () => {
    for (const noticeS of [0, 10]) {
      const runs = seeds.map((seed) => hours({ noticeS }, 1e6, seed));
      const lost = runs.map((r) => r.counts.lost / (expectedInterruptions(2, r.readyHours) * 10));
      expect(
        misfits({ lost: estimate(lost) }, { lost: { value: lostShare(noticeS, 10), power: 0.06 } }),
      ).toEqual([]);
    }
  });
});
