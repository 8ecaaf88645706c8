import { describe, expect, it } from 'vitest';
import { concurrencyLimit } from './concurrency-limit.ts';
import { goodputPerS, runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';

describe('a service without a limit', () => {
  it.each(SEEDS)('collapses in the surge and stays down after it (seed %i)', (seed) => {
    const simulation = runOf(concurrencyLimit, seed);
    const { recorder } = simulation.world;
    expect(recorder.window(30, 60).errorRate).toBe(0);
    expect(goodputPerS(simulation, 90, 360)).toBeLessThan(1);
    expect(simulation.events.map((e) => e.kind)).toContain('metastable');
    expect(unmet(simulation)).toEqual(['meanMs', 'errorRate', 'recovery']);
  });
});

describe('a limit that finds itself', () => {
  it.each(SEEDS)(
    'keeps the surge outside: full throughput at a few times the unloaded response (seed %i)',
    (seed) => {
      const simulation = runOf(concurrencyLimit, seed, 'gradient');
      const { recorder } = simulation.world;
      expect(unmet(simulation)).toEqual([]);
      expect(goodputPerS(simulation, 120, 210)).toBeGreaterThan(95);
      const surge = recorder.window(120, 210);
      expect(surge.meanMs).toBeLessThan(800);
      expect(surge.p99Ms).toBeLessThan(1500);
      expect(recorder.window(230, 360).errorRate).toBe(0);
      const limit = recorder.column('station.service.limit').subarray(120, 210);
      expect(Math.min(...limit)).toBeGreaterThan(20); // as many as there are servers
      expect(Math.max(...limit)).toBeLessThan(100);
    },
  );

  it.each(SEEDS)('is as good as the right number, if somebody knows it (seed %i)', (seed) => {
    expect(unmet(runOf(concurrencyLimit, seed, 'fixed'))).toEqual([]);
    const wrong = runOf(concurrencyLimit, seed, {
      atS: 30,
      pulls: { kind: 'fixed', start: 300, limit: true },
    });
    expect(goodputPerS(wrong, 120, 210)).toBeLessThan(5);
  });

  it.each(SEEDS)(
    'climbs, where it needs losses, until callers leave: the queue stands inside (seed %i)',
    (seed) => {
      const simulation = runOf(concurrencyLimit, seed, 'aimd');
      const { recorder } = simulation.world;
      expect(recorder.column('station.service.limit')[205]!).toBeGreaterThan(100);
      expect(recorder.window(180, 210).meanMs).toBeGreaterThan(1000);
      expect(goodputPerS(simulation, 120, 210)).toBeGreaterThan(95);
    },
  );
});
