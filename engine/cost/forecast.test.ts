import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { exp, normalQuantile } from '../core/exact-math.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { estimate, SEEDS } from '../simulation/theory-tests/over-seeds.ts';
import {
  agentsFor,
  compareForecast,
  forecast,
  forecastSchema,
  lastValue,
  methodFor,
  yesterday,
} from './forecast.ts';

const list = (...rates: number[]): Float64Array => Float64Array.from(rates);
const module = parse(forecastSchema, { headroom: 0 }, 'forecast');

describe('forecast, by hand', () => {
  it('has the figures of the module', () => {
    expect(parse(forecastSchema, {}, 'forecast')).toMatchObject({
      perAgentPerS: 10,
      usdPerHour: 0.5,
      horizonH: 24,
    });
  });

  it('is the day before, times the growth', () => {
    // Days of mean 10, 20: tomorrow 40, the day after 80; the shape is 0.5, 1.5.
    expect([...forecast(list(5, 15, 10, 30), 2, 4)]).toEqual([20, 60, 40, 120]);
    expect([...forecast(list(5, 15, 5, 15), 2, 3)]).toEqual([5, 15, 5]);
  });

  it('averages the shapes of days, each by its own level', () => {
    // Shapes (0.5, 1.5) and (1, 1), levels 10 and 10.
    expect([...forecast(list(5, 15, 10, 10), 2, 2)]).toEqual([7.5, 12.5]);
  });

  it('looks at a week and no more, and at whole days only, from the end', () => {
    const week = Array.from({ length: 7 }, () => [10, 30]).flat();
    expect([...forecast(list(1000, 1, ...week), 2, 2)].map((x) => Math.round(x))).toEqual([10, 30]);
    // Three slots: one whole day.
    expect([...forecast(list(99, 1, 2), 2, 3)]).toEqual([1, 2, 1]);
  });

  it('does not believe in a tenfold tomorrow', () => {
    expect([...forecast(list(1, 1, 100, 100), 2, 1)]).toEqual([200]);
    expect([...forecast(list(100, 100, 1, 1), 2, 1)]).toEqual([0.5]);
  });

  it('takes what a short history gives', () => {
    expect([methodFor(1, 24), methodFor(24, 24), methodFor(48, 24)]).toEqual([
      'last-value',
      'yesterday',
      'shape-and-trend',
    ]);
    expect([...forecast(list(3, 7), 24, 3)]).toEqual([7, 7, 7]);
    expect([...forecast(list(3, 7), 2, 3)]).toEqual([3, 7, 3]);
    expect(forecast(list(3, 7), 2, 0)).toHaveLength(0);
  });

  it('leaves days without load out', () => {
    expect([...forecast(list(0, 0, 5, 15), 2, 2)]).toEqual([5, 15]);
    expect([...forecast(list(5, 15, 0, 0), 2, 2)]).toEqual([0, 0]);
    expect([...forecast(list(0, 0, 10, 10, 15, 15), 2, 2)].map((x) => x.toFixed(6))).toEqual([
      '22.500000',
      '22.500000',
    ]);
    // Growth over two days, from the oldest that had any.
    expect([...forecast(list(5, 15, 0, 0, 20, 60), 2, 2)].map((x) => Math.round(x))).toEqual([40, 120]);
  });
});

describe('agents for a rate', () => {
  it('are one for each 10 requests a second, begun ones too', () => {
    expect([0, 0.1, 10, 10.1, 200].map((rate) => agentsFor(rate))).toEqual([0, 1, 1, 2, 20]);
    expect(agentsFor(100, 10, 0.1)).toBe(11);
    expect(agentsFor(10 / 1.1, 10, 0.1)).toBe(1);
    for (const rate of [NaN, -1, Infinity]) expect(() => agentsFor(rate)).toThrow(InputError);
  });
});

describe('a forecast against what came', () => {
  it('is compared by error, agents and dollars', () => {
    // Agents forecast 2, 3, 1, 0; needed 1, 4, 1, 1.
    const c = compareForecast(list(20, 30, 10, 0), list(10, 40, 10, 4), 0.5, module);
    expect(c.mape).toBeCloseTo((1 + 0.25 + 0 + 1) / 4, 12);
    expect(c.bias).toBeCloseTo(-4 / 64, 12);
    expect(c).toMatchObject({ underProvisionedSlots: 2, missingAgentHours: 1, wastedAgentHours: 0.5 });
    expect(c.costUsd).toEqual({ forecast: 6 * 0.5 * 0.5, actual: 7 * 0.5 * 0.5 });
  });

  it('takes headroom for the forecast alone', () => {
    const c = compareForecast(list(10), list(10), 1, { ...module, headroom: 0.5 });
    expect(c).toMatchObject({ mape: 0, wastedAgentHours: 1, costUsd: { forecast: 1, actual: 0.5 } });
  });

  it('has no error in per cent of nothing', () => {
    expect(compareForecast(list(5), list(0), 1, module)).toMatchObject({
      mape: null,
      bias: null,
      wastedAgentHours: 1,
    });
  });

  it('of itself is without fault', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (rates) => {
          const c = compareForecast(list(...rates), list(...rates), 1, module);
          expect(c.mape ?? 0).toBe(0);
          expect([c.underProvisionedSlots, c.wastedAgentHours, c.missingAgentHours]).toEqual([0, 0, 0]);
          expect(c.costUsd.forecast).toBe(c.costUsd.actual);
        },
      ),
    );
  });
});

