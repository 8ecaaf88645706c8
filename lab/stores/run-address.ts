/**
 * Which run a page's address asks for, and the address of a run:
 * `?scenario=NAME&seed=N&speed=max&theme=dark&set=PATH=VALUE&at=02:19:00+l3=on&engine=1.0.0`. `set` and `at` may be there several times and
 * are written as on the command line. `t` and `to` are a place in its time, `micro`, `request` and `why` what of it is looked at
 * closely (run-address-place.ts). Instead of a name, `own` may hold a whole scenario (run-address-scenario.ts).
 */
import { InputError, show } from '../../engine/core/errors.ts';
import { SPEEDS, type RunRequest, type Speed } from '../../engine/runner/protocol.ts';
import {
  overrideFrom,
  overrideText,
  pullTextFrom,
  pullValueText,
  timeText,
  type PullText,
} from '../../engine/runner/run-text.ts';
import type { LeverSettings } from '../../engine/simulation/lever-schema.ts';
import type { Override } from '../../engine/simulation/overrides.ts';
import { placeParts, readClosely, readPlace, type RunPlace } from './run-address-place.ts';
import type { Theme } from './theme.svelte.ts';

export interface RunAddress {
  scenario: string;
  /** A scenario of the learner's own, packed; it stands in the place of the name. */
  own?: string;
  seed: number;
  /** Undefined: the pace that fits the run. */
  speed: Speed | undefined;
  theme?: Theme;
  overrides: Override[];
  /** Times of day are known once the scenario is. */
  pulls: PullText[];
  /** The version that the link was made with. */
  engine?: string;
  /** Where in the run; undefined for a run that begins to play. */
  place?: RunPlace;
}

export const DEFAULTS: RunAddress = {
  ...{ scenario: 'prime-day', seed: 4217, speed: undefined },
  ...{ overrides: [], pulls: [] },
};

/** Longer addresses are cut off or refused by some servers and by programs that pass them on. */
export const LONGEST_ADDRESS = 8000;

/** Longer runs are told in hours: nobody watches a day at a minute a second. */
export const LONG_S = 7200;

/** Those worth offering: nobody watches a day second by second, or an hour in three. */
export const speedsFor = (durationS: number): Speed[] =>
  SPEEDS.filter((speed) => speed !== (durationS > LONG_S ? 1 : 1440));

/** The pace of a run for which none was chosen: about a minute of the learner's time. */
export const fittingSpeed = (durationS: number): Speed => (durationS > LONG_S ? 1440 : 60);

const CORRECT = 'Correct it in the address.';

/** @throws InputError naming the part of the query that is wrong. */
export function readRunAddress(query: URLSearchParams): RunAddress {
  const address: RunAddress = { ...DEFAULTS };
  const scenario = query.get('scenario');
  const own = query.get('own');
  if (scenario !== null) {
    if (!/^[a-z][a-z0-9-]*$/.test(scenario))
      throw new InputError('?scenario', 'a name such as prime-day', JSON.stringify(scenario), CORRECT);
    if (own !== null)
      throw new InputError('?own', 'one scenario', `${show(scenario)} as well`, 'Take one of them out.');
    address.scenario = scenario;
  }
  if (own !== null) address.own = own;
  const seed = query.get('seed');
  if (seed !== null) address.seed = readSeed(seed, '?seed');
  const speed = query.get('speed');
  if (speed !== null) {
    const found = SPEEDS.find((s) => String(s) === speed);
    if (found === undefined)
      throw new InputError('?speed', `one of ${SPEEDS.join(', ')}`, JSON.stringify(speed), CORRECT);
    address.speed = found;
  }
  const theme = query.get('theme');
  if (theme !== null) {
    if (theme !== 'light' && theme !== 'dark')
      throw new InputError('?theme', 'light or dark', JSON.stringify(theme), CORRECT);
    address.theme = theme;
  }
  address.overrides = query.getAll('set').map((text) => overrideFrom(text, '?set'));
  address.pulls = query.getAll('at').map(readPull);
  const engine = query.get('engine');
  if (engine !== null) {
    if (!/^[\w.+-]{1,32}$/.test(engine))
      throw new InputError('?engine', 'a version such as 1.0.0', show(engine), CORRECT);
    address.engine = engine;
  }
  readClosely(query);
  const place = readPlace(query);
  if (place) address.place = place;
  return address;
}

function readPull(text: string): PullText {
  const match = /^(\S+)\s+(\S.*)$/s.exec(text);
  if (!match)
    throw new InputError('?at', 'a time and LEVER=VALUE, such as 02:19:00 l3=on', show(text), CORRECT);
  return pullTextFrom(match[1], match[2], '?at');
}

/** @throws InputError */
export function readSeed(text: string, place: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(seed))
    throw new InputError(
      place,
      'a whole number of 0 or more',
      JSON.stringify(text),
      'Any such number will do: 4217.',
    );
  return seed;
}

/** What an address is made of, besides the request. */
export interface AddressParts {
  /** Makes times and values shorter to read: where the scenario's clock begins, and its levers. */
  scenario?: { startsAt: string; levers: readonly LeverSettings[] };
  /** The request's scenario, packed, when it is the learner's own. */
  own?: string;
  speed?: Speed;
  theme?: Theme;
  engine?: string;
  place?: RunPlace;
}

type NamedRequest = Omit<RunRequest, 'scenario'> & { scenario: string | object };

/** `?scenario=…`, as readRunAddress reads it, to the last bit of every time and value. */
export function runQuery(
  { scenario, seed, overrides = [], pulls = [] }: NamedRequest,
  { scenario: known, own, speed, theme, engine, place }: AddressParts = {},
): string {
  const atText = (atS: number): string => (known ? timeText(atS, known) : String(atS));
  const valueText = (lever: string, value: Parameters<typeof pullValueText>[0]): string =>
    pullValueText(
      value,
      known?.levers.find(({ id }) => id === lever),
    );
  const parts: [string, string][] = [
    own !== undefined ? ['own', own] : ['scenario', String(scenario)],
    ['seed', String(seed)],
    ...(speed === undefined ? [] : ([['speed', String(speed)]] as [string, string][])),
    ...(theme === undefined ? [] : ([['theme', theme]] as [string, string][])),
    ...overrides.map((one): [string, string] => ['set', overrideText(one)]),
    ...pulls.map(({ atS, lever, value }): [string, string] => [
      'at',
      `${atText(atS)} ${lever}=${valueText(lever, value)}`,
    ]),
    ...(engine === undefined ? [] : ([['engine', engine]] as [string, string][])),
    ...placeParts(place),
  ];
  return `?${parts.map(([name, value]) => `${name}=${readable(value)}`).join('&')}`;
}

/** A link to the lab with this run, from any page. The scenario is one of the catalogue. */
export const runHref = (request: RunRequest & { scenario: string }, parts?: AddressParts): string =>
  `${runQuery(request, parts)}#/`;

/** Encoded for a query, but for what is harmless there and good to read. */
const readable = (text: string): string =>
  encodeURIComponent(text)
    .replace(/%(3A|3D|2C|2F|40)/g, (code) => decodeURIComponent(code))
    .replaceAll('%20', '+');
