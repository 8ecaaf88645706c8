import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import type { ScenarioInput } from './scenario.ts';
import { stationReports } from './summary.ts';

type StationInput = NonNullable<ScenarioInput['stations']>[string];

/** One desk, 100 ms for each call. */
function desk(
  station: Partial<StationInput>,
  arrivals: readonly Arrival[],
  more: Partial<ScenarioInput> = {},
) {
  const { simulation, outcomes } = handWorked(
    {
      path: ['desk'],
      stations: { desk: { servers: 1, service: { law: 'constant', meanMs: 100 }, ...station } },
      ...more,
    },
    arrivals,
  );
  return { simulation, outcomes, report: () => stationReports(simulation)['desk']! };
}

/** Four come within 30 ms, each for something else. */
const FOUR: Arrival[] = [
  [0, 0],
  [10, 1],
  [20, 2],
  [30, 3],
];

describe('a station', () => {
  it.each<[StationInput['discipline'], number[]]>([
    ['fifo', [100, 190, 280, 370]],
    ['lifo', [100, 170, 280, 390]],
  ])('serves %s: latencies %j', (discipline, latencies) => {
    const { simulation, outcomes, report } = desk({ discipline }, FOUR);
    simulation.run();
    expect(outcomes.map((o) => o.latencyMs)).toEqual(latencies);
    expect(report()).toMatchObject({ arrivals: 4, completed: 4, waitProbability: 0.75, meanServiceMs: 100 });
    expect(report().meanWaitMs).toBe(latencies.reduce((a, b) => a + b - 100, 0) / 4);
    expect(report().meanResponseMs).toBe(latencies.reduce((a, b) => a + b, 0) / 4);
  });

  it('serves the newest first only while its queue has been standing', () => {
    const slow = desk({ discipline: 'adaptive-lifo', standingMs: 150 }, FOUR);
    slow.simulation.run();
    // At 100 the queue has stood for 90 ms: the oldest. At 200 for 190: the newest. At 300 there is one left.
    expect(slow.outcomes.map((o) => o.latencyMs)).toEqual([100, 190, 270, 380]);
  });

  it('works with as many servers as it has, or as are needed', () => {
    const two = desk({ servers: 2 }, FOUR);
    two.simulation.run();
    expect(two.outcomes.map((o) => o.latencyMs)).toEqual([100, 100, 180, 180]);
    const many = desk({ servers: null }, FOUR);
    many.simulation.run();
    expect(many.outcomes.map((o) => o.latencyMs)).toEqual([100, 100, 100, 100]);
    expect(many.report().utilisation).toBeNull();
  });

  it('gives work to servers that are added, and takes none from those that go', () => {
    const { simulation, outcomes } = desk({}, FOUR);
    simulation.advanceTo(50);
    simulation.pull('stations.desk.servers', 3);
    simulation.advanceTo(60);
    simulation.pull('stations.desk.servers', 1);
    simulation.run();
    // The first at 0, the next two at 50; at 150 these end and the last has its turn.
    expect(outcomes.map((o) => o.atMs)).toEqual([100, 150, 150, 250]);
  });

  it('counts time on the way as response, not as wait', () => {
    const { simulation, outcomes, report } = desk(
      { delay: { law: 'constant', meanMs: 5 } },
      FOUR.slice(0, 2),
    );
    simulation.run();
    expect(outcomes.map((o) => o.latencyMs)).toEqual([105, 195]);
    expect(report().meanWaitMs).toBe(45);
  });

  it('refuses when its queue is full, and takes it again a moment later', () => {
    const refused = desk({ maxQueue: 1 }, FOUR);
    refused.simulation.run();
    expect(refused.outcomes).toEqual([
      { atMs: 20, latencyMs: 0, by: 'failed' },
      { atMs: 30, latencyMs: 0, by: 'failed' },
      { atMs: 100, latencyMs: 100, by: 'fresh' },
      { atMs: 200, latencyMs: 190, by: 'fresh' },
    ]);
    expect(refused.report()).toMatchObject({ arrivals: 4, rejected: 2, completed: 2 });

    const again = desk({ maxQueue: 1 }, FOUR.slice(0, 3), { caller: { retries: 3 } });
    again.simulation.run();
    // Refused at 20 and 70; at 120 the queue is empty again.
    expect(again.outcomes.at(-1)).toEqual({ atMs: 300, latencyMs: 280, by: 'fresh' });
    expect(again.simulation.world.recorder.total).toMatchObject({
      tries: 5,
      retries: 2,
      completed: 3,
      failed: 0,
    });
  });

  it('lets the impatient go', () => {
    const { simulation, outcomes, report } = desk({ patience: { law: 'constant', meanMs: 150 } }, FOUR);
    simulation.run();
    expect(outcomes).toEqual([
      { atMs: 100, latencyMs: 100, by: 'fresh' },
      { atMs: 170, latencyMs: 150, by: 'failed' },
      { atMs: 180, latencyMs: 150, by: 'failed' },
      { atMs: 200, latencyMs: 190, by: 'fresh' },
    ]);
    expect(report()).toMatchObject({ abandoned: 2, completed: 2 });
  });

  it('serves urgent calls first, but interrupts none', () => {
    const { simulation, outcomes } = desk({ discipline: 'priority' }, FOUR, {
      load: {
        ratePerS: 0,
        classes: [
          { name: 'calm', share: 0.5, priority: 2 },
          { name: 'urgent', share: 0.5, priority: 0 },
        ],
      },
    });
    const drawn = [2, 2, 2, 0];
    const { callers } = simulation.world;
    const open = callers.requests.open.bind(callers.requests);
    callers.requests.open = (key, instance, _, ms, demand) => open(key, instance, drawn[key]!, ms, demand);
    simulation.run();
    expect(outcomes.map((o) => o.latencyMs)).toEqual([100, 170, 290, 380]);
  });
});

