/**
 * A run as a scenario of its own: its settings as they were changed, and each lever that was pulled as an event at its time. With the same seed
 * it is the same run, to the last bit of its series; but for a load above all that was scripted, which draws its arrivals otherwise once it is
 * known beforehand.
 */
import type { Pull, RunRequest } from '../../engine/runner/protocol.ts';
import { timeText } from '../../engine/runner/run-text.ts';
import { scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { leverChanges, type Change } from '../../engine/simulation/levers.ts';
import { applyOverrides, type Override } from '../../engine/simulation/overrides.ts';
import { parseScenario, type Scenario, type ScenarioInput } from '../../engine/simulation/scenario.ts';
import { plainValue } from '../../engine/simulation/simulation.ts';
import { canonical } from './backup/contents.ts';

export interface Derived {
  scenario: ScenarioInput;
  /** With the same seed the same arrivals come; else as many, at other moments. */
  sameArrivals: boolean;
}

/** @throws InputError for a request that is no run */
export function deriveScenario({ scenario, overrides = [], pulls = [] }: Omit<RunRequest, 'seed'>): Derived {
  const authored = typeof scenario === 'string' ? scenarioByName(scenario) : (scenario as ScenarioInput);
  const full = applyOverrides(parseScenario(authored), overrides);
  const base = withOverrides(authored, overrides, full);
  if (pulls.length === 0) return { scenario: base, sameArrivals: true };
  const events = pulls.map((pull) => eventOf(pull, full));
  const most = (list: readonly { set: Record<string, unknown> }[]): number =>
    Math.max(full.load.factor, ...list.map(({ set }) => Number(set[LOAD] ?? 0)));
  return {
    scenario: { ...base, events: [...(base.events ?? []), ...events] },
    sameArrivals: most(events) <= most(full.events),
  };
}

const LOAD = 'load.factor';

/** As it was written, but for the overrides; with its defaults filled in where they go into a part that was left out. */
function withOverrides(
  authored: ScenarioInput,
  overrides: readonly Override[],
  full: Scenario,
): ScenarioInput {
  if (overrides.length === 0) return authored;
  const copy = JSON.parse(JSON.stringify(authored)) as Record<string, unknown>;
  for (const { path, value } of overrides) put(copy, path.split('.'), value);
  try {
    if (canonical(parseScenario(copy)) === canonical(full)) return copy as unknown as ScenarioInput;
  } catch {
    // A part of a default, such as one class of several, says nothing by itself.
  }
  return full;
}

function put(root: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  let at = root;
  for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
  at[keys.at(-1)!] = value;
}

function eventOf(pull: Pull, scenario: Scenario): NonNullable<ScenarioInput['events']>[number] {
  const lever = scenario.levers.find(({ id }) => id === pull.lever);
  const isSetting = !lever && (pull.lever.includes('.') || scenario.levers.length === 0);
  const changes: Change[] = isSetting
    ? [{ path: pull.lever, value: plainValue(pull.value) }]
    : leverChanges(scenario, pull.lever, pull.value);
  return {
    at: timeOf(pull.atS, scenario),
    label: labelOf(pull, lever?.label),
    kind: 'operator',
    set: Object.fromEntries(changes.map(({ path, value }) => [path, value])),
  };
}

/** A time of day where that says it to the last bit, else seconds from the start. */
function timeOf(atS: number, scenario: Scenario): number | string {
  const text = timeText(atS, scenario);
  return text.includes(':') ? text : atS;
}

function labelOf({ lever, value }: Pull, label: string | undefined): string {
  const words = value === true ? 'on' : value === false ? 'off' : String(value);
  return `${label ?? lever}: ${words}`;
}
