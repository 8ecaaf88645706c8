import { describe, expect, it } from 'vitest';
import { ln } from '../../core/exact-math.ts';
import { RandomStream } from '../../core/random.ts';
import { MemoryStore } from '../tiers/memory-store.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { TieredCache } from './tiered-cache.ts';
import { VirtualDriver } from './virtual-driver.ts';
import { VirtualTime } from './virtual-time.ts';

const SEEDS = 20;
/** Student's t, two-sided, 19 degrees of freedom, confidence 99.99 %. */
const T_9999 = 4.8966;

/** Poisson requests for one key, `rate` a second, time to live and load time in seconds, over so many whole cycles. */
function run(
  seed: number,
  rate: number,
  ttlS: number,
  loadS: number,
  coalesceLoads: boolean,
  cycles: number,
) {
  const time = new VirtualTime();
  const cache = new TieredCache({
    tiers: [
      {
        name: 'memory',
        level: 'l1',
        capabilities: { persistent: false, shared: false, tags: true, prefixes: true },
        synchronous: true,
      },
    ],
    // In the theory later twins of the first load do not restart the time to live.
    settings: { coalesceLoads, lateDuplicates: 'ignore', loadTimeoutMs: 1e9 },
    policies: [{ ...DEFAULT_POLICY, ttlMs: ttlS * 1000 }],
    seed,
  });
  const loaded = { value: 1, stored: 1, sizeBytes: 1 };
  let underWay = 0;
  let peak = 0;
  let cyclesBegun = 0;
  const driver = new VirtualDriver(
    cache,
    time,
    [{ store: new MemoryStore({ maxEntries: 1, maxBytes: 10, policy: 'lru' }) }],
    {
      serviceMs: () => {
        if (underWay === 0) cyclesBegun++;
        peak = Math.max(peak, ++underWay);
        return loadS * 1000;
      },
      load: () => {
        underWay--;
        return loaded;
      },
    },
  );
  const random = new RandomStream(seed, 'arrivals');
  for (let atMs = 0; ;) {
    atMs -= (ln(random.uniform()) * 1000) / rate;
    time.advanceTo(atMs);
    const { requests, loads, answeredFresh } = cache.counts();
    const whole = { hitRate: answeredFresh / requests, loadsPerCycle: loads / cycles, peak };
    driver.read('k');
    if (cyclesBegun > cycles) return whole;
  }
}

/** Mean over the seeds with half the width of its confidence interval. */
function estimate(values: number[]): { mean: number; halfWidth: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (values.length - 1);
  return { mean, halfWidth: T_9999 * Math.sqrt(variance / values.length) };
}

function expectNear(values: number[], theory: number, power: number): void {
  const { mean, halfWidth } = estimate(values);
  expect(halfWidth).toBeLessThan(power * theory); // or else it would accept anything
  expect(Math.abs(mean - theory)).toBeLessThanOrEqual(halfWidth);
}

/**
 * Truth: queueing.json, TTL_cache_with_fetch_delay_stampede: cycle 1/λ + D + T, hits λT / (1 + λ(T + D)), loads in a cycle
 * 1 + λD, or 1 with coalescing. Whole cycles are counted.
 */
describe.each([
  { rate: 100, ttlS: 60, loadS: 2, cycles: 4 },
  { rate: 10, ttlS: 60, loadS: 0.5, cycles: 40 },
  { rate: 5, ttlS: 3, loadS: 1, cycles: 400 },
])(
  'stampede, $rate requests a second, $ttlS s to live, $loadS s to load',
  ({ rate, ttlS, loadS, cycles }) => {
    const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1);
    const hitRate = (rate * ttlS) / (1 + rate * (ttlS + loadS));

    it('with coalescing: one load a cycle, never two at once', () => {
      const runs = seeds.map((seed) => run(seed, rate, ttlS, loadS, true, cycles));
      expectNear(
        runs.map((r) => r.hitRate),
        hitRate,
        0.02,
      );
      for (const { loadsPerCycle } of runs) expect(loadsPerCycle).toBe(1);
      expect(Math.max(...runs.map((r) => r.peak))).toBe(1);
    });

    it('without: 1 + λD loads a cycle, as many at once', () => {
      const runs = seeds.map((seed) => run(seed, rate, ttlS, loadS, false, cycles));
      const size = 1 + rate * loadS;
      expectNear(
        runs.map((r) => r.hitRate),
        hitRate,
        0.02,
      );
      expectNear(
        runs.map((r) => r.loadsPerCycle),
        size,
        0.1,
      );
      for (const { peak } of runs) expect(peak).toBeGreaterThan(size - 5 * Math.sqrt(size));
    });
  },
);
