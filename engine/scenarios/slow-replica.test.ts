import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { slowReplica } from './slow-replica.ts';

describe('one slow replica', () => {
  it.each(SEEDS)('left to chance it ruins a fifth of the answers (seed %i)', (seed) => {
    const simulation = runOf(slowReplica, seed);
    const { recorder } = simulation.world;
    const before = recorder.window(30, 60);
    expect([before.errorRate, before.meanMs < 500]).toEqual([0, true]);
    const after = recorder.window(120, 360);
    expect(after.errorRate).toBeGreaterThan(0.15);
    expect(after.errorRate).toBeLessThan(0.25);
    expect(after.meanMs).toBeGreaterThan(1500);
    expect(unmet(simulation)).toEqual(['meanMs', 'p99Ms', 'errorRate', 'recovery']);
  });

  it.each(SEEDS)('is hardly asked by a balancer that remembers what it took (seed %i)', (seed) => {
    const simulation = runOf(slowReplica, seed, 'ewma');
    expect(unmet(simulation)).toEqual([]);
    const { errorRate, p99Ms } = simulation.world.recorder.window(150, 360);
    expect(errorRate).toBeLessThan(0.001);
    expect(p99Ms).toBeLessThan(2000);
  });

  it.each(SEEDS)(
    'gets what it can do from the shorter of two queues: the mean is saved, the tail is not (seed %i)',
    (seed) => {
      const simulation = runOf(slowReplica, seed, 'p2c');
      expect(unmet(simulation)).toEqual(['p99Ms', 'recovery']);
      const { meanMs, p99Ms } = simulation.world.recorder.window(300, 360);
      expect(meanMs).toBeLessThan(600);
      expect(p99Ms).toBeGreaterThan(3000); // one service there takes four seconds
    },
  );
});

describe('a replica that fails at once', () => {
  const errors = (pulls: Record<string, string | number | boolean>) =>
    SEEDS.map((seed) => {
      const at = { atS: 30, pulls: { slow: 1, failing: true, ...pulls } };
      return runOf({ ...slowReplica, durationS: 150, events: [] }, seed, at).world.recorder.window(60, 150)
        .errorRate;
    });

  it('is a black hole to a balancer that looks for the shortest queue, or for quick answers', () => {
    for (const e of errors({ balancer: 'random' })) expect(Math.abs(e - 0.2)).toBeLessThan(0.03);
    for (const e of errors({ balancer: 'least-loaded', penalty: false })) expect(e).toBeGreaterThan(0.8);
    // Of two that are drawn: no more than two fifths.
    for (const kind of ['p2c', 'p2c-ewma'])
      for (const e of errors({ balancer: kind, penalty: false }))
        expect(Math.abs(e - 0.4)).toBeLessThan(0.04);
  });

  it('is left alone when a failure counts as a long call, or takes it out', () => {
    for (const kind of ['least-loaded', 'p2c'])
      for (const e of errors({ balancer: kind })) expect(e).toBeLessThan(0.05);
    // Beside remembered times it must be more than the others' time and queue together: 5 s are not, 30 s are.
    for (const e of errors({ balancer: 'p2c-ewma' })) expect(e).toBeGreaterThan(0.1);
    for (const e of errors({ balancer: 'p2c-ewma', penalty: 30 })) expect(e).toBeLessThan(0.05);
    for (const e of errors({ balancer: 'least-loaded', penalty: false, ejection: true }))
      expect(e).toBeLessThan(0.01);
  });
});
