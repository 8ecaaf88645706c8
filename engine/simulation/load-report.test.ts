import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from './scenario.ts';
import { loadReport } from './load-report.ts';
import { Simulation } from './simulation.ts';

/** One clerk, quick; every ten minutes nothing moves for one. */
const stalls: ScenarioInput = {
  name: 'stalls',
  durationS: 1200,
  load: { ratePerS: 10 },
  path: ['desk'],
  stations: { desk: { title: 'Desk', servers: 1, service: { law: 'constant', meanMs: 1 } } },
  events: [
    { at: 300, label: 'Stall', set: { 'stations.desk.service.meanMs': 60_000 } },
    { at: 360, label: 'Over', kind: 'relief', set: { 'stations.desk.service.meanMs': 1 } },
  ],
};

describe('a load test report', () => {
  const run = new Simulation(stalls, 1).run();
  const report = loadReport(run);

  it('counts what was offered, answered and failed', () => {
    expect(report.offeredPerS).toBeCloseTo(10, 0);
    expect(report.throughputPerS).toBeCloseTo(10, 0);
    expect(report.errorRate).toBe(0);
    expect(report.fingerprint).toBe(run.fingerprint());
  });

  it('measures from the intended start: the stall is in the tail', () => {
    // A minute of twenty: one request in twenty was due while nothing moved, and waited half a minute on average.
    expect(report.quantiles.p50Ms).toBeLessThan(2);
    expect(report.quantiles.p99Ms).toBeGreaterThan(40_000);
    expect(report.quantiles.p999Ms).toBeGreaterThan(report.quantiles.p99Ms);
    expect(report.meanMs).toBeGreaterThan(1000);
  });

  it('shows what a tester that waits for each answer would have missed', () => {
    const { omission } = report;
    expect(omission.quantiles.p99Ms).toBeLessThan(0.1 * report.quantiles.p99Ms);
    expect(omission.meanMs).toBeLessThan(0.5 * report.meanMs);
    expect(omission.sent).toBeLessThan(omission.due);
  });

  it('agrees with that tester where nothing stalls', () => {
    const calm = loadReport(new Simulation({ ...stalls, events: [] }, 1).run());
    expect(calm.omission.quantiles.p99Ms / calm.quantiles.p99Ms).toBeGreaterThan(0.9);
    expect(calm.omission.quantiles.p99Ms / calm.quantiles.p99Ms).toBeLessThan(1.1);
  });

  it('says what was saturated, and when it was worst', () => {
    const desk = report.saturation[0]!;
    expect(desk).toMatchObject({ name: 'desk', title: 'Desk', rejected: 0 });
    expect(desk.busiest).toBeCloseTo(1);
    expect(desk.saturatedS).toBeGreaterThanOrEqual(58);
    expect(desk.longestQueue).toBeGreaterThan(400);
    expect(report.worst.fromS).toBeLessThanOrEqual(360);
    expect(report.worst.toS).toBeGreaterThanOrEqual(360);
    expect(report.best.meanMs).toBeLessThan(2);
  });

  it('goes over time in pieces that add up to the whole', () => {
    const { timeline } = report;
    expect(timeline).toHaveLength(120);
    expect(timeline[0]!.fromS).toBe(report.fromS);
    expect(timeline.at(-1)!.toS).toBe(report.toS);
    const sum = (of: (t: (typeof timeline)[number]) => number) =>
      timeline.reduce((all, t) => all + of(t) * (t.toS - t.fromS), 0) / (report.toS - report.fromS);
    expect(sum((t) => t.offeredPerS)).toBeCloseTo(report.offeredPerS, 9);
    expect(sum((t) => t.throughputPerS)).toBeCloseTo(report.throughputPerS, 9);
    expect(sum((t) => t.failedPerS)).toBeCloseTo(report.failedPerS, 9);
    // In the stall, 300 to 360 s, nothing ended until its first call was through.
    expect(timeline.find((t) => t.fromS === 320)!.p50Ms).toBeNaN();
    expect(timeline.find((t) => t.fromS === 280)!.p99Ms).toBeLessThan(10);
  });

  it('says which levers were pulled', () => {
    expect(report.pulls).toEqual([]);
    const pull = { atS: 100, lever: 'stations.desk.servers', value: 2 };
    expect(loadReport(new Simulation(stalls, 1, { pulls: [pull] }).run()).pulls).toEqual([pull]);
  });

  it('of a stretch', () => {
    const before = loadReport(run, 0, 300);
    expect(before.toS).toBe(300);
    expect(before.quantiles.maxMs).toBeLessThan(20);
  });

  it('of a run without requests has no numbers, and no errors', () => {
    const none = loadReport(new Simulation({ ...stalls, load: { ratePerS: 0 }, events: [] }, 1).run());
    expect(none.requests).toBe(0);
    expect(none.quantiles.p99Ms).toBeNaN();
    expect(none.omission.sent).toBe(0);
  });
});
