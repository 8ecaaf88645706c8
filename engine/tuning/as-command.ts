import { formatClock, parseClock } from '../core/clock.ts';
import type { Override } from '../simulation/overrides.ts';
import type { LeverSettings } from '../simulation/lever-schema.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { Setting } from './search-space.ts';

/** Pulls as the command line takes them: `l3=on`, `flushDead=now`, `retryBudget=20`. */
export function assignments(setting: Setting, levers: readonly LeverSettings[]): string[] {
  return Object.entries(setting).map(([id, value]) => {
    const action = levers.find((lever) => lever.id === id)?.control.kind === 'action';
    if (typeof value !== 'boolean') return `${id}=${value}`;
    return `${id}=${action ? 'now' : value ? 'on' : 'off'}`;
  });
}

/**
 * The command that runs a scenario with these levers pulled.
 * @param source name or file of the scenario, as it was given
 */
export function simCommand(
  source: string,
  scenario: Pick<Scenario, 'startsAt' | 'levers'>,
  { setting, atS, overrides = [] }: { setting: Setting; atS: number; overrides?: readonly Override[] },
  rest: { seed?: number; untilS?: number } = {},
): string {
  const time = timeOf(scenario, atS);
  return [
    `npm run --silent sim -- ${quoted(source)}`,
    ...(rest.seed === undefined ? [] : [`--seed ${rest.seed}`]),
    ...(rest.untilS === undefined ? [] : [`--until ${rest.untilS}`]),
    ...overrides.map(({ path, value }) => `--set ${quoted(`${path}=${JSON.stringify(value)}`)}`),
    ...assignments(setting, scenario.levers).map((pull) => `--at ${time} ${quoted(pull)}`),
  ].join(' ');
}

/** A time of the run as a time of day when it is a whole second, else in seconds from the start. */
export function timeOf({ startsAt }: Pick<Scenario, 'startsAt'>, atS: number): string {
  return Number.isInteger(atS) ? formatClock(parseClock(startsAt, 'startsAt') + atS) : String(atS);
}

export const quoted = (word: string): string =>
  /^[\w.,:=@%+/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
