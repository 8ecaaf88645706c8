/**
 * The place in a run's time that an address names: `t=431` is looked at, in seconds from the start. Such a run is computed as fast as
 * possible, to its end or as far as `to=900`, and does not play by itself. `micro=1` and `request=57` are the request that is looked at there,
 * `why=3` is the event, counted from 0, of which the reason is told.
 */
import { InputError } from '../../engine/core/errors.ts';

export interface RunPlace {
  /** The simulated time that is looked at; undefined for the run's end. */
  atS?: number | undefined;
  /** How far the run has come; undefined for all of it. */
  toS?: number | undefined;
}

/** What of the place is looked at closely. */
export interface Closely {
  micro: boolean;
  /** Number of the request in the run. */
  request?: number | undefined;
  /** Place of the event among those of the run, from 0. */
  why?: number | undefined;
}

/** The parameters of both, which belong to the address of a run and not to the run. */
const NAMES = ['t', 'to', 'micro', 'request', 'why'] as const;

/** @throws InputError */
export function readPlace(query: URLSearchParams): RunPlace | undefined {
  const [atS, toS] = [seconds(query, 't'), seconds(query, 'to')];
  if (atS === undefined && toS === undefined) return undefined;
  if (atS !== undefined && toS !== undefined && atS > toS)
    throw new InputError('?t', `at most ${toS}, as far as ?to takes the run`, String(atS), CORRECT);
  return { atS, toS };
}

/** @throws InputError */
export function readClosely(query: URLSearchParams): Closely {
  const micro = query.get('micro');
  if (micro !== null && micro !== '1') throw new InputError('?micro', '1', JSON.stringify(micro), CORRECT);
  const request = query.get('request');
  if (request !== null && !/^-?[1-9]\d{0,9}$/.test(request))
    throw new InputError('?request', 'the number of a request, such as 57', JSON.stringify(request), CORRECT);
  const why = query.get('why');
  if (why !== null && !/^\d{1,6}$/.test(why))
    throw new InputError('?why', 'the number of an event, such as 3', JSON.stringify(why), CORRECT);
  return {
    micro: micro !== null,
    request: request === null ? undefined : Number(request),
    why: why === null ? undefined : Number(why),
  };
}

/** Milliseconds are exact enough, and good to read. */
const text = (s: number): string => String(Number(s.toFixed(3)));

export const placeParts = ({ atS, toS }: RunPlace = {}): [string, string][] => [
  ...(atS === undefined ? [] : [['t', text(atS)] as [string, string]]),
  ...(toS === undefined ? [] : [['to', text(toS)] as [string, string]]),
];

/** The query with another place in it, everything else as it was. */
export function withPlace(
  search: string,
  place?: RunPlace,
  { micro, request, why }: Partial<Closely> = {},
): string {
  const rest = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !NAMES.some((name) => part.startsWith(`${name}=`)));
  const parts = [
    ...placeParts(place),
    ...(micro ? [['micro', '1']] : []),
    ...(micro && request !== undefined ? [['request', String(request)]] : []),
    ...(why === undefined ? [] : [['why', String(why)]]),
  ];
  const all = [...rest, ...parts.map((part) => part.join('='))];
  return all.length > 0 ? `?${all.join('&')}` : '';
}

const CORRECT = 'Correct it in the address.';

function seconds(query: URLSearchParams, name: 't' | 'to'): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (!/^\d{1,9}(\.\d+)?$/.test(given))
    throw new InputError(
      `?${name}`,
      'seconds from the start of the run, such as 431',
      JSON.stringify(given),
      CORRECT,
    );
  return Number(given);
}
