import { describe, expect, it } from 'vitest';
import { goodputPerS, runOf, unmet } from '../simulation/preset-runs.ts';
import { deadlines } from './deadlines.ts';

const SEEDS = [1, 2, 3];
/** Of the overload, once the queue is longer than a deadline. */
const [FROM, TO] = [80, 120] as const;

describe('deadlines sent along', () => {
  it.each(SEEDS)('without one everybody is served, a quarter of a minute late (seed %i)', (seed) => {
    const simulation = runOf(deadlines, seed);
    expect(simulation.world.recorder.total.failed).toBe(0);
    expect(simulation.world.recorder.window(125, 150).meanMs).toBeGreaterThan(12_000);
    expect(unmet(simulation)).toEqual(['recovery']);
  });

  it.each(SEEDS)('with a margin all that can be served in time is (seed %i)', (seed) => {
    const simulation = runOf(deadlines, seed, 'margin');
    expect(unmet(simulation)).toEqual([]);
    expect(goodputPerS(simulation, FROM, TO)).toBeGreaterThan(92);
    expect(simulation.world.recorder.window(FROM, TO).p99Ms).toBeLessThan(2010);
    expect(simulation.events.some((e) => e.kind === 'tooLate')).toBe(true);
  });

  it.each(SEEDS)('unknown to the queue, or without a margin, hardly anybody is (seed %i)', (seed) => {
    for (const preset of ['untold', 'thin'])
      expect(goodputPerS(runOf(deadlines, seed, preset), FROM, TO)).toBeLessThan(5);
  });

  it.each(SEEDS)('longer than the queue it drops nobody (seed %i)', (seed) => {
    const [long, none] = ['long', undefined].map((how) => runOf(deadlines, seed, how).world.recorder);
    expect(long!.column('meanMs')).toEqual(none!.column('meanMs'));
  });
});
