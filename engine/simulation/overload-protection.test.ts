import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { stationReports } from './summary.ts';

type StationInput = NonNullable<ScenarioInput['stations']>[string];
const SEEDS = [1, 2, 3, 4, 5];

/** Ten servers of 100 ms: 100 calls a second. The first 40 s are not counted. */
function service(
  load: number,
  station: Partial<StationInput>,
  seed: number,
  more: Partial<ScenarioInput> = {},
) {
  const simulation = new Simulation(
    {
      name: 'service',
      durationS: 240,
      warmupS: 40,
      intervalS: 1,
      load: { ratePerS: load * 100 },
      path: ['desk'],
      stations: { desk: { servers: 10, service: { law: 'exponential', meanMs: 100 }, ...station } },
      ...more,
    },
    seed,
  ).run();
  return {
    simulation,
    report: stationReports(simulation)['desk']!,
    column: (name: string, from: number) =>
      simulation.world.recorder.column(`station.desk.${name}`).subarray(from),
  };
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

describe('CoDel', () => {
  const codel = { targetMs: 150, intervalMs: 500 };

  it.each(SEEDS)('keeps the wait near its target where it would grow for ever (seed %i)', (seed) => {
    const without = service(1.2, {}, seed);
    expect(without.report.meanWaitMs).toBeGreaterThan(15_000);
    const { report } = service(1.2, { codel }, seed);
    expect(report.meanWaitMs).toBeGreaterThan(codel.targetMs);
    expect(report.meanWaitMs).toBeLessThan(5 * codel.targetMs);
    expect(report.utilisation).toBeGreaterThan(0.99);
    expect(report.codelDropped! / report.arrivals).toBeCloseTo(0.2 / 1.2, 1);
  });

  it.each(SEEDS)('does nothing where the queue drains by itself (seed %i)', (seed) => {
    const { report } = service(0.7, { codel }, seed);
    expect(report.codelDropped).toBe(0);
    const { codelDropped: _, ...rest } = report;
    expect(rest).toEqual(service(0.7, {}, seed).report);
  });

  it.each(SEEDS)('drops good work when its target is shorter than a service takes (seed %i)', (seed) => {
    const { report } = service(0.8, { codel: { targetMs: 5, intervalMs: 100 } }, seed);
    expect(report.codelDropped! / report.arrivals).toBeGreaterThan(0.01);
  });
});

describe('a gradient limit', () => {
  const gradient = { kind: 'gradient2', probeEveryMs: null } as const;

  it.each(SEEDS)('holds the response near the knee where without it there is none (seed %i)', (seed) => {
    const without = service(1.5, {}, seed);
    expect(without.report.meanResponseMs).toBeGreaterThan(30_000);
    // The first 40 s at half the load, so that it knows the unloaded response.
    const profile = [
      { atS: 39, factor: 0.5 },
      { atS: 40, factor: 1.5 },
    ];
    const { report } = service(1, { limit: gradient }, seed, { load: { ratePerS: 100, profile } });
    expect(report.utilisation).toBeGreaterThan(0.97);
    expect(report.meanResponseMs).toBeGreaterThan(100);
    expect(report.meanResponseMs).toBeLessThan(400);
    expect(report.rejected / report.arrivals).toBeCloseTo(1 / 3, 1);
  });

  it.each(SEEDS)(
    'takes an overload for normal when it lasts, and lets ever more wait; with a probe it does not (seed %i)',
    (seed) => {
      const long = { durationS: 900 };
      const quick = { ...gradient, longWindows: 50 };
      const drifted = service(1.5, { limit: quick }, seed, long);
      expect(mean(drifted.column('limit', 800))).toBeGreaterThan(100);
      expect(mean(drifted.column('queue', 800))).toBeGreaterThan(
        3 * mean(drifted.column('queue', 30).subarray(0, 30)),
      );
      const probing = service(1.5, { limit: { ...quick, probeEveryMs: 60_000, min: 8 } }, seed, long);
      expect(mean(probing.column('limit', 800))).toBeLessThan(30);
    },
  );
});

describe('shedding by criticality', () => {
  const shed = { delayMs: 60, relaxDelayMs: 30 };
  const classes = (shares: number[]) =>
    shares.map((share, priority) => ({ name: `c${priority}`, share, priority }));

  it.each(SEEDS)(
    'serves all that is critical at twice the load, and wastes little of the capacity (seed %i)',
    (seed) => {
      const load = { ratePerS: 200, classes: classes([0.4, 0.2, 0.2, 0.2]) };
      const { simulation, report } = service(2, { shed }, seed, { load });
      const { critical, normal, low } = report.shed!;
      expect(critical.shed / critical.came).toBeLessThan(0.02);
      expect(low.shed / low.came).toBeGreaterThan(0.999);
      expect(normal.shed / normal.came).toBeGreaterThan(0.99);
      expect(report.completed / 200).toBeGreaterThan(85); // of 100 a second
      expect(report.meanWaitMs).toBeLessThan(2 * shed.delayMs);
      expect(simulation.world.stations[0]!.waiting).toBeLessThan(50);
    },
  );

  it.each(SEEDS)('gives the critical nearly all of the capacity when they want it (seed %i)', (seed) => {
    const load = { ratePerS: 200, classes: classes([0.48, 0.12, 0.2, 0.2]) };
    const { critical } = service(2, { shed }, seed, { load }).report.shed!;
    expect((critical.came - critical.shed) / 200).toBeGreaterThan(83); // of 96 that come, and 100 that can be served
  });

  it.each(SEEDS)('never sheds a class while it lets a lower one in (seed %i)', (seed) => {
    const simulation = new Simulation(
      {
        name: 'watched',
        durationS: 120,
        load: {
          ratePerS: 50,
          profile: [
            { atS: 20, factor: 1 },
            { atS: 40, factor: 5 },
            { atS: 80, factor: 5 },
            { atS: 90, factor: 1 },
          ],
          classes: classes([0.25, 0.25, 0.25, 0.25]),
        },
        path: ['desk'],
        stations: { desk: { servers: 10, service: { law: 'exponential', meanMs: 100 }, shed } },
      },
      seed,
    );
    const door = simulation.world.stations[0]!.door!;
    const sheds = door.sheds.bind(door);
    const onWaited = door.onWaited.bind(door);
    // The cut-off moves with the first call after a second, or after 2000 arrivals, which do not come here.
    let [highestShed, lowestIn, windowEndMs, windows] = [Infinity, -1, 1000, 0];
    const tick = (nowMs: number) => {
      if (nowMs < windowEndMs) return;
      [highestShed, lowestIn, windowEndMs, windows] = [Infinity, -1, nowMs + 1000, windows + 1];
    };
    door.onWaited = (waitMs, nowMs) => {
      tick(nowMs);
      onWaited(waitMs, nowMs);
    };
    door.sheds = (criticality, user, nowMs) => {
      tick(nowMs);
      const refused = sheds(criticality, user, nowMs);
      if (refused) highestShed = Math.min(highestShed, criticality);
      else lowestIn = Math.max(lowestIn, criticality);
      expect(lowestIn).toBeLessThanOrEqual(highestShed);
      return refused;
    };
    simulation.run();
    expect(windows).toBeGreaterThan(100);
    const { critical, low } = stationReports(simulation)['desk']!.shed!;
    expect(low.shed).toBeGreaterThan(1000);
    expect(critical.shed / critical.came).toBeLessThan(0.15);
  });

  it.each(SEEDS)('starves what is low for as long as there is enough that is not (seed %i)', (seed) => {
    const load = { ratePerS: 130, classes: classes([0.3, 0.3, 0.3, 0.1]) };
    const { column } = service(1.3, { shed }, seed, { durationS: 600, load });
    const lowPerS = 13;
    expect(mean(column('shed.low', 100))).toBeGreaterThan(0.97 * lowPerS);
  });
});
