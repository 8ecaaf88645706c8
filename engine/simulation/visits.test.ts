import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';
import { stationReports } from './summary.ts';

type StationInput = NonNullable<ScenarioInput['stations']>[string];

/** One desk, 100 ms for each call unless `serviceMs` has other times. */
function desk(
  station: Partial<StationInput>,
  caller: ScenarioInput['caller'],
  arrivals: readonly Arrival[],
  more: Partial<ScenarioInput> = {},
  serviceMs: number[] = [],
) {
  const { simulation, outcomes } = handWorked(
    {
      path: ['desk'],
      stations: { desk: { servers: 1, service: { law: 'constant', meanMs: 100 }, ...station } },
      caller,
      ...more,
    },
    arrivals,
  );
  const { service } = simulation.world.stations.find((s) => s.name === 'desk')!;
  if (serviceMs.length > 0) service.next = () => serviceMs.shift()!;
  return { simulation, outcomes, report: () => stationReports(simulation)['desk']! };
}
const at = (...times: number[]): Arrival[] => times.map((ms, i) => [ms, i]);
const ends = (outcomes: readonly { atMs: number; by: string }[]) => outcomes.map((o) => [o.atMs, o.by]);
const hangs = (fromS: number, toS: number, station = 'desk') => [
  { at: fromS, label: 'hangs', set: { [`stations.${station}.servers`]: 0 } },
  { at: toS, label: 'is back', set: { [`stations.${station}.servers`]: 1 } },
];

describe('a deadline for all tries', () => {
  it('cuts the last try short', () => {
    const caller = { timeoutMs: 150, retries: 5, deadlineMs: 400 };
    const { simulation, outcomes } = desk({}, caller, at(0), { events: hangs(0, 50) });
    simulation.run();
    expect(ends(outcomes)).toEqual([[400, 'failed']]);
    expect(simulation.world.recorder.total.tries).toBe(3); // at 0, 150 and 300
  });

  it('is not waited for by those who could not try again within it', () => {
    const caller: ScenarioInput['caller'] = {
      timeoutMs: 150,
      retries: 5,
      deadlineMs: 400,
      backoff: { kind: 'fixed', baseMs: 250 },
    };
    const { simulation, outcomes } = desk({}, caller, at(0), { events: hangs(0, 50) });
    simulation.run();
    expect(ends(outcomes)).toEqual([[150, 'failed']]);
  });

  it('goes with the call, and stations drop by it; a later one than the queue is long drops nothing', () => {
    const four = at(0, 10, 20, 30);
    const short = desk({ deadlineMarginMs: 100 }, { deadlineMs: 250 }, four);
    short.simulation.run();
    // At 200 the third and the fourth have 70 and 80 ms left.
    expect(short.report()).toMatchObject({ completed: 2, deadCompleted: 0, dropped: 2 });
    expect(ends(short.outcomes)).toEqual([
      [100, 'fresh'],
      [200, 'fresh'],
      [270, 'failed'],
      [280, 'failed'],
    ]);
    const long = desk({ deadlineMarginMs: 100 }, { deadlineMs: 10_000 }, four);
    const none = desk({ deadlineMarginMs: 100 }, {}, four);
    for (const { simulation } of [long, none]) simulation.run();
    expect(long.report()).toEqual(none.report());
    expect(long.outcomes).toEqual(none.outcomes);
  });
});

