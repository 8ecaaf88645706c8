import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import { applyOverrides } from './overrides.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';
import { Simulation, type Pull } from './simulation.ts';
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
  return {
    simulation,
    outcomes,
    report: () => stationReports(simulation)['desk']!,
    latencies: () => outcomes.map((o) => `${o.by} ${o.atMs} ${o.latencyMs}`),
  };
}

/** Every 10 ms from 0, each for something else. */
const crowd = (n: number): Arrival[] => Array.from({ length: n }, (_, i): Arrival => [i * 10, i]);

describe('CoDel at a station', () => {
  const codel = { targetMs: 50, intervalMs: 200 };

  it('drops when the wait has been above the target for an interval, then after ever shorter times', () => {
    const { simulation, latencies, report } = desk({ codel }, crowd(10));
    simulation.run();
    // Above 50 ms from 100 on. At 300 an interval is over: the fourth goes, the next at 500; the last is never dropped.
    expect(latencies()).toEqual([
      'fresh 100 100',
      'fresh 200 190',
      'failed 300 270',
      'fresh 300 280',
      'fresh 400 360',
      'failed 500 440',
      'fresh 500 450',
      'fresh 600 530',
      'fresh 700 620',
      'fresh 800 710',
    ]);
    expect(report()).toMatchObject({ completed: 8, dropped: 2, codelDropped: 2, rejected: 0 });
  });

  it('tells the dropped at once, or lets them find out by their time-out', () => {
    const refused = desk({ codel }, crowd(10), { caller: { timeoutMs: 900 } });
    refused.simulation.run();
    expect(refused.outcomes.filter((o) => o.by === 'failed').map((o) => o.latencyMs)).toEqual([270, 440]);
    const silent = desk({ codel: { ...codel, dropped: 'silent' } }, crowd(10), {
      caller: { timeoutMs: 900 },
    });
    silent.simulation.run();
    expect(silent.outcomes.filter((o) => o.by === 'failed').map((o) => o.latencyMs)).toEqual([900, 900]);
    const forEver = desk({ codel: { ...codel, dropped: 'silent' } }, crowd(10));
    forEver.simulation.run();
    expect(forEver.outcomes.filter((o) => o.by === 'failed').map((o) => o.latencyMs)).toEqual([270, 440]);
  });

  it('drops dead work, too', () => {
    const { simulation, report } = desk({ codel }, crowd(10), { caller: { timeoutMs: 120 } });
    simulation.run();
    expect(report()).toMatchObject({ completed: 8, deadCompleted: 7, codelDropped: 2 });
  });

  it('is not asked about what comes too late anyway', () => {
    const { simulation, report } = desk({ codel, deadlineMarginMs: 0 }, crowd(10), {
      caller: { timeoutMs: 60 },
    });
    simulation.run();
    expect(report()).toMatchObject({ completed: 2, dropped: 8, codelDropped: 0 });
  });

  it('forgets a wait that stood when a server has been idle since', () => {
    const { simulation, report } = desk({ codel }, [...crowd(4), [1000, 4], [1010, 5], [1020, 6]]);
    simulation.advanceTo(150); // above the target since 100
    simulation.pull('stations.desk.flush', 'all');
    simulation.run();
    expect(report()).toMatchObject({ completed: 5, codelDropped: 0 });
  });

  it('may be turned on and tuned while the run goes on', () => {
    const { simulation, report } = desk({ codel: { ...codel, on: false } }, crowd(10));
    simulation.advanceTo(250);
    simulation.pull('stations.desk.codel.on', true);
    simulation.pull('stations.desk.codel.intervalMs', 100);
    simulation.run();
    // A new machine: above from 300 on, so the first goes at 400, the next at 500 and 600.
    expect(report().codelDropped).toBe(3);
    expect(() => simulation.pull('stations.desk.codel.targetMs', 0)).toThrow('expected a number above 0');
    expect(() => simulation.pull('stations.desk.limit.on', true)).toThrow('stations.desk.');
  });
});

