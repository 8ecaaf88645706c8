import { OffPeak } from '../cost/off-peak.ts';
import type { Job } from './job.ts';
import type { GatewaySettings } from './settings.ts';

const PPM = 1_000_000;

/** From the times of the events to milliseconds since 1970 UTC, and from those to the wall clock of a zone. */
export interface GatewayClock {
  epochMs: (nowMs: number) => number;
  /** Milliseconds since local midnight by the wall clock. */
  msOfDay: (epochMs: number) => number;
}

/** The cheap hours: what they take off a price, and what waits for them. */
export class Night {
  private readonly offPeak: OffPeak;

  constructor(
    private readonly settings: GatewaySettings,
    private readonly clock: GatewayClock,
    private readonly slowestMs: number,
    private readonly u: (job: number) => number,
  ) {
    this.offPeak = new OffPeak(settings.offPeak, clock.msOfDay);
  }

  /** Share of the price that a call pays that starts now, in parts per million. */
  pricePpm(epochMs: number): number {
    const { on, discountPpm } = this.settings.offPeak;
    return on && this.offPeak.inWindow(epochMs) ? PPM - discountPpm : PPM;
  }

  /**
   * When a deferrable job starts, `nowMs` or later.
   * @param told by a rule or a measure, which hold although work is not shifted by default.
   */
  startMs({ id, task }: Job, told: boolean, nowMs: number): number {
    const { offPeak: settings } = this.settings;
    if (!told && !(settings.on && settings.shift)) return nowMs;
    const epochMs = this.clock.epochMs(nowMs);
    const offPeak =
      settings.on && settings.shift
        ? this.offPeak
        : new OffPeak({ ...settings, on: true, shift: true }, this.clock.msOfDay);
    const deferrable = {
      deferrable: task.deferrable,
      deadlineMs: task.deadlineMs === null ? null : this.clock.epochMs(task.deadlineMs),
      expectedMs: this.slowestMs,
    };
    return nowMs + (offPeak.startAt(deferrable, epochMs, this.u(id)) - epochMs);
  }
}
