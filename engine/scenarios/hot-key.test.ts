import { describe, expect, it } from 'vitest';
import { runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';
import { narrate } from '../simulation/narrative.ts';
import { Simulation } from '../simulation/simulation.ts';
import { hotKey } from './hot-key.ts';

describe('one key expires', () => {
  it.each(SEEDS)('untouched, a stampede comes back every minute (seed %i)', (seed) => {
    const simulation = runOf(hotKey, seed);
    const { recorder } = simulation.world;
    const calls = recorder.column('station.pool.arrivals');
    for (let minute = 1; minute < 5; minute++) {
      const worst = Math.max(...calls.subarray(minute * 60 - 10, minute * 60 + 60));
      expect(worst).toBeGreaterThan(100); // in one second, where six would do
      expect(recorder.window(minute * 60 - 10, minute * 60 + 60).p99Ms).toBeGreaterThan(1800);
    }
    expect(recorder.window(60, 300).errorRate).toBeGreaterThan(0.003);
    expect(unmet(simulation)).toEqual(['p99Ms', 'errorRate']);
  });

  it('is told as waves, and not as well between them', () => {
    const simulation = new Simulation(hotKey, 1);
    const ledes = [100, 125, 175].map((atS) => {
      simulation.advanceTo(atS * 1000);
      return narrate(simulation);
    });
    for (const { lede, paragraphs } of ledes) {
      expect(lede).toBe('Quiet just now, but not well.');
      expect(paragraphs[0]).toMatch(/^In the last 90 s /);
    }
    expect(ledes[0]!.paragraphs[1]).toMatch(
      /^At 00:0\d:\d\d calls reached the .* a \[\[trouble\|stampede\]\]/,
    );
  });

  it.each(SEEDS)('shared, it is one call, and the others wait for it (seed %i)', (seed) => {
    const simulation = runOf(hotKey, seed, 'share');
    const { recorder } = simulation.world;
    const { errorRate, p99Ms } = recorder.window(60, 300);
    expect(errorRate).toBe(0);
    expect(p99Ms).toBeGreaterThan(900); // a second and a half, once a minute
    expect(Math.max(...recorder.column('station.pool.arrivals').subarray(60, 300))).toBeLessThan(40);
    expect(unmet(simulation)).toEqual([]);
  });

  it.each(SEEDS)('renewed ahead, nobody waits at all (seed %i)', (seed) => {
    const simulation = runOf(hotKey, seed, 'ahead');
    const { recorder } = simulation.world;
    expect(recorder.window(120, 300)).toMatchObject({ errorRate: 0 });
    expect(recorder.window(120, 300).p99Ms).toBeLessThan(3);
    expect(recorder.window(120, 300).hitRate).toBeGreaterThan(0.999);
    expect(unmet(simulation)).toEqual([]);
    const renewals = recorder.column('tier.cache.renewals').subarray(120, 300);
    expect(renewals.reduce((a, b) => a + b, 0)).toBeGreaterThan(400);
  });
});
