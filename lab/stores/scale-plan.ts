/** Which fleet the learner asks for, and what the engine is told. */
import { InputError } from '../../engine/core/errors.ts';
import type { FleetRequest } from '../../engine/runner/fleet-protocol.ts';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { atSeconds, parseScenario } from '../../engine/simulation/scenario.ts';

/** Untouched, or with the rescue of the scenario. */
export type ScaleMode = 'untouched' | 'rescue';

export interface ScaleChoice {
  cells: number;
  mode: ScaleMode;
  seed: number;
}

const scenario = parseScenario(primeDay);

/** Of the whole fleet of the scenario. */
export const FLEET_CELLS = scenario.fleet.cells;
export const MOST_CELLS = 4000;

/** Requests of a cell, as the scenario's users send one each; the dice make it a little more or less. */
export const REQUESTS_PER_CELL = (scenario.fleet.users ?? 0) / FLEET_CELLS;

/** Cells whose requests add up to at least this many. */
export const cellsFor = (requests: number): number => Math.ceil(requests / REQUESTS_PER_CELL);

/** @throws InputError naming the field */
export function parseCells(text: string): number {
  const cells = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(cells) || cells < 1 || cells > MOST_CELLS)
    throw new InputError('cells', `a whole number from 1 to ${MOST_CELLS}`, JSON.stringify(text.trim()));
  return cells;
}

export function fleetRequest({ mode, seed }: ScaleChoice): FleetRequest {
  const { at, pulls } = scenario.presets['rescue']!;
  const atS = atSeconds(at, scenario, 'at');
  return {
    scenario: scenario.name,
    seed,
    pulls: mode === 'rescue' ? Object.entries(pulls).map(([lever, value]) => ({ atS, lever, value })) : [],
  };
}

export const scaleScenario = scenario;
