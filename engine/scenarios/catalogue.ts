import { InputError, nearest } from '../core/errors.ts';
import type { ScenarioInput } from '../simulation/scenario.ts';
import { mmc } from './mmc.ts';
import { primeDay } from './prime-day.ts';

/** The scenarios that the lab and the command line know by name. */
export const CATALOGUE: Readonly<Record<string, ScenarioInput>> = {
  'prime-day': primeDay,
  mmc,
};

/** @throws InputError for an unknown name. */
export function scenarioByName(name: string): ScenarioInput {
  if (Object.hasOwn(CATALOGUE, name)) return CATALOGUE[name]!;
  const names = Object.keys(CATALOGUE);
  const guess = nearest(name, names);
  throw new InputError(
    'scenario',
    `one of ${names.join(', ')}, or the path of a scenario file`,
    JSON.stringify(name),
    guess === undefined ? '' : `Did you mean "${guess}"?`,
  );
}
