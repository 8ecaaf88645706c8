import type { PriceBook, PriceRow } from '../cost/prices.ts';

/** Dearest price that a price list takes, dollars for a million tokens. */
const DEAREST = 10_000;

/** Changes of price in mid-run, as multiples of the list that the run began with. */
export class PriceChanges {
  private readonly lists: Map<string, readonly PriceRow[]>;
  private readonly factors = new Map<string, number>();

  constructor(private readonly book: PriceBook) {
    this.lists = new Map(book.models.map((m) => [m.name, m.prices]));
  }

  factor(model: string): number {
    return this.factors.get(model) ?? 1;
  }

  /** Largest factor that leaves every price within what a price list takes. */
  mostFactor(model: string): number {
    const usd = this.lists.get(model)!.flatMap((row) => Object.values(pricesOf(row)));
    return DEAREST / Math.max(1, ...usd.map((price) => price ?? 0));
  }

  set(model: string, factor: number): void {
    this.factors.set(model, factor);
    const scaled = (usd: number | null): number | null =>
      usd === null ? null : Math.min(DEAREST, Math.round(usd * factor * 1e6) / 1e6);
    const rows = this.lists.get(model)!.map((row): PriceRow => {
      const prices = Object.entries(pricesOf(row)).map(([kind, usd]) => [kind, scaled(usd)] as const);
      return { ...row, ...Object.fromEntries(prices) };
    });
    this.book.set(model, rows);
  }
}

const pricesOf = ({ inputUsdPerM, outputUsdPerM, cacheReadUsdPerM, cacheWriteUsdPerM }: PriceRow) => ({
  inputUsdPerM,
  outputUsdPerM,
  cacheReadUsdPerM,
  cacheWriteUsdPerM,
});
