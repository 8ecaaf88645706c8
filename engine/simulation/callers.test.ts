import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import type { ScenarioInput } from './scenario.ts';
import { stationReports, tierReports } from './summary.ts';

/** One server, 100 ms for each call; callers wait 150 ms. */
function hurried(
  caller: ScenarioInput['caller'],
  arrivals: readonly Arrival[],
  more: Partial<ScenarioInput> = {},
) {
  return handWorked(
    {
      path: ['desk'],
      stations: { desk: { servers: 1, service: { law: 'constant', meanMs: 100 } } },
      caller: { timeoutMs: 150, ...caller },
      ...more,
    },
    arrivals,
  );
}
const THREE: Arrival[] = [
  [0, 0],
  [10, 1],
  [20, 2],
];

describe('callers who give up', () => {
  it('leave their work behind: it is done for nobody', () => {
    const { simulation, outcomes } = hurried({}, THREE);
    simulation.advanceTo(175);
    expect(simulation.world.stations[0]!.deadWaiting).toBe(1); // the third; the second is in service
    simulation.run();
    expect(outcomes).toEqual([
      { atMs: 100, latencyMs: 100, by: 'fresh' },
      { atMs: 160, latencyMs: 150, by: 'failed' },
      { atMs: 170, latencyMs: 150, by: 'failed' },
    ]);
    expect(stationReports(simulation)['desk']).toMatchObject({
      arrivals: 3,
      completed: 3,
      deadCompleted: 2,
      abandoned: 2,
    });
  });

  it('can take it along, but not out of service', () => {
    const { simulation } = hurried({ onTimeout: 'cancel' }, THREE);
    simulation.advanceTo(175);
    expect(simulation.world.stations[0]!.waiting).toBe(0);
    simulation.run();
    expect(stationReports(simulation)['desk']).toMatchObject({
      completed: 2,
      deadCompleted: 1,
      abandoned: 2,
    });
  });

  it('try again at once, and count their time from when they first wanted it', () => {
    const { simulation, outcomes } = hurried({ retries: 2 }, [...THREE, [2000, 9]]);
    simulation.run();
    // The second tries at 10, 160 and 310. Served are 0, 1 (dead), 2 (dead), 1′ from 300 on: it is dead at 310, too …
    const { tries, retries, completed, failed } = simulation.world.recorder.total;
    expect([tries - retries, completed]).toEqual([4, 4]);
    expect(failed).toBe(outcomes.filter((o) => o.by === 'failed').length);
    expect(outcomes.filter((o) => o.by === 'failed').map((o) => o.latencyMs)).toEqual(
      [450, 450].slice(0, failed),
    );
    // … and whoever comes when all is over is served as the first was.
    expect(outcomes.at(-1)).toEqual({ atMs: 2100, latencyMs: 100, by: 'fresh' });
  });

  it('wait before they try again, as their backoff says', () => {
    const { simulation, outcomes } = hurried(
      { retries: 1, backoff: { kind: 'fixed', baseMs: 1000 } },
      THREE.slice(0, 2),
    );
    simulation.run();
    // Out of time at 160, back at 1160, served by 1260.
    expect(outcomes.at(-1)).toEqual({ atMs: 1260, latencyMs: 1250, by: 'fresh' });
  });

  it('do not try again when their budget is spent', () => {
    const crowd = Array.from({ length: 30 }, (_, i): Arrival => [i, i]);
    const { simulation } = hurried({ retries: 3, retryBudget: { on: true, ratio: 0, burst: 40 } }, crowd);
    simulation.run();
    expect(simulation.world.recorder.total.retries).toBe(4); // a tenth of the burst
  });

  it('are not counted twice when their answer comes in the instant of their time-out', () => {
    const { simulation, outcomes } = hurried({ timeoutMs: 100 }, [[0, 0]]);
    simulation.run();
    expect(outcomes).toHaveLength(1);
  });
});

