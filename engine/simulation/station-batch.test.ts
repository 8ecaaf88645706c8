import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import type { ScenarioInput } from './scenario.ts';
import { stationReports } from './summary.ts';

type BatchInput = NonNullable<NonNullable<ScenarioInput['stations']>[string]['batch']>;

/** 100 ms for a batch and 10 for each item; three go together, or those of 50 ms. */
function desk(
  batch: BatchInput,
  arrivals: readonly Arrival[],
  more: Partial<ScenarioInput> = {},
  servers: number | null = null,
) {
  const { simulation, outcomes } = handWorked(
    {
      path: ['desk'],
      stations: {
        desk: {
          servers,
          service: { law: 'constant', meanMs: 100 },
          tokensPerCall: 1000,
          model: 'm',
          batch: { on: true, size: 3, windowMs: 50, perItem: { law: 'constant', meanMs: 10 }, ...batch },
        },
      },
      models: { m: { meanMs: 100, usdPerMTokens: 1 } },
      ...more,
    },
    arrivals,
  );
  return { simulation, outcomes, report: () => stationReports(simulation)['desk']! };
}
const at = (...times: number[]): Arrival[] => times.map((ms, i) => [ms, i]);
const ends = (outcomes: readonly { atMs: number; by: string }[]) => outcomes.map((o) => [o.atMs, o.by]);

describe('calls that are gathered', () => {
  it('go when there are enough, or when the first has waited long enough', () => {
    const { simulation, outcomes, report } = desk({}, at(0, 10, 20, 1000));
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [150, 'fresh'],
      [150, 'fresh'],
      [150, 'fresh'],
      [1160, 'fresh'], // alone: the window is all that it got
    ]);
    expect(report()).toMatchObject({ arrivals: 2, completed: 2 });
    expect(report().batch).toEqual({
      batches: 2,
      meanSize: 2,
      meanWaitMs: (20 + 10 + 0 + 50) / 4,
      missing: 0,
      individually: 0,
      misplaced: 0,
    });
    // Each item is paid for.
    expect(simulation.world.recorder.total.cost.usd).toBeCloseTo(0.004, 12);
  });

  it('are asked for one by one when the batch has no answer for them', () => {
    const { simulation, outcomes, report } = desk({ shortShare: 1 }, at(0, 10, 20));
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [150, 'fresh'],
      [150, 'fresh'],
      [260, 'fresh'],
    ]);
    expect(report().batch).toMatchObject({ batches: 1, missing: 1, individually: 1 });
    expect(report().arrivals).toBe(2);
    const given = desk({ shortShare: 1, fallback: false }, at(0, 10, 20));
    given.simulation.run();
    expect(given.outcomes.filter((o) => o.by === 'failed')).toHaveLength(1);
    expect(given.report().arrivals).toBe(1);
  });

  it('fail by themselves when the service refuses them, and share nothing of it', () => {
    const { simulation, outcomes, report } = desk(
      { itemErrorShare: 0.5, size: 200 },
      at(...Array.from({ length: 200 }, () => 0)),
    );
    simulation.run();
    const failed = outcomes.filter((o) => o.by === 'failed').length;
    expect(Math.abs(failed - 100)).toBeLessThan(4.5 * Math.sqrt(50));
    expect(outcomes).toHaveLength(200);
    expect(report().batch).toMatchObject({ batches: 1, missing: 0 });
  });

  it('are all asked for alone when the whole batch fails', () => {
    const { simulation, outcomes, report } = desk({}, at(0, 10, 20), {
      events: [
        { at: 0, label: 'down', set: { 'stations.desk.batch.failedShare': 1 } },
        { at: 0.2, label: 'up', set: { 'stations.desk.batch.failedShare': 0 } },
      ],
    });
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [260, 'fresh'],
      [260, 'fresh'],
      [260, 'fresh'],
    ]);
    expect(report().batch).toMatchObject({ missing: 3, individually: 3 });
  });

  it('get each other’s answers where these say no names and one is left out', () => {
    const careless = { shortShare: 1, labelled: false, whenCountDiffers: 'prefix', size: 50 } as const;
    const crowd = at(...Array.from({ length: 50 }, () => 0));
    const wrong = desk(careless, crowd);
    wrong.simulation.run();
    expect(wrong.report().batch!.misplaced).toBeGreaterThan(0);
    expect(wrong.report().batch!.missing).toBe(1); // the last, whoever was left out
    const careful = desk({ ...careless, whenCountDiffers: 'nobody' }, crowd);
    careful.simulation.run();
    expect(careful.report().batch).toMatchObject({ misplaced: 0, individually: 50 });
  });

  it('leave the window with their callers', () => {
    const { simulation, outcomes, report } = desk({ windowMs: 500 }, at(0, 10, 300), {
      caller: { timeoutMs: 150 },
    });
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [150, 'failed'],
      [160, 'failed'],
      [450, 'failed'],
    ]);
    expect(report().arrivals).toBe(0); // all have left, thrice
    expect(simulation.world.visits!.table.size).toBe(0);
  });

  it('are worked on for nobody when their callers leave later, or taken out when the last has left', () => {
    const work = (onTimeout: 'leave' | 'cancel') => {
      const run = desk({}, at(0, 10, 20, 30, 40, 50), { caller: { timeoutMs: 200, onTimeout } }, 1);
      run.simulation.run();
      return [ends(run.outcomes), run.report().completed, run.report().deadCompleted];
    };
    const left = [
      [150, 'fresh'],
      [150, 'fresh'],
      [150, 'fresh'],
      [230, 'failed'],
      [240, 'failed'],
      [250, 'failed'],
    ];
    // The second batch is in service from 150 on.
    expect(work('leave')).toEqual([left, 2, 1]);
    expect(work('cancel')).toEqual([left, 2, 1]);
    const queued = (onTimeout: 'leave' | 'cancel') => {
      const run = desk({}, at(0, 0, 0, 30, 40, 50), { caller: { timeoutMs: 60, onTimeout } }, 1);
      run.simulation.run();
      return [run.report().completed, run.report().deadCompleted];
    };
    expect(queued('leave')).toEqual([2, 2]);
    expect(queued('cancel')).toEqual([1, 1]);
  });

  it('are refused together when the queue has no place for their batch', () => {
    const { simulation, outcomes } = desk(
      {},
      at(0, 0, 0, 10, 10, 10),
      {
        stations: {
          desk: {
            maxQueue: 0,
            service: { law: 'constant', meanMs: 100 },
            batch: { on: true, size: 3 },
          },
        },
      },
      1,
    );
    simulation.run();
    expect(outcomes.map((o) => o.by)).toEqual(['failed', 'failed', 'failed', 'fresh', 'fresh', 'fresh']);
  });
});
