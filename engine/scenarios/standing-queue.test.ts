import { describe, expect, it } from 'vitest';
import { goodputPerS, runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { standingQueue } from './standing-queue.ts';

describe('the queue that stands', () => {
  it.each(SEEDS)(
    'outlives its burst by minutes, at full throughput and without an error (seed %i)',
    (seed) => {
      const simulation = runOf(standingQueue, seed);
      const { recorder } = simulation.world;
      expect(recorder.window(30, 60).meanMs).toBeLessThan(1500);
      expect(recorder.window(110, 140).meanMs).toBeGreaterThan(20_000);
      expect(recorder.window(240, 270).meanMs).toBeGreaterThan(10_000);
      expect(recorder.total.failed).toBe(0);
      expect(goodputPerS(simulation, 100, 300)).toBeGreaterThan(39);
      expect(unmet(simulation)).toContain('recovery');
    },
  );

  it.each(SEEDS)('is cut down by CoDel, which then has nothing to do (seed %i)', (seed) => {
    const simulation = runOf(standingQueue, seed, 'codel');
    expect(unmet(simulation)).toEqual([]);
    const { recorder } = simulation.world;
    const dropped = recorder.column('station.pool.codelDropped');
    const sum = (from: number, to: number) => dropped.subarray(from, to).reduce((a, b) => a + b, 0);
    expect(sum(0, 90)).toBe(0);
    expect(sum(90, 180)).toBeGreaterThan(600);
    expect(sum(180, 420)).toBeLessThan(100);
    expect(goodputPerS(simulation, 100, 150)).toBeGreaterThan(39); // no server stands idle for it
    expect(recorder.window(200, 420).meanMs).toBeLessThan(1000);
  });

  it.each(SEEDS)('never builds up behind a bound (seed %i)', (seed) => {
    const simulation = runOf(standingQueue, seed, 'bound');
    expect(unmet(simulation)).toEqual([]);
    const { recorder } = simulation.world;
    expect(Math.max(...recorder.column('station.pool.queue'))).toBe(60);
    expect(recorder.window(60, 85).errorRate).toBeGreaterThan(0.3);
    expect(recorder.window(90, 420).meanMs).toBeLessThan(1000);
  });

  it.each(SEEDS)(
    'served newest first answers the new ones at once and leaves the oldest to their time-out (seed %i)',
    (seed) => {
      const simulation = runOf(standingQueue, seed, { atS: 30, pulls: { queueOrder: 'adaptive-lifo' } });
      const { p50Ms } = simulation.world.recorder.window(90, 110);
      expect(p50Ms).toBeLessThan(1000);
      const late = simulation.world.recorder.window(110, 150);
      expect(late.errorRate).toBeGreaterThan(0.3);
      expect(late.p99Ms).toBeGreaterThan(55_000);
    },
  );
});
