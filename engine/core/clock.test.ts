import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock, parseClock } from './clock.ts';

describe('clock texts', () => {
  it('are seconds of the day', () => {
    expect(parseClock('00:00', 'at')).toBe(0);
    expect(parseClock('02:17', 'at')).toBe(8220);
    expect(parseClock(' 02:17:24.5 ', 'at')).toBe(8244.5);
    expect(parseClock('25:00:00', 'at')).toBe(90_000);
    expect(formatClock(8244.9)).toBe('02:17:24');
    expect(formatClock(90_000)).toBe('25:00:00');
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 * 3600 + 3599 }), (s) => {
        expect(parseClock(formatClock(s), 'at')).toBe(s);
      }),
    );
  });

  it.each(['', '2', '02:60', '02:17:61', '02-17', 'noon', '-1:00'])(
    'refuse %j and say how to write one',
    (text) => {
      expect(() => parseClock(text, 'startsAt')).toThrow(
        `startsAt: expected a time of day as HH:MM:SS, got ${JSON.stringify(text)}. Write for instance 02:19:00.`,
      );
    },
  );
});
