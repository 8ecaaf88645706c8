import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { stationReports } from '../simulation/summary.ts';
import { hedging } from './hedging.ts';

describe('the tail at scale', () => {
  it.each(SEEDS)('untouched, one answer in a hundred takes a second (seed %i)', (seed) => {
    const simulation = runOf(hedging, seed);
    for (const [from, to] of [
      [30, 180],
      [200, 360],
    ] as const) {
      const { p50Ms, p99Ms } = simulation.world.recorder.window(from, to);
      expect(p50Ms).toBeLessThan(40);
      expect(p99Ms).toBeGreaterThan(800);
    }
    expect(unmet(simulation)).toContain('p99Ms');
  });

  it.each(SEEDS)(
    'hedged at the p95 it is gone, for a twentieth more load, surge or not (seed %i)',
    (seed) => {
      const simulation = runOf(hedging, seed, 'hedge');
      const { recorder } = simulation.world;
      for (const [from, to] of [
        [60, 180],
        [200, 360],
      ] as const)
        expect(recorder.window(from, to).p99Ms).toBeLessThan(300);
      expect(stationReports(simulation)['search']!.hedge!.extraShare).toBeLessThan(0.051);
      expect(unmet(simulation)).toEqual([]);
    },
  );

  it.each(SEEDS)('hedged early and without a cap it brings the surge to its knees (seed %i)', (seed) => {
    const simulation = runOf(hedging, seed, 'eager');
    const { recorder } = simulation.world;
    // While there is room it is the best of all.
    expect(recorder.window(60, 180).p99Ms).toBeLessThan(200);
    const { meanMs } = recorder.window(300, 360);
    expect(meanMs).toBeGreaterThan(1000);
    const busy = recorder.column('station.search.busy').subarray(240, 360);
    expect(Math.min(...busy)).toBeGreaterThan(39);
    const sent = recorder.column('station.search.hedge.sent').subarray(300, 360);
    expect(sent.reduce((a, b) => a + b, 0) / 60).toBeGreaterThan(150);
  });
});
