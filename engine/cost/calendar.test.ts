import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import {
  Calendar,
  dateAt,
  isTimeZone,
  windowAt,
  WINDOW_KINDS,
  WEEKDAYS,
  type WindowKind,
} from './calendar.ts';

const HOUR = 3_600_000;
const window = (kind: WindowKind, zone: string, now: string): [string, string, number] => {
  const { startMs, endMs } = windowAt(kind, zone, Date.parse(now));
  const text = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
  return [text(startMs), text(endMs), (endMs - startMs) / HOUR];
};

describe('windows of the calendar, worked by hand', () => {
  it.each<[string, WindowKind, string, string, [string, string, number]]>([
    ['a day', 'day', 'UTC', '2026-11-23T14:50Z', ['2026-11-23T00:00', '2026-11-24T00:00', 24]],
    ['its first moment', 'day', 'UTC', '2026-11-23T00:00Z', ['2026-11-23T00:00', '2026-11-24T00:00', 24]],
    [
      'its last moment',
      'day',
      'UTC',
      '2026-11-23T23:59:59.999Z',
      ['2026-11-23T00:00', '2026-11-24T00:00', 24],
    ],
    ['before 1970', 'day', 'UTC', '1969-12-31T23:00Z', ['1969-12-31T00:00', '1970-01-01T00:00', 24]],
    ['a week from Monday', 'week', 'UTC', '2026-11-29T23:59Z', ['2026-11-23T00:00', '2026-11-30T00:00', 168]],
    ['a week before 1970', 'week', 'UTC', '1970-01-01T00:00Z', ['1969-12-29T00:00', '1970-01-05T00:00', 168]],
    [
      'a month of 30 days',
      'month',
      'UTC',
      '2026-11-30T23:59Z',
      ['2026-11-01T00:00', '2026-12-01T00:00', 720],
    ],
    ['December', 'month', 'UTC', '2026-12-31T12:00Z', ['2026-12-01T00:00', '2027-01-01T00:00', 744]],
    ['February', 'month', 'UTC', '2027-02-28T23:59Z', ['2027-02-01T00:00', '2027-03-01T00:00', 672]],
    [
      'February of a leap year',
      'month',
      'UTC',
      '2028-02-29T12:00Z',
      ['2028-02-01T00:00', '2028-03-01T00:00', 696],
    ],
    [
      'February of 2100, which is none',
      'month',
      'UTC',
      '2100-02-28T12:00Z',
      ['2100-02-01T00:00', '2100-03-01T00:00', 672],
    ],
    [
      'clocks forward',
      'day',
      'Europe/Berlin',
      '2026-03-29T12:00Z',
      ['2026-03-28T23:00', '2026-03-29T22:00', 23],
    ],
    [
      'clocks back',
      'day',
      'Europe/Berlin',
      '2026-10-25T12:00Z',
      ['2026-10-24T22:00', '2026-10-25T23:00', 25],
    ],
    [
      'a week with clocks forward',
      'week',
      'Europe/Berlin',
      '2026-03-25T12:00Z',
      ['2026-03-22T23:00', '2026-03-29T22:00', 167],
    ],
    [
      'a month with clocks back',
      'month',
      'Europe/Berlin',
      '2026-10-01T12:00Z',
      ['2026-09-30T22:00', '2026-10-31T23:00', 745],
    ],
    [
      'half an hour off',
      'day',
      'Asia/Kolkata',
      '2026-11-23T18:29Z',
      ['2026-11-22T18:30', '2026-11-23T18:30', 24],
    ],
    [
      'three quarters',
      'day',
      'Asia/Kathmandu',
      '2026-11-23T12:00Z',
      ['2026-11-22T18:15', '2026-11-23T18:15', 24],
    ],
    [
      'clocks forward by half an hour',
      'day',
      'Australia/Lord_Howe',
      '2026-10-04T00:00Z',
      ['2026-10-03T13:30', '2026-10-04T13:00', 23.5],
    ],
    [
      'a midnight that does not exist',
      'day',
      'America/Sao_Paulo',
      '2018-11-04T12:00Z',
      ['2018-11-04T03:00', '2018-11-05T02:00', 23],
    ],
    [
      'the day before it',
      'day',
      'America/Sao_Paulo',
      '2018-11-04T02:59Z',
      ['2018-11-03T03:00', '2018-11-04T03:00', 24],
    ],
    [
      'clocks back at midnight',
      'day',
      'America/Sao_Paulo',
      '2018-02-18T02:30Z',
      ['2018-02-17T02:00', '2018-02-18T03:00', 25],
    ],
    [
      'midnight twice',
      'day',
      'America/Havana',
      '2026-11-01T12:00Z',
      ['2026-11-01T04:00', '2026-11-02T05:00', 25],
    ],
    [
      'a minute past midnight back to the day before',
      'day',
      'America/St_Johns',
      '2010-11-07T02:40Z',
      ['2010-11-07T02:30', '2010-11-08T03:30', 25],
    ],
    [
      'before a day that does not exist',
      'day',
      'Pacific/Apia',
      '2011-12-30T09:59Z',
      ['2011-12-29T10:00', '2011-12-30T10:00', 24],
    ],
    ['after it', 'day', 'Pacific/Apia', '2011-12-30T10:00Z', ['2011-12-30T10:00', '2011-12-31T10:00', 24]],
    [
      'furthest ahead',
      'month',
      'Pacific/Kiritimati',
      '2026-11-30T10:00Z',
      ['2026-11-30T10:00', '2026-12-31T10:00', 744],
    ],
  ])('%s', (_, kind, zone, now, expected) => {
    expect(window(kind, zone, now)).toEqual(expected);
  });

  it('weeks begin on any day', () => {
    const now = Date.parse('2026-11-23T12:00Z'); // a Monday
    const firstDays = WEEKDAYS.map((day) => new Date(windowAt('week', 'UTC', now, day).startMs).getUTCDate());
    expect(firstDays).toEqual([22, 23, 17, 18, 19, 20, 21]);
  });

  it('days have the name of their date', () => {
    expect(dateAt('UTC', Date.parse('2026-11-23T23:59Z'))).toBe('2026-11-23');
    expect(dateAt('Asia/Kolkata', Date.parse('2026-11-23T18:30Z'))).toBe('2026-11-24');
    expect(dateAt('America/Sao_Paulo', Date.parse('2018-11-04T03:00Z'))).toBe('2018-11-04');
  });
});