describe('a breaker', () => {
  const quick = { failures: 2, openMs: 1000, halfOpenProbes: 1, closeAfter: 1 };

  it('fails tries at once while its station does not answer, and finds out when it does', () => {
    const { simulation, outcomes, report } = desk(
      {},
      { timeoutMs: 150, onTimeout: 'cancel', breaker: quick },
      at(0, 10, 500, 1165, 1180, 1400),
      { events: hangs(0, 1.2) },
    );
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [150, 'failed'],
      [160, 'failed'], // open from here to 1160
      [500, 'failed'],
      [1180, 'failed'], // while the one of 1165 is the probe
      [1300, 'fresh'],
      [1500, 'fresh'],
    ]);
    expect(outcomes.map((o) => o.latencyMs)).toEqual([150, 150, 0, 0, 135, 100]);
    expect(report().breaker).toEqual({ state: 'closed', opened: 1, refused: 2 });
    const column = (name: string) => [...simulation.world.recorder.column(`station.desk.breaker.${name}`)];
    expect(column('state').slice(0, 3)).toEqual([1, 0, 0]);
    expect(column('opened').slice(0, 3)).toEqual([1, 0, 0]);
    expect(column('refused').slice(0, 3)).toEqual([1, 1, 0]);
  });

  it('is not asked again by those whom it has refused: there is no storm', () => {
    const { simulation } = desk(
      {},
      { timeoutMs: 150, onTimeout: 'cancel', retries: 9, breaker: { ...quick, openMs: 60_000 } },
      at(...Array.from({ length: 100 }, (_, i) => i * 10)),
      { events: hangs(0, 50) },
    );
    simulation.run();
    // Those of 0 and 10 open it at 160. The 17 sent by then ask once more, the first of them twice, not nine times each.
    expect(simulation.world.recorder.total).toMatchObject({ tries: 118, retries: 18, failed: 100 });
  });

  it('counts refusals and errors of the station as it counts time-outs', () => {
    const { simulation, report } = desk({ maxQueue: 0 }, { breaker: quick }, at(0, 10, 20, 30));
    simulation.run();
    expect(report().breaker).toEqual({ state: 'half-open', opened: 1, refused: 1 });
  });

  it('is stuck half-open for ever where time-outs are not reported and probes have no end', () => {
    const story = (probeTimeoutMs: number | null) =>
      desk(
        { maxQueue: 0 },
        { timeoutMs: 150, breaker: { ...quick, timeouts: 'unreported', probeTimeoutMs } },
        at(0, 10, 1020, 20_000, 50_000),
        {
          events: [
            ...hangs(0, 1),
            { at: 1, label: 'slow', set: { 'stations.desk.service.meanMs': 5000 } },
            { at: 2, label: 'as before', set: { 'stations.desk.service.meanMs': 100 } },
          ],
        },
      );
    const stuck = story(null);
    stuck.simulation.run();
    // Two refusals open it; the probe of 1020 runs into its time-out, and nobody is told.
    expect(ends(stuck.outcomes)).toEqual([
      [0, 'failed'],
      [10, 'failed'],
      [1170, 'failed'],
      [20_000, 'failed'],
      [50_000, 'failed'],
    ]);
    expect(stuck.report().breaker).toEqual({ state: 'half-open', opened: 1, refused: 2 });
    const mended = story(5000);
    mended.simulation.run();
    expect(ends(mended.outcomes).slice(3)).toEqual([
      [20_100, 'fresh'],
      [50_100, 'fresh'],
    ]);
  });

  it('is new after a change, and gone when it is off', () => {
    const { simulation, outcomes } = desk(
      {},
      { timeoutMs: 150, onTimeout: 'cancel', breaker: { ...quick, openMs: 60_000 } },
      at(0, 10, 500, 1000, 1300),
      {
        events: [
          ...hangs(0, 0.9),
          { at: 0.9, label: 'new', set: { 'caller.breaker.failures': 7 } },
          { at: 1.2, label: 'off', set: { 'caller.breaker.on': false } },
        ],
      },
    );
    simulation.run();
    expect(ends(outcomes).slice(2)).toEqual([
      [500, 'failed'],
      [1100, 'fresh'],
      [1400, 'fresh'],
    ]);
    expect(simulation.world.visits!.guards[0]!.breaker).toBeNull();
    expect(() => simulation.pull('caller.breaker.failures', 0)).toThrow('a whole number of 1 or more');
  });
});

