import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { BeforeAfter } from './before-after.ts';

describe('BeforeAfter, by hand', () => {
  const H = 3_600_000;

  it('measures dollars for each request, at the load that came', () => {
    const meter = new BeforeAfter(0, 0, 0);
    expect(meter.read(H, 10, 100)).toBeNull();
    meter.begin(2 * H, 20, 200);
    expect(meter.read(2 * H, 20, 200)).toBeNull();
    // $0.10 a request before, $0.04 after, 150 requests an hour.
    const after = meter.read(3 * H, 26, 350)!;
    expect(after.savingUsdPerHour).toBeCloseTo(9, 12);
    expect(after.share).toBeCloseTo(0.6, 12);
    expect(after.unadjustedUsdPerHour).toBeCloseTo(4, 12);
    expect(after).toMatchObject({ requestsBefore: 200, requestsAfter: 150 });
  });

  it('does not count a falling load as a saving, nor a rising one as a loss', () => {
    for (const requests of [10, 1000]) {
      const meter = new BeforeAfter(0, 0, 0);
      meter.begin(H, 10, 100);
      const { savingUsdPerHour, unadjustedUsdPerHour } = meter.read(
        2 * H,
        10 + requests / 10,
        100 + requests,
      )!;
      expect(savingUsdPerHour).toBeCloseTo(0, 10);
      expect(unadjustedUsdPerHour).toBeCloseTo(10 - requests / 10, 10);
    }
  });

  it('measures from the last pull, and nothing without requests', () => {
    const meter = new BeforeAfter(0, 0, 0);
    meter.begin(H, 10, 100);
    expect(meter.read(2 * H, 10, 100)).toBeNull();
    meter.begin(3 * H, 30, 300);
    expect(meter.read(4 * H, 35, 400)).toMatchObject({ usdPerRequestBefore: 0.1, usdPerRequestAfter: 0.05 });
  });

  it('refuses totals that fall, and a clock that goes back', () => {
    const meter = new BeforeAfter(H, 10, 100);
    expect(() => meter.begin(0, 10, 100)).toThrow(InputError);
    expect(() => meter.begin(H, 9, 100)).toThrow('usd: expected a total of 10 or more, got 9.');
    meter.begin(H, 10, 100);
    expect(() => meter.read(2 * H, 11, 99)).toThrow(InputError);
    expect(() => meter.read(2 * H, NaN, 100)).toThrow(InputError);
  });
});