describe('windows in any zone', () => {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const anything = [
    fc.constantFrom(...WINDOW_KINDS),
    fc.constantFrom(...zones),
    fc.integer({ min: Date.UTC(1901, 0), max: Date.UTC(2100, 0) }),
  ] as const;

  it('contain the moment, touch each other, and begin at their local midnight or with a change of clocks', () => {
    fc.assert(
      fc.property(...anything, (kind, zone, now) => {
        const { startMs, endMs } = windowAt(kind, zone, now);
        expect(startMs <= now && now < endMs).toBe(true);
        expect(windowAt(kind, zone, startMs)).toEqual({ startMs, endMs });
        expect(windowAt(kind, zone, endMs - 1)).toEqual({ startMs, endMs });
        expect(windowAt(kind, zone, endMs).startMs).toBe(endMs);
        expect(windowAt(kind, zone, startMs - 1).endMs).toBe(startMs);
        const at = (ms: number): string =>
          new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(ms);
        expect(at(startMs) > at(startMs - 1)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('are the same from the calendar that remembers', () => {
    const calendars = new Map<string, Calendar>();
    fc.assert(
      fc.property(...anything, fc.integer({ min: -HOUR, max: HOUR }), (kind, zone, now, step) => {
        const key = `${kind} ${zone}`;
        if (!calendars.has(key)) calendars.set(key, new Calendar(kind, zone));
        const calendar = calendars.get(key)!;
        for (const ms of [now, now + step]) expect(calendar.at(ms)).toEqual(windowAt(kind, zone, ms));
      }),
    );
    const calendar = new Calendar('day', 'Europe/Berlin');
    expect(calendar.at(0)).toBe(calendar.at(1));
    const { startMs, endMs } = calendar.at(0);
    expect(calendar.at(endMs).startMs).toBe(endMs);
    expect(calendar.at(startMs - 1).endMs).toBe(startMs);
  });
});

describe('bad input', () => {
  it('a zone that is none, with the one that was probably meant', () => {
    expect(() => windowAt('day', 'Europe/Berlín', 0)).toThrow(
      /timeZone: .* got "Europe\/Berlín"\. Did you mean "Europe\/Berlin"\?/,
    );
    expect(() => new Calendar('day', 'Middle/Earth')).toThrow(InputError);
    expect(['UTC', 'Asia/Tokyo', '', '+02:00', 'Mars'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([NaN, Infinity, -Infinity, 1e17, Date.UTC(1800, 0)])('a time of %s', (ms) => {
    expect(() => windowAt('day', 'UTC', ms)).toThrow(/nowMs: expected a time between 1900 and 9999/);
    expect(() => new Calendar('day', 'UTC').at(ms)).toThrow(InputError);
  });
});
