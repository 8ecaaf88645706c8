import * as v from 'valibot';
import { parseClock } from '../core/clock.ts';
import { InputError } from '../core/errors.ts';
import { timesPpm, type PicoUsd } from './money.ts';

const DAY_MS = 86_400_000;
const PPM = 1_000_000;

const number = v.pipe(v.number(), v.finite('a finite number'));
const timeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM, from 00:00 to 23:59'),
);

/** Off-peak hours (M10). The module's: 22:00–05:59 at 30 % less (Session 8 C). */
export const offPeakSchema = v.pipe(
  v.strictObject({
    /** There are off-peak prices. */
    on: v.optional(v.boolean(), false),
    /**
     * Deferrable work waits for them. Turned off alone, it shows what the shifting saves: nights are cheap
     * without it, too.
     */
    shift: v.optional(v.boolean(), true),
    /**
     * Wall-clock times in the time zone of the decisions; `to` is the first minute that is peak again. May
     * pass midnight.
     */
    from: v.optional(timeOfDay, '22:00'),
    to: v.optional(timeOfDay, '06:00'),
    /** Parts per million off the price of what starts in the window. */
    discountPpm: v.optional(
      v.pipe(
        number,
        v.integer('a whole number'),
        v.minValue(0, 'parts per million from 0 to 1,000,000'),
        v.maxValue(PPM, 'parts per million from 0 to 1,000,000'),
      ),
      300_000,
    ),
    /** Time kept between the expected end of deferred work and its deadline. */
    marginMs: v.optional(v.pipe(number, v.minValue(0, 'a number of 0 or more')), 60_000),
    /** Deferred work starts all over the window; otherwise all of it when the window opens. */
    spread: v.optional(v.boolean(), true),
  }),
  v.check((s) => s.from !== s.to, 'a window whose two times differ (equal ones could mean none or all day)'),
);

export type OffPeakSettings = v.InferOutput<typeof offPeakSchema>;

/** What there is to know of work that may wait. */
export interface Deferrable {
  /** Nobody waits for the answer. */
  deferrable: boolean;
  /** Null: none. */
  deadlineMs: number | null;
  /** How long it will probably take, queueing included. */
  expectedMs: number;
}

/**
 * Decides when deferrable work starts, and what the hour makes of a price. What is paid is decided by the
 * moment of the start, as with calls to a model.
 *
 * Time zones come in as a function from the clock to the milliseconds of the local day, so that a day of 23
 * or 25 hours is right.
 */
export class OffPeak {
  private readonly fromMs: number;
  private readonly toMs: number;

  /** @param localMsOfDay milliseconds since local midnight, 0 … 86,399,999, by the wall clock. */
  constructor(
    readonly settings: OffPeakSettings,
    private readonly localMsOfDay: (nowMs: number) => number,
  ) {
    this.fromMs = parseClock(settings.from, 'offPeak.from') * 1000;
    this.toMs = parseClock(settings.to, 'offPeak.to') * 1000;
  }

  /** Whether the clock shows off-peak hours, whether or not the discount is on. */
  inWindow(nowMs: number): boolean {
    const local = this.localMsOfDay(nowMs);
    return this.fromMs < this.toMs
      ? local >= this.fromMs && local < this.toMs
      : local >= this.fromMs || local < this.toMs;
  }

  /** What a price is at an hour; the full one when off-peak prices are off. */
  priceAt(amount: PicoUsd, nowMs: number): PicoUsd {
    const { on, discountPpm } = this.settings;
    return on && this.inWindow(nowMs) ? timesPpm(amount, PPM - discountPpm) : amount;
  }

  /**
   * When a task should start, `nowMs` or later.
   *
   * Now: if work is not shifted, it cannot be deferred, it is off-peak already, or its deadline, less the
   * expected time and the margin, comes before the next window opens (to wait for a later peak hour would
   * gain nothing). Otherwise in the next window: at its beginning, or with `spread` at a share `u` of what
   * the window, its end and the deadline leave.
   * @param u uniform from 0 to 1; the same u gives the same start.
   * @throws InputError for an expected time that is not a number of 0 or more.
   */
  startAt(task: Deferrable, nowMs: number, u: number): number {
    const { on, shift, marginMs, spread } = this.settings;
    if (!(task.expectedMs >= 0))
      throw new InputError('expectedMs', 'a number of 0 or more', String(task.expectedMs));
    if (!on || !shift || !task.deferrable || this.inWindow(nowMs)) return nowMs;
    const opensMs = this.nextAt(this.fromMs, nowMs);
    const latestMs = task.deadlineMs === null ? Infinity : task.deadlineMs - task.expectedMs - marginMs;
    // A window that a change of the clocks swallowed is not there to wait for.
    if (!(opensMs <= latestMs) || !this.inWindow(opensMs)) return nowMs;
    if (!spread) return opensMs;
    const room = Math.min(latestMs, this.nextAt(this.toMs, opensMs) - task.expectedMs) - opensMs;
    const startMs = Math.floor(opensMs + Math.max(0, room) * u);
    return this.inWindow(startMs) ? startMs : opensMs;
  }

  /** The next moment at which the wall clock shows a time of day. */
  private nextAt(timeMs: number, nowMs: number): number {
    const away = (timeMs - this.localMsOfDay(nowMs) + DAY_MS) % DAY_MS;
    const guess = nowMs + (away === 0 ? DAY_MS : away);
    // The clocks may be put forward or back before then, by an hour or so; what is off by more is the same
    // time of another day.
    const ahead = this.localMsOfDay(guess) - timeMs;
    const off = ((ahead + 1.5 * DAY_MS) % DAY_MS) - DAY_MS / 2;
    const corrected = guess - off;
    return corrected > nowMs && this.localMsOfDay(corrected) === timeMs ? corrected : guess;
  }
}