describe('a limit at a station', () => {
  const fixed = { kind: 'fixed', initial: 2 } as const;

  it('refuses at once what is over it', () => {
    const { simulation, latencies, report } = desk({ limit: fixed }, crowd(4));
    simulation.run();
    expect(latencies()).toEqual(['failed 20 0', 'failed 30 0', 'fresh 100 100', 'fresh 200 190']);
    expect(report()).toMatchObject({ rejected: 2, completed: 2, limit: { now: 2, refused: 2 } });
  });

  it('lets some wait outside, whose wait counts like any other', () => {
    const { simulation, latencies, report } = desk({ limit: { ...fixed, queue: 1 } }, crowd(4));
    simulation.advanceTo(25);
    const [station] = simulation.world.stations;
    expect([station!.waiting, station!.gate!.waiting]).toEqual([2, 1]);
    simulation.run();
    expect(latencies()).toEqual(['failed 30 0', 'fresh 100 100', 'fresh 200 190', 'fresh 300 280']);
    expect(report()).toMatchObject({ rejected: 1, completed: 3, meanWaitMs: (90 + 180) / 3 });
  });

  it('holds servers back when it is lower than their number', () => {
    const { simulation, latencies } = desk(
      { servers: 5, limit: { kind: 'fixed', initial: 1, queue: 9 } },
      crowd(3),
    );
    simulation.run();
    expect(latencies()).toEqual(['fresh 100 100', 'fresh 200 190', 'fresh 300 280']);
  });

  it('lets them in when it is raised or taken away', () => {
    for (const [path, value] of [
      ['limit.initial', 4],
      ['limit.on', false],
    ] as const) {
      const { simulation, outcomes } = desk({ servers: 4, limit: { ...fixed, queue: 9 } }, crowd(4));
      simulation.advanceTo(50);
      simulation.pull(`stations.desk.${path}`, value);
      simulation.run();
      expect(outcomes.map((o) => o.atMs)).toEqual([100, 110, 150, 150]);
    }
  });

  it('counts dead work, and lets it pass the gate', () => {
    const { simulation, report } = desk({ limit: { kind: 'fixed', initial: 1, queue: 9 } }, crowd(3), {
      caller: { timeoutMs: 50 },
    });
    simulation.advanceTo(90);
    const [station] = simulation.world.stations;
    expect([station!.waiting, station!.deadWaiting]).toEqual([2, 2]);
    simulation.run();
    expect(report()).toMatchObject({ completed: 3, deadCompleted: 3, abandoned: 3 });
  });

  it('learns: a caller who has left, or waited for longer than timeoutMs, is a loss to AIMD', () => {
    const limit = { kind: 'aimd', initial: 10, backoff: 0.5 } as const;
    const left = desk({ limit }, crowd(2), { caller: { timeoutMs: 150 } });
    left.simulation.advanceTo(250);
    expect(left.simulation.world.stations[0]!.door!.limitNow).toBe(5);
    const slow = desk({ limit: { ...limit, timeoutMs: 150 } }, crowd(2));
    slow.simulation.advanceTo(250);
    expect(slow.simulation.world.stations[0]!.door!.limitNow).toBe(5);
    const fine = desk({ limit }, crowd(2));
    fine.simulation.advanceTo(250);
    expect(fine.simulation.world.stations[0]!.door!.limitNow).toBe(10);
  });

  it('keeps work that died outside as dead work inside', () => {
    const { simulation } = desk({ limit: { ...fixed, queue: 9 } }, crowd(4), { caller: { timeoutMs: 50 } });
    const [station] = simulation.world.stations;
    simulation.advanceTo(110);
    expect([station!.waiting, station!.gate!.waiting, station!.deadWaiting]).toEqual([2, 1, 2]);
    simulation.advanceTo(1000);
    expect([station!.waiting, station!.deadWaiting, station!.stats.completed]).toEqual([0, 0, 4]);
  });

  it('learns nothing from a caller who leaves outside', () => {
    const limit = { kind: 'aimd', initial: 2, backoff: 0.5, queue: 9 } as const;
    const { simulation } = desk({ servers: 2, limit, service: { law: 'constant', meanMs: 1000 } }, crowd(3), {
      caller: { timeoutMs: 100, onTimeout: 'cancel' },
    });
    simulation.advanceTo(500);
    const [station] = simulation.world.stations;
    expect([station!.waiting, station!.busy, station!.door!.limitNow]).toEqual([0, 2, 2]);
  });

  it('grows while half of it is in use, the call that ends included', () => {
    const { simulation } = desk({ limit: { kind: 'aimd', initial: 2, increase: 2 } }, crowd(1));
    simulation.advanceTo(150);
    expect(simulation.world.stations[0]!.door!.limitNow).toBe(3);
  });

  it('changes its kind while the run goes on, and begins anew', () => {
    const { simulation } = desk(
      { limit: { kind: 'aimd', initial: 10, backoff: 0.5, timeoutMs: 50 } },
      crowd(2),
    );
    simulation.advanceTo(150);
    const { door } = simulation.world.stations[0]!;
    expect(door!.limitNow).toBe(5);
    simulation.pull('stations.desk.limit.kind', 'gradient2');
    expect(door!.limitNow).toBe(10);
    simulation.pull('stations.desk.limit.max', 7);
    expect(door!.limitNow).toBe(7); // initial is kept within the bounds
    expect(() => simulation.pull('stations.desk.limit.kind', 'vegas')).toThrow('expected one of');
  });
});

