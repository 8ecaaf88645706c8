import { BeforeAfter, type MeasuredSaving } from '../../engine/cost/before-after.ts';
import {
  EMERGENCY_CONTROLS,
  estimate,
  estimateTogether,
  type EmergencyControl,
  type Prices,
  type SavingEstimate,
  type SpendProfile,
} from '../../engine/cost/emergency.ts';
import { CONTROLS, EMERGENCY } from './live-cost-emergency.ts';

export const NONE_PULLED: ReadonlySet<EmergencyControl> = new Set();

/** Totals that only grow. */
export interface Reading {
  nowMs: number;
  spentUsd: number;
  requests: number;
}

/** A control that was pulled: what was expected of it, and what came. */
export interface Pull {
  control: EmergencyControl;
  inForce: boolean;
  expected: SavingEstimate | null;
  /** Null: too little has happened before or after. */
  measured: MeasuredSaving | null;
  /** It is not measured any more: it was released, or another control was pulled or released after it. */
  ended: boolean;
}

/** Those that do something on this page. */
export const USABLE = EMERGENCY_CONTROLS.filter((control) => CONTROLS[control].does !== null);

export interface Estimates {
  alone: ReadonlyMap<EmergencyControl, SavingEstimate>;
  /** Of all that can still be pulled; together they save less than the sum. */
  togetherUsdPerHour: number;
  togetherShare: number;
}

/** What each control would save, and all that are left together; null without a profile. */
export function estimatesOf(
  profile: SpendProfile | null,
  prices: Prices,
  pulled: ReadonlySet<EmergencyControl>,
): Estimates | null {
  if (profile === null) return null;
  const left = USABLE.filter((control) => !pulled.has(control));
  const together = estimateTogether(left, profile, prices, EMERGENCY);
  return {
    alone: new Map(
      EMERGENCY_CONTROLS.map((control) => [control, estimate(control, profile, prices, EMERGENCY)]),
    ),
    togetherUsdPerHour: together.savingUsdPerHour,
    togetherShare: together.share,
  };
}

/**
 * Measures what each pulled control saves. The stretch before a control begins with the last change of any, and the one after it ends with
 * the next: two controls are never measured as one.
 */
export class Pulls {
  private readonly list: (Pull & { meter: BeforeAfter })[] = [];
  private stretch: Reading;

  constructor(start: Reading) {
    this.stretch = start;
  }

  /** Since when nothing was pulled or released. */
  get sinceMs(): number {
    return this.stretch.nowMs;
  }

  get inForce(): Set<EmergencyControl> {
    return new Set(this.list.filter((pull) => pull.inForce).map(({ control }) => control));
  }

  /** In the order in which they were pulled, as they stand now. */
  read(now: Reading): Pull[] {
    for (const pull of this.list)
      if (!pull.ended) pull.measured = pull.meter.read(now.nowMs, now.spentUsd, now.requests);
    return this.list.map(({ meter: _, ...pull }) => ({ ...pull }));
  }

  pull(control: EmergencyControl, expected: SavingEstimate | null, now: Reading): void {
    const { stretch } = this;
    const meter = new BeforeAfter(stretch.nowMs, stretch.spentUsd, stretch.requests);
    meter.begin(now.nowMs, now.spentUsd, now.requests);
    this.end(now);
    this.list.push({ control, inForce: true, expected, measured: null, ended: false, meter });
  }

  release(control: EmergencyControl, now: Reading): void {
    this.end(now);
    for (const pull of this.list) if (pull.control === control) pull.inForce = false;
  }

  private end(now: Reading): void {
    this.read(now);
    for (const pull of this.list) pull.ended = true;
    this.stretch = now;
  }
}
