import { leverChanges, type PullValue } from '../simulation/levers.ts';
import type { LeverSettings } from '../simulation/lever-schema.ts';
import type { Scenario } from '../simulation/scenario.ts';

/** The scenario's own lever for a setting, with the value in the lever's unit; the setting's path where no lever makes just this change. */
export function asLever(
  scenario: Scenario,
  path: string,
  value: PullValue | null,
): { lever: string; value: PullValue } {
  for (const lever of scenario.levers) {
    const shown = shownValue(lever, path, value);
    if (shown === undefined) continue;
    try {
      const changes = leverChanges(scenario, lever.id, shown);
      if (changes.length === 1 && changes[0]!.path === path && changes[0]!.value === value)
        return { lever: lever.id, value: shown };
    } catch {
      // Beyond what this lever allows.
    }
  }
  return { lever: path, value: value ?? 'null' };
}

function shownValue(lever: LeverSettings, path: string, value: PullValue | null): PullValue | undefined {
  const { control, param } = lever;
  if (control.kind === 'action' || control.path !== path) return undefined;
  if (control.kind === 'choice') return value ?? undefined;
  if (control.kind === 'switch' && value === control.off) return false;
  if (control.kind === 'switch' && value === control.on && param?.path !== path) return true;
  return typeof value === 'number' && param?.path === path ? value * param.scale : undefined;
}