describe('shedding at a station', () => {
  const shed = { delayMs: 20, relaxDelayMs: 10, windowMs: 100, userLevels: 1 };
  const classes = [0, 1, 2, 3].map((priority) => ({ name: `c${priority}`, share: 0.25, priority }));

  it('moves its cut-off by the wait: the lowest class goes first, then the next', () => {
    const { simulation, outcomes, report } = desk({ shed }, crowd(40), { load: { ratePerS: 0, classes } });
    const { callers } = simulation.world;
    const open = callers.requests.open.bind(callers.requests);
    callers.requests.open = (key, instance, _, ms, demand) => open(key, instance, key % 4, ms, demand);
    simulation.run();
    // Waits of 90 and 180 ms are seen in the windows that end at 200 and 300.
    const refused = outcomes.filter((o) => o.by === 'failed').map((o) => o.atMs / 10);
    expect(refused).toEqual([23, 27, 30, 31, 34, 35, 38, 39]);
    expect(report().shed).toEqual({
      critical: { came: 10, shed: 0 },
      high: { came: 10, shed: 0 },
      normal: { came: 10, shed: 3 },
      low: { came: 10, shed: 5 },
    });
    expect(report().rejected).toBe(8);
  });

  it('sees the waits of calls that are dropped, too', () => {
    // Who is served has waited for 60 ms at most; the dead before him for up to 90.
    const { simulation, report } = desk({ shed: { ...shed, delayMs: 70 }, deadlineMarginMs: 0 }, crowd(40), {
      caller: { timeoutMs: 60 },
    });
    simulation.run();
    expect(report().shed!.critical.shed).toBeGreaterThan(0);
  });

  it('takes priorities beyond 3 for the lowest class', () => {
    const far = [0, 9].map((priority) => ({ name: `c${priority}`, share: 0.5, priority }));
    const { simulation, report } = desk({ shed }, crowd(25), { load: { ratePerS: 0, classes: far } });
    simulation.run();
    const { critical, low } = report().shed!;
    expect(critical.came + low.came).toBe(25);
  });

  it('treats all tries of a request alike', () => {
    const { simulation, outcomes } = desk({ shed: { ...shed, userLevels: 128 } }, crowd(40), {
      caller: { retries: 2, backoff: { refusedMs: 5 } },
    });
    simulation.run();
    // Whom the cut-off has shed it sheds again 5 ms later, unless a window ended meanwhile.
    const seen = outcomes.filter((o) => o.by === 'failed').map((o) => o.latencyMs);
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set([10]));
  });
});

