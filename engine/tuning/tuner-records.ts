import * as v from 'valibot';
import { parse } from '../core/schema.ts';
import type { Outcome } from './outcome.ts';
import type { Setting } from './search-space.ts';

/** A finished run of a search as plain data, to go on from. */
export interface TunerRecord {
  setting: Setting;
  seed: number;
  untilS: number;
  outcome: Outcome;
}

/** JSON knows no NaN and writes null: a mean over nothing must not come back as a mean of 0. */
export const figureValue = v.pipe(
  v.union([v.number(), v.nan(), v.null()]),
  v.transform((value) => value ?? NaN),
);

export const recordsSchema = v.array(
  v.strictObject({
    setting: v.record(v.string(), v.union([v.boolean(), v.number(), v.string()])),
    seed: v.number(),
    untilS: v.number(),
    outcome: v.record(v.string(), figureValue),
  }),
);

/** Records as they were stored. @throws InputError when they are none. */
export const parseRecords = (stored: unknown): TunerRecord[] => parse(recordsSchema, stored, 'records');

/** Equal for runs that come to the same, whatever the search that made them. */
export function runKey(setting: Setting, untilS: number, seed: number): string {
  return JSON.stringify([sorted(setting), untilS, seed]);
}

export function recordOf(key: string, outcome: Outcome): TunerRecord {
  const [entries, untilS, seed] = JSON.parse(key) as [[string, Setting[string]][], number, number];
  return { setting: Object.fromEntries(entries), seed, untilS, outcome };
}

/** Equal for equal settings, whatever the order of their levers. */
export const settingKey = (setting: Setting): string => JSON.stringify(sorted(setting));

const sorted = (setting: Setting): [string, Setting[string]][] =>
  Object.entries(setting).sort(([a], [b]) => (a < b ? -1 : 1));
