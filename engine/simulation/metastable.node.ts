/** The retry-storm and cold-cache models of the truth file metastable.json, in the terms of our engine. For tests. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';

export const TRUTH_FILE = fileURLToPath(new URL('../../../shared/truth/metastable.json', import.meta.url));

export interface MetastableTruth {
  prevention: Record<string, { recovers_after_s: number | null }>;
  cure_applied_at_150s: Record<string, { recovers_after_s: number | null }>;
  vulnerability_map_naive: Record<string, 'recovers' | 'METASTABLE'>;
  cold_cache: Record<string, { recovers_after_s: number | null }>;
}

export const truth: MetastableTruth | null = existsSync(TRUTH_FILE)
  ? (JSON.parse(readFileSync(TRUTH_FILE, 'utf8')) as MetastableTruth)
  : null;

export const CAPACITY_PER_S = 300;
export const TIMEOUT_MS = 3000;
export const RETRIES = 3;
export const SURGE_AT_S = 60;

/** When the levers of a case are moved, seconds from the start, and to what. */
export type Moves = readonly { atS: number; set: Record<string, boolean | number | string | null> }[];

/** 30 servers of 100 ms; callers give up after 3 s, ask again 3 times at once, and their work stays queued. */
export function storm(
  ratePerS: number,
  factor: number,
  surgeS: number,
  durationS: number,
  change: { station?: object; caller?: object; moves?: Moves } = {},
): ScenarioInput {
  return {
    name: 'retry-storm',
    durationS,
    intervalS: 1,
    load: { ratePerS },
    path: ['pool'],
    stations: { pool: { servers: 30, service: { law: 'exponential', meanMs: 100 }, ...change.station } },
    caller: { timeoutMs: TIMEOUT_MS, retries: RETRIES, ...change.caller },
    events: [
      { at: SURGE_AT_S, label: 'surge', set: { 'load.factor': factor } },
      { at: SURGE_AT_S + surgeS, label: 'surge ends', set: { 'load.factor': 1 } },
      ...(change.moves ?? []).map(({ atS, set }) => ({ at: atS, label: 'operator', set })),
    ],
  };
}

/** Requests answered in each second. */
export function goodput(simulation: Simulation): Float64Array {
  const { recorder } = simulation.world;
  const failed = recorder.column('failed');
  return recorder.column('completed').map((n, i) => n - failed[i]!);
}

export const mean = (values: Float64Array, from: number, to: number): number =>
  values.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);

/** Seconds from `fromS` to the first of five consecutive 5-second windows at 95 % of the load; null when there are none. */
export function recoversAfterS(scenario: ScenarioInput, seed: number, fromS: number): number | null {
  const good = goodput(new Simulation(scenario, seed).run());
  const target = 0.95 * scenario.load.ratePerS;
  for (let s = fromS; s < scenario.durationS - 10; s++)
    if ([0, 1, 2, 3, 4].every((i) => mean(good, s + i, s + i + 5) > target)) return s - fromS;
  return null;
}
