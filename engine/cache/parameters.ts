import { InputError, show } from '../core/errors.ts';

export interface ParameterRules {
  /** Parameters that have this value may as well be left out. */
  defaults?: Readonly<Record<string, unknown>>;
}

/**
 * One text for all parameters of a tool that mean the same (C14, tool results), to be part of a cache key: object keys in order,
 * white space within texts made single and trimmed, −0 as 0, texts in Unicode's composed form, defaults and undefined left out. List
 * order, letter case, and the difference between 1 and "1" stay: they can matter.
 * @throws InputError for what JSON does not carry (NaN, functions, cycles), naming the place.
 */
export function normaliseParameters(
  parameters: Readonly<Record<string, unknown>>,
  rules: ParameterRules = {},
): string {
  const defaults = new Map(
    Object.entries(rules.defaults ?? {}).map(([name, value]) => [name, canonical(value, name, [])]),
  );
  const parts = Object.keys(parameters)
    .sort(byCodeUnit)
    .flatMap((name) => {
      const text = canonical(parameters[name], name, [parameters]);
      return text === undefined || text === defaults.get(name) ? [] : [`${quote(name)}:${text}`];
    });
  return `{${parts.join(',')}}`;
}

/** Cache key of a tool call. */
export function toolKey(
  tool: string,
  parameters: Readonly<Record<string, unknown>>,
  rules?: ParameterRules,
): string {
  if (tool.trim() === '') throw new InputError('tool', 'the name of a tool', show(tool));
  return `tool:${tool.trim()}:${normaliseParameters(parameters, rules)}`;
}

function canonical(value: unknown, place: string, within: readonly unknown[]): string | undefined {
  if (value === undefined) return undefined;
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value.normalize('NFC').trim().replace(/\s+/g, ' '));
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new InputError(place, 'a finite number', show(value));
    return String(value === 0 ? 0 : value);
  }
  if (typeof value !== 'object') throw new InputError(place, 'a value that JSON carries', typeof value);
  if (within.includes(value)) throw new InputError(place, 'a value that JSON carries', 'a cycle');
  const inside = [...within, value];
  if (Array.isArray(value))
    return `[${value.map((item, i) => canonical(item, `${place}.${i}`, inside) ?? 'null').join(',')}]`;
  const record = value as Record<string, unknown>;
  const parts = Object.keys(record)
    .sort(byCodeUnit)
    .flatMap((name) => {
      const text = canonical(record[name], `${place}.${name}`, inside);
      return text === undefined ? [] : [`${quote(name)}:${text}`];
    });
  return `{${parts.join(',')}}`;
}

const quote = (text: string): string => JSON.stringify(text);

/** Not by locale: the same order everywhere. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
