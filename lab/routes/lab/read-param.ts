import type { LeverSettings } from '../../../engine/simulation/lever-schema.ts';

type ParamRange = Pick<NonNullable<LeverSettings['param']>, 'min' | 'max' | 'unit'>;

/** The number that was typed, or what is wrong with it. */
export function readParam(text: string, { min, max, unit }: ParamRange): number | string {
  const typed = text.trim().replace(',', '.');
  const value = Number(typed);
  if (typed !== '' && value >= min && value <= max) return value;
  return `Expected a number from ${min} to ${max} (${unit}), got ${typed === '' ? 'nothing' : `“${text.trim()}”`}.`;
}