describe('replicas', () => {
  const replicas = { count: 2, kind: 'round-robin' } as const;

  it('have servers and queues of their own', () => {
    const { simulation, latencies, report } = desk(
      { replicas: { ...replicas, slow: [{ replica: 2, factor: 3 }] }, maxQueue: 1 },
      crowd(6),
    );
    simulation.advanceTo(35);
    const [station] = simulation.world.stations;
    expect(station!.parts.map((p) => [p.busy, p.waiting])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect([station!.servers, station!.busy, station!.waiting]).toEqual([2, 2, 2]);
    simulation.run();
    expect(latencies()).toEqual([
      'failed 40 0',
      'failed 50 0',
      'fresh 100 100',
      'fresh 200 180',
      'fresh 310 300',
      'fresh 610 580',
    ]);
    expect(report().replicas).toEqual([
      { completed: 2, failed: 1, meanResponseMs: 140, utilisation: 200 / 1e5, meanQueue: 80 / 1e5 },
      { completed: 2, failed: 1, meanResponseMs: 440, utilisation: 600 / 1e5, meanQueue: 280 / 1e5 },
    ]);
  });

  it('may fail their calls at once, become slow and get well while the run goes on', () => {
    const { simulation, latencies, report } = desk(
      { replicas: { ...replicas, fail: [{ replica: 1, share: 1 }] } },
      [
        [0, 0],
        [10, 1],
        [300, 2],
        [310, 3],
      ],
    );
    simulation.advanceTo(200);
    simulation.pull('stations.desk.replicas.fail.1', 0);
    simulation.pull('stations.desk.replicas.slow.2', 5);
    simulation.run();
    expect(latencies()).toEqual(['failed 0 0', 'fresh 110 100', 'fresh 400 100', 'fresh 810 500']);
    expect(report()).toMatchObject({ rejected: 1, completed: 3 });
    expect(() => simulation.pull('stations.desk.replicas.slow.3', 5)).toThrow('Did you mean');
  });

  it('keep their calls when the balancer is changed', () => {
    const { simulation } = desk({ replicas, service: { law: 'constant', meanMs: 1000 } }, crowd(9));
    simulation.advanceTo(35);
    simulation.pull('stations.desk.replicas.kind', 'least-loaded');
    simulation.pull('stations.desk.replicas.ejectAfter', 3);
    simulation.advanceTo(85);
    const load = simulation.world.stations[0]!.parts.map((p) => p.busy + p.waiting);
    expect(load.sort()).toEqual([4, 5]);
  });

  it('each have a CoDel of their own', () => {
    const { simulation } = desk({ replicas, codel: {} }, crowd(1));
    const machines = simulation.world.stations[0]!.parts.map((p) => p.codel);
    expect(machines[0]).not.toBe(machines[1]);
  });
});

describe('settings of what protects a station', () => {
  const scenario = (station: object, more: object = {}) => ({
    name: 'settings',
    durationS: 10,
    load: { ratePerS: 1 },
    path: ['desk'],
    stations: { desk: { service: { law: 'constant', meanMs: 1 }, ...station } },
    ...more,
  });

  it.each([
    [{ codel: { targetMs: 0 } }, 'stations.desk.codel.targetMs: expected a number above 0, got 0.'],
    [{ codel: { dropped: 'loud' } }, 'stations.desk.codel.dropped: expected one of "refused", "silent"'],
    [{ limit: { kind: 'fixed', initial: 5, max: 4 } }, 'min, initial and max in rising order'],
    [{ limit: { kind: 'vegas' } }, 'stations.desk.limit.kind: expected one of'],
    [{ limit: {} }, 'stations.desk.limit.kind: expected a value'],
    [{ limit: { kind: 'fixed', inital: 5 } }, 'Did you mean "initial"?'],
    [{ shed: { delayMs: 10, relaxDelayMs: 20 } }, 'a relaxDelayMs of delayMs or less'],
    [
      { replicas: { count: 0, kind: 'p2c' } },
      'stations.desk.replicas.count: expected a whole number from 1 to 200',
    ],
    [{ replicas: { count: 2, kind: 'p2c', slow: [{ replica: 3, factor: 2 }] } }, 'replicas from 1 to count'],
  ])('%j is explained', (station, message) => {
    expect(() => parseScenario(scenario(station))).toThrow(message);
  });

  it('refuse replicas where a pool of agents sets the servers', () => {
    const controls = { agents: { station: 'desk', pool: { min: 1, max: 2, warm: 1 } } };
    expect(() => parseScenario(scenario({ replicas: { count: 2, kind: 'p2c' } }, { controls }))).toThrow(
      'stations.desk.replicas: expected no replicas where controls.agents sets the servers',
    );
  });

  it('are absent from a scenario that does not name them, and may be added before the run', () => {
    const plain = parseScenario(scenario({}));
    for (const name of ['codel', 'limit', 'shed', 'replicas'])
      expect(Object.hasOwn(plain.stations['desk']!, name)).toBe(false);
    const changed = applyOverrides(plain, [{ path: 'stations.desk.codel', value: { targetMs: 70 } }]);
    expect(changed.stations['desk']!.codel).toMatchObject({ on: true, targetMs: 70, intervalMs: 100 });
    expect(() => applyOverrides(plain, [{ path: 'stations.desks.codel', value: {} }])).toThrow(
      'Did you mean',
    );
  });
});

describe('series columns of what protects a station', () => {
  it('are there where it is configured, and add up to the report', () => {
    const { simulation, report } = desk(
      {
        codel: { targetMs: 50, intervalMs: 50 },
        limit: { kind: 'fixed', initial: 12, queue: 4 },
        shed: { delayMs: 20, relaxDelayMs: 10, windowMs: 100 },
        replicas: { count: 2, kind: 'p2c', fail: [{ replica: 1, share: 0.5 }] },
      },
      crowd(60),
      { durationS: 10, intervalS: 0.1 },
    );
    simulation.run();
    const { recorder } = simulation.world;
    const sum = (column: string) => recorder.column(`station.desk.${column}`).reduce((a, b) => a + b, 0);
    const { shed, replicas, limit, codelDropped } = report();
    expect(sum('codelDropped')).toBe(codelDropped);
    expect(sum('overLimit')).toBe(limit!.refused);
    expect(sum('shed.critical')).toBe(shed!.critical.shed);
    expect([sum('replica.1.failed'), sum('replica.2.failed')]).toEqual(replicas!.map((r) => r.failed));
    expect(sum('replica.1.busy') + sum('replica.2.busy')).toBeCloseTo(sum('busy'), 9);
    expect(Math.max(...recorder.column('station.desk.gate'))).toBeLessThanOrEqual(4);
    for (const n of [codelDropped!, limit!.refused, shed!.critical.shed, replicas![0]!.failed])
      expect(n).toBeGreaterThan(0);
    expect(
      desk({}, crowd(1)).simulation.world.recorder.columns.filter((c) => c.startsWith('station.')),
    ).toHaveLength(7);
  });
});

describe('a station with any protection', () => {
  const bool = fc.boolean();
  const pulls = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom<[string, Pull['value']]>(
        ['codel.on', true],
        ['codel.on', false],
        ['limit.on', true],
        ['limit.on', false],
        ['limit.kind', 'aimd'],
        ['limit.kind', 'gradient2'],
        ['limit.initial', 3],
        ['shed.on', false],
        ['replicas.kind', 'least-loaded'],
        ['replicas.slow.1', 9],
        ['servers', 3],
        ['flush', 'dead'],
        ['flush', 'all'],
      ),
    ),
    { maxLength: 6 },
  );
  const settings = fc.record({
    discipline: fc.constantFrom(
      'fifo' as const,
      'lifo' as const,
      'adaptive-lifo' as const,
      'priority' as const,
    ),
    coalesce: bool,
    maxQueue: fc.constantFrom(null, 0, 3, 30),
    deadlineMarginMs: fc.constantFrom(null, 0, 100),
    patience: fc.constantFrom(null, { law: 'exponential' as const, meanMs: 400 }),
    codel: fc.record({
      on: bool,
      targetMs: fc.constant(50),
      dropped: fc.constantFrom('refused' as const, 'silent' as const),
    }),
    limit: fc.record({
      on: bool,
      kind: fc.constantFrom('fixed' as const, 'aimd' as const, 'gradient2' as const),
      initial: fc.integer({ min: 1, max: 12 }),
      queue: fc.constantFrom(0, 5),
    }),
    shed: fc.record({ on: bool }),
    replicas: fc.constantFrom(
      undefined,
      { count: 3, kind: 'p2c' as const, fail: [{ replica: 2, share: 0.3 }] },
      { count: 2, kind: 'p2c-ewma' as const, ejectAfter: 2 },
    ),
  });

  it('loses no call: what came is done, refused, dropped, given up or still there, and all ends when the load does', () => {
    fc.assert(
      fc.property(
        settings,
        fc.constantFrom('leave' as const, 'cancel' as const),
        pulls,
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(30, 3000),
        ({ replicas, ...rest }, onTimeout, changes, seed, keys) => {
          const station = { servers: 2, service: { law: 'exponential', meanMs: 100 } as const, ...rest };
          const simulation = new Simulation(
            {
              name: 'any',
              durationS: 200,
              intervalS: 1,
              load: {
                ratePerS: 40,
                profile: [
                  { atS: 30, factor: 1 },
                  { atS: 31, factor: 0 },
                ],
                classes: [0, 1, 3].map((priority) => ({ name: `c${priority}`, share: 1 / 3, priority })),
              },
              population: { kind: 'zipf', keys, exponent: 0.8 },
              path: ['desk'],
              stations: { desk: replicas ? { ...station, replicas } : station },
              caller: { timeoutMs: 500, retries: 1, onTimeout },
            },
            seed,
          );
          const [desk] = simulation.world.stations;
          for (const [atS, [path, value]] of changes.sort(([a], [b]) => a - b)) {
            simulation.advanceTo(Math.max(simulation.nowMs, atS * 1000));
            const known = !path.startsWith('replicas') || replicas;
            if (known) simulation.pull(`stations.desk.${path}`, value);
            if (desk!.gate!.waiting > 0) expect(desk!.isOpen).toBe(false);
            expect(desk!.deadWaiting).toBeGreaterThanOrEqual(0);
            expect(desk!.deadWaiting).toBeLessThanOrEqual(desk!.waiting);
            if (desk!.replicas)
              expect([...desk!.replicas.underWay]).toEqual(desk!.parts.map((p) => p.busy + p.waiting));
          }
          simulation.run();
          expect([desk!.busy, desk!.waiting, desk!.forsaken, desk!.flights.size]).toEqual([0, 0, 0, 0]);
          expect(simulation.world.callers.outcomes.underWay).toBe(0);
          const { arrivals, completed, rejected, dropped, abandoned } = desk!.stats;
          const ended = completed + rejected + dropped;
          expect(arrivals).toBeGreaterThanOrEqual(ended);
          expect(arrivals).toBeLessThanOrEqual(ended + abandoned);
          if (onTimeout === 'leave' && rest.patience === null) expect(arrivals).toBe(ended);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });
});
