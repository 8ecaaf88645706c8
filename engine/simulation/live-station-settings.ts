import type * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import type { LiveSetting } from './live-settings.ts';
import type { SettingValue } from './scenario.ts';
import { numberFrom } from './setting-checks.ts';
import type { Station } from './station.ts';
import {
  stationCodelSchema,
  stationLimitSchema,
  stationReplicasSchema,
  stationShedSchema,
} from './station-schema.ts';
import type { World } from './world.ts';

type Add = (path: string, setting: LiveSetting) => void;

/** What protects a station, as far as the scenario configures it: every field of it but the number of replicas. */
export function addProtectionSettings(world: World, station: Station, add: Add): void {
  const { codel, door, replicas } = station;
  const at = `stations.${station.name}`;
  const after = (renew: () => void) => (): void => {
    renew();
    world.onProtectionChanged(station);
  };
  if (codel)
    addFields(
      `${at}.codel`,
      codel,
      stationCodelSchema.entries,
      add,
      after(() => station.renewCodel()),
    );
  if (door?.limit)
    addFields(
      `${at}.limit`,
      door.limit,
      stationLimitSchema.entries,
      add,
      after(() => door.renewLimiter()),
    );
  if (door?.shed)
    addFields(
      `${at}.shed`,
      door.shed,
      stationShedSchema.entries,
      add,
      after(() => door.renewShedder()),
    );
  if (!replicas) return;
  const { count: _count, slow: _slow, fail: _fail, ...fields } = stationReplicasSchema.entries;
  addFields(
    `${at}.replicas`,
    replicas.settings,
    fields,
    add,
    after(() => replicas.renew()),
  );
  for (const part of station.parts) {
    const n = part.index + 1;
    add(`${at}.replicas.slow.${n}`, {
      read: () => part.slow,
      reject: numberFrom(0.001, 1e6),
      apply: (factor: number) => (part.slow = factor),
    });
    add(`${at}.replicas.fail.${n}`, {
      read: () => replicas.failShare[part.index]!,
      reject: numberFrom(0, 1),
      apply: (share: number) => (replicas.failShare[part.index] = share),
    });
  }
}

/** A live setting for each field of the schema; a value that it takes is written to the settings, and `changed` is told. */
export function addFields<T extends object>(
  at: string,
  settings: T,
  entries: Readonly<Record<string, v.GenericSchema>>,
  add: Add,
  changed: () => void,
): void {
  for (const [name, schema] of Object.entries(entries)) {
    const key = name as keyof T;
    add(`${at}.${name}`, {
      read: () => settings[key] as SettingValue,
      reject: (value: SettingValue) => expectedBy(schema, value),
      apply: (value: T[keyof T]) => {
        settings[key] = value;
        changed();
      },
    });
  }
}

/** Undefined when the schema takes the value, else what it expected. */
function expectedBy(schema: v.GenericSchema, value: SettingValue): string | undefined {
  try {
    parse(schema, value, 'value');
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.expected;
    throw error;
  }
}
