/**
 * Shorter JSON with the same content, for tool results that come indented and repeat the names of their fields in every row.
 */

const COLUMNS = '~columns';
const ROWS = '~rows';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The JSON without the spaces between its parts; undefined when the text is no JSON. Numbers keep their digits as written. */
export function minifyJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (piece) => (piece.startsWith('"') ? piece : ''));
}

/**
 * Minified JSON in which a list of objects with the same fields is written as a table: `[{"a":1,"b":2},{"a":3,"b":4}]` becomes
 * `{"~columns":["a","b"],"~rows":[[1,2],[3,4]]}`. `unfoldTables` gives the minified JSON back, to the character; what
 * could not come back like this (numbers beyond a double's digits, a field twice, names that begin with a tilde) is only minified.
 * Undefined when the text is no JSON.
 */
export function foldTables(text: string): string | undefined {
  const minified = minifyJson(text);
  if (minified === undefined) return undefined;
  const value = JSON.parse(minified) as Json;
  if (JSON.stringify(value) !== minified || minified.includes('"~')) return minified;
  const folded = JSON.stringify(fold(value));
  return folded.length < minified.length ? folded : minified;
}

/** The minified JSON that was folded; minified JSON without tables comes back as it is. */
export function unfoldTables(text: string): string {
  return text.includes(`"${COLUMNS}"`) ? JSON.stringify(unfold(JSON.parse(text) as Json)) : text;
}

function fold(value: Json): Json {
  if (Array.isArray(value)) {
    const columns = sharedFields(value);
    if (!columns) return value.map(fold);
    const rows = (value as { [key: string]: Json }[]).map((row) => columns.map((name) => fold(row[name]!)));
    return { [COLUMNS]: columns, [ROWS]: rows };
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fold(part)]));
}

function unfold(value: Json): Json {
  if (Array.isArray(value)) return value.map(unfold);
  if (!isObject(value)) return value;
  const { [COLUMNS]: columns, [ROWS]: rows } = value as { [COLUMNS]?: string[]; [ROWS]?: Json[][] };
  if (columns && rows)
    return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, unfold(row[i]!)])));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unfold(part)]));
}

/** Names of the fields when there are at least two objects and all have the same ones in the same order. */
function sharedFields(list: Json[]): string[] | undefined {
  const [first] = list;
  if (list.length < 2 || !isObject(first)) return undefined;
  const columns = Object.keys(first);
  const same = (item: Json): boolean => {
    if (!isObject(item)) return false;
    const names = Object.keys(item);
    return names.length === columns.length && names.every((name, i) => name === columns[i]);
  };
  return columns.length > 0 && list.every(same) ? columns : undefined;
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
