import { scenarioByName } from '../scenarios/catalogue.ts';
import type { Recorder } from '../simulation/recorder.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Columns } from './judge.ts';
import { endSOf, pullsAt, type Incident, type TimedPull } from './rules.ts';
import { resultOf, type GameResult } from './score.ts';

/** Plays a whole game with these pulls. @throws InputError when a pull is none of the scenario's */
export function playOut(incident: Incident, seed: number, pulls: readonly TimedPull[]): GameResult {
  const simulation = new Simulation(scenarioByName(incident.scenario), seed, {
    overrides: incident.overrides,
    pulls: pullsAt(incident, pulls),
  });
  simulation.advanceTo(endSOf(incident) * 1000);
  return resultOf(incident, columnsOf(simulation.world.recorder), {
    cells: simulation.scenario.fleet.cells,
    firstEventS: simulation.objectives.surgeS ?? incident.startS,
    pulls: pulls.length,
  });
}

function columnsOf(recorder: Recorder): Columns {
  const names = new Set(recorder.columns);
  return {
    intervalS: recorder.intervalMs / 1000,
    length: recorder.closed,
    column: (name) => recorder.column(name),
    has: (name) => names.has(name),
  };
}
