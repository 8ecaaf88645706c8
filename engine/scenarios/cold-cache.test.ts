import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { coldCache } from './cold-cache.ts';

describe('a cold cache', () => {
  it.each(SEEDS)('untouched, does not warm up (seed %i)', (seed) => {
    const simulation = runOf(coldCache, seed);
    const { recorder } = simulation.world;
    const before = recorder.window(30, 60);
    expect(before.hitRate).toBeGreaterThan(0.86);
    expect(before.errorRate).toBeLessThan(0.001);
    const after = recorder.window(240, 300);
    expect(after.hitRate).toBeLessThan(0.5);
    expect(after.errorRate).toBeGreaterThan(0.5);
    expect(unmet(simulation)).toEqual(['meanMs', 'hitRate', 'errorRate', 'recovery']);
    // The pool is as busy as ever, for nobody.
    const [dead, done] = ['deadCompleted', 'completed'].map((c) =>
      recorder
        .column(`station.pool.${c}`)
        .subarray(240, 300)
        .reduce((a, b) => a + b, 0),
    );
    expect(dead! / done!).toBeGreaterThan(0.95);
  });

  it.each(SEEDS)('shared calls alone do not save it (seed %i)', (seed) => {
    expect(unmet(runOf(coldCache, seed, 'share'))).toContain('recovery');
  });

  it.each(['keep', 'margin'])('warms up with the preset "%s"', (preset) => {
    for (const seed of SEEDS) {
      const simulation = runOf(coldCache, seed, preset);
      expect(unmet(simulation)).toEqual([]);
      expect(simulation.world.recorder.window(240, 300).errorRate).toBeLessThan(0.001);
    }
  });
});
