import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zipfWeights } from '../core/alias-table.ts';
import { InputError } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import { TtlTuner, ttlTunerSchema, type TtlTunerSettings } from './ttl-tuner.ts';

const settings = (more: Partial<TtlTunerSettings> = {}): TtlTunerSettings => ({
  ...parse(ttlTunerSchema, { on: true }, 'ttl'),
  ...more,
});

/** Hit rate of a key asked at `rate` a second with a TTL from the fill, and with one from the last hit. */
const fixedTtl = (rate: number, ttlS: number): number => (rate * ttlS) / (1 + rate * ttlS);
const slidingTtl = (rate: number, ttlS: number): number => 1 - Math.exp(-rate * ttlS);

/** Lets a tuner work on a cache that answers at once with its steady hit rate; the TTL after each change. */
function tune(
  plant: (ttlS: number) => number,
  s: TtlTunerSettings,
  startS: number,
  steps = 200,
): TtlTuner & { way: number[] } {
  const tuner = Object.assign(new TtlTuner(s, startS, 0), { way: [startS] });
  let nowMs = 0;
  for (let i = 0; i < steps; i++) {
    nowMs += 1e9;
    const ttlS = tuner.update(plant(tuner.ttlS) * 1e6, 1e6, nowMs);
    // The next call covers the wait, the one after it is measured.
    nowMs += 1e9;
    tuner.update(0, 0, nowMs);
    if (ttlS !== tuner.way.at(-1)) tuner.way.push(ttlS);
  }
  return tuner;
}

describe('TtlTuner, by hand', () => {
  it('aims at 70 %', () => {
    expect(parse(ttlTunerSchema, {}, 'ttl')).toMatchObject({ on: false, target: 0.7, deadband: 0.02 });
  });

  it('goes half of the way by odds, at most by its step', () => {
    // One request in 100 s: 60 s give 37.5 % (odds 0.6), 70 % have odds 7/3, so the factor is √(7/3 / 0.6) =
    // 1.972.
    const tuner = new TtlTuner(settings(), 60, 0);
    expect(tuner.update(375, 1000, 60_000)).toBeCloseTo(60 * Math.sqrt(7 / 3 / 0.6), 9);
    expect(tuner.hitRate).toBe(0.375);
    expect(new TtlTuner(settings({ stepFactor: 1.5 }), 60, 0).update(375, 1000, 60_000)).toBe(90);
    expect(new TtlTuner(settings(), 60, 0).update(0, 1000, 60_000)).toBe(120);
    expect(new TtlTuner(settings(), 60, 0).update(1000, 1000, 60_000)).toBe(30);
  });

  it('does nothing within the deadband, below its samples, before its time, or when it is off', () => {
    for (const [more, hits, lookups, nowMs] of [
      [{}, 719, 1000, 60_000],
      [{}, 681, 1000, 60_000],
      [{}, 0, 999, 60_000],
      [{}, 0, 1000, 59_999],
      [{ on: false }, 0, 1000, 60_000],
    ] as const) {
      const tuner = new TtlTuner(settings(more), 60, 0);
      expect(tuner.update(hits, lookups, nowMs)).toBe(60);
      expect(tuner.limited).toBeNull();
    }
  });

  it('gathers small samples until they are enough', () => {
    const tuner = new TtlTuner(settings(), 60, 0);
    for (let i = 1; i < 10; i++) expect(tuner.update(0, 100, i * 60_000)).toBe(60);
    expect(tuner.update(0, 100, 600_000)).toBe(120);
  });

  it('waits for a change to work through the cache before it measures again', () => {
    const tuner = new TtlTuner(settings({ everyS: 10 }), 60, 0);
    expect(tuner.update(0, 1000, 10_000)).toBe(120);
    // Entries of the old TTL are there until 70 s; counts of before, and of a stretch that began before, are
    // left out.
    for (const s of [20, 40, 60, 75]) expect(tuner.update(0, 5000, s * 1000)).toBe(120);
    expect(tuner.update(0, 5000, 80_000)).toBe(240);
  });

  it('begins anew when the clock goes back', () => {
    const tuner = new TtlTuner(settings(), 60, 1e9);
    tuner.update(500, 999, 1e9 + 59_000);
    expect(tuner.update(0, 1000, 0)).toBe(60);
    expect(tuner.update(0, 1000, 59_000)).toBe(60);
    expect(tuner.update(0, 1000, 60_000)).toBe(120);
  });
});

