import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDays } from './local-days.ts';

const zone = process.env['TZ'];
beforeEach(() => void (process.env['TZ'] = 'America/New_York'));
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const day = (text: string): number => localDays.dayOf(new Date(text).getTime());

describe('a day', () => {
  it('goes from four in the morning to four in the morning, where the learner is', () => {
    expect(day('2026-11-23T03:59:59')).toBe(day('2026-11-22T04:00:00'));
    expect(day('2026-11-23T04:00:00')).toBe(day('2026-11-22T04:00:00') + 1);
    expect(day('2026-11-24T00:30:00')).toBe(day('2026-11-23T12:00:00'));
  });

  it('is one day also where the clocks are changed', () => {
    // In 2026 summer time began there on 8 March and ended on 1 November.
    for (const [before, after] of [
      ['2026-03-07T12:00:00', '2026-03-08T12:00:00'],
      ['2026-10-31T12:00:00', '2026-11-01T12:00:00'],
    ])
      expect(day(after)).toBe(day(before) + 1);
    for (const text of ['2026-03-08', '2026-11-01', '2026-12-31'])
      expect(new Date(localDays.startMs(day(`${text}T12:00:00`))).getHours()).toBe(4);
  });

  it('begins in itself', () => {
    for (let n = 20_000; n < 20_800; n++) {
      expect(localDays.dayOf(localDays.startMs(n))).toBe(n);
      expect(localDays.dayOf(localDays.startMs(n) - 1)).toBe(n - 1);
    }
  });
});
