import * as v from 'valibot';
import { count, part, positive, within } from './fields.ts';

/** From what must always be served (0, critical) to what can be left (3, low): the order of the tasks' criticalities. */
export type CriticalityClass = 0 | 1 | 2 | 3;
export const CLASSES = 4;

export const shedderSchema = v.pipe(
  v.strictObject({
    /** Mean wait in the queue, over a window, that means overload. */
    delayMs: v.optional(positive, 20),
    /** Mean wait below which more is let in again; between the two nothing changes. */
    relaxDelayMs: v.optional(positive, 10),
    /** A window ends after this time … */
    windowMs: v.optional(positive, 1000),
    /** … or this many arrivals. */
    windowArrivals: v.optional(count, 2000),
    /** Share of what was let in that is shed more, each window of overload (α). */
    shedStep: v.optional(part, 0.05),
    /** Share of all arrivals that is let in more, each window without (β). */
    relaxStep: v.optional(part, 0.01),
    /** Parts of each class, by a hash of the user: the fineness of the cut-off. */
    userLevels: v.optional(within(1, 1024), 128),
  }),
  v.check((s) => s.relaxDelayMs <= s.delayMs, 'a relaxDelayMs of delayMs or less'),
);
export type ShedderSettings = v.InferOutput<typeof shedderSchema>;

/**
 * Shedding by criticality with a moving cut-off. Levels are class × userLevels + user level; what lies at or above the cut-off is shed.
 * Each window the cut-off goes to where the arrivals of the window would have been fewer by α (overload) or more by β.
 * Overload is seen in the wait in the queue, not in the response time, which also grows when something further down is slow.
 * Source: DAGOR, Zhou et al., Overload Control for Scaling WeChat Microservices (SoCC 2018); the band between
 * `relaxDelayMs` and `delayMs` is ours.
 *
 * Never is a class shed while a lower one is let in. A user is shed or served as a whole while the cut-off stands, so one that makes ten
 * calls does not lose the tenth.
 *
 * Failure mode: with `userLevels: 1` the cut-off moves by whole classes. Where one class is more than the capacity it is shut out and
 * let in by turns. And recovery is slow by design: β a window, 50 windows from half to all.
 */
export class CriticalityShedder {
  /** Levels below this are let in. */
  private level: number;
  private readonly arrivals: Float64Array;
  private windowEndMs: number;
  private total = 0;
  private delaySumMs = 0;
  private delays = 0;

  constructor(private readonly settings: ShedderSettings) {
    this.level = CLASSES * settings.userLevels;
    this.arrivals = new Float64Array(this.level);
    this.windowEndMs = settings.windowMs;
  }

  /** Whether an arrival may enter. @param userHash any whole number that stays the same for a user for a while. */
  admits(criticality: CriticalityClass, userHash: number, nowMs: number): boolean {
    this.advance(nowMs);
    const { userLevels } = this.settings;
    const level = criticality * userLevels + ((userHash >>> 0) % userLevels);
    this.arrivals[level]!++;
    this.total++;
    return level < this.level;
  }

  /** A request that was let in leaves the queue. */
  onDequeue(delayMs: number, nowMs: number): void {
    this.advance(nowMs);
    this.delaySumMs += delayMs;
    this.delays++;
  }

  /** Share of a class that is let in now. */
  admittedShare(criticality: CriticalityClass): number {
    const { userLevels } = this.settings;
    return Math.min(1, Math.max(0, this.level / userLevels - criticality));
  }

  private advance(nowMs: number): void {
    if (nowMs < this.windowEndMs && this.total < this.settings.windowArrivals) return;
    this.moveCutOff();
    this.arrivals.fill(0);
    this.total = 0;
    this.delaySumMs = 0;
    this.delays = 0;
    this.windowEndMs = nowMs + this.settings.windowMs;
  }

  private moveCutOff(): void {
    const { delayMs, relaxDelayMs, shedStep, relaxStep } = this.settings;
    const meanMs = this.delays > 0 ? this.delaySumMs / this.delays : 0;
    let admitted = 0;
    for (let i = 0; i < this.level; i++) admitted += this.arrivals[i]!;
    if (meanMs > delayMs) {
      const goal = (1 - shedStep) * admitted;
      while (this.level > 0 && admitted > goal) admitted -= this.arrivals[--this.level]!;
    } else if (meanMs <= relaxDelayMs) {
      const goal = admitted + relaxStep * this.total;
      while (this.level < this.arrivals.length && admitted < goal) admitted += this.arrivals[this.level++]!;
    }
  }
}