describe('TtlTuner on a cache', () => {
  const rates = fc.double({ min: -5, max: 2, noNaN: true }).map((x) => 10 ** x);
  const starts = fc.double({ min: 1, max: 4, noNaN: true }).map((x) => 10 ** x);

  it('comes within the deadband or to a bound, on a straight way, and stays', () => {
    fc.assert(
      fc.property(rates, starts, fc.double({ min: 0.3, max: 0.95, noNaN: true }), (rate, startS, target) => {
        const s = settings({ target, maxS: 10_000 });
        const plant = (ttlS: number): number => fixedTtl(rate, ttlS);
        const tuner = tune(plant, s, startS);
        const { way } = tuner;
        const reached = Math.abs(plant(tuner.ttlS) - target) <= s.deadband;
        if (!reached) expect(tuner.ttlS).toBe(plant(tuner.ttlS) < target ? s.maxS : s.minS);
        expect(tuner.limited).toBe(reached ? null : plant(tuner.ttlS) < target ? 'max' : 'min');
        for (const ttlS of way) {
          expect(ttlS).toBeGreaterThanOrEqual(s.minS);
          expect(ttlS).toBeLessThanOrEqual(s.maxS);
        }
        const up = way.at(-1)! > startS;
        expect(way).toEqual([...way].sort((a, b) => (up ? a - b : b - a)));
        expect(way.length).toBeLessThan(40);
      }),
    );
  });

  it('does not overshoot with a mix of keys, nor with a TTL that starts again at each hit', () => {
    const weights = zipfWeights(1000, 1);
    const total = weights.reduce((a, b) => a + b, 0);
    const mix = (ttlS: number): number =>
      weights.reduce((sum, w) => sum + (w / total) * fixedTtl((50 * w) / total, ttlS), 0);
    for (const plant of [mix, (ttlS: number) => slidingTtl(0.01, ttlS)])
      for (const startS of [10, 20_000]) {
        const { way } = tune(plant, settings(), startS);
        expect(Math.abs(plant(way.at(-1)!) - 0.7)).toBeLessThanOrEqual(0.02);
        const up = way.at(-1)! > startS;
        expect(way).toEqual([...way].sort((a, b) => (up ? a - b : b - a)));
      }
  });

  it('says so when the target lies beyond what its bounds allow, and stays there', () => {
    const tuner = tune((ttlS) => fixedTtl(0.001, ttlS), settings({ maxS: 300 }), 60);
    expect([tuner.ttlS, tuner.limited]).toEqual([300, 'max']);
    const idle = tune((ttlS) => fixedTtl(10, ttlS), settings({ minS: 30 }), 60);
    expect([idle.ttlS, idle.limited]).toEqual([30, 'min']);
  });

  it('comes back from its bound when use changes', () => {
    const tuner = tune((ttlS) => fixedTtl(0.001, ttlS), settings({ maxS: 300 }), 60);
    tuner.update(0, 0, 1e12);
    tuner.update(900, 1000, 1e12 + 60_000);
    expect(tuner.limited).toBeNull();
    expect(tuner.ttlS).toBeLessThan(300);
  });
});

describe('bad input of a TTL tuner', () => {
  it.each([
    [{ target: 1 }, 'target: expected a share between 0 and 1, got 1.'],
    [{ stepFactor: 1 }, 'stepFactor: expected a factor above 1, got 1.'],
    [{ minS: 100, maxS: 50 }, 'a minS that is not above maxS'],
    [{ minSamples: 0 }, 'minSamples: expected a whole number of 1 or more, got 0.'],
  ])('refuses the settings %j', (more, message) => {
    expect(() => parse(ttlTunerSchema, more, 'ttl')).toThrow(message);
  });

  it('refuses counts that are none', () => {
    const tuner = new TtlTuner(settings(), 60, 0);
    for (const [hits, lookups] of [
      [2, 1],
      [-1, 1],
      [NaN, 1],
      [0, NaN],
      [0, Infinity],
    ] as const)
      expect(() => tuner.update(hits, lookups, 1)).toThrow(InputError);
    for (const ttlS of [0, NaN, Infinity])
      expect(() => new TtlTuner(settings(), ttlS, 0)).toThrow(InputError);
  });
});
