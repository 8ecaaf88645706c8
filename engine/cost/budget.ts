import * as v from 'valibot';
import { InputError, nearest, show } from '../core/errors.ts';
import { doubled, SlotAllocator } from '../core/growing.ts';
import { parse } from '../core/schema.ts';
import { Matching, type Spender } from './budget-matching.ts';
import { BUDGET_KEYS, budgetsSchema, limitUsdSchema } from './budget-settings.ts';
import { WindowedBudget, type Alert, type BudgetState } from './budget-window.ts';
import { usdOf, type PicoUsd } from './money.ts';

export type { Spender } from './budget-matching.ts';
export type { Alert, BudgetState } from './budget-window.ts';

export type Reservation =
  | { ok: true; id: number }
  | {
      ok: false;
      /** The budget that refused; of several, the one that starts anew last. */
      budget: string;
      /** How much too little there was. */
      missingUsd: number;
      /** When its next window starts; Infinity when the call alone is more than the limit. */
      resetsAtMs: number;
    };

/**
 * "reserve": a call holds its worst case before it runs, so no number of calls at a time can spend more than the limit.
 * "check": the usual way, a call runs while anything is left; what is in flight when the limit is reached comes on top of it.
 */
export type BudgetMode = 'reserve' | 'check';

/** Ids are generation × SLOTS + slot, so an id that was settled is known when its slot has been given to another call. */
const SLOTS = 1 << 24;
const GENERATIONS = 1 << 29;

/**
 * Several budgets at once. A call needs room in all that count it (everybody's, its tenant's, its agent type's, its model's), and is
 * booked in all or in none. Every reservation must end once, in `settle` or `release`: a call that failed after it had used tokens is
 * settled with what they cost. A fallback releases, and reserves anew under the model that answers.
 *
 * Time is milliseconds since 1970 UTC. Windows end exactly at their end, with the first event at or after it. A time before the
 * latest one seen counts as that one, and in `clockWentBack`.
 */
export class Budgets {
  /** May be changed during a run; calls end in the mode they were let in. */
  mode: BudgetMode;
  clockWentBack = 0;
  /** Calls that cost more than was held for them. The provider's price was booked. */
  beyondReserved = 0;

  private readonly budgets: WindowedBudget[];
  private readonly matching: Matching;
  private alerts: Alert[] = [];
  private latestMs: number;
  /** End of the first window to end. */
  private rollMs: number;

  private readonly slots: SlotAllocator;
  private generation: Int32Array = new Int32Array(64);
  /** What is held; NaN for a slot that is free, −1 in check mode. */
  private held: Float64Array = new Float64Array(64).fill(NaN);
  private admittedMs: Float64Array = new Float64Array(64);
  private match: Int32Array = new Int32Array(64);

  /** @throws InputError naming the place in `settings`, for instance overlapping windows. */
  constructor(
    settings: readonly v.InferInput<typeof budgetsSchema>[number][],
    { mode }: { mode: BudgetMode },
    startMs: number,
  ) {
    const checked = parse(
      v.strictObject({ budgets: budgetsSchema }),
      { budgets: settings },
      'budgets',
      BUDGET_KEYS,
    );
    if (!Number.isFinite(startMs)) throw notATime('startMs', startMs);
    this.mode = mode;
    this.latestMs = startMs;
    this.budgets = checked.budgets.map((budget) => new WindowedBudget(budget, startMs));
    this.matching = new Matching(this.budgets);
    this.rollMs = this.firstEnd();
    this.slots = new SlotAllocator(64, () => this.grow());
  }

  /** Reservations that were neither settled nor released. */
  get inFlight(): number {
    return this.slots.taken;
  }

  /**
   * Asks for room for a call. @param worst the most it can cost, see `PriceBook.worstCostOf`.
   * @throws InputError for an amount that is not whole pico-dollars of 0 or more.
   */
  reserve(spender: Spender, worst: PicoUsd, nowMs: number): Reservation {
    checkAmount('worst', worst);
    const atMs = this.advance(nowMs);
    const match = this.matching.of(spender);
    const list = this.matching.lists[match]!;
    const holds = this.mode === 'reserve';
    for (let i = 0; i < list.length; i++) {
      const budget = list[i]!;
      if (holds ? budget.admitIfFits(worst, spender.critical) : budget.admitIfRoom(spender.critical))
        continue;
      for (let j = 0; j < i; j++) list[j]!.withdraw(holds ? worst : 0);
      return this.refusal(list, worst, spender.critical);
    }
    const slot = this.slots.take();
    if (slot >= SLOTS) throw new Error(`More than ${SLOTS} reservations at a time.`);
    this.held[slot] = holds ? worst : -1;
    this.admittedMs[slot] = atMs;
    this.match[slot] = match;
    return { ok: true, id: this.generation[slot]! * SLOTS + slot };
  }

  /** Books what a call cost, in the window in which it was let in. @throws InputError for an id that is not open, and for `actual` as `reserve`. */
  settle(id: number, actual: PicoUsd, nowMs: number): void {
    checkAmount('actual', actual);
    this.end(id, actual, nowMs);
  }

  /** Ends a call that cost nothing. @throws InputError for an id that is not open. */
  release(id: number, nowMs: number): void {
    this.end(id, 0, nowMs);
  }

  /** Books what is spent whether or not there is room, such as the hours of an agent pool. */
  spendUnreserved(spender: Spender, actual: PicoUsd, nowMs: number): void {
    checkAmount('actual', actual);
    const atMs = this.advance(nowMs);
    for (const budget of this.matching.lists[this.matching.of(spender)]!)
      budget.book(actual, atMs, this.alerts);
  }

