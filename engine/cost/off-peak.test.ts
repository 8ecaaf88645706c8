import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { OffPeak, offPeakSchema, type Deferrable, type OffPeakSettings } from './off-peak.ts';

const H = 3_600_000;
const DAY = 24 * H;
/** A clock without a zone: 0 is a midnight. */
const plainDay = (nowMs: number): number => ((nowMs % DAY) + DAY) % DAY;

const offPeak = (settings: Partial<OffPeakSettings> = {}, localMsOfDay = plainDay): OffPeak =>
  new OffPeak({ ...parse(offPeakSchema, { on: true }, 'offPeak'), ...settings }, localMsOfDay);

const task = (more: Partial<Deferrable> = {}): Deferrable => ({
  deferrable: true,
  deadlineMs: null,
  expectedMs: 0,
  ...more,
});

describe('off-peak hours, by hand', () => {
  it('are those of the module', () => {
    expect(parse(offPeakSchema, {}, 'offPeak')).toMatchObject({
      on: false,
      from: '22:00',
      to: '06:00',
      discountPpm: 300_000,
    });
    const night = offPeak();
    const at = (h: number, minute: number): boolean => night.inWindow(h * H + minute * 60_000);
    expect([at(21, 59), at(22, 0), at(23, 59), at(24, 0), at(29, 59), at(30, 0), at(12, 0)]).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(night.inWindow(6 * H - 1)).toBe(true);
  });

  it('need not pass midnight', () => {
    const siesta = offPeak({ from: '13:00', to: '15:30' });
    expect([12.9, 13, 15.4, 15.5].map((h) => siesta.inWindow(h * H))).toEqual([false, true, true, false]);
    expect(siesta.startAt(task(), 16 * H, 0)).toBe(37 * H);
  });

  it('take 30 % off, to the pico-dollar, and only then', () => {
    const night = offPeak();
    expect(night.priceAt(1_000_001, 23 * H)).toBe(700_001);
    expect(night.priceAt(1_000_001, 12 * H)).toBe(1_000_001);
    expect(offPeak({ on: false }).priceAt(1000, 23 * H)).toBe(1000);
  });

  it('are waited for by what may wait, and by nothing else', () => {
    const night = offPeak({ spread: false });
    expect(night.startAt(task(), 10 * H, 0.9)).toBe(22 * H);
    expect(night.startAt(task({ deferrable: false }), 10 * H, 0.9)).toBe(10 * H);
    expect(night.startAt(task(), 23 * H, 0.9)).toBe(23 * H);
    expect(offPeak({ on: false }).startAt(task(), 10 * H, 0.9)).toBe(10 * H);
    const unshifted = offPeak({ shift: false });
    expect([unshifted.startAt(task(), 10 * H, 0.9), unshifted.priceAt(1000, 23 * H)]).toEqual([10 * H, 700]);
  });

  it('are not waited for when the deadline would be missed', () => {
    const night = offPeak({ spread: false, marginMs: 60_000 });
    const work = { expectedMs: H };
    expect(night.startAt(task({ ...work, deadlineMs: 23 * H + 60_000 }), 10 * H, 0)).toBe(22 * H);
    expect(night.startAt(task({ ...work, deadlineMs: 23 * H + 59_999 }), 10 * H, 0)).toBe(10 * H);
    expect(night.startAt(task({ ...work, deadlineMs: 9 * H }), 10 * H, 0)).toBe(10 * H);
    expect(night.startAt(task({ ...work, deadlineMs: NaN }), 10 * H, 0)).toBe(10 * H);
  });

  it('are spread over as far as the window and the deadline allow', () => {
    const night = offPeak({ marginMs: 0 });
    expect([0, 0.5, 1].map((u) => night.startAt(task({ expectedMs: H }), 10 * H, u) / H)).toEqual([
      22, 25.5, 29,
    ]);
    const soon = task({ expectedMs: H, deadlineMs: 24 * H });
    expect([0, 0.5, 1].map((u) => night.startAt(soon, 10 * H, u) / H)).toEqual([22, 22.5, 23]);
    // Longer than the window: at its beginning.
    expect(night.startAt(task({ expectedMs: 9 * H }), 10 * H, 0.7)).toBe(22 * H);
    // Nothing may start at the end of the window, which is peak again.
    expect(night.startAt(task(), 10 * H, 1)).toBe(22 * H);
  });
});

