import type { Scenario, SettingValue } from './scenario.ts';

/** What the scenario itself defines for the path of a setting; undefined for a path that has no value of its own. */
export function scenarioValue(scenario: Scenario, path: string): SettingValue | undefined {
  let place: unknown = scenario;
  for (const key of path.split('.'))
    place = Array.isArray(place)
      ? (place as { name?: string }[]).find(({ name }) => name === key)
      : (place as Record<string, unknown> | undefined)?.[key];
  return typeof place === 'object' && place !== null ? undefined : (place as SettingValue | undefined);
}
