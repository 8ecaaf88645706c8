/** Caches of the simulator against theory. */
import { zipfWeights } from '../core/alias-table.ts';
import type { ScenarioInput } from '../simulation/scenario.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { tierReports } from '../simulation/summary.ts';
import { cheFifo, cheLru, ttlPopulationHitRate } from '../simulation/theory.ts';
import { resultOf, type Check } from './check.ts';
import { measurePoints } from './over-seeds.ts';
import { loopCheck } from './replays.ts';

const KEYS = 10_000;
const RATE_PER_S = 1000;

const hitPercent = (simulation: Simulation): number =>
  tierReports(simulation)['cache']!.hitRatePerLookup * 100;

/** A cache before an origin that answers at once; it has been filled by a past of its own before the run. */
const cacheOf = (
  tier: NonNullable<ScenarioInput['tiers']>[string],
  requests: number,
  historyS: number,
): ScenarioInput => ({
  name: 'cache',
  durationS: requests / RATE_PER_S,
  historyS,
  load: { ratePerS: RATE_PER_S },
  population: { kind: 'zipf', keys: KEYS, exponent: 1 },
  path: ['cache', 'origin'],
  tiers: { cache: tier },
  stations: { origin: { servers: null, service: { law: 'constant', meanMs: 0 } } },
});

const che: Check = {
  id: 'che',
  group: 'caches',
  title: 'Least recently used, and first in first out',
  says: 'Che’s approximation says what share of Zipf requests either policy answers. It is good to a few thousandths, and the two policies are ten times that apart.',
  source: 'Che, Tung and Wang 2002; Fricker, Robert and Roberts 2012',
  x: { title: 'Entries, of 10,000 keys', unit: '', log: true },
  y: { title: 'Hits', unit: '%' },
  *run() {
    const weights = zipfWeights(KEYS, 1);
    const points = [100, 300, 1000, 3000].flatMap((capacityEntries) =>
      (
        [
          ['lru', cheLru],
          ['fifo', cheFifo],
        ] as const
      ).map(([policy, theory]) => ({
        scenario: cacheOf(
          { level: 'l1', policy, capacityEntries },
          15_000,
          (5 * capacityEntries + 10_000) / RATE_PER_S,
        ),
        figures: [
          {
            read: hitPercent,
            expectation: {
              series: policy.toUpperCase(),
              label: `${policy.toUpperCase()}, ${capacityEntries} entries`,
              x: capacityEntries,
              expected: theory(weights, capacityEntries).hitRate * 100,
              slack: 0.4,
              power: 0.03,
            },
          },
        ],
      })),
    );
    return resultOf(yield* measurePoints(points));
  },
};

const lives: Check = {
  id: 'ttl',
  group: 'caches',
  title: 'Hits by time to live',
  says: 'With room for all, a key asked at rate r with a life of T hits r·T / (1 + r·T) of the time, or 1 − e^(−r·T) when each hit renews the life. Summed over ten thousand keys.',
  source: 'Renewal theory; Zipf 1.0, 1,000 requests a second',
  x: { title: 'Time to live', unit: 's', log: true },
  y: { title: 'Hits', unit: '%' },
  *run() {
    const weights = zipfWeights(KEYS, 1);
    const points = [1, 4, 15].flatMap((ttlS) =>
      (['fixed', 'sliding'] as const).map((ttlMode) => ({
        scenario: cacheOf(
          { level: 'l1', capacityEntries: 2 * KEYS, ttlS, ttlMode },
          15_000,
          Math.max(10, 4 * ttlS),
        ),
        figures: [
          {
            read: hitPercent,
            expectation: {
              series: ttlMode === 'fixed' ? 'From the fill' : 'From the last hit',
              label: `${ttlMode}, ${ttlS} s`,
              x: ttlS,
              expected: ttlPopulationHitRate(weights, RATE_PER_S, ttlS, ttlMode) * 100,
              slack: 0.1,
              power: 0.03,
            },
          },
        ],
      })),
    );
    return resultOf(yield* measurePoints(points));
  },
};

export const cacheChecks: readonly Check[] = [che, lives, loopCheck];