  /** Highest share spent among the budgets that count this spender; 0 when none does. */
  tightestShare(spender: Spender, nowMs: number): number {
    this.advance(nowMs);
    let tightest = 0;
    for (const budget of this.matching.lists[this.matching.of(spender)]!)
      tightest = Math.max(tightest, budget.share);
    return tightest;
  }

  /**
   * Changes a limit from now on. Below what is spent already, nothing is taken back, calls in flight run to their end, and new ones are
   * refused until the next window; thresholds that are passed by the change are reported once.
   */
  setLimit(name: string, limitUsd: number, nowMs: number): void {
    const checked = parse(v.strictObject({ limitUsd: limitUsdSchema }), { limitUsd }, name);
    const atMs = this.advance(nowMs);
    const budget = this.budgets.find(({ settings }) => settings.name === name);
    if (budget) return budget.setLimit(checked.limitUsd, atMs, this.alerts);
    const guess = nearest(
      name,
      this.budgets.map(({ settings }) => settings.name),
    );
    throw new InputError(
      'budget',
      'the name of a budget',
      show(name),
      guess === undefined ? '' : `Did you mean "${guess}"?`,
    );
  }

  /** All budgets in their current windows, in the order of the settings. */
  states(nowMs: number): BudgetState[] {
    this.advance(nowMs);
    return this.budgets.map((budget) => budget.state());
  }

  /** Earlier windows in which something happened, budget by budget, oldest first. */
  pastStates(nowMs: number): BudgetState[] {
    this.advance(nowMs);
    return this.budgets.flatMap((budget) => budget.pastStates());
  }

  /** Alerts since the last call of this. */
  takeAlerts(): Alert[] {
    const alerts = this.alerts;
    this.alerts = [];
    return alerts;
  }

  private end(id: number, actual: PicoUsd, nowMs: number): void {
    const slot = id % SLOTS;
    if (!(id >= 0 && this.held[slot]! >= -1 && Math.floor(id / SLOTS) === this.generation[slot]))
      throw new InputError(
        'id',
        'an open reservation',
        show(id),
        'It was settled or released before, or never made.',
      );
    const atMs = this.advance(nowMs);
    const held = this.held[slot]!;
    if (held >= 0 && actual > held) this.beyondReserved++;
    for (const budget of this.matching.lists[this.match[slot]!]!)
      budget.end(this.admittedMs[slot]!, Math.max(held, 0), actual, atMs, this.alerts);
    this.held[slot] = NaN;
    this.generation[slot] = (this.generation[slot]! + 1) % GENERATIONS;
    this.slots.give(slot);
  }

  private refusal(list: readonly WindowedBudget[], worst: PicoUsd, critical: boolean): Reservation {
    const needed = this.mode === 'reserve' ? worst : 0;
    let refusal = { ok: false as const, budget: '', missingUsd: 0, resetsAtMs: -Infinity };
    for (const budget of list) {
      if (this.mode === 'reserve' ? budget.fits(worst, critical) : budget.hasRoom(critical)) continue;
      budget.refuse();
      const resetsAtMs = budget.neverFits(needed, critical) ? Infinity : budget.endMs;
      const missingUsd = budget.missingUsd(needed, critical);
      if (
        resetsAtMs > refusal.resetsAtMs ||
        (resetsAtMs === refusal.resetsAtMs && missingUsd > refusal.missingUsd)
      )
        refusal = { ok: false, budget: budget.settings.name, missingUsd, resetsAtMs };
    }
    return refusal;
  }

  /** The time to count with; ends the windows that it has passed. */
  private advance(nowMs: number): number {
    if (nowMs >= this.latestMs) {
      if (nowMs >= this.rollMs) {
        if (nowMs === Infinity) throw notATime('nowMs', nowMs);
        for (const budget of this.budgets) budget.roll(nowMs);
        this.rollMs = this.firstEnd();
      }
      this.latestMs = nowMs;
    } else if (nowMs < this.latestMs) this.clockWentBack++;
    else throw notATime('nowMs', nowMs);
    return this.latestMs;
  }

  private firstEnd(): number {
    return this.budgets.reduce((first, { endMs }) => Math.min(first, endMs), Infinity);
  }

  private grow(): void {
    const free = this.held.length;
    this.generation = doubled(this.generation);
    this.held = doubled(this.held).fill(NaN, free);
    this.admittedMs = doubled(this.admittedMs);
    this.match = doubled(this.match);
  }
}

/**
 * What remains of a budget as the module computes it (its defect kept, for the exercise): the percentage that is left, 0 to 100, is
 * multiplied with the limit as if it were a share. Of $100 with $20 spent it reports $8,000. The right figures are in `BudgetState`.
 */
export function moduleRemaining(
  limitUsd: number,
  spentUsd: number,
): { remainingPercent: number; remainingUsd: number } {
  const remainingPercent = ((limitUsd - spentUsd) / limitUsd) * 100;
  return { remainingPercent, remainingUsd: remainingPercent * limitUsd };
}

function notATime(place: string, ms: number): InputError {
  return new InputError(place, 'milliseconds since 1970', show(ms));
}

function checkAmount(place: string, amount: PicoUsd): void {
  if (!(Number.isSafeInteger(amount) && amount >= 0))
    throw new InputError(
      place,
      'whole pico-dollars of 0 or more',
      show(amount),
      Number.isFinite(amount) ? `That is $${usdOf(amount)}.` : '',
    );
}
