import { InputError, nearest, show } from '../../core/errors.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Trace } from '../replay/trace.ts';

/** A number that a workload can be told. */
export interface Parameter {
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly meaning: string;
}

/** A generated trace: the same parameters and seed give the same requests everywhere. */
export interface Workload<P extends string = string> {
  /** One sentence for people. */
  readonly summary: string;
  readonly parameters: Readonly<Record<P, Parameter>>;
  /** Key of each request, any whole numbers from 0. */
  generate(values: Readonly<Record<P, number>>, random: RandomStream): Int32Array;
}

/** For types: lets a workload's parameters name themselves. */
export function workload<P extends string>(w: Workload<P>): Workload {
  return w as unknown as Workload;
}

export const whole = (fallback: number, meaning: string, least = 1, most = 100_000_000): Parameter => ({
  default: fallback,
  least,
  most,
  whole: true,
  meaning,
});

export const real = (fallback: number, meaning: string, least: number, most: number): Parameter => ({
  default: fallback,
  least,
  most,
  whole: false,
  meaning,
});

/** Renumbers the keys 0, 1, 2 … in the order in which they first appear. */
export function traceOf(keys: Int32Array): Trace {
  let highest = -1;
  for (const key of keys) if (key > highest) highest = key;
  const idOf = new Int32Array(highest + 1).fill(-1);
  const ids = new Int32Array(keys.length);
  let unique = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (idOf[key] < 0) idOf[key] = unique++;
    ids[i] = idOf[key];
  }
  return { requests: keys.length, unique, ids, sizes: null };
}

/** @throws InputError for an unknown name or a value that doesn't fit. */
export function checkedValues(
  place: string,
  { parameters }: Workload,
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(parameters, name)) {
      const guess = nearest(name, Object.keys(parameters));
      throw new InputError(
        place,
        `a parameter: ${[...Object.keys(parameters), 'seed'].join(', ')}`,
        show(name),
        guess === undefined ? '' : `Did you mean ${guess}?`,
      );
    }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, p]) => {
      const value = given[name] ?? p.default;
      if (!(value >= p.least && value <= p.most) || (p.whole && !Number.isInteger(value)))
        throw new InputError(
          `${place}, ${name}`,
          `a ${p.whole ? 'whole ' : ''}number from ${p.least} to ${p.most}`,
          show(value),
        );
      return [name, value];
    }),
  );
}
