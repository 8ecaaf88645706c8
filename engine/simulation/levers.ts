import { InputError, nearest, show } from '../core/errors.ts';
import type { LeverSettings } from './lever-schema.ts';
import type { Scenario, SettingValue } from './scenario.ts';

/** A change to one live setting. */
export interface Change {
  path: string;
  value: SettingValue;
}

/** What a learner or an operator gives a lever: on/off, a number in the lever's shown unit, or a choice. */
export type PullValue = boolean | number | string;

/** The changes that pulling a lever makes. @throws InputError for an unknown lever or a value it cannot take. */
export function leverChanges(scenario: Scenario, id: string, value: PullValue): Change[] {
  const lever = scenario.levers.find((l) => l.id === id);
  if (!lever) {
    const ids = scenario.levers.map((l) => l.id);
    const guess = nearest(id, ids);
    throw new InputError(
      'lever',
      ids.length > 0 ? `one of ${ids.join(', ')}` : 'a live setting (this scenario names no levers)',
      JSON.stringify(id),
      guess === undefined ? '' : `Did you mean "${guess}"?`,
    );
  }
  const given = typeof value === 'string' ? readValue(value) : value;
  const { control } = lever;
  switch (control.kind) {
    case 'action':
      if (given === false) throw refused(lever, 'true or "now"', value);
      return [{ path: control.path, value: control.value }];
    case 'choice': {
      const option = control.options.find((o) => String(o.value) === String(value));
      if (!option) throw refused(lever, `one of ${control.options.map((o) => o.value).join(', ')}`, value);
      return [{ path: control.path, value: option.value }];
    }
    case 'number':
      if (typeof given !== 'number') throw refused(lever, 'a number', value);
      return [{ path: control.path, value: inRange(lever, given) }];
    case 'switch':
      if (given === false) return [{ path: control.path, value: control.off }];
      if (given === true) return [{ path: control.path, value: onValue(lever) }];
      if (typeof given !== 'number' || !lever.param)
        throw refused(lever, lever.param ? `on, off or ${range(lever)}` : 'on or off', value);
      return lever.param.path === control.path
        ? [{ path: control.path, value: inRange(lever, given) }]
        : [
            { path: control.path, value: control.on },
            { path: lever.param.path, value: inRange(lever, given) },
          ];
  }
}

function onValue(lever: LeverSettings): SettingValue {
  const { control, param } = lever;
  if (control.kind !== 'switch') return null;
  return param?.path === control.path && param.initial !== undefined
    ? param.initial / param.scale
    : control.on;
}

function readValue(text: string): PullValue {
  const word = text.trim().toLowerCase();
  if (['on', 'true', 'yes', 'now'].includes(word)) return true;
  if (['off', 'false', 'no'].includes(word)) return false;
  const n = Number(word);
  return word !== '' && Number.isFinite(n) ? n : text;
}

function range(lever: LeverSettings): string {
  const p = lever.param!;
  return `a number from ${p.min} to ${p.max} (${p.unit})`;
}

function inRange(lever: LeverSettings, shown: number): number {
  const { param } = lever;
  if (!param) return shown;
  if (!(shown >= param.min && shown <= param.max)) throw refused(lever, range(lever), shown);
  return shown / param.scale;
}

function refused(lever: LeverSettings, expected: string, got: unknown): InputError {
  return new InputError(`lever ${lever.id}`, expected, show(got));
}

/** What a lever shows, read off the values of the live settings. */
export interface LeverState {
  on: boolean;
  /** Value of a choice. */
  choice?: string | number;
  /** Param in its shown unit. */
  param?: number;
}

export function leverState(
  lever: LeverSettings,
  valueOf: (path: string) => SettingValue | undefined,
): LeverState {
  const { control, param } = lever;
  const current = control.kind === 'action' ? undefined : valueOf(control.path);
  const state: LeverState = {
    on: control.kind === 'switch' ? current !== control.off : control.kind !== 'action',
  };
  if (control.kind === 'choice' && (typeof current === 'string' || typeof current === 'number'))
    state.choice = current;
  if (param) {
    const raw =
      param.path === (control.kind === 'action' ? '' : control.path) && !state.on
        ? undefined
        : valueOf(param.path);
    const shown = typeof raw === 'number' ? raw * param.scale : param.initial;
    if (shown !== undefined) state.param = Math.round(shown * 1e6) / 1e6;
  }
  return state;
}
