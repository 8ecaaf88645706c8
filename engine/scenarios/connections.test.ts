import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { stationReports } from '../simulation/summary.ts';
import { connections } from './connections.ts';

describe('connections that are not kept', () => {
  it.each(SEEDS)('untouched, calls wait for connections while the model is idle (seed %i)', (seed) => {
    const simulation = runOf(connections, seed);
    const { recorder } = simulation.world;
    expect(recorder.window(30, 60).meanMs).toBeLessThan(180);
    const after = recorder.window(150, 300);
    expect(after.meanMs).toBeGreaterThan(3000);
    expect(after.errorRate).toBeGreaterThan(0.05); // no place to wait for a connection
    const desk = stationReports(simulation)['model']!;
    expect(desk.meanResponseMs).toBeLessThan(160);
    expect(unmet(simulation)).toEqual(['meanMs', 'errorRate', 'recovery']);
  });

  it.each(SEEDS)('a larger pool ends the waiting, not the handshakes (seed %i)', (seed) => {
    const simulation = runOf(connections, seed, 'wider');
    const { meanMs, errorRate } = simulation.world.recorder.window(150, 300);
    expect(errorRate).toBe(0);
    expect(Math.abs(meanMs - 240)).toBeLessThan(8); // 90 ms for a handshake, 150 for the model
    expect(unmet(simulation)).toEqual(['meanMs', 'recovery']);
  });

  it.each(SEEDS)('kept again, all is well (seed %i)', (seed) => {
    const simulation = runOf(connections, seed, 'keep');
    const { recorder } = simulation.world;
    expect(recorder.window(150, 300).meanMs).toBeLessThan(180);
    const [reused, requests] = ['reused', 'requests'].map((c) =>
      recorder
        .column(`station.model.connections.${c}`)
        .subarray(150, 300)
        .reduce((a, b) => a + b, 0),
    );
    expect(reused! / requests!).toBeGreaterThan(0.99);
    expect(unmet(simulation)).toEqual([]);
  });

  it.each(SEEDS)('kept for longer than the server keeps them, they meet its resets (seed %i)', (seed) => {
    const races = (keepAlive: number) => {
      const pulls = { keepAlive, serverKeepAlive: 0.5, idleOrder: 'newest-first' };
      const run = runOf({ ...connections, events: [] }, seed, { atS: 1, pulls });
      return stationReports(run)['model']!.connections!.races;
    };
    expect(races(30)).toBeGreaterThan(5);
    expect(races(0.4)).toBe(0);
  });
});
