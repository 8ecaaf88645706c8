import { InputError } from '../core/errors.ts';

/**
 * Money as whole numbers of pico-dollars (10⁻¹² US dollars), so that sums are exact and the same in any order.
 *
 * Why pico: a cached token of a small model costs $0.005 per million, 5 nano-dollars; with a discount for batches or nights
 * that is a fraction of a nano-dollar. In pico-dollars a price of $0.000001 per million tokens is still a whole number. One amount (the cost
 * of a call) is a plain number and exact up to $9,007; sums carry whole dollars apart and have no such bound.
 */
export type PicoUsd = number;

export const PICO_PER_USD = 1_000_000_000_000;
/** Price of one token in pico-dollars per unit of "US dollars for a million tokens". */
export const PICO_PER_TOKEN = 1_000_000;
/** Largest single amount, $9,007. */
export const MAX_AMOUNT: PicoUsd = Number.MAX_SAFE_INTEGER;

const PPM = 1_000_000;

/**
 * Dollars as pico-dollars, to the nearest. For amounts, not for budgets: see `MoneySum.ofUsd` for those.
 * @throws InputError for what is not a finite number, is below zero, or is more than $9,007.
 */
export function picoOfUsd(usd: number, place: string): PicoUsd {
  const pico = Math.round(usd * PICO_PER_USD);
  if (!(usd >= 0) || !Number.isSafeInteger(pico))
    throw new InputError(place, 'an amount from $0 to $9,007', String(usd));
  return pico;
}

/** An amount times parts per million (750,000 is 25 % off), exact, half a pico-dollar rounded up. */
export function timesPpm(amount: PicoUsd, ppm: number): PicoUsd {
  if (ppm === PPM) return amount;
  const millions = Math.floor(amount / PPM);
  return millions * ppm + Math.floor(((amount - millions * PPM) * ppm + PPM / 2) / PPM);
}

/** Dollars of an amount, for display and for series. */
export const usdOf = (amount: PicoUsd): number => amount / PICO_PER_USD;

/** An exact sum of amounts: whole dollars and the rest below one dollar. May go below zero while it is being computed with. */
export class MoneySum {
  private dollars = 0;
  /** 0 ≤ rest < PICO_PER_USD, whatever the sign of the whole. */
  private rest = 0;

  /**
   * A budget in dollars, to the nearest micro-dollar.
   * @throws InputError for what is not a number from 0 to 10¹².
   */
  static ofUsd(usd: number, place: string): MoneySum {
    if (!(usd >= 0 && usd <= 1e12)) throw new InputError(place, 'dollars from 0 to 10^12', String(usd));
    const sum = new MoneySum();
    sum.dollars = Math.floor(usd);
    sum.rest = Math.round((usd - sum.dollars) * 1e6) * 1e6;
    sum.carry();
    return sum;
  }

  /** Adds an amount, which may be negative. */
  add(amount: PicoUsd): this {
    const whole = Math.floor(amount / PICO_PER_USD);
    this.dollars += whole;
    this.rest += amount - whole * PICO_PER_USD;
    this.carry();
    return this;
  }

  addSum(other: MoneySum, sign: 1 | -1 = 1): this {
    this.dollars += sign * other.dollars;
    this.rest += sign * other.rest;
    this.carry();
    return this;
  }

  /** Negative, zero or positive as this is less than, equal to or more than the other. */
  compare(other: MoneySum): number {
    return this.dollars === other.dollars ? this.rest - other.rest : this.dollars - other.dollars;
  }

  copy(): MoneySum {
    return new MoneySum().addSum(this);
  }

  clear(): void {
    this.dollars = this.rest = 0;
  }

  /** For display and for series; the nearest double. */
  get usd(): number {
    return this.dollars + this.rest / PICO_PER_USD;
  }

  /** This as a share of another sum; NaN when that is nothing. */
  shareOf(whole: MoneySum): number {
    const of = whole.usd;
    return of > 0 ? this.usd / of : NaN;
  }

  /** Whole pico-dollars in decimal, as text: for files, where nothing may be lost. */
  toPicoText(): string {
    return String(BigInt(this.dollars) * BigInt(PICO_PER_USD) + BigInt(this.rest));
  }

  /** @throws InputError for text that is not a whole number. */
  static ofPicoText(text: string, place: string): MoneySum {
    if (!/^-?\d{1,30}$/.test(text))
      throw new InputError(place, 'a whole number of pico-dollars', JSON.stringify(text));
    const pico = BigInt(text);
    const sum = new MoneySum();
    const per = BigInt(PICO_PER_USD);
    let whole = pico / per;
    let rest = pico % per;
    if (rest < 0n) {
      whole -= 1n;
      rest += per;
    }
    sum.dollars = Number(whole);
    sum.rest = Number(rest);
    return sum;
  }

  private carry(): void {
    if (this.rest >= PICO_PER_USD) {
      this.rest -= PICO_PER_USD;
      this.dollars++;
    } else if (this.rest < 0) {
      this.rest += PICO_PER_USD;
      this.dollars--;
    }
  }
}
