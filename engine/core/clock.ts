import { InputError } from './errors.ts';

/** Seconds of the day of a clock text, `HH:MM` or `HH:MM:SS` (the hour may exceed 23 for a run that passes midnight). */
export function parseClock(text: string, place: string): number {
  const match = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$/.exec(text.trim());
  if (!match)
    throw new InputError(
      place,
      'a time of day as HH:MM:SS',
      JSON.stringify(text),
      'Write for instance 02:19:00.',
    );
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

/** Seconds from a run's start to a time of day. @throws InputError for a time before the start */
export function secondsAfter(startsAt: string, text: string, place: string): number {
  const seconds = parseClock(text, place) - parseClock(startsAt, 'startsAt');
  if (seconds < 0)
    throw new InputError(
      place,
      `a time from ${startsAt} on`,
      JSON.stringify(text),
      'The run begins at that time of day.',
    );
  return seconds;
}

/** `HH:MM:SS` of a number of seconds since midnight; fractions are cut off. */
export function formatClock(secondOfDay: number): string {
  const s = Math.floor(secondOfDay);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