describe('a hedge', () => {
  const many = { servers: null };

  it('sends a second call after its delay; the first answer wins, the other is done for nobody', () => {
    const { simulation, outcomes, report } = desk(
      many,
      { hedge: { delayMs: 100, maxExtraShare: null } },
      at(0, 1000, 2000),
      {},
      [500, 80, 150, 500, 50],
    );
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [180, 'fresh'],
      [1150, 'fresh'],
      [2050, 'fresh'],
    ]);
    expect(report()).toMatchObject({ arrivals: 5, completed: 5, deadCompleted: 2, abandoned: 2 });
    expect(report().hedge).toEqual({ calls: 3, sent: 2, won: 1, extraShare: 2 / 3 });
    expect(simulation.world.recorder.total).toMatchObject({ tries: 3, retries: 0 });
  });

  it('takes the other copy out of the queue, whatever time-outs do with theirs', () => {
    const { simulation, outcomes, report } = desk(
      {},
      { hedge: { delayMs: 100, maxExtraShare: null } },
      at(0, 50),
      {},
      [500, 100, 100],
    );
    simulation.run();
    expect(ends(outcomes)).toEqual([
      [500, 'fresh'],
      [600, 'fresh'],
    ]);
    // The copy of the first waits behind the second, and goes at 500. That of the second is next in line at 600: no news is so fast.
    expect(report()).toMatchObject({ arrivals: 4, completed: 3, deadCompleted: 1, abandoned: 2 });
  });

  it('is held by its cap', () => {
    const { simulation, report } = desk(
      many,
      { hedge: { delayMs: 50, maxExtraShare: 0.05 } },
      at(...Array.from({ length: 400 }, (_, i) => i * 10)),
    );
    simulation.run();
    expect(report().hedge).toMatchObject({ calls: 400, sent: 21 }); // one in twenty, and one to begin with
  });

  it('fails a try only when both copies have failed', () => {
    const refusing = desk({ maxQueue: 0 }, { hedge: { delayMs: 50 } }, at(0, 20), {}, [100]);
    refusing.simulation.run();
    // The one of 0 is served, its copy of 50 refused. The one of 20 is refused at once, before it may have a copy.
    expect(ends(refusing.outcomes)).toEqual([
      [20, 'failed'],
      [100, 'fresh'],
    ]);
    expect(refusing.report()).toMatchObject({ arrivals: 3, rejected: 2 });
    const late = desk({}, { timeoutMs: 150, hedge: { delayMs: 50 } }, at(0, 500), {}, [300, 10, 10]);
    late.simulation.run();
    // At 150 both copies are left behind, as time-outs leave them: the one in service, the other in the queue.
    expect(ends(late.outcomes)).toEqual([
      [150, 'failed'],
      [510, 'fresh'],
    ]);
  });

  it('of tied requests leaves one copy as soon as the other begins', () => {
    const tied = { hedge: { delayMs: 0, cancelAt: 'begin', maxExtraShare: null } } as const;
    const { simulation, outcomes, report } = desk({}, tied, at(0, 10), {}, [500, 100]);
    simulation.run();
    // The first begins at once and has no copy; the second's two wait till 500.
    expect(ends(outcomes)).toEqual([
      [500, 'fresh'],
      [600, 'fresh'],
    ]);
    expect(report()).toMatchObject({ arrivals: 3, completed: 2, deadCompleted: 0 });
  });

  it('waits for the running quantile of what it has seen', () => {
    const { simulation, report } = desk(
      many,
      { hedge: { maxExtraShare: null, leastSamples: 100 } },
      at(...Array.from({ length: 200 }, (_, i) => i * 100)),
      {},
      Array.from({ length: 400 }, (_, i) => (i % 10 === 9 ? 90 : 10)),
    );
    simulation.run();
    const { hedge } = report();
    expect(hedge!.sent).toBe(0); // the p95 is 90: nothing is slower
    const column = simulation.world.recorder.column('station.desk.hedge.delayMs');
    expect(Number.isNaN(column[5])).toBe(true);
    expect(Math.abs(column[15]! / 90 - 1)).toBeLessThan(0.01);
  });

  it('of a call that is over is not sent for the next one', () => {
    const { simulation, report } = desk(many, { hedge: { delayMs: 100 } }, at(0, 60), {}, [50, 90]);
    simulation.run();
    expect(report().hedge).toMatchObject({ calls: 2, sent: 0 });
  });

  it('is of no use where identical calls share one, and sends none', () => {
    const { simulation, report } = desk(
      { servers: null, coalesce: true },
      { hedge: { delayMs: 50 } },
      at(0, 1000),
    );
    simulation.run();
    expect(report().hedge!.sent).toBe(0);
  });
});

describe('a lookup that fails', () => {
  const cached = (tier: object, caller: ScenarioInput['caller'], arrivals: readonly Arrival[]) =>
    desk({ servers: null }, caller, arrivals, {
      path: ['cache', 'desk'],
      tiers: { cache: { level: 'l2', capacityEntries: 10, station: 'redis', ...tier } },
      stations: {
        redis: { servers: 1, service: { law: 'constant', meanMs: 1 } },
        desk: { servers: null, service: { law: 'constant', meanMs: 100 } },
      },
      events: hangs(0, 2, 'redis'),
    });

  it('fails its try, or is a miss, after a time-out of its own', () => {
    const fails = cached({ lookupTimeoutMs: 50 }, {}, at(0));
    fails.simulation.run();
    expect(ends(fails.outcomes)).toEqual([[50, 'failed']]);
    const misses = cached({ lookupTimeoutMs: 50, onFailure: 'miss' }, { onTimeout: 'cancel' }, [
      [0, 7],
      [3000, 7],
    ]);
    misses.simulation.run();
    expect(ends(misses.outcomes)).toEqual([
      [150, 'fresh'],
      [3001, 'cache'], // its answer was filled in
    ]);
  });

  it('costs nothing any more once the breaker is open', () => {
    const { simulation, outcomes } = cached(
      { lookupTimeoutMs: 50, onFailure: 'miss' },
      { onTimeout: 'cancel', breaker: { stations: ['redis'], failures: 2, openMs: 500, closeAfter: 1 } },
      at(0, 10, 200, 300, 700, 2100, 3000),
    );
    simulation.run();
    // Open from 60 to 560; the probe of 700 opens it until 1250, that of 2100 closes it.
    expect(outcomes.map((o) => o.latencyMs)).toEqual([150, 150, 100, 100, 150, 101, 101]);
    const { breaker } = stationReports(simulation)['redis']!;
    expect(breaker).toEqual({ state: 'closed', opened: 2, refused: 2 });
  });
});

