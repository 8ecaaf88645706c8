/** Which settings an event of the script or a pulled lever has changed, and from what. */
import { secondsAfter } from '../core/clock.ts';
import type { EventWords, Figure } from './event-figures.ts';
import { leverChanges } from './levers.ts';
import type { NotableEvent } from './notable.ts';
import type { Scenario, SettingValue } from './scenario.ts';
import { scenarioValue } from './scenario-value.ts';

const text = (value: unknown): string =>
  value === undefined || value === null
    ? 'none'
    : typeof value === 'boolean'
      ? value
        ? 'on'
        : 'off'
      : String(value);

const atSeconds = (at: number | string, { startsAt }: Scenario): number =>
  typeof at === 'number' ? at : secondsAfter(startsAt, at, 'at');

/** What the scenario defines for a path, or what its script has set it to before a time. */
function before(path: string, atS: number, scenario: Scenario): SettingValue | undefined {
  let value = scenarioValue(scenario, path);
  for (const event of scenario.events)
    if (path in event.set && atSeconds(event.at, scenario) < atS) value = event.set[path];
  return value;
}

export function settingsSet(atS: number, label: string, scenario: Scenario): Figure[] {
  const event = scenario.events.find(
    (one) => one.label === label && Math.abs(atSeconds(one.at, scenario) - atS) < 1e-3,
  );
  return Object.entries(event?.set ?? {}).map(([path, value]) => {
    const was = before(path, atS, scenario);
    return was === undefined
      ? { label: path, value: text(value) }
      : { label: path, value: text(value), against: `was ${text(was)}` };
  });
}

export function leverWords({ data }: NotableEvent, scenario: Scenario): EventWords {
  const id = String(data['lever']);
  const value = data['value'] as string | number | boolean;
  const lever = scenario.levers.find((one) => one.id === id);
  const changes = lever ? leverChanges(scenario, id, value) : [{ path: id, value }];
  return {
    title: `You: ${lever?.label ?? id}`,
    because: `You pulled this lever.${lever ? ` ${lever.reason}` : ''}`,
    figures: changes.map((change) => ({ label: change.path, value: text(change.value) })),
  };
}
