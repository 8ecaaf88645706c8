import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { stationReports } from '../simulation/summary.ts';
import { batching } from './batching.ts';

describe('fifty milliseconds of patience', () => {
  it.each(SEEDS)('untouched, four workers drown in sixty texts a second (seed %i)', (seed) => {
    const simulation = runOf(batching, seed);
    const { recorder } = simulation.world;
    expect(recorder.window(30, 60).meanMs).toBeLessThan(130);
    expect(recorder.window(120, 240).errorRate).toBeGreaterThan(0.95);
    expect(unmet(simulation)).toEqual(['meanMs', 'errorRate', 'recovery']);
  });

  it.each(SEEDS)('gathered, they have time to spare (seed %i)', (seed) => {
    const simulation = runOf(batching, seed, 'batch');
    const { recorder } = simulation.world;
    const { meanMs, errorRate } = recorder.window(130, 240);
    expect(errorRate).toBe(0);
    expect(meanMs).toBeLessThan(200);
    const busy = recorder.column('station.model.busy').subarray(130, 240);
    expect(busy.reduce((a, b) => a + b, 0) / 110).toBeLessThan(2.2);
    expect(unmet(simulation)).toEqual([]);
    // When hardly anybody comes, the window is all that it adds.
    const alone = recorder.window(260, 360).meanMs;
    expect(alone).toBeGreaterThan(150);
    expect(alone).toBeLessThan(160);
  });

  it.each(SEEDS)('gathered for two seconds, they are only late (seed %i)', (seed) => {
    const simulation = runOf(batching, seed, 'patient');
    expect(simulation.world.recorder.window(260, 360).meanMs).toBeGreaterThan(1000);
    expect(unmet(simulation)).toEqual(['meanMs', 'recovery']);
  });

  it.each(SEEDS)('short answers cost a second call each, and fail nobody (seed %i)', (seed) => {
    const simulation = runOf(batching, seed, { atS: 30, pulls: { batching: true, short: 20 } });
    expect(simulation.world.recorder.total.failed).toBe(0);
    const { batch } = stationReports(simulation)['model']!;
    expect(batch!.missing).toBeGreaterThan(300);
    expect(batch!.individually).toBe(batch!.missing);
    const without = runOf(batching, seed, { atS: 30, pulls: { batching: true, short: 20, fallback: false } });
    expect(without.world.recorder.total.failed).toBeGreaterThan(300);
  });
});
