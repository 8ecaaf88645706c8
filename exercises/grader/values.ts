/**
 * Values as they travel: JSON, in which everything but null, booleans, finite numbers and texts is an array with a tag in front.
 * Equal values have equal texts, so two values are compared by comparing texts: keys of objects are sorted, `-0` is 0, a key whose
 * value is undefined is left out. Maps and sets keep their order.
 */
export type Wire = null | boolean | number | string | Wire[];

const tags = new Set(
  'undefined number bigint symbol function date error list map set object promise cut'.split(' '),
);

/** Stands in an argument for a function of the page; see `fake` and `made` of operations.ts. */
export class Stand {
  readonly wire: Wire;
  constructor(wire: Wire) {
    this.wire = wire;
  }
}

/** The text form of a value of ours. Classes and functions of the learner are encoded in sandbox/worker.js by the same rules. */
export function encode(value: unknown): Wire {
  switch (typeof value) {
    case 'undefined':
      return ['undefined'];
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? value + 0 : ['number', String(value)];
    case 'bigint':
      return ['bigint', String(value)];
    case 'symbol':
    case 'function':
      return [typeof value];
    default:
      return value === null ? null : encodeObject(value as object);
  }
}

function encodeObject(value: object): Wire {
  if (value instanceof Stand) return value.wire;
  if (Array.isArray(value)) return ['list', ...value.map(encode)];
  if (ArrayBuffer.isView(value) && 'length' in value)
    return ['list', ...Array.from(value as unknown as ArrayLike<number>)];
  if (value instanceof Map)
    return ['map', ...Array.from(value, ([key, item]) => [encode(key), encode(item)])];
  if (value instanceof Set) return ['set', ...Array.from(value, encode)];
  if (value instanceof Date) return ['date', value.getTime()];
  if (value instanceof Error) return ['error', value.name, value.message];
  if (value instanceof Promise) return ['promise'];
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return [
    'object',
    ...entries
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]): Wire => [key, encode(item)]),
  ];
}

/** The value again. What has no value here (a function, something cut) comes back as undefined. */
export function decode(wire: Wire): unknown {
  if (!Array.isArray(wire)) return wire;
  const [tag, ...rest] = wire;
  const pairs = rest as [Wire, Wire][];
  switch (tag) {
    case 'number':
      return Number(rest[0]);
    case 'bigint':
      return BigInt(rest[0] as string);
    case 'date':
      return new Date((rest[0] as number | null) ?? Number.NaN);
    case 'error':
      return Object.assign(new Error(rest[1] as string), { name: rest[0] });
    case 'list':
      return rest.map(decode);
    case 'map':
      return new Map(pairs.map(([key, item]) => [decode(key), decode(item)]));
    case 'set':
      return new Set(rest.map(decode));
    case 'object':
      // fromEntries defines, so a key "__proto__" is a key like any other.
      return Object.fromEntries(pairs.map(([key, item]) => [key as string, decode(item)]));
    default:
      return undefined;
  }
}

export const equal = (a: Wire, b: Wire): boolean => JSON.stringify(a) === JSON.stringify(b);

const deepest = 30;

/** True when `wire` is a value as this file describes it, and none of ours that the learner has no use for. */
export function isValue(wire: unknown, depth = 0): wire is Wire {
  if (wire === null || typeof wire === 'boolean' || typeof wire === 'string') return true;
  if (typeof wire === 'number') return Number.isFinite(wire);
  if (!Array.isArray(wire) || depth > deepest || !tags.has(wire[0])) return false;
  const [tag, ...rest] = wire as [string, ...unknown[]];
  const value = (item: unknown) => isValue(item, depth + 1);
  const text = (item: unknown) => typeof item === 'string';
  switch (tag) {
    case 'list':
    case 'set':
      return rest.every(value);
    case 'map':
      return rest.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(value));
    case 'object':
      return rest.every(
        (pair) => Array.isArray(pair) && pair.length === 2 && text(pair[0]) && value(pair[1]),
      );
    case 'bigint':
      return rest.length === 1 && text(rest[0]) && /^-?\d{1,1000}$/.test(rest[0] as string);
    case 'date':
      return rest.length === 1 && (rest[0] === null || Number.isFinite(rest[0]));
    case 'error':
      return rest.length === 2 && rest.every(text);
    case 'number':
      return rest.length === 1 && ['NaN', 'Infinity', '-Infinity'].includes(rest[0] as string);
    case 'cut':
      return rest.length === 1 && text(rest[0]);
    default:
      return rest.length === 0;
  }
}

const longest = 160;

/** A value as TypeScript would write it, cut to a line. */
export function show(wire: Wire): string {
  const text = written(wire);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function written(wire: Wire): string {
  if (typeof wire === 'string') return JSON.stringify(wire);
  if (!Array.isArray(wire)) return String(wire);
  const [tag, ...rest] = wire;
  const pairs = rest as [Wire, Wire][];
  switch (tag) {
    case 'number':
      return String(rest[0]);
    case 'bigint':
      return `${String(rest[0])}n`;
    case 'date':
      return `Date(${String(rest[0])})`;
    case 'error':
      return `${String(rest[0])}: ${String(rest[1])}`;
    case 'list':
      return `[${rest.map(written).join(', ')}]`;
    case 'set':
      return `Set {${rest.map(written).join(', ')}}`;
    case 'map':
      return `Map {${pairs.map(([key, item]) => `${written(key)} → ${written(item)}`).join(', ')}}`;
    case 'object':
      return rest.length === 0
        ? '{}'
        : `{ ${pairs.map(([key, item]) => `${keyText(key as string)}: ${written(item)}`).join(', ')} }`;
    case 'promise':
      return 'a promise';
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'fake':
      return String(rest[0]);
    case 'made':
      return `object ${Number(rest[0]) + 1}`;
    case 'cut':
      return `… (${String(rest[0])})`;
    default:
      return 'undefined';
  }
}

const keyText = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));
