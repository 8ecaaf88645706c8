import { describe, expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';

const scenario = (load: ScenarioInput['load'], events: ScenarioInput['events'] = []) =>
  parseScenario({
    name: 'arrivals',
    durationS: 100,
    load,
    events,
    path: ['desk'],
    stations: { desk: { servers: null, service: { law: 'constant', meanMs: 0 } } },
  });

/** Times of the requests up to `endMs`. */
function times(
  arrivals: Arrivals,
  endMs: number,
  meanwhile: (nowMs: number) => void = () => undefined,
): number[] {
  const kept: number[] = [];
  while (arrivals.nextMs <= endMs) {
    const at = arrivals.nextMs;
    if (arrivals.take()) kept.push(at);
    meanwhile(at);
  }
  return kept;
}

const count = (list: readonly number[], fromMs: number, toMs: number): number =>
  list.filter((t) => t >= fromMs && t < toMs).length;

/** A Poisson count lies within 4.5 standard deviations of its mean in all but one case in 150,000. */
const likely = (n: number, mean: number): void =>
  expect(Math.abs(n - mean)).toBeLessThanOrEqual(4.5 * Math.sqrt(mean) + 1e-9);

describe('arrivals', () => {
  it('are Poisson: mean and variance of the counts agree, and gaps are exponential', () => {
    const list = times(new Arrivals(scenario({ ratePerS: 200 }), 1), 1_000_000);
    likely(list.length, 200_000);
    const counts = Array.from({ length: 10_000 }, () => 0);
    for (const t of list) counts[Math.min(9999, Math.floor(t / 100))]!++;
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    const variance = counts.reduce((a, n) => a + (n - mean) ** 2, 0) / (counts.length - 1);
    expect(variance / mean).toBeGreaterThan(1 - 4.5 * Math.sqrt(2 / 10_000));
    expect(variance / mean).toBeLessThan(1 + 4.5 * Math.sqrt(2 / 10_000));
    const long = list.filter((t, i) => t - (list[i - 1] ?? 0) > 15).length; // three times the mean gap
    likely(long, list.length * Math.exp(-3));
  });

  it('follow the profile: straight lines between points, flat outside', () => {
    const profile = [
      { atS: 10, factor: 1 },
      { atS: 20, factor: 3 },
      { atS: 30, factor: 0 },
    ];
    for (const seed of [1, 2, 3]) {
      const list = times(new Arrivals(scenario({ ratePerS: 1000, profile, factor: 2 }), seed), 40_000);
      likely(count(list, 0, 10_000), 20_000);
      likely(count(list, 10_000, 15_000), 2000 * 5 * 1.5);
      likely(count(list, 15_000, 20_000), 2000 * 5 * 2.5);
      likely(count(list, 20_000, 25_000), 2000 * 5 * 2.25);
      likely(count(list, 25_000, 30_000), 2000 * 5 * 0.75);
      expect(count(list, 30_000, 40_000)).toBe(0);
    }
  });

  it('begin with the first point of a profile that jumps', () => {
    const profile = [
      { atS: 0, factor: 0 },
      { atS: 10, factor: 0 },
      { atS: 10.001, factor: 1 },
    ];
    const list = times(new Arrivals(scenario({ ratePerS: 500, profile }), 1), 20_000);
    expect(count(list, 0, 10_000)).toBe(0);
    likely(count(list, 10_001, 20_000), 5000);
  });

  it('before a scripted surge are those of a run whose surge is smaller', () => {
    const surge = (factor: number) =>
      new Arrivals(
        scenario({ ratePerS: 100 }, [{ at: 50, label: 'surge', set: { 'load.factor': factor } }]),
        1,
      );
    const [two, twoAgain] = [times(surge(2), 50_000), times(surge(2), 50_000)];
    expect(two).toEqual(twoAgain);
    likely(two.length, 5000);
  });

  it('keep to the rate when a lever raises it above every ceiling foreseen', () => {
    for (const seed of [1, 2, 3]) {
      const arrivals = new Arrivals(scenario({ ratePerS: 100 }), seed);
      let raised = false;
      let lowered = false;
      const list = times(arrivals, 60_000, (nowMs) => {
        if (!raised && nowMs >= 20_000) {
          raised = true;
          arrivals.setFactor(7, nowMs);
          expect(arrivals.factor).toBe(7);
        }
        if (!lowered && nowMs >= 40_000) {
          lowered = true;
          arrivals.setFactor(0.5, nowMs);
        }
      });
      likely(count(list, 0, 20_000), 2000);
      likely(count(list, 20_000, 40_000), 14_000);
      likely(count(list, 40_000, 60_000), 1000);
      expect(list.every((t, i) => i === 0 || t >= list[i - 1]!)).toBe(true);
    }
  });

  it('never come at rate 0, until a lever can give them one', () => {
    expect(new Arrivals(scenario({ ratePerS: 0 }), 1).nextMs).toBe(Infinity);
    const arrivals = new Arrivals(scenario({ ratePerS: 50, factor: 0 }), 1);
    expect(arrivals.nextMs).toBe(Infinity);
    arrivals.setFactor(2, 10_000);
    likely(count(times(arrivals, 20_000), 10_000, 20_000), 1000);
  });
});