describe('a deadline margin', () => {
  it('of 0 serves whoever is still there, a wider one whoever can be answered in time', () => {
    const late = desk({ deadlineMarginMs: 0 }, FOUR, { caller: { timeoutMs: 200 } });
    late.simulation.run();
    // At 200 the third has 20 ms left: it is served, and its caller gone before it ends. So goes the fourth, unserved.
    expect(late.report()).toMatchObject({ completed: 3, deadCompleted: 1, dropped: 1 });
    const wide = desk({ deadlineMarginMs: 100 }, FOUR, { caller: { timeoutMs: 200 } });
    wide.simulation.run();
    expect(wide.report()).toMatchObject({ completed: 2, deadCompleted: 0, dropped: 2 });
    expect(wide.outcomes.filter((o) => o.by === 'failed').map((o) => o.latencyMs)).toEqual([200, 200]);
  });
});

describe('coalescing', () => {
  const same: Arrival[] = [
    [0, 7],
    [10, 7],
    [20, 8],
    [250, 7],
  ];
  it('answers all who ask for a key with the call that is under way', () => {
    const { simulation, outcomes, report } = desk({ coalesce: true }, same);
    simulation.run();
    expect(outcomes.map((o) => [o.atMs, o.latencyMs])).toEqual([
      [100, 100],
      [100, 90],
      [200, 180],
      [350, 100],
    ]);
    expect(report()).toMatchObject({ arrivals: 3, completed: 3, coalesced: 1 });
  });

  it('lets a newcomer take over a call whose caller has gone', () => {
    const { simulation, outcomes, report } = desk(
      { coalesce: true },
      [
        [0, 1],
        [10, 7],
        [170, 7],
      ],
      { caller: { timeoutMs: 150 } },
    );
    simulation.advanceTo(165);
    expect(simulation.world.stations[0]!.deadWaiting).toBe(0); // in service since 100
    simulation.run();
    expect(outcomes).toEqual([
      { atMs: 100, latencyMs: 100, by: 'fresh' },
      { atMs: 160, latencyMs: 150, by: 'failed' },
      { atMs: 200, latencyMs: 30, by: 'fresh' },
    ]);
    expect(report()).toMatchObject({
      arrivals: 2,
      completed: 2,
      deadCompleted: 0,
      coalesced: 1,
      abandoned: 1,
    });
  });

  it('counts waiting calls without callers as dead, until somebody joins, the patience ends or they are served', () => {
    const blocked: Arrival[] = [
      [0, 1],
      [10, 7],
      [20, 8],
    ];
    const { simulation } = desk({ coalesce: true, service: { law: 'constant', meanMs: 500 } }, blocked, {
      caller: { timeoutMs: 50 },
    });
    const pool = simulation.world.stations[0]!;
    simulation.advanceTo(80);
    expect([pool.waiting, pool.deadWaiting]).toEqual([2, 2]);
    simulation.run();
    expect([pool.waiting, pool.deadWaiting]).toEqual([0, 0]);

    const impatient = desk(
      {
        coalesce: true,
        service: { law: 'constant', meanMs: 500 },
        patience: { law: 'constant', meanMs: 100 },
      },
      blocked,
      { caller: { timeoutMs: 50 } },
    );
    impatient.simulation.run();
    const station = impatient.simulation.world.stations[0]!;
    expect([station.waiting, station.deadWaiting]).toEqual([0, 0]);
    expect(impatient.report().abandoned).toBe(3); // each once: one in service, two in the queue
  });
});

