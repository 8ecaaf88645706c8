import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT, MoneySum, PICO_PER_USD, picoOfUsd, timesPpm, usdOf } from './money.ts';

const amounts = fc.integer({ min: 0, max: MAX_AMOUNT });

describe('amounts', () => {
  it('are whole pico-dollars', () => {
    expect(picoOfUsd(0.000_000_005, 'price')).toBe(5000);
    expect(usdOf(2_500_000_000_000)).toBe(2.5);
  });

  it.each([[NaN], [-1], [Infinity], [1e5]])('refuses %s dollars', (usd) => {
    expect(() => picoOfUsd(usd, 'price')).toThrow(/price: expected an amount from \$0 to \$9,007/);
  });

  it('takes parts per million exactly, half up', () => {
    expect(timesPpm(5000, 525_000)).toBe(2625);
    expect(timesPpm(1, 500_000)).toBe(1);
    expect(timesPpm(3, 100_000)).toBe(0);
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 1_000_000 }), (amount, ppm) => {
        const exact = (BigInt(amount) * BigInt(ppm) + 500_000n) / 1_000_000n;
        expect(BigInt(timesPpm(amount, ppm))).toBe(exact);
      }),
    );
  });
});

describe('sums', () => {
  it('are exact and the same in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -MAX_AMOUNT, max: MAX_AMOUNT }), { maxLength: 60 }), (list) => {
        const sum = new MoneySum();
        for (const amount of list) sum.add(amount);
        const backwards = new MoneySum();
        for (const amount of [...list].reverse()) backwards.add(amount);
        expect(sum.toPicoText()).toBe(String(list.reduce((n, x) => n + BigInt(x), 0n)));
        expect(sum.compare(backwards)).toBe(0);
        expect(MoneySum.ofPicoText(sum.toPicoText(), 'sum').compare(sum)).toBe(0);
      }),
    );
  });

  it('carries on where a double has lost the pico-dollars', () => {
    const sum = MoneySum.ofUsd(127_000_000, 'sum');
    for (let i = 0; i < 1000; i++) sum.add(1);
    expect(sum.toPicoText()).toBe('127000000000000001000');
    expect(127_000_000 * PICO_PER_USD + 1).toBe(127_000_000 * PICO_PER_USD);
  });

  it('compares, copies, subtracts', () => {
    const a = MoneySum.ofUsd(10.25, 'a');
    const b = a.copy().add(-1);
    expect(a.compare(b)).toBeGreaterThan(0);
    expect(b.copy().addSum(a, -1).toPicoText()).toBe('-1');
    expect(MoneySum.ofUsd(5, 'x').shareOf(MoneySum.ofUsd(20, 'y'))).toBe(0.25);
    expect(a.shareOf(new MoneySum())).toBeNaN();
    expect(a.usd).toBe(10.25);
  });

  it.each([[NaN], [-0.01], [1e13]])('refuses a budget of %s', (usd) => {
    expect(() => MoneySum.ofUsd(usd, 'limit')).toThrow(/limit: expected dollars/);
  });
  it('refuses text that is not a number', () => {
    expect(() => MoneySum.ofPicoText('1.5', 'total')).toThrow(/total: expected a whole number/);
  });
});
