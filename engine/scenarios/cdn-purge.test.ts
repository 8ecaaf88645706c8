import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { cdnPurge } from './cdn-purge.ts';

describe('purge all, at the peak', () => {
  it.each(SEEDS)('untouched, the edge stays half empty and the origin drowned (seed %i)', (seed) => {
    const simulation = runOf(cdnPurge, seed);
    const { recorder } = simulation.world;
    const before = recorder.window(90, 120);
    expect(before.hitRate).toBeGreaterThan(0.96);
    expect(before.errorRate).toBe(0);
    const evening = recorder.window(240, 420);
    expect(evening.errorRate).toBeGreaterThan(0.4);
    expect(evening.hitRate).toBeLessThan(0.6);
    expect(unmet(simulation)).toEqual(['meanMs', 'hitRate', 'errorRate', 'recovery']);
    expect(simulation.events.map((e) => e.kind)).toContain('metastable');
  });

  it.each(SEEDS)('purged softly, the edge answers on while it is renewed (seed %i)', (seed) => {
    const simulation = runOf(cdnPurge, seed, 'soft');
    const { recorder } = simulation.world;
    const after = recorder.window(120, 180);
    expect(after.hitRate).toBeGreaterThan(0.95);
    expect(after.errorRate).toBeLessThan(0.04); // those whom no edge could answer, behind the renewals
    expect(unmet(simulation)).toEqual([]);
  });

  it.each(SEEDS)('is saved afterwards by what lets answers fill the edge (seed %i)', (seed) => {
    const simulation = runOf(cdnPurge, seed, 'rescue');
    expect(unmet(simulation)).toEqual([]);
    expect(simulation.world.recorder.window(300, 420)).toMatchObject({ errorRate: 0 });
  });
});
