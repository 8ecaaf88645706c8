import type { BudgetScope, BudgetSettings } from './budget-settings.ts';
import { Calendar, type WindowKind } from './calendar.ts';
import { MoneySum, PICO_PER_USD, type PicoUsd } from './money.ts';

/** A budget in one of its windows. */
export interface BudgetState {
  name: string;
  scope: BudgetScope;
  window: WindowKind;
  startMs: number;
  endMs: number;
  limitUsd: number;
  spentUsd: number;
  /** Held for calls that have not ended. */
  reservedUsd: number;
  /** Limit less what is spent and held; below 0 when the limit was overspent, or was lowered. */
  remainingUsd: number;
  /** The same as a share of the limit. */
  remainingShare: number;
  /** Spent over limit. */
  share: number;
  /** Spending booked above the limit that held at that time. */
  overshootUsd: number;
  /** Calls not yet ended, that were let in during this window. */
  inFlight: number;
  /** Such calls at the moment when spending reached the limit, with the one that reached it; null: not reached. */
  inFlightAtCrossing: number | null;
  /** Calls that this budget refused. */
  refused: number;
}

/** Spending reached a threshold. */
export interface Alert {
  budget: string;
  /** Share of the limit. */
  threshold: number;
  atMs: number;
  /** Spent over limit when it was sent. */
  share: number;
  /** Start of the window whose spending it was; earlier than the current one for a call that ended late. */
  windowStartMs: number;
}

/** A limit and what follows from it, as exact sums. */
interface Terms {
  limitUsd: number;
  limit: MoneySum;
  /** What requests may use that are not critical. */
  open: MoneySum;
  thresholds: { share: number; sum: MoneySum }[];
}

interface Window {
  startMs: number;
  endMs: number;
  terms: Terms;
  spent: MoneySum;
  /** Spent and held. */
  committed: MoneySum;
  overshoot: MoneySum;
  inFlight: number;
  inFlightAtCrossing: number | null;
  refused: number;
  /** Thresholds before this one have been reached; only ever grows, so that each is reported once. */
  nextThreshold: number;
}

/**
 * One budget: its limit, the current window, and past windows in which anything happened. A call belongs to the window in which it was
 * let in, also when it ends after it.
 */
export class WindowedBudget {
  private readonly calendar: Calendar;
  private readonly past: Window[] = [];
  private current: Window;

  constructor(
    readonly settings: BudgetSettings,
    startMs: number,
  ) {
    this.calendar = new Calendar(settings.window, settings.timeZone, settings.weekStart);
    this.current = newWindow(this.calendar.at(startMs), termsOf(settings, settings.limitUsd));
  }

  get endMs(): number {
    return this.current.endMs;
  }

  /** Spent over limit in the current window. */
  get share(): number {
    return this.current.spent.usd / this.current.terms.limitUsd;
  }

  /** Turns to the window of a time that is not before the current one. */
  roll(nowMs: number): void {
    if (nowMs < this.current.endMs) return;
    const { startMs, endMs } = this.calendar.at(nowMs);
    const old = this.current;
    if (old.inFlight > 0 || old.refused > 0 || old.spent.usd > 0) this.past.push(old);
    this.current = newWindow({ startMs, endMs }, old.terms);
  }

  /** A new limit, from now on. What is spent and held stays; nothing new fits until there is room again. */
  setLimit(usd: number, nowMs: number, alerts: Alert[]): void {
    this.current.terms = termsOf(this.settings, usd);
    this.alert(this.current, nowMs, alerts);
  }

  /** Whether a call fits whose worst case is held. */
  fits(worst: PicoUsd, critical: boolean): boolean {
    const { committed, terms } = this.current;
    const fits = committed.add(worst).compare(critical ? terms.limit : terms.open) <= 0;
    committed.add(-worst);
    return fits;
  }

  /** The usual test, which looks at nothing but what is booked. */
  hasRoom(critical: boolean): boolean {
    const { spent, terms } = this.current;
    return spent.compare(critical ? terms.limit : terms.open) < 0;
  }

  /** Dollars that a call of this worst case lacks, counting what is held. */
  missingUsd(worst: PicoUsd, critical: boolean): number {
    const { committed, terms } = this.current;
    return committed
      .copy()
      .add(worst)
      .addSum(critical ? terms.limit : terms.open, -1).usd;
  }

  /** Whether a call would not even fit into an unused window. */
  neverFits(worst: PicoUsd, critical: boolean): boolean {
    const { limit, open } = this.current.terms;
    return new MoneySum().add(worst).compare(critical ? limit : open) > 0;
  }

