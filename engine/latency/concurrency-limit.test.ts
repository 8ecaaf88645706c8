import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../core/schema.ts';
import { mmc } from '../simulation/theory.ts';
import {
  concurrencyLimit,
  concurrencyLimitSchema,
  type Gradient2Limit,
  type ConcurrencyLimit,
} from './concurrency-limit.ts';

const limiter = (settings: object): ConcurrencyLimit =>
  concurrencyLimit(parse(concurrencyLimitSchema, settings, 'limit'));

/**
 * What `inFlight` calls, kept up, do to M/M/c servers of 100 ms: the arrival rate at which that many are in the system on average,
 * by Erlang C, gives the response time by Little's law.
 */
function plant(servers: number, inFlight: number): { responseMs: number; busy: number } {
  const known = PLANTS.get(servers * 10_000 + inFlight);
  if (known) return known;
  let [low, high] = [0, servers];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (mmc(middle * 10, 10, servers).meanInSystem < inFlight) low = middle;
    else high = middle;
  }
  const found = { responseMs: (100 * inFlight) / low, busy: low };
  PLANTS.set(servers * 10_000 + inFlight, found);
  return found;
}
const PLANTS = new Map<number, { responseMs: number; busy: number }>();

/** Callers that always want more: all that the limit allows is under way. Returns the limit after each second. */
function saturate(
  l: ConcurrencyLimit,
  servers: (second: number) => number,
  seconds: number,
  fromS = 0,
): number[] {
  const limits: number[] = [];
  for (let s = fromS; s < fromS + seconds; s++) {
    for (let i = 0; i < 20; i++) {
      const inFlight = l.limit;
      l.onSample(plant(servers(s), inFlight).responseMs, inFlight, false, s * 1000 + i * 50 + 1);
    }
    limits.push(l.limit);
  }
  return limits;
}
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;

describe('AIMD', () => {
  it('grows by one in a round trip of ten calls, falls by a tenth at a loss, once a round trip', () => {
    const l = limiter({ kind: 'aimd', initial: 10 });
    for (let i = 0; i < 10; i++) l.onSample(100, 10, false, 100 + i);
    expect(l.limit).toBe(10); // 1/10 each, a little less as it grows
    l.onSample(100, 10, false, 110);
    expect(l.limit).toBe(11);
    l.onSample(100, 11, true, 200);
    expect(l.limit).toBe(9);
    for (let i = 0; i < 10; i++) l.onSample(150, 11, true, 201 + i); // lost in the same overload
    for (let i = 0; i < 10; i++) l.onSample(0, 11, true, 250 + i); // refused at once, within the round trip
    expect(l.limit).toBe(9);
    l.onSample(100, 9, true, 301);
    expect(l.limit).toBe(8);
    for (const t of [6000, 12_000]) l.onSample(5001, 9, false, t); // too slow is as good as lost
    expect(l.limit).toBe(7);
  });

  it('does not grow while callers use less than half', () => {
    const l = limiter({ kind: 'aimd', initial: 40 });
    for (let i = 0; i < 1000; i++) l.onSample(100, 19, false, i);
    expect(l.limit).toBe(40);
  });

  /** 50 servers with room for so many to wait; what goes over it is refused at once. */
  const saw = (room: number, seconds: number): number[] => {
    const l = limiter({ kind: 'aimd' });
    const limits: number[] = [];
    let nowMs = 0;
    while (nowMs < seconds * 1000) {
      const inFlight = l.limit;
      const { responseMs } = plant(50, Math.min(inFlight, 50 + room));
      for (let i = 0; i < inFlight; i++) {
        const lost = i >= 50 + room;
        l.onSample(lost ? 0 : responseMs, inFlight, lost, nowMs + (i * responseMs) / inFlight);
      }
      nowMs += responseMs;
      limits.push(inFlight);
    }
    return limits.slice(limits.length / 2);
  };

  it('saws between 0.9 × top and top, near the knee when the queue is short', () => {
    const limits = saw(5, 120);
    const top = Math.max(...limits);
    expect(top).toBeGreaterThanOrEqual(55);
    expect(top).toBeLessThanOrEqual(58);
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(Math.floor(0.9 * 55) - 1);
    expect(Math.abs(mean(limits) - 0.95 * top)).toBeLessThan(2);
    // A saw: it falls a few times and rises one by one in between.
    const falls = limits.filter((x, i) => i > 0 && x < limits[i - 1]!).length;
    expect(falls).toBeGreaterThan(20);
    for (let i = 1; i < limits.length; i++) expect(limits[i]! - limits[i - 1]!).toBeLessThanOrEqual(2);
  });

  it('failure mode: with a deep queue it saws between two overloads', () => {
    const limits = saw(500, 3000);
    expect(Math.min(...limits)).toBeGreaterThan(450); // nine times the servers
  });
});