describe('a flush', () => {
  const crowd = Array.from({ length: 10 }, (_, i): Arrival => [i * 10, i]);
  it('of dead work leaves the living in their order', () => {
    const { simulation, outcomes, report } = desk({}, crowd, { caller: { timeoutMs: 160 } });
    simulation.advanceTo(205); // the first is answered, 1 to 4 have left: 1 is in service to its end, 2 at its beginning
    simulation.pull('stations.desk.flush', 'dead');
    expect(simulation.world.stations[0]!.deadWaiting).toBe(0);
    simulation.run();
    expect(outcomes.filter((o) => o.by === 'fresh').map((o) => o.atMs)).toEqual([100]);
    expect(report().dropped).toBe(2);
  });

  it('of everything tells callers without a time-out at once, others learn by theirs', () => {
    const patient = desk({}, crowd);
    patient.simulation.advanceTo(95);
    patient.simulation.pull('stations.desk.flush', 'all');
    expect(patient.outcomes.map((o) => o.by)).toEqual(Array.from({ length: 9 }, () => 'failed'));
    const hurried = desk({}, crowd, { caller: { timeoutMs: 300 } });
    hurried.simulation.advanceTo(95);
    hurried.simulation.pull('stations.desk.flush', 'all');
    expect(hurried.outcomes).toEqual([]);
    hurried.simulation.run();
    expect(hurried.outcomes.slice(1).map((o) => o.latencyMs)).toEqual(Array.from({ length: 9 }, () => 300));
  });
});

describe('a station that two tiers share', () => {
  it('lets nobody pass those who wait', () => {
    const { simulation, outcomes } = handWorked(
      {
        path: ['near', 'far', 'origin'],
        tiers: {
          near: { level: 'l1', capacityEntries: 1, station: 'shelf' },
          far: { level: 'l2', capacityEntries: 1, station: 'shelf' },
        },
        stations: {
          shelf: { servers: 1, service: { law: 'constant', meanMs: 100 } },
          origin: { servers: null, service: { law: 'constant', meanMs: 0 } },
        },
      },
      [
        [0, 1],
        [10, 2],
      ],
    );
    simulation.run();
    // 1 near 0–100, 2 near 100–200, 1 far 200–300, 2 far 300–400.
    expect(outcomes.map((o) => o.atMs)).toEqual([300, 400]);
  });
});
