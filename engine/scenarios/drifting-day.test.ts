import { describe, expect, it } from 'vitest';
import { Simulation } from '../simulation/simulation.ts';
import { driftingDay } from './drifting-day.ts';

const TARGET_MS = 800;

function day(seed: number, keeper: boolean): Simulation {
  const pulls = keeper ? [{ atS: 0, lever: 'keeper', value: true }] : [];
  return new Simulation(driftingDay, seed, { pulls }).run();
}

/** Share of the ten-minute stretches whose mean response meets the objective. */
function kept(run: Simulation): number {
  const { recorder } = run.world;
  let met = 0;
  for (let row = 0; row < 1440; row += 10) if (recorder.meanAndHits(row, row + 10).meanMs <= TARGET_MS) met++;
  return met / 144;
}

const meanServers = (run: Simulation): number =>
  run.world.recorder.column('keeper.servers').reduce((a, b) => a + b, 0) / 1440;

describe('a day that drifts', () => {
  it.each([1, 2])('is out of hand for hours untouched, and kept with fewer servers (seed %i)', (seed) => {
    const left = day(seed, false);
    expect(kept(left)).toBeLessThan(0.7);
    expect(left.world.controls.keeper!.decisions).toEqual([]);
    const held = day(seed, true);
    expect(kept(held)).toBeGreaterThanOrEqual(0.97);
    expect(meanServers(held)).toBeLessThan(meanServers(left));
  });

  it('shows what the keeper decided, and why', () => {
    const run = day(4, true);
    const { decisions } = run.world.controls.keeper!;
    const shown = run.events.filter((e) => e.kind === 'decision');
    expect(shown).toHaveLength(decisions.length);
    expect(decisions.length).toBeGreaterThan(100);
    expect(new Set(decisions.map((d) => d.why))).toEqual(new Set(['load', 'wait', 'spare']));
    // When the provider slows at 14:00, more servers, at the next looks.
    const before = run.world.recorder.column('keeper.servers')[14 * 60 - 1]!;
    const after = run.world.recorder.column('keeper.servers')[14 * 60 + 30]!;
    expect(after).toBeGreaterThan(before * 1.2);
    expect(decisions.find((d) => d.atS > 14 * 3600 && d.to > d.from)!.atS).toBeLessThan(14 * 3600 + 600);
  });

  it('cannot keep what needs more than it may use, and says so', () => {
    const run = new Simulation(driftingDay, 1, {
      overrides: [
        { path: 'controls.keeper.maxServers', value: 12 },
        { path: 'controls.keeper.on', value: true },
        { path: 'durationS', value: 43_200 },
      ],
    }).run();
    expect(run.world.controls.keeper!.decisions.some((d) => d.why === 'limit')).toBe(true);
    expect(Math.max(...run.world.recorder.column('keeper.servers'))).toBe(12);
  });

  it('follows a target that is moved, and lets go when it is switched off', () => {
    const run = new Simulation(driftingDay, 2, {
      overrides: [{ path: 'durationS', value: 36_000 }],
      pulls: [
        { atS: 0, lever: 'keeper', value: true },
        { atS: 21_600, lever: 'keeper', value: 500 },
        { atS: 32_400, lever: 'keeper', value: false },
      ],
    }).run();
    const { decisions } = run.world.controls.keeper!;
    expect(decisions.at(-1)!.atS).toBeLessThanOrEqual(32_400);
    expect(decisions.filter((d) => d.atS > 21_600).every((d) => d.targetMs === 500)).toBe(true);
  });
});
