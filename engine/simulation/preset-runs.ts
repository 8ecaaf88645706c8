import type { ScenarioInput } from './scenario.ts';
import type { PullValue } from './levers.ts';
import { atSeconds } from './scenario.ts';
import { Simulation } from './simulation.ts';

export const SEEDS = [1, 2, 3, 4, 5, 6];

/** A whole run, untouched, with one of the scenario's presets, or with pulls at a second of the run. */
export function runOf(
  scenario: ScenarioInput,
  seed: number,
  how?: string | { atS: number; pulls: Readonly<Record<string, PullValue>> },
): Simulation {
  const preset = typeof how === 'string' ? scenario.presets![how]! : how;
  if (!preset) return new Simulation(scenario, seed).run();
  const at = 'at' in preset ? preset.at : preset.atS;
  const atS = atSeconds(at, { startsAt: scenario.startsAt ?? '00:00:00' }, 'at');
  const pulls = Object.entries(preset.pulls).map(([lever, value]) => ({ atS, lever, value }));
  return new Simulation(scenario, seed, { pulls }).run();
}

/** Ids of the objectives that are not met at the end. */
export function unmet(simulation: Simulation): string[] {
  return simulation.objectives.states().flatMap((o) => (o.met ? [] : [o.id]));
}

/** Answered requests a second in the rows [from, to), of runs with intervals of a second. */
export function goodputPerS(simulation: Simulation, from: number, to: number): number {
  const { requests, errorRate } = simulation.world.recorder.window(from, to);
  return (requests * (1 - errorRate)) / (to - from);
}
