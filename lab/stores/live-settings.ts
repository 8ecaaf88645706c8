import { parseClock } from '../../engine/core/clock.ts';
import type { LeverState } from '../../engine/simulation/levers.ts';
import type { Scenario, SettingValue } from '../../engine/simulation/scenario.ts';
import { scenarioValue } from '../../engine/simulation/scenario-value.ts';

/** Seconds from the start of the run of an event's `at`. */
export function eventAtS(at: number | string, scenario: Pick<Scenario, 'startsAt'>): number {
  return typeof at === 'number' ? at : parseClock(at, 'at') - parseClock(scenario.startsAt, 'startsAt');
}

/** The scripted events that change the system, in the order of time. */
export function scriptedEvents(scenario: Scenario): { atS: number; label: string; kind: string }[] {
  return scenario.events
    .map(({ at, label, kind }) => ({ atS: eventAtS(at, scenario), label, kind }))
    .sort((a, b) => a.atS - b.atS);
}

/**
 * The value that a live setting has now: as its lever shows it, else as the last scripted event set it, else as the
 * scenario defines it.
 */
export function settingNow(
  scenario: Scenario,
  levers: Record<string, LeverState>,
  nowS: number,
  path: string,
): SettingValue | undefined {
  for (const { id, control, param } of scenario.levers) {
    const state = levers[id];
    if (!state) continue;
    const shown = param && state.param !== undefined ? state.param / param.scale : undefined;
    if (control.path === path) {
      if (control.kind === 'choice' && state.choice !== undefined) return state.choice;
      if (control.kind === 'number' && shown !== undefined) return shown;
      if (control.kind === 'switch') {
        if (!state.on) return control.off;
        return param?.path === path && shown !== undefined ? shown : control.on;
      }
    } else if (param?.path === path && shown !== undefined) return shown;
  }
  let value = scenarioValue(scenario, path);
  for (const event of scenario.events)
    if (path in event.set && eventAtS(event.at, scenario) <= nowS) value = event.set[path];
  return value;
}
