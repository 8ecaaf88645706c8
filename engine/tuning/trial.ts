import { InputError } from '../core/errors.ts';
import { scenarioByName } from '../scenarios/catalogue.ts';
import type { Override } from '../simulation/overrides.ts';
import { Simulation, type Pull } from '../simulation/simulation.ts';

/** One run wanted for its outcome; plain data. A RunRequest of the runner is one. */
export interface TrialRequest {
  /** A name in the catalogue, or a scenario as data. */
  scenario: string | object;
  seed: number;
  overrides?: readonly Override[];
  pulls?: readonly Pull[];
  /** Ends the run there, seconds from its start; left out: the scenario's own end. */
  untilS?: number;
  /** Columns whose sums are wanted besides the usual figures. */
  figures?: readonly string[];
}

/** The run that a request asks for, at its start. @throws InputError when scenario, overrides, pulls or seed are wrong. */
export function openTrial({ scenario, seed, overrides = [], pulls = [], untilS }: TrialRequest): Simulation {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new InputError('seed', 'a whole number of 0 or more', String(seed));
  return new Simulation(typeof scenario === 'string' ? scenarioByName(scenario) : scenario, seed, {
    overrides: [...overrides, ...endAt(untilS)],
    pulls,
  });
}

/** The override that ends a run early. */
export const endAt = (untilS: number | undefined): Override[] =>
  untilS === undefined ? [] : [{ path: 'durationS', value: untilS }];
