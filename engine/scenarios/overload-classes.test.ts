import { describe, expect, it } from 'vitest';
import type { Simulation } from '../simulation/simulation.ts';
import { stationReports } from '../simulation/summary.ts';
import { overloadClasses } from './overload-classes.ts';
import { goodputPerS, runOf, SEEDS, unmet } from '../simulation/preset-runs.ts';

/** Share of a class that got an answer in the rows [from, to). */
function served(simulation: Simulation, name: string, from: number, to: number): number {
  const sum = (column: string) =>
    simulation.world.recorder
      .column(`class.${name}.${column}`)
      .subarray(from, to)
      .reduce((a, b) => a + b, 0);
  return 1 - sum('givenUp') / sum('ended');
}

describe('twice the load that can be served', () => {
  it.each(SEEDS)('fails everybody alike when nobody is refused (seed %i)', (seed) => {
    const simulation = runOf(overloadClasses, seed);
    for (const name of ['critical', 'high', 'normal', 'low']) {
      expect(served(simulation, name, 30, 60)).toBe(1);
      expect(served(simulation, name, 100, 300)).toBeLessThan(0.01);
    }
    expect(unmet(simulation)).toEqual(['meanMs', 'recovery', 'criticalServed']);
  });

  it.each(SEEDS)('is served from the top when the least critical are shed (seed %i)', (seed) => {
    const simulation = runOf(overloadClasses, seed, 'shed');
    expect(unmet(simulation)).toEqual([]);
    expect(served(simulation, 'critical', 100, 300)).toBeGreaterThan(0.995);
    expect(served(simulation, 'high', 120, 300)).toBeGreaterThan(0.9);
    expect(goodputPerS(simulation, 120, 300)).toBeGreaterThan(85); // of 100
    const { shed } = stationReports(simulation)['service']!;
    expect(shed!.critical.shed).toBe(0);
    expect(shed!.low.shed / shed!.low.came).toBeGreaterThan(0.9);
  });

  it.each(SEEDS)('starves the lowest for as long as it lasts (seed %i)', (seed) => {
    const simulation = runOf(overloadClasses, seed, 'shed');
    expect(served(simulation, 'low', 100, 300)).toBeLessThan(0.01);
  });

  it.each(SEEDS)(
    'shuts a whole class out and lets it in by turns, when classes are not cut finely (seed %i)',
    (seed) => {
      const coarse = { atS: 70, pulls: { shed: true, deadlineMargin: 400, fineness: 1 } };
      const simulation = runOf(overloadClasses, seed, coarse);
      const high = Array.from({ length: 200 }, (_, i) => served(simulation, 'high', 100 + i, 101 + i));
      expect(high.filter((s) => s > 0.9).length).toBeGreaterThan(20);
      expect(high.filter((s) => s < 0.1).length).toBeGreaterThan(20);
      expect(goodputPerS(simulation, 120, 300)).toBeLessThan(85);
    },
  );

  it.each(SEEDS)(
    'is not helped by refusing blindly: the critical ones are refused like all (seed %i)',
    (seed) => {
      const blind = { atS: 62, pulls: { blind: 55 } };
      const share = served(runOf(overloadClasses, seed, blind), 'critical', 120, 300);
      expect(share).toBeLessThan(0.5);
    },
  );
});