describe('off-peak hours, always', () => {
  it('never pass a deadline that could be met, never defer what may not wait, and start in the window or now', () => {
    fc.assert(
      fc.property(
        fc.record({
          from: fc.integer({ min: 0, max: 1439 }),
          length: fc.integer({ min: 1, max: 1438 }),
          nowMs: fc.integer({ min: 0, max: 3 * DAY }),
          expectedMs: fc.integer({ min: 0, max: 12 * H }),
          slackMs: fc.option(fc.integer({ min: -H, max: 2 * DAY })),
          deferrable: fc.boolean(),
          spread: fc.boolean(),
          u: fc.double({ min: 0, max: 1, noNaN: true }),
          zoneMs: fc.integer({ min: -12, max: 14 }).map((h) => h * H),
        }),
        ({ from, length, nowMs, expectedMs, slackMs, deferrable, spread, u, zoneMs }) => {
          const hhmm = (m: number): string =>
            `${String(Math.floor((m % 1440) / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
          const policy = offPeak({ from: hhmm(from), to: hhmm(from + length), spread }, (ms) =>
            plainDay(ms + zoneMs),
          );
          const deadlineMs = slackMs === null ? null : nowMs + expectedMs + slackMs;
          const startMs = policy.startAt({ deferrable, deadlineMs, expectedMs }, nowMs, u);
          expect(startMs).toBeGreaterThanOrEqual(nowMs);
          if (startMs === nowMs) return;
          expect(deferrable).toBe(true);
          expect(policy.inWindow(startMs)).toBe(true);
          expect(startMs - nowMs).toBeLessThan(DAY);
          if (deadlineMs !== null) expect(startMs + expectedMs + 60_000).toBeLessThanOrEqual(deadlineMs);
        },
      ),
    );
  });

  it('open by the wall clock on the days on which the clocks are changed', () => {
    // Put forward at 02:00 of day 2 (23 hours), and back again at 03:00 of day 5 (25 hours).
    const zoned = (ms: number): number =>
      plainDay(ms >= 2 * DAY + 2 * H && ms < 5 * DAY + 2 * H ? ms + H : ms);
    const morning = offPeak({ from: '04:00', to: '05:00', spread: false }, zoned);
    expect(morning.startAt(task(), 1 * DAY + 20 * H, 0)).toBe(2 * DAY + 3 * H);
    expect(zoned(morning.startAt(task(), 4 * DAY + 20 * H, 0))).toBe(4 * H);
    // 02:30 does not exist on day 2: there is no window to wait for in that night.
    const swallowed = offPeak({ from: '02:15', to: '02:45', spread: false }, zoned);
    expect(swallowed.startAt(task(), 2 * DAY + H, 0)).toBe(2 * DAY + H);
  });
});

describe('deferred work, all at once', () => {
  const startsOf = (spread: boolean): number[] => {
    const policy = offPeak({ spread });
    const random = new RandomStream(1, 'off-peak');
    return Array.from({ length: 4000 }, () => {
      const nowMs = (8 + 12 * random.uniform()) * H;
      return policy.startAt(task({ expectedMs: 10_000, deadlineMs: nowMs + DAY }), nowMs, random.uniform());
    });
  };
  const busiestMinute = (starts: readonly number[]): number => {
    const perMinute = new Map<number, number>();
    for (const ms of starts) {
      const minute = Math.floor(ms / 60_000);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    return Math.max(...perMinute.values());
  };

  it('is a herd at 22:00:00 without the spread', () => {
    expect(new Set(startsOf(false))).toEqual(new Set([22 * H]));
    expect(busiestMinute(startsOf(false))).toBe(4000);
  });

  it('is a trickle with it', () => {
    // 4000 over eight hours are 8.3 a minute.
    expect(busiestMinute(startsOf(true))).toBeLessThan(30);
  });
});

describe('settings of off-peak hours', () => {
  it.each([
    [{ from: '24:00' }, 'from: expected a time of day as HH:MM, from 00:00 to 23:59, got "24:00".'],
    [{ from: '9:00' }, 'from: expected a time of day'],
    [{ from: '06:00' }, 'a window whose two times differ'],
    [{ discountPpm: 1_000_001 }, 'discountPpm: expected parts per million from 0 to 1,000,000, got 1000001.'],
    [{ marginMs: -1 }, 'marginMs: expected a number of 0 or more, got -1.'],
  ])('refuse %j', (settings, message) => {
    expect(() => parse(offPeakSchema, settings, 'offPeak')).toThrow(message);
  });

  it('refuses work that takes no number of milliseconds', () => {
    for (const expectedMs of [NaN, -1])
      expect(() => offPeak().startAt(task({ expectedMs }), 0, 0)).toThrow(InputError);
  });
});
