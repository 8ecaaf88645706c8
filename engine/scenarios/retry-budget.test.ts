import { describe, expect, it } from 'vitest';
import { runOf, unmet } from '../simulation/preset-runs.ts';
import { retryBudget } from './retry-budget.ts';

const SEEDS = [1, 2, 3];

describe('a budget for retries', () => {
  it.each(SEEDS)('without one, ten bad seconds last for ever (seed %i)', (seed) => {
    const simulation = runOf(retryBudget, seed);
    const { recorder } = simulation.world;
    expect(recorder.window(20, 60).errorRate).toBeLessThan(0.001); // everyday failures are mended
    expect(recorder.window(200, 300).errorRate).toBeGreaterThan(0.99);
    expect(simulation.events.map((e) => e.kind)).toContain('metastable');
  });

  it.each(SEEDS)('with one, the storm is over within a minute (seed %i)', (seed) => {
    const simulation = runOf(retryBudget, seed, 'budget');
    const { recorder } = simulation.world;
    expect(unmet(simulation)).toEqual([]);
    expect(recorder.window(130, 300).errorRate).toBeLessThan(0.001);
    // 20 % of 50 and ten a second, beside what was saved up.
    const retries = recorder.column('retries').subarray(62, 90);
    expect(retries.reduce((a, b) => a + b, 0) / 28).toBeLessThan(21);
    expect(simulation.events.filter((e) => e.kind === 'retryBudget').map((e) => e.data['began'])).toEqual([
      true,
      false,
    ]);
  });

  it.each(SEEDS)('too small, or with no retries at all, it mends nothing on any day (seed %i)', (seed) => {
    for (const preset of ['tiny', 'none']) {
      const simulation = runOf(retryBudget, seed, preset);
      expect(unmet(simulation)).toContain('errorRate');
      expect(simulation.world.recorder.window(150, 300).errorRate).toBeGreaterThan(0.02);
    }
  });
});