  /** Holds the worst case of a call, or does nothing when it does not fit. */
  admitIfFits(worst: PicoUsd, critical: boolean): boolean {
    const { committed, terms } = this.current;
    if (committed.add(worst).compare(critical ? terms.limit : terms.open) > 0) {
      committed.add(-worst);
      return false;
    }
    this.current.inFlight++;
    return true;
  }

  /** The usual way: lets a call in while anything is left, and holds nothing. */
  admitIfRoom(critical: boolean): boolean {
    if (!this.hasRoom(critical)) return false;
    this.current.inFlight++;
    return true;
  }

  /** Takes back an admission of the same moment. */
  withdraw(held: PicoUsd): void {
    this.current.committed.add(-held);
    this.current.inFlight--;
  }

  refuse(): void {
    this.current.refused++;
  }

  /** Ends a call that was let in at `admittedMs`; `actual` is 0 for one that cost nothing. */
  end(admittedMs: number, held: PicoUsd, actual: PicoUsd, nowMs: number, alerts: Alert[]): void {
    const window = this.windowOf(admittedMs);
    window.committed.add(actual - held);
    this.bookIn(window, actual, nowMs, alerts);
    window.inFlight--;
  }

  /** Books spending that was never let in as a call. */
  book(actual: PicoUsd, nowMs: number, alerts: Alert[]): void {
    this.current.committed.add(actual);
    this.bookIn(this.current, actual, nowMs, alerts);
  }

  state(): BudgetState {
    return this.stateOf(this.current);
  }

  pastStates(): BudgetState[] {
    return this.past.map((window) => this.stateOf(window));
  }

  private bookIn(window: Window, actual: PicoUsd, nowMs: number, alerts: Alert[]): void {
    if (actual === 0) return;
    const { limit } = window.terms;
    const beyond = window.spent.add(actual).compare(limit);
    if (beyond >= 0) window.inFlightAtCrossing ??= window.inFlight;
    if (beyond > 0) {
      const excess = window.spent.copy().addSum(limit, -1);
      const own = new MoneySum().add(actual);
      window.overshoot.addSum(excess.compare(own) < 0 ? excess : own);
    }
    this.alert(window, nowMs, alerts);
  }

  private alert(window: Window, atMs: number, alerts: Alert[]): void {
    const { spent, terms } = window;
    for (; window.nextThreshold < terms.thresholds.length; window.nextThreshold++) {
      const { share, sum } = terms.thresholds[window.nextThreshold]!;
      if (spent.compare(sum) < 0) return;
      alerts.push({
        budget: this.settings.name,
        threshold: share,
        atMs,
        share: spent.shareOf(terms.limit),
        windowStartMs: window.startMs,
      });
    }
  }

  /** A window with calls in flight is never dropped, so there is one for every call. */
  private windowOf(ms: number): Window {
    if (ms >= this.current.startMs) return this.current;
    return this.past.findLast((window) => window.startMs <= ms)!;
  }

  private stateOf(window: Window): BudgetState {
    const { limit } = window.terms;
    const remaining = limit.copy().addSum(window.committed, -1);
    return {
      name: this.settings.name,
      scope: this.settings.scope,
      window: this.settings.window,
      startMs: window.startMs,
      endMs: window.endMs,
      limitUsd: window.terms.limitUsd,
      spentUsd: window.spent.usd,
      reservedUsd: window.committed.copy().addSum(window.spent, -1).usd,
      remainingUsd: remaining.usd,
      remainingShare: remaining.shareOf(limit),
      share: window.spent.shareOf(limit),
      overshootUsd: window.overshoot.usd,
      inFlight: window.inFlight,
      inFlightAtCrossing: window.inFlightAtCrossing,
      refused: window.refused,
    };
  }
}

function newWindow({ startMs, endMs }: { startMs: number; endMs: number }, terms: Terms): Window {
  return {
    startMs,
    endMs,
    terms,
    spent: new MoneySum(),
    committed: new MoneySum(),
    overshoot: new MoneySum(),
    inFlight: 0,
    inFlightAtCrossing: null,
    refused: 0,
    nextThreshold: 0,
  };
}

function termsOf(settings: BudgetSettings, limitUsd: number): Terms {
  const limit = MoneySum.ofUsd(limitUsd, settings.name);
  return {
    limitUsd: limit.usd,
    limit,
    open: partOf(limit, 1 - settings.keepForCritical),
    thresholds: [...settings.alerts]
      .sort((a, b) => a - b)
      .map((share) => ({ share, sum: partOf(limit, share) })),
  };
}

/** To the pico-dollar where a double holds it: a limit is whole micro-dollars, a share of it need not be. */
function partOf(limit: MoneySum, share: number): MoneySum {
  const usd = Math.min(limit.usd * share, 1e12);
  const dollars = Math.floor(usd);
  return MoneySum.ofUsd(dollars, 'limit').add(Math.round((usd - dollars) * PICO_PER_USD));
}
