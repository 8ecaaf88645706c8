import * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import { exp, ln } from '../core/exact-math.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));

/**
 * Allocation by forecast (M15). The module: 1 agent for 10 requests a second, $0.50 an hour, 24 hours ahead
 * (Session 8 C).
 */
export const forecastSchema = v.strictObject({
  on: v.optional(v.boolean(), false),
  perAgentPerS: v.optional(v.pipe(number, v.gtValue(0, 'a number above 0')), 10),
  usdPerHour: v.optional(v.pipe(number, v.minValue(0, 'a number of 0 or more')), 0.5),
  horizonH: v.optional(
    v.pipe(number, v.gtValue(0, 'a number above 0'), v.maxValue(168, 'at most 168 hours')),
    24,
  ),
  /** Share allocated beyond the forecast, against its errors. */
  headroom: v.optional(
    v.pipe(number, v.minValue(0, 'a share from 0 to 10'), v.maxValue(10, 'a share from 0 to 10')),
    0.1,
  ),
});
export type ForecastSettings = v.InferOutput<typeof forecastSchema>;

/** Days whose shape and trend are averaged. */
const MOST_DAYS = 7;
/** Bounds of the growth from day to day: two odd days must not promise a tenfold tomorrow. */
const [LEAST_GROWTH, MOST_GROWTH] = [0.5, 2];

/**
 * What a history is long enough for: the last value (less than a day), the day before, or that with shape and
 * trend of several days.
 */
export type ForecastMethod = 'last-value' | 'yesterday' | 'shape-and-trend';

export function methodFor(slots: number, slotsPerDay: number): ForecastMethod {
  return slots < slotsPerDay ? 'last-value' : slots < 2 * slotsPerDay ? 'yesterday' : 'shape-and-trend';
}

/**
 * Rates to come, one for each slot after the history.
 *
 * The same time on the days before, times the trend: up to seven whole days, counted back from the end, give
 * the shape of a day (mean over the days of rate ÷ mean rate of its day) and the growth from day to day
 * (geometric mean); the last day gives the level. With one day it is that day again, with less the last
 * value. Source: the seasonal naive method and classical multiplicative decomposition, Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), 5.2 and 3.4.
 *
 * It knows nothing that the days before did not show: a surge that is new comes as a surprise.
 * @param ratesPerS history, oldest first, slots of equal length.
 * @throws InputError for an empty history, a rate that is not a number of 0 or more, and lengths that are no
 * counts.
 */
export function forecast(ratesPerS: Float64Array, slotsPerDay: number, horizonSlots: number): Float64Array {
  checkRates('history', ratesPerS);
  if (ratesPerS.length === 0) throw new InputError('history', 'at least one slot', 'none');
  checkCount('slotsPerDay', slotsPerDay, 1);
  checkCount('horizonSlots', horizonSlots, 0);
  const method = methodFor(ratesPerS.length, slotsPerDay);
  if (method === 'last-value') return lastValue(ratesPerS, horizonSlots);
  if (method === 'yesterday') return yesterday(ratesPerS, slotsPerDay, horizonSlots);

  const days = Math.min(MOST_DAYS, Math.floor(ratesPerS.length / slotsPerDay));
  const levels = Array.from({ length: days }, (_, back) => mean(dayBack(ratesPerS, slotsPerDay, back)));
  // A day without any load has no shape, and nothing grows from it.
  const used = levels.filter((level) => level > 0).length;
  if (levels[0] === 0 || used < 2) return yesterday(ratesPerS, slotsPerDay, horizonSlots);
  const shape = new Float64Array(slotsPerDay);
  levels.forEach((level, back) => {
    if (level > 0)
      dayBack(ratesPerS, slotsPerDay, back).forEach((rate, slot) => (shape[slot]! += rate / level / used));
  });
  const oldest = levels.findLastIndex((level) => level > 0);
  const growth = Math.min(
    MOST_GROWTH,
    Math.max(LEAST_GROWTH, exp(ln(levels[0]! / levels[oldest]!) / oldest)),
  );
  const rates = new Float64Array(horizonSlots);
  let level = levels[0]!;
  for (let i = 0; i < horizonSlots; i++) {
    if (i % slotsPerDay === 0) level *= growth;
    rates[i] = level * shape[i % slotsPerDay]!;
  }
  return rates;
}