describe('an entry near its end', () => {
  it('is renewed by a request of its own, and nobody waits', () => {
    const { simulation, outcomes, report } = desk(
      { servers: null },
      { timeoutMs: 50 },
      [
        [0, 7],
        [7900, 7],
        [8100, 7],
        [8150, 7],
        [9500, 7],
        [12_000, 7],
      ],
      {
        path: ['cache', 'desk'],
        tiers: {
          cache: { level: 'l1', capacityEntries: 10, ttlS: 10, refreshAheadS: 2, preload: 'population' },
        },
        population: { kind: 'weighted', weights: Array.from({ length: 8 }, () => 1) },
      },
    );
    // All are preloaded with ages; that of 7 is as good as new.
    simulation.world.tiers[0]!.caches[0]!.insert(7, 10_000);
    simulation.run();
    expect(outcomes.map((o) => [o.by, o.latencyMs])).toEqual(Array.from({ length: 6 }, () => ['cache', 0]));
    // At 8100; that of 8150 finds it under way. From 8200 on it lives till 18,200.
    expect(report()).toMatchObject({ arrivals: 1, completed: 1, deadCompleted: 0 });
    expect(simulation.world.tiers[0]!.renewals).toBe(1);
    expect(simulation.world.recorder.total).toMatchObject({ completed: 6, tries: 6, retries: 0 });
    expect(simulation.world.callers.outcomes.underWay).toBe(0);
  });
});

describe('a purge', () => {
  const purged = (refreshAheadS: number | null) =>
    desk(
      { servers: null },
      {},
      [
        [0, 1],
        [0, 2],
        [2000, 1],
        [2200, 1],
        [7000, 2],
      ],
      {
        path: ['cache', 'desk'],
        tiers: { cache: { level: 'l4', capacityEntries: 10, refreshAheadS } },
        events: [{ at: 1, label: 'purge', set: { 'tiers.cache.purge': true } }],
      },
    );

  it('takes all entries', () => {
    const { simulation, outcomes } = purged(null);
    simulation.run();
    expect(outcomes.map((o) => o.by)).toEqual(['fresh', 'fresh', 'fresh', 'cache', 'fresh']);
  });

  it('leaves them for a while where they are renewed', () => {
    const { simulation, outcomes, report } = purged(5);
    simulation.run();
    // 1 is renewed at 2000; 2 was stale until 6000.
    expect(outcomes.map((o) => o.by)).toEqual(['fresh', 'fresh', 'cache', 'cache', 'fresh']);
    expect(report().arrivals).toBe(4);
  });
});

describe('settings of guards', () => {
  const base = {
    name: 'x',
    durationS: 10,
    load: { ratePerS: 1 },
    path: ['desk'],
    stations: { desk: { service: { law: 'constant', meanMs: 1 } } },
  };
  it.each([
    [
      { caller: { breaker: { failures: null } } },
      'caller.breaker: expected failures or failureRate, or both',
    ],
    [
      { caller: { breaker: { stations: ['dsek'] } } },
      'caller.breaker.stations.0: expected one of desk, got "dsek"',
    ],
    [{ caller: { hedge: { dealyMs: 5 } } }, 'Did you mean "delayMs"?'],
    [{ caller: { deadlineMs: 0 } }, 'caller.deadlineMs: expected a number above 0, got 0'],
    [
      { tiers: { c: { level: 'l1', capacityEntries: 1, onFailure: 'miss' } } },
      'tiers.c.onFailure: expected a tier with a station',
    ],
    [
      { stations: { desk: { ...base.stations.desk, connections: {}, batch: {} } } },
      'stations.desk.batch: expected no batch beside "connections", got both',
    ],
  ])('%j: %s', (change, message) => {
    expect(() => parseScenario({ ...base, ...change })).toThrow(message);
  });

  it('are absent unless they are given: a scenario without them is what it was', () => {
    const { caller, stations } = parseScenario(base);
    expect(Object.keys(caller)).not.toContain('breaker');
    expect(Object.keys(caller)).not.toContain('deadlineMs');
    expect(Object.keys(stations['desk']!)).not.toContain('connections');
  });
});
