import { NOTHING } from '../../../format.ts';

/** Dollars to the cent, as a bill has them: $30,041.18, −$41.18. */
export function exactDollars(usd: number): string {
  if (!Number.isFinite(usd)) return NOTHING;
  const text = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${usd < 0 && text !== '0.00' ? '−' : ''}$${text}`;
}