/** The naive forecast, the one to beat: it stays as it is. */
export function lastValue(ratesPerS: Float64Array, horizonSlots: number): Float64Array {
  return new Float64Array(horizonSlots).fill(ratesPerS.at(-1)!);
}

/** The seasonal naive forecast: as the day before. */
export function yesterday(ratesPerS: Float64Array, slotsPerDay: number, horizonSlots: number): Float64Array {
  const day = dayBack(ratesPerS, slotsPerDay, 0);
  return Float64Array.from({ length: horizonSlots }, (_, i) => day[i % slotsPerDay]!);
}

/**
 * Agents for a rate (M15): `headroom` is the share beyond it. @throws InputError for a rate that is no rate.
 */
export function agentsFor(ratePerS: number, perAgentPerS = 10, headroom = 0): number {
  if (!(ratePerS >= 0 && ratePerS < Infinity))
    throw new InputError('ratePerS', 'a number of 0 or more', String(ratePerS));
  // 10 × 1.1 must not need a second agent for its last bit.
  return Math.max(0, Math.ceil((ratePerS * (1 + headroom)) / perAgentPerS - 1e-9));
}

export interface ForecastComparison {
  /** Mean of |forecast − actual| ÷ actual over the slots with any load; null without one. */
  mape: number | null;
  /** Sum of forecast − actual, as a share of the actual: above 0 too much was expected. Null without load. */
  bias: number | null;
  /**
   * Slots in which fewer agents were allocated than came to be needed, and the agent-hours that were missing.
   */
  underProvisionedSlots: number;
  missingAgentHours: number;
  /** Agent-hours that nobody needed. */
  wastedAgentHours: number;
  costUsd: {
    /** Of what was allocated. */
    forecast: number;
    /** Of what was needed, had one known. */
    actual: number;
  };
}

/**
 * A forecast against what came. Headroom is for the forecast only: what came needed no more than it needed.
 * @throws InputError for lists of different lengths and for rates that are none.
 */
export function compareForecast(
  expected: Float64Array,
  actual: Float64Array,
  slotHours: number,
  { perAgentPerS, usdPerHour, headroom }: Pick<ForecastSettings, 'perAgentPerS' | 'usdPerHour' | 'headroom'>,
): ForecastComparison {
  if (expected.length !== actual.length)
    throw new InputError('actual', `${expected.length} slots as in the forecast`, `${actual.length}`);
  checkRates('forecast', expected);
  checkRates('actual', actual);
  if (!(slotHours > 0 && slotHours < Infinity))
    throw new InputError('slotHours', 'a number above 0', String(slotHours));
  let [errors, loaded, off, came, under, missing, wasted, allocated, needed] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  actual.forEach((rate, i) => {
    const guess = expected[i]!;
    const [have, need] = [agentsFor(guess, perAgentPerS, headroom), agentsFor(rate, perAgentPerS)];
    if (rate > 0) {
      errors += Math.abs(guess - rate) / rate;
      loaded++;
    }
    off += guess - rate;
    came += rate;
    if (have < need) under++;
    missing += Math.max(0, need - have);
    wasted += Math.max(0, have - need);
    allocated += have;
    needed += need;
  });
  return {
    mape: loaded > 0 ? errors / loaded : null,
    bias: came > 0 ? off / came : null,
    underProvisionedSlots: under,
    missingAgentHours: missing * slotHours,
    wastedAgentHours: wasted * slotHours,
    costUsd: { forecast: allocated * slotHours * usdPerHour, actual: needed * slotHours * usdPerHour },
  };
}

/** The whole day that ends `back` days before the end of the history. */
function dayBack(ratesPerS: Float64Array, slotsPerDay: number, back: number): Float64Array {
  const end = ratesPerS.length - back * slotsPerDay;
  return ratesPerS.subarray(end - slotsPerDay, end);
}

const mean = (x: Float64Array): number => x.reduce((a, b) => a + b, 0) / x.length;

function checkRates(place: string, rates: Float64Array): void {
  const bad = rates.findIndex((rate) => !(rate >= 0 && rate < Infinity));
  if (bad >= 0) throw new InputError(`${place}.${bad}`, 'a number of 0 or more', String(rates[bad]));
}

function checkCount(place: string, n: number, least: number): void {
  if (!(Number.isSafeInteger(n) && n >= least))
    throw new InputError(place, `a whole number of ${least} or more`, String(n));
}
