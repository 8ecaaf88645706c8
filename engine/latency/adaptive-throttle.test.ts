import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { AdaptiveThrottle, adaptiveThrottleSchema } from './adaptive-throttle.ts';
import { throttledRate } from './formulas.ts';
import { overSeeds } from './seeds.fixture.ts';

const throttle = (settings: object = {}) =>
  new AdaptiveThrottle(parse(adaptiveThrottleSchema, settings, 'throttle'));

/** A thousand requests, of which the server accepted so many, within the window. */
function after(settings: object, accepts: number): AdaptiveThrottle {
  const t = throttle(settings);
  const random = new RandomStream(1, 'throttle');
  for (let i = 0; i < 1000; i++) t.admits(random, i);
  for (let i = 0; i < accepts; i++) t.onAccept(1000);
  return t;
}

describe('AdaptiveThrottle', () => {
  it('refuses (requests − K·accepts) / (requests + 1), 0 while half are accepted', () => {
    expect(throttle().refusalShare(0)).toBe(0);
    expect(after({}, 1000).refusalShare(1000)).toBe(0);
    expect(after({}, 500).refusalShare(1000)).toBe(0);
    expect(after({}, 300).refusalShare(1000)).toBeCloseTo(0.3996004, 7);
    expect(after({ k: 1.1 }, 300).refusalShare(1000)).toBeCloseTo(0.66933067, 7);
  });

  it('forgets after two minutes', () => {
    const t = after({}, 0);
    expect(t.refusalShare(119_000)).toBeCloseTo(1000 / 1001, 9);
    expect(t.refusalShare(121_000)).toBe(0);
  });

  /** A server that accepts `capacity` each second and refuses the rest; what it gets a second over the last minute. */
  function sent(offered: number, capacity: number, settings: object, seed: number): number {
    const t = throttle(settings);
    const random = new RandomStream(seed, 'throttle');
    let reached = 0;
    for (let second = 0; second < 360; second++) {
      let accepted = 0;
      for (let i = 0; i < offered; i++) {
        const nowMs = second * 1000 + (i * 1000) / offered;
        if (!t.admits(random, nowMs)) continue;
        if (second >= 300) reached++;
        if (accepted++ < capacity) t.onAccept(nowMs);
      }
    }
    return reached / 60;
  }

  it('lets K times the capacity through, as the fluid limit says', () => {
    for (const [offered, capacity, k] of [
      [500, 100, 2],
      [500, 100, 1.1],
      [150, 100, 2],
    ] as const) {
      const { mean } = overSeeds(5, (seed) => sent(offered, capacity, { k }, seed));
      expect(Math.abs(mean / throttledRate(offered, capacity, k) - 1)).toBeLessThan(0.03);
    }
  });

  /** 1000 a second; a server that accepted nothing for a window accepts all. Seconds until half of the requests go through. */
  function recoveryS(windowMs: number, seed: number): number {
    const t = throttle({ windowMs });
    const random = new RandomStream(seed, 'throttle');
    let nowMs = 0;
    for (; nowMs < windowMs; nowMs++) t.admits(random, nowMs);
    for (; t.refusalShare(nowMs) > 0.5; nowMs++) if (t.admits(random, nowMs)) t.onAccept(nowMs);
    return (nowMs - windowMs) / 1000;
  }

  it('failure mode: after an outage it takes several windows to see that the server is back', () => {
    const [long, short] = [20_000, 5000].map(
      (windowMs) => overSeeds(10, (seed) => recoveryS(windowMs, seed)).mean,
    );
    expect(long! / 20).toBeGreaterThan(4);
    expect(long! / 20).toBeLessThan(10);
    expect(short! * 2).toBeLessThan(long!);
  });

  it('failure mode: a server that is slow and refuses nothing is not throttled', () => {
    expect(after({}, 1000).refusalShare(60_000)).toBe(0);
  });

  it('says what is wrong with its settings', () => {
    expect(() => throttle({ k: 0.9 })).toThrow('k: expected a number of 1 or more, got 0.9.');
    expect(() => throttle({ buckets: 2000 })).toThrow(
      'buckets: expected a whole number from 1 to 1000, got 2000.',
    );
  });
});
