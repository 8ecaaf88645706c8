import { InputError } from '../../engine/core/errors.ts';
import { SPEEDS, type Speed } from '../../engine/runner/protocol.ts';
import type { Theme } from './theme.svelte.ts';

/** Which run a page's address asks for: `?scenario=NAME&seed=N&speed=max&theme=dark`. */
export interface RunAddress {
  scenario: string;
  seed: number;
  /** Undefined: the pace that fits the run. */
  speed: Speed | undefined;
  theme?: Theme;
}

export const DEFAULTS: RunAddress = { scenario: 'prime-day', seed: 4217, speed: undefined };

/** Longer runs are told in hours: nobody watches a day at a minute a second. */
export const LONG_S = 7200;

/** Those worth offering: nobody watches a day second by second, or an hour in three. */
export const speedsFor = (durationS: number): Speed[] =>
  SPEEDS.filter((speed) => speed !== (durationS > LONG_S ? 1 : 1440));

/** The pace of a run for which none was chosen: about a minute of the learner's time. */
export const fittingSpeed = (durationS: number): Speed => (durationS > LONG_S ? 1440 : 60);

/** @throws InputError naming the part of the query that is wrong. */
export function readRunAddress(query: URLSearchParams): RunAddress {
  const address = { ...DEFAULTS };
  const scenario = query.get('scenario');
  if (scenario !== null) {
    if (!/^[a-z][a-z0-9-]*$/.test(scenario))
      throw new InputError(
        '?scenario',
        'a name such as prime-day',
        JSON.stringify(scenario),
        'Correct it in the address.',
      );
    address.scenario = scenario;
  }
  const seed = query.get('seed');
  if (seed !== null) address.seed = readSeed(seed, '?seed');
  const speed = query.get('speed');
  if (speed !== null) {
    const found = SPEEDS.find((s) => String(s) === speed);
    if (found === undefined)
      throw new InputError(
        '?speed',
        `one of ${SPEEDS.join(', ')}`,
        JSON.stringify(speed),
        'Correct it in the address.',
      );
    address.speed = found;
  }
  const theme = query.get('theme');
  if (theme !== null) {
    if (theme !== 'light' && theme !== 'dark')
      throw new InputError('?theme', 'light or dark', JSON.stringify(theme), 'Correct it in the address.');
    address.theme = theme;
  }
  return address;
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