/** Days of 24 slots: a wave that grows by 5 % a day, with noise of 10 %. */
function days(n: number, seed: number): Float64Array {
  const random = new RandomStream(seed, 'load');
  return Float64Array.from({ length: 24 * n }, (_, i) => {
    const wave = 100 + 80 * Math.sin((2 * Math.PI * (i - 8)) / 24);
    return wave * exp(0.05 * Math.floor(i / 24)) * exp(0.1 * normalQuantile(random.uniform()));
  });
}

describe('forecast of a load with a shape and a trend', () => {
  it('beats "as now" and "as yesterday"', () => {
    const gains = Array.from({ length: SEEDS }, (_, seed) => {
      const all = days(8, seed);
      const [history, actual] = [all.subarray(0, 7 * 24), all.subarray(7 * 24)];
      const error = (expected: Float64Array): number => compareForecast(expected, actual, 1, module).mape!;
      const mine = error(forecast(history, 24, 24));
      return { now: error(lastValue(history, 24)) - mine, day: error(yesterday(history, 24, 24)) - mine };
    });
    for (const name of ['now', 'day'] as const) {
      const { mean, halfWidth } = estimate(gains.map((g) => g[name]));
      expect(mean - halfWidth).toBeGreaterThan(0);
    }
  });

  it('is taken by surprise by a surge that the days before did not have', () => {
    const all = days(8, 1);
    const [history, actual] = [all.slice(0, 7 * 24), all.slice(7 * 24)];
    for (let hour = 12; hour < 15; hour++) actual[hour]! *= 10;
    const expected = forecast(history, 24, 24);
    const c = compareForecast(expected, actual, 1, { ...module, headroom: 0.4 });
    expect(c.underProvisionedSlots).toBe(3);
    expect(c.missingAgentHours).toBeGreaterThan(3 * 8 * agentsFor(expected[13]!) * 0.8);
    // The day after it expects the surge again, in part, which does not come.
    const next = forecast(Float64Array.of(...history, ...actual), 24, 24);
    expect(next[13]! / next[16]!).toBeGreaterThan(1.3 * (expected[13]! / expected[16]!));
  });
});

describe('forecast, always', () => {
  it('is a number of 0 or more for each slot asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 40 }),
        (rates, slotsPerDay, horizon) => {
          const expected = forecast(list(...rates), slotsPerDay, horizon);
          expect(expected).toHaveLength(horizon);
          expect(expected.every((x) => x >= 0 && x < Infinity)).toBe(true);
        },
      ),
    );
  });

  it('repeats a day that repeats', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 24 }),
        (day) => {
          const expected = forecast(list(...day, ...day, ...day), day.length, 2 * day.length);
          expected.forEach((rate, i) => expect(rate / day[i % day.length]!).toBeCloseTo(1, 9));
        },
      ),
    );
  });
});

describe('bad input of a forecast', () => {
  it('is refused with its place', () => {
    expect(() => forecast(list(), 24, 1)).toThrow('history: expected at least one slot, got none.');
    expect(() => forecast(list(1, NaN), 24, 1)).toThrow(
      'history.1: expected a number of 0 or more, got NaN.',
    );
    expect(() => forecast(list(1, -2), 24, 1)).toThrow('history.1');
    expect(() => forecast(list(1), 0, 1)).toThrow(
      'slotsPerDay: expected a whole number of 1 or more, got 0.',
    );
    expect(() => forecast(list(1), 1.5, 1)).toThrow('slotsPerDay');
    expect(() => forecast(list(1), 24, -1)).toThrow('horizonSlots');
    expect(() => compareForecast(list(1), list(1, 2), 1, module)).toThrow(
      'expected 1 slots as in the forecast, got 2.',
    );
    expect(() => compareForecast(list(1), list(NaN), 1, module)).toThrow('actual.0');
    expect(() => compareForecast(list(1), list(1), 0, module)).toThrow('slotHours');
    expect(() => parse(forecastSchema, { perAgentPerS: 0 }, 'forecast')).toThrow(
      'perAgentPerS: expected a number above 0',
    );
  });
});
