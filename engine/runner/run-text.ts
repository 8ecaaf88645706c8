/**
 * Settings and levers of a run as text: `stations.pool.servers=80`, `02:19:00` `l3=on`. The command line and the addresses of the lab read
 * and write the same forms, so that the same words give the same run, fingerprint and all.
 */
import { formatClock, parseClock, secondsAfter } from '../core/clock.ts';
import { InputError } from '../core/errors.ts';
import type { LeverSettings } from '../simulation/lever-schema.ts';
import type { PullValue } from '../simulation/levers.ts';
import type { Override } from '../simulation/overrides.ts';
import type { Pull } from './protocol.ts';

/** `NAME=VALUE` in two; the value may hold further signs of equality. @throws InputError */
export function assignment(text: string, place: string): [name: string, value: string] {
  const i = text.indexOf('=');
  if (i < 1) throw new InputError(place, 'NAME=VALUE', JSON.stringify(text));
  return [text.slice(0, i), text.slice(i + 1)];
}

/** JSON, or the text itself where it is none. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `PATH=VALUE`, VALUE being JSON or text. @throws InputError */
export function overrideFrom(text: string, place: string): Override {
  const [path, value] = assignment(text, place);
  return { path, value: jsonOrText(value) };
}

/** What `overrideFrom` reads as this one. */
export function overrideText({ path, value }: Override): string {
  const plain = typeof value === 'string' && jsonOrText(value) === value;
  return `${path}=${plain ? value : JSON.stringify(value)}`;
}

/** A lever pulled at a time, as it is typed: not yet judged against a scenario. */
export interface PullText {
  /** A time of day, or seconds from the start. */
  at: string;
  lever: string;
  value: string;
}

/** `TIME` and `LEVER=VALUE`. @throws InputError */
export function pullTextFrom(at: string, text: string, place: string): PullText {
  const [lever, value] = assignment(text, place);
  return { at, lever, value };
}

interface Timed {
  startsAt: string;
}

/** A time of day, or seconds from the start. @throws InputError */
export function secondsFrom(text: string, { startsAt }: Timed, place: string): number {
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n)) return secondsAfter(startsAt, text, place);
  if (n < 0) throw new InputError(place, 'a time of 0 or more', text);
  return n;
}

/** What `secondsFrom` reads as this time, to the last bit: a time of day where there is one, else seconds from the start. */
export function timeText(atS: number, { startsAt }: Timed): string {
  const fraction = /^\d+(\.\d{1,3})?$/.exec(String(atS))?.[1] ?? '';
  const text = `${formatClock(parseClock(startsAt, 'startsAt') + Math.floor(atS))}${fraction}`;
  return secondsAfter(startsAt, text, 'time') === atS ? text : String(atS);
}

const ON = ['on', 'true'];
const OFF = ['off', 'false'];
/** Words that only a lever understands; for a plain setting they are text. */
const LEVER_ON = [...ON, 'yes', 'now'];
const LEVER_OFF = [...OFF, 'no'];

/** A lever's value as the page would give it; without a lever, that of a plain setting. Text in quotes stays text. */
export function pullValueFrom(text: string, lever: LeverSettings | undefined): PullValue {
  if (text.startsWith('"')) {
    const quoted = jsonOrText(text);
    if (typeof quoted === 'string') return choiceOf(lever, quoted) ?? quoted;
  }
  const choice = choiceOf(lever, text);
  if (choice !== undefined || lever?.control.kind === 'choice') return choice ?? text;
  const word = text.trim().toLowerCase();
  if ((lever ? LEVER_ON : ON).includes(word)) return true;
  if ((lever ? LEVER_OFF : OFF).includes(word)) return false;
  const n = Number(word);
  return word !== '' && Number.isFinite(n) ? n : text;
}

function choiceOf(lever: LeverSettings | undefined, text: string): string | number | undefined {
  if (lever?.control.kind !== 'choice') return undefined;
  return lever.control.options.find(({ value }) => String(value) === text)?.value;
}

/** What `pullValueFrom` reads as this value: `on`, `now`, `20`, `gpt-4`, and quotes where text would not stay text. */
export function pullValueText(value: PullValue, lever: LeverSettings | undefined): string {
  const on = lever?.control.kind === 'action' ? 'now' : 'on';
  const plain = typeof value === 'boolean' ? (value ? on : 'off') : String(value);
  return typeof value === 'string' && pullValueFrom(plain, lever) !== value ? JSON.stringify(value) : plain;
}

/** @throws InputError for a time that the run does not have; the lever is judged when the run is made. */
export function pullFrom(
  { at, lever, value }: PullText,
  scenario: Timed & { durationS: number; levers: readonly LeverSettings[] },
  place: string,
): Pull {
  const known = scenario.levers.find(({ id }) => id === lever);
  return withinRun(
    { atS: secondsFrom(at, scenario, place), lever, value: pullValueFrom(value, known) },
    scenario,
    place,
  );
}

/** The pull itself. @throws InputError for a time that the run does not have. */
export function withinRun(pull: Pull, { durationS }: { durationS: number }, place: string): Pull {
  if (pull.atS <= durationS) return pull;
  throw new InputError(place, `a time within the run of ${durationS} s`, `${pull.atS} s for ${pull.lever}`);
}
