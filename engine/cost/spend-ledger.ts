import { InputError } from '../core/errors.ts';
import { Calendar, dateAt } from './calendar.ts';
import { MoneySum, type PicoUsd } from './money.ts';
import { checkUsage, type PriceBook } from './prices.ts';
import type { Task, Usage } from './task.ts';

export const DIMENSIONS = ['tenant', 'agentType', 'model', 'criticality', 'day'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A finished call, as it is entered. */
export interface Spending extends Pick<Task, 'tenant' | 'agentType' | 'criticality'> {
  /** The model that answered. */
  model: string;
  usage: Usage;
  cost: PicoUsd;
  /** When it started, milliseconds since 1970 UTC: for the day, and for the price of the baseline. */
  startMs: number;
}

/** Exact totals. */
export interface Totals {
  calls: number;
  /** All input, cached and written tokens included. */
  inputTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  outputTokens: number;
  cost: MoneySum;
  /** What the same tokens would have cost with the baseline model; nothing without one. */
  baseline: MoneySum;
}

export interface LedgerRow extends Totals {
  /** Of the tenant, model … or the day as `2026-11-23`. */
  name: string;
  costUsd: number;
  /** Baseline less cost; null without a baseline. */
  savedUsd: number | null;
  /** Share of the baseline; null without one, or when it is nothing. */
  savedShare: number | null;
}

/**
 * Who spent what: exact totals by tenant, agent type, model, criticality and day. The order of entries does not change them.
 */
export class SpendLedger {
  readonly baselineModel: string | null;
  private readonly all = newTotals();
  private readonly by: Record<Dimension, Map<string, Totals>> = {
    tenant: new Map(),
    agentType: new Map(),
    model: new Map(),
    criticality: new Map(),
    day: new Map(),
  };
  private readonly prices: PriceBook | null;
  private readonly timeZone: string;
  private readonly calendar: Calendar;
  private day = { startMs: NaN, name: '' };

  /**
   * @param baseline a model to compare with (the module's is gpt-4), and the book that has its prices. Cached tokens count as cached
   * there too, at its price for them.
   * @throws InputError for an unknown model or time zone.
   */
  constructor({
    baseline = null,
    timeZone = 'UTC',
  }: { baseline?: { model: string; prices: PriceBook } | null; timeZone?: string } = {}) {
    this.baselineModel = baseline && baseline.prices.model(baseline.model).name;
    this.prices = baseline && baseline.prices;
    this.timeZone = timeZone;
    this.calendar = new Calendar('day', timeZone);
  }

  /** Enters a call; in all totals or, if anything about it is wrong, in none. @throws InputError */
  add(spending: Spending): void {
    const { usage, cost, startMs } = spending;
    if (!(Number.isSafeInteger(cost) && cost >= 0))
      throw new InputError('cost', 'whole pico-dollars of 0 or more', String(cost));
    checkUsage(usage);
    const baseline = this.prices ? this.prices.costOf(this.baselineModel!, usage, startMs) : 0;
    const day = this.dayOf(startMs);
    book(this.all, usage, cost, baseline);
    for (const dimension of DIMENSIONS) {
      const name = dimension === 'day' ? day : spending[dimension];
      const totals = this.by[dimension];
      let entry = totals.get(name);
      if (!entry) totals.set(name, (entry = newTotals()));
      book(entry, usage, cost, baseline);
    }
  }

  get total(): LedgerRow {
    return this.rowOf('total', this.all);
  }

  /** Rows of one dimension, the dearest first; days in order of date. */
  rows(dimension: Dimension): LedgerRow[] {
    const rows = [...this.by[dimension]].map(([name, totals]) => this.rowOf(name, totals));
    return rows.sort(
      (a, b) => (dimension === 'day' ? 0 : b.cost.compare(a.cost)) || (a.name < b.name ? -1 : 1),
    );
  }

  private rowOf(name: string, totals: Totals): LedgerRow {
    const saved = totals.baseline.copy().addSum(totals.cost, -1);
    const share = saved.shareOf(totals.baseline);
    return {
      name,
      ...totals,
      cost: totals.cost.copy(),
      baseline: totals.baseline.copy(),
      costUsd: totals.cost.usd,
      savedUsd: this.prices ? saved.usd : null,
      savedShare: Number.isNaN(share) ? null : share,
    };
  }

  private dayOf(startMs: number): string {
    const window = this.calendar.at(startMs);
    if (window.startMs !== this.day.startMs)
      this.day = { startMs: window.startMs, name: dateAt(this.timeZone, window.startMs) };
    return this.day.name;
  }
}

function newTotals(): Totals {
  return {
    calls: 0,
    inputTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    cost: new MoneySum(),
    baseline: new MoneySum(),
  };
}

function book(totals: Totals, usage: Usage, cost: PicoUsd, baseline: PicoUsd): void {
  totals.calls++;
  totals.inputTokens += usage.inputTokens;
  totals.cachedTokens += usage.cachedTokens;
  totals.cacheWriteTokens += usage.cacheWriteTokens;
  totals.outputTokens += usage.outputTokens;
  totals.cost.add(cost);
  totals.baseline.add(baseline);
}
