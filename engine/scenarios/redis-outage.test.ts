import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { stationReports } from '../simulation/summary.ts';
import { redisOutage } from './redis-outage.ts';

describe('Redis hangs', () => {
  it.each(SEEDS)('left alone, what memory does not have fails for a minute (seed %i)', (seed) => {
    const simulation = runOf(redisOutage, seed);
    const { recorder } = simulation.world;
    expect(recorder.window(30, 60).errorRate).toBe(0);
    const during = recorder.window(85, 118);
    expect(during.errorRate).toBeGreaterThan(0.45);
    expect(during.meanMs).toBeGreaterThan(2500);
    expect(
      recorder
        .column('station.pool.arrivals')
        .subarray(65, 115)
        .every((n) => n === 0),
    ).toBe(true);
    // It is over when Redis is back, no earlier.
    expect(unmet(simulation)).toEqual(['recovery']);
    expect(recorder.window(150, 240)).toMatchObject({ errorRate: 0 });
    expect(simulation.events.map((e) => e.kind)).not.toContain('metastable');
  });

  it.each(SEEDS)('with a fallback nothing fails, but all wait in vain (seed %i)', (seed) => {
    const simulation = runOf(redisOutage, seed, 'fallback');
    const { errorRate, meanMs } = simulation.world.recorder.window(85, 118);
    expect(errorRate).toBe(0);
    expect(meanMs).toBeGreaterThan(370);
    expect(unmet(simulation)).toEqual(['recovery']);
  });

  it.each(SEEDS)('with a breaker they do not even wait (seed %i)', (seed) => {
    const simulation = runOf(redisOutage, seed, 'protect');
    const { errorRate, meanMs } = simulation.world.recorder.window(85, 118);
    expect(errorRate).toBe(0);
    expect(meanMs).toBeLessThan(300);
    expect(unmet(simulation)).toEqual([]);
    const { breaker } = stationReports(simulation)['redis']!;
    expect(breaker!.state).toBe('closed'); // it has found out that Redis is back
    expect(breaker!.opened).toBeGreaterThanOrEqual(8); // one probe every 5 s
    expect(simulation.world.recorder.window(135, 240).hitRate).toBeGreaterThan(0.84);
  });
});
