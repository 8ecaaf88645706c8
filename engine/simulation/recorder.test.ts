import { describe, expect, it } from 'vitest';
import { handWorked, type Arrival } from './hand-worked.ts';
import { columnNames } from './columns.ts';
import { Simulation } from './simulation.ts';
import { stationReports } from './summary.ts';

const desk = { servers: 1, service: { law: 'constant', meanMs: 100 } } as const;
const scenario = {
  name: 'recorder',
  durationS: 600,
  load: { ratePerS: 8 },
  path: ['desk'],
  stations: { desk: { servers: 2, service: { law: 'exponential', meanMs: 200 } } },
} as const;
const sum = (column: Float64Array): number => column.reduce((a, b) => a + b, 0);

describe('the series', () => {
  it('of a trace worked by hand', () => {
    const arrivals: Arrival[] = [
      [100, 1],
      [150, 2],
      [950, 3], // ends in the second interval
    ];
    const { simulation } = handWorked(
      { path: ['desk'], stations: { desk }, durationS: 3, intervalS: 1, caller: { timeoutMs: 140 } },
      arrivals,
    );
    simulation.run();
    const { recorder } = simulation.world;
    const row = (i: number) =>
      Object.fromEntries(recorder.columns.map((name) => [name, recorder.column(name)[i]!]));
    expect(recorder.columns).toEqual(columnNames(simulation.scenario));
    expect(row(0)).toMatchObject({
      arrivals: 3,
      completed: 2,
      failed: 1,
      shed: 0,
      meanMs: 120, // 100, and 140 for the one who gave up
      hitRate: 0,
      tries: 3,
      retries: 0,
      'station.desk.arrivals': 3,
      'station.desk.completed': 2,
      'station.desk.deadCompleted': 1,
      'station.desk.queue': 0,
      'station.desk.busy': 0.25,
    });
    expect(row(1)).toMatchObject({ arrivals: 0, completed: 1, meanMs: 100, 'station.desk.busy': 0.05 });
    // Equal values are reported exactly, in spite of the buckets.
    expect([row(1)['p50Ms'], row(1)['p99Ms']]).toEqual([100, 100]);
    expect(row(2)).toMatchObject({ arrivals: 0, completed: 0, meanMs: NaN, p50Ms: NaN, hitRate: NaN });
  });

  it('adds up to the totals and to the stations’ counts', () => {
    const simulation = new Simulation(scenario, 1).run();
    const { recorder } = simulation.world;
    const report = stationReports(simulation)['desk']!;
    expect(sum(recorder.column('arrivals'))).toBe(recorder.total.requests);
    expect(sum(recorder.column('completed'))).toBe(recorder.total.completed);
    expect(sum(recorder.column('station.desk.arrivals'))).toBe(report.arrivals);
    expect(sum(recorder.column('station.desk.completed'))).toBe(report.completed);
    expect(recorder.window(0, recorder.closed).requests).toBe(recorder.total.completed);
    expect(recorder.window(0, recorder.closed).p95Ms).toBeCloseTo(recorder.histogram.quantile(0.95), 6);
  });

  it.each([60, 60.4, 7.25])('is not touched by a warm-up that ends at %f s', (warmupS) => {
    const without = new Simulation(scenario, 1).run().world.recorder;
    const simulation = new Simulation({ ...scenario, warmupS }, 1).run();
    const { recorder } = simulation.world;
    for (const name of recorder.columns)
      for (const [i, value] of recorder.column(name).entries()) {
        const expected = without.column(name)[i]!;
        if (Number.isNaN(expected) ? !Number.isNaN(value) : Math.abs(value - expected) > 1e-9)
          expect.fail(`${name} of second ${i}: ${value}, without warm-up ${expected}`);
      }
    expect(stationReports(simulation)['desk']!.arrivals).toBeLessThan(sum(recorder.column('arrivals')));
  });

  it.each([
    [10.5, 1, 11],
    [0.3, 0.1, 3],
    [5, 10, 1],
    [46315.789473684206 * 1.1, 46315.789473684206 / 10, 11], // eleven intervals, but for a rounding
  ])('of %f s in intervals of %f s has %i rows, all of them written', (durationS, intervalS, rows) => {
    const simulation = new Simulation(
      { ...scenario, load: { ratePerS: 20 / intervalS }, durationS, intervalS },
      1,
    );
    simulation.run();
    const { recorder } = simulation.world;
    expect([recorder.intervals, recorder.closed]).toEqual([rows, rows]);
    expect(simulation.done).toBe(true);
    expect(recorder.window(0, rows).meanMs).toBeGreaterThan(0);
    expect(sum(recorder.column('arrivals'))).toBe(recorder.total.requests);
  });
});

describe('a window', () => {
  it('has the figures of its intervals together', () => {
    const { recorder } = new Simulation(scenario, 2).run().world;
    const window = recorder.window(100, 160);
    const completed = recorder.column('completed').subarray(100, 160);
    const means = recorder.column('meanMs').subarray(100, 160);
    const requests = sum(completed);
    const total = completed.reduce((a, n, i) => (n > 0 ? a + n * means[i]! : a), 0);
    expect(window).toMatchObject({ fromS: 100, toS: 160, requests, errorRate: 0, hitRate: 0 });
    expect(window.meanMs).toBeCloseTo(total / requests, 8);
    expect(window.p50Ms).toBeLessThan(window.p95Ms);
    expect(window.p95Ms).toBeLessThan(window.p99Ms);
    expect(recorder.meanAndHits(100, 160).meanMs).toBe(window.meanMs);
  });
  it('is cut at the ends of the run, and empty is NaN', () => {
    const { recorder } = new Simulation(scenario, 2).run().world;
    expect(recorder.window(-50, 5)).toEqual(recorder.window(0, 5));
    expect(recorder.window(590, 5000)).toEqual(recorder.window(590, 600));
    expect(recorder.window(5, 5)).toMatchObject({ requests: 0, meanMs: NaN, hitRate: NaN });
  });
});
