import { InputError, nearest, show } from '../core/errors.ts';

export const WINDOW_KINDS = ['day', 'week', 'month'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

/** In the order of `Date`: Sunday is 0. */
export const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** startMs ≤ t < endMs, milliseconds since 1970 UTC. */
export interface CalendarWindow {
  startMs: number;
  endMs: number;
}

const DAY_MS = 86_400_000;
/** No zone was ever further from UTC. */
const FAR_MS = 16 * 3_600_000;
const FIRST_MS = Date.UTC(1900, 0, 1);
const LAST_MS = Date.UTC(9999, 11, 1);

/**
 * The day, week or month of a time zone that contains a moment. Consecutive windows touch and never overlap: a day has 23 or 25
 * hours when the clocks change, begins at 01:00 where they skip midnight, and at the first of two midnights.
 * Zones other than UTC follow the time zone database of the machine, UTC is computed and the same everywhere.
 * @throws InputError for an unknown zone and for times outside the years 1900 to 9999.
 */
export function windowAt(
  kind: WindowKind,
  timeZone: string,
  nowMs: number,
  weekStart: Weekday = 'monday',
): CalendarWindow {
  if (!(nowMs >= FIRST_MS && nowMs < LAST_MS))
    throw new InputError('nowMs', 'a time between 1900 and 9999', show(nowMs));
  const zone = zoneOf(timeZone, 'timeZone');
  const local = Math.floor((nowMs + offsetMs(zone, nowMs)) / DAY_MS);
  let [day, next] = daysOf(kind, local, weekStart);
  let startMs = startOf(zone, day);
  let endMs = startOf(zone, next);
  // Where the clocks go back over midnight, the local date runs ahead or behind for a moment.
  while (nowMs >= endMs) {
    [day, next] = daysOf(kind, next, weekStart);
    startMs = endMs;
    endMs = startOf(zone, next);
  }
  while (nowMs < startMs) {
    [day] = daysOf(kind, day - 1, weekStart);
    endMs = startMs;
    startMs = startOf(zone, day);
  }
  return { startMs, endMs };
}

/** The calendar day of a moment in a time zone, as `2026-11-23`. @throws InputError as `windowAt`. */
export function dateAt(timeZone: string, nowMs: number): string {
  const { startMs } = windowAt('day', timeZone, nowMs);
  return new Date(startMs + offsetMs(zoneOf(timeZone, 'timeZone'), startMs)).toISOString().slice(0, 10);
}

/** True for a name that `windowAt` knows. */
export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name, 'timeZone');
    return true;
  } catch {
    return false;
  }
}

/** Windows of one kind in one zone. Remembers the last one, so that asking again within it is a comparison. */
export class Calendar {
  private last: CalendarWindow = { startMs: Infinity, endMs: -Infinity };

  /** @throws InputError for an unknown zone. */
  constructor(
    private readonly kind: WindowKind,
    private readonly timeZone: string,
    private readonly weekStart: Weekday = 'monday',
  ) {
    zoneOf(timeZone, 'timeZone');
  }

  at(nowMs: number): CalendarWindow {
    if (!(nowMs >= this.last.startMs && nowMs < this.last.endMs))
      this.last = windowAt(this.kind, this.timeZone, nowMs, this.weekStart);
    return this.last;
  }
}

/** First day of the window that contains a day, and of the next one; days since 1970. */
function daysOf(kind: WindowKind, day: number, weekStart: Weekday): [day: number, next: number] {
  if (kind === 'day') return [day, day + 1];
  if (kind === 'week') {
    // 1 January 1970 was a Thursday.
    const sinceStart = (((day + 4 - WEEKDAYS.indexOf(weekStart)) % 7) + 7) % 7;
    return [day - sinceStart, day - sinceStart + 7];
  }
  const date = new Date(day * DAY_MS);
  const month = (n: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, 1) / DAY_MS;
  return [month(0), month(1)];
}

/** The moment at which a local day begins. */
function startOf(zone: Zone, day: number): number {
  const midnight = day * DAY_MS;
  if (zone === 'UTC') return midnight;
  const earlier = offsetMs(zone, midnight - FAR_MS);
  const later = offsetMs(zone, midnight + FAR_MS);
  if (earlier === later || offsetMs(zone, midnight - earlier) === earlier) return midnight - earlier;
  if (offsetMs(zone, midnight - later) === later) return midnight - later;
  // The clocks skip midnight: the day begins with the change itself.
  let [before, after] = [midnight - FAR_MS, midnight + FAR_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMs(zone, middle) === earlier) before = middle;
    else after = middle;
  }
  return after;
}

type Zone = 'UTC' | Intl.DateTimeFormat;

/** Making a formatter takes a thousand times as long as using it. */
const zones = new Map<string, Zone>([['UTC', 'UTC']]);

function zoneOf(name: string, place: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  try {
    // An offset such as +02:00 has no daylight-saving time, which is seldom what a budget means, and not every engine knows it.
    if (!/^[A-Za-z]/.test(name)) throw new RangeError(name);
    const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    zones.set(name, format);
    return format;
  } catch {
    const guess = nearest(name, Intl.supportedValuesOf('timeZone'));
    throw new InputError(
      place,
      'the name of a time zone such as Europe/Berlin',
      show(name),
      guess === undefined ? 'Names are those of the IANA time zone database.' : `Did you mean "${guess}"?`,
    );
  }
}

/** What the local clock is ahead of UTC. */
function offsetMs(zone: Zone, ms: number): number {
  if (zone === 'UTC') return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of zone.formatToParts(ms)) part[type] = Number(value);
  const local = Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  );
  return local - Math.floor(ms / 1000) * 1000;
}

/** Milliseconds since local midnight as a wall clock shows them: an hour that is repeated in autumn is shown twice. */
export function msOfDayAt(timeZone: string, nowMs: number): number {
  const local = nowMs + offsetMs(zoneOf(timeZone, 'timeZone'), nowMs);
  return local - Math.floor(local / DAY_MS) * DAY_MS;
}