describe('fills', () => {
  const cached = (caller: ScenarioInput['caller'], arrivals: readonly Arrival[]) =>
    hurried(caller, arrivals, {
      path: ['cache', 'desk'],
      tiers: {
        cache: { level: 'l1', capacityEntries: 10, ttlS: 1, lookup: { law: 'constant', meanMs: 3 } },
      },
    });
  const asked: Arrival[] = [
    [0, 7],
    [50, 8],
    [500, 7],
    [600, 8],
    [1103, 7],
  ];

  it('come with answers that come in time, and last for their life', () => {
    const { simulation, outcomes } = cached({}, asked);
    simulation.run();
    expect(outcomes).toEqual([
      { atMs: 103, latencyMs: 103, by: 'fresh' },
      // 8 is out of time at 200 and fills nothing, though it is done at 203
      { atMs: 200, latencyMs: 150, by: 'failed' },
      { atMs: 500, latencyMs: 3, by: 'cache' },
      { atMs: 703, latencyMs: 103, by: 'fresh' },
      // 7 was filled at 103 for a second
      { atMs: 1206, latencyMs: 103, by: 'fresh' },
    ]);
    expect(tierReports(simulation)['cache']).toMatchObject({ lookups: 5, hits: 1, hitRatePerLookup: 0.2 });
  });

  it('come with late answers, too, by a switch', () => {
    const { simulation, outcomes } = cached({ lateFill: true }, asked);
    simulation.run();
    expect(outcomes.map((o) => o.by)).toEqual(['fresh', 'failed', 'cache', 'cache', 'fresh']);
  });

  it('come late also from work that died in the queue', () => {
    const { simulation, outcomes } = cached({ lateFill: true }, [
      [0, 1],
      [1, 2],
      [2, 3],
      [700, 3],
    ]);
    simulation.run();
    expect(outcomes.map((o) => o.by)).toEqual(['fresh', 'failed', 'failed', 'cache']);
  });
});

describe('several tiers', () => {
  it('are asked in order, and an entry found is copied to those before, for the rest of its life', () => {
    const { simulation, outcomes } = handWorked(
      {
        path: ['near', 'far', 'desk'],
        tiers: {
          near: { level: 'l1', capacityEntries: 1, ttlS: 10, lookup: { law: 'constant', meanMs: 1 } },
          far: { level: 'l2', capacityEntries: 10, ttlS: 2, lookup: { law: 'constant', meanMs: 5 } },
        },
        stations: { desk: { servers: 1, service: { law: 'constant', meanMs: 100 } } },
      },
      [
        [0, 1], // fresh, in both until 2106 and 10106
        [500, 2], // fresh, takes the place of 1 in the near one
        [1000, 1], // found in the far one, copied with its life until 2106
        [1500, 1], // near
        [2105, 1], // near
        [2106, 1], // over in both
      ],
    );
    simulation.run();
    expect(outcomes.map((o) => [o.by, o.latencyMs])).toEqual([
      ['fresh', 106],
      ['fresh', 106],
      ['far', 6],
      ['near', 1],
      ['near', 1],
      ['fresh', 106],
    ]);
  });

  it('that are off are passed by, and cost no time', () => {
    const { simulation, outcomes } = handWorked(
      {
        path: ['near', 'desk'],
        tiers: {
          near: { level: 'l1', on: false, capacityEntries: 1, lookup: { law: 'constant', meanMs: 1 } },
        },
        stations: { desk: { servers: 1, service: { law: 'constant', meanMs: 100 } } },
      },
      [
        [0, 1],
        [500, 1],
      ],
    );
    simulation.run();
    expect(outcomes.map((o) => o.latencyMs)).toEqual([100, 100]);
    expect(tierReports(simulation)['near']).toMatchObject({ lookups: 0, entries: 0 });
  });
});

describe('shedding', () => {
  it('refuses its share at the door, at its price', () => {
    const { simulation, outcomes } = hurried(
      {},
      Array.from({ length: 4000 }, (_, i): Arrival => [i * 20, i]),
      {
        stations: { desk: { servers: null, service: { law: 'constant', meanMs: 10 } } },
        load: { ratePerS: 0, shedShare: 0.25, shedMs: 2 },
      },
    );
    simulation.run();
    const shed = outcomes.filter((o) => o.by === 'failed');
    expect(shed.every((o) => o.latencyMs === 2)).toBe(true);
    expect(Math.abs(shed.length - 1000)).toBeLessThan(4.5 * Math.sqrt(4000 * 0.25 * 0.75));
    expect(simulation.world.recorder.column('shed').reduce((a, b) => a + b, 0)).toBe(shed.length);
  });
});
