import type { SettingValue } from './scenario.ts';

/** Each says what was expected, or undefined when the value is fine. */
export const bool = (value: SettingValue): string | undefined =>
  typeof value === 'boolean' ? undefined : 'true or false';
export const numberFrom =
  (min: number, max: number) =>
  (value: SettingValue): string | undefined =>
    typeof value === 'number' && value >= min && value <= max ? undefined : `a number from ${min} to ${max}`;
export const wholeFrom =
  (min: number, max: number) =>
  (value: SettingValue): string | undefined =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : `a whole number from ${min} to ${max}`;
export const nullOr =
  (reject: (value: SettingValue) => string | undefined) =>
  (value: SettingValue): string | undefined => {
    const expected = value === null ? undefined : reject(value);
    return expected && `${expected}, or null`;
  };
export const oneOf =
  (...options: string[]) =>
  (value: SettingValue): string | undefined =>
    options.includes(value as string) ? undefined : `one of ${options.join(', ')}`;