describe('Gradient2', () => {
  it('with a hand-worked window: 100 calls, baseline 100 ms, response 300 ms', () => {
    const l = limiter({ kind: 'gradient2', initial: 100, windowSamples: 1, windowMs: 1 }) as Gradient2Limit;
    l.onSample(100, 40, false, 0);
    l.onSample(100, 40, false, 1); // under half in use: nothing moves, the baseline is learned
    expect([l.limit, l.baselineMs]).toEqual([100, 100]);
    l.onSample(300, 100, false, 2);
    // Window 2 of the even average: baseline 200; 1.5 × 200 / 300 = 1: 100 + 0.2 × 4
    expect(l.baselineMs).toBe(200);
    expect(l.limit).toBe(100);
    l.onSample(1000, 100, false, 3);
    // Baseline (100 + 300 + 1000) / 3 = 466.7; 0.7 × 100.8 + 4 = 74.56; a fifth of the way: 95.552
    expect(l.baselineMs).toBeCloseTo(466.667, 3);
    expect(l.limit).toBe(95);
    l.onSample(100_000, 95, false, 4);
    // 0.38 by the baseline of 25.35 s, but no less than half: 0.5 × 95.552 + 4 = 51.776; a fifth of the way: 86.797
    expect(l.limit).toBe(86);
  });

  /** Where calls in flight = tolerance × busy servers + queueSize. */
  const settled = (servers: number, tolerance: number): number => {
    let inFlight = 1;
    while (tolerance * plant(servers, inFlight).busy + 4 > inFlight) inFlight += 0.01;
    return inFlight;
  };

  it('with a probed baseline settles at tolerance × busy servers + queueSize, and stays', () => {
    for (const tolerance of [1, 1.5]) {
      const l = limiter({ kind: 'gradient2', probeEveryMs: 30_000, tolerance, min: 2 });
      const limits = saturate(l, () => 50, 3000).slice(1500);
      expect(Math.abs(Math.max(...limits) - settled(50, tolerance)), `${tolerance}`).toBeLessThan(1.5);
    }
    // Near the knee of 50 servers: a response of 1.06 times the unloaded one, at 90 % of the servers.
    const knee = settled(50, 1);
    expect(plant(50, knee).responseMs).toBeLessThan(120);
    expect(plant(50, knee).busy).toBeGreaterThan(40);
  });

  it('backs off when half the servers are gone, and comes back with them', () => {
    const l = limiter({ kind: 'gradient2', probeEveryMs: 30_000, min: 2 });
    const servers = (s: number) => (s >= 1000 && s < 2000 ? 25 : 50);
    const limits = saturate(l, servers, 3000);
    const around = (s: number) => Math.max(...limits.slice(s - 29, s));
    expect(Math.abs(around(1000) - settled(50, 1.5))).toBeLessThan(1.5);
    expect(Math.abs(around(2000) - settled(25, 1.5))).toBeLessThan(1.5);
    expect(Math.abs(around(3000) - settled(50, 1.5))).toBeLessThan(1.5);
  });

  it('holds back to `min` while it probes, and only then', () => {
    const l = limiter({ kind: 'gradient2', probeEveryMs: 10_000, min: 3, initial: 30 });
    expect(l.limit).toBe(30);
    l.onSample(100, 30, false, 0);
    expect(l.limit).toBe(3);
    for (let i = 1; i <= 40; i++) l.onSample(100, 3, false, 100 + i * 30);
    expect(l.limit).toBeGreaterThanOrEqual(30);
    expect((l as Gradient2Limit).baselineMs).toBe(100);
  });

  it('failure mode: a baseline that is the long average learns the overload, and the limit runs to its maximum', () => {
    const l = limiter({ kind: 'gradient2' }) as Gradient2Limit;
    const limits = saturate(l, () => 50, 6000);
    expect(limits[100]).toBeLessThan(110); // for a while it looks well
    expect(limits[5999]).toBe(1000);
    expect(l.baselineMs).toBeGreaterThan(1000); // ten times a service
  });

  it('failure mode: calls that all time out look steady; heeding losses mends it', () => {
    const stable = (heedLosses: boolean): number => {
      const l = limiter({ kind: 'gradient2', heedLosses });
      for (let i = 0; i < 60_000; i++) l.onSample(5000, l.limit, true, i * 50);
      return l.limit;
    };
    expect(stable(false)).toBe(1000);
    expect(stable(true)).toBeLessThan(10);
  });

  it('comes down from a long average within a minute when the overload is over', () => {
    const l = limiter({ kind: 'gradient2', max: 200 }) as Gradient2Limit;
    saturate(l, () => 10, 3000);
    expect(l.baselineMs).toBeGreaterThan(1000);
    saturate(l, () => 500, 60, 3000);
    expect(l.baselineMs).toBeLessThan(210);
  });
});

describe('both', () => {
  it('stay within their bounds whatever they are told', () => {
    const sample = fc.record({
      rttMs: fc.double({ min: 0, max: 20_000, noNaN: true }),
      inFlight: fc.nat({ max: 500 }),
      lost: fc.boolean(),
      gapMs: fc.nat({ max: 3000 }),
    });
    const kinds = fc.constantFrom<object>(
      { kind: 'aimd' },
      { kind: 'gradient2' },
      { kind: 'gradient2', probeEveryMs: 9000 },
    );
    fc.assert(
      fc.property(kinds, fc.array(sample, { maxLength: 300 }), (kind, samples) => {
        const l = limiter({ ...kind, initial: 20, min: 5, max: 60 });
        let nowMs = 0;
        for (const { rttMs, inFlight, lost, gapMs } of samples) {
          l.onSample(rttMs, inFlight, lost, (nowMs += gapMs));
          expect(Number.isInteger(l.limit) && l.limit >= 5 && l.limit <= 60).toBe(true);
        }
      }),
    );
  });

  it('say what is wrong with their settings', () => {
    expect(() => limiter({ kind: 'vegas' })).toThrow('kind: expected');
    expect(() => limiter({ kind: 'aimd', min: 30 })).toThrow(
      'limit: expected min, initial and max in rising order',
    );
    expect(() => limiter({ kind: 'aimd', backoff: 1 })).toThrow(
      'backoff: expected a share between 0 and 1, got 1.',
    );
    expect(() => limiter({ kind: 'gradient2', tolerance: 0.5 })).toThrow(
      'tolerance: expected a number of 1 or more',
    );
    expect(() => limiter({ kind: 'gradient2', backoff: 0.5 })).toThrow('backoff: expected a known setting');
  });
});
