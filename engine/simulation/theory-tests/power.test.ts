import { describe, expect, it } from 'vitest';
import { zipfWeights } from '../../core/alias-table.ts';
import type { ScenarioInput } from '../scenario.ts';
import { tierReports } from '../summary.ts';
import { cheFifo, cheLru, mmc, mmcWaitQuantile, ttlHitRate } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { BUCKET_SLACK, misfits, overSeeds, type Expected } from './over-seeds.ts';

/** What the suite would say of models that are wrong by a little: a test that cannot fail shows nothing. */
describe('the comparison with theory', () => {
  const theory = mmc(8, 1, 10);
  const expected: Record<string, Expected> = {
    utilisation: { value: theory.utilisation, power: 0.02 },
    waitProbability: { value: theory.waitProbability, power: 0.07 },
    meanWait: { value: theory.meanWait, power: 0.11 },
    waitP95: { value: mmcWaitQuantile(8, 1, 10, 0.95), power: 0.12, slack: BUCKET_SLACK },
  };
  type StationInput = NonNullable<ScenarioInput['stations']>[string];
  const verdict = (ratePerS: number, station: Partial<StationInput>): string[] =>
    misfits(
      overSeeds(
        oneStation(ratePerS, 50_000, {
          servers: 10,
          service: { law: 'exponential', meanMs: 1000 },
          ...station,
        }),
        deskFigures,
      ),
      expected,
    ).map((line) => line.split(':')[0]!);

  it('accepts ten clerks', () => {
    expect(verdict(8, {})).toEqual([]);
  });
  it('rejects nine clerks', () => {
    expect(verdict(8, { servers: 9 })).toEqual(
      expect.arrayContaining(['utilisation', 'waitProbability', 'meanWait']),
    );
  });
  it('rejects service that takes 5 % longer', () => {
    expect(verdict(8, { service: { law: 'exponential', meanMs: 1050 } })).toEqual(
      expect.arrayContaining(['utilisation', 'waitProbability', 'meanWait']),
    );
  });
  it('rejects a load 3 % higher', () => {
    expect(verdict(8.24, {})).toEqual(expect.arrayContaining(['utilisation', 'waitProbability']));
  });
  it('rejects service of another law with the same mean', () => {
    expect(verdict(8, { service: { law: 'erlang', meanMs: 1000, shape: 2 } })).toContain('meanWait');
  });
  it('rejects last come first served by its quantiles, for the mean is the same', () => {
    const wrong = verdict(8, { discipline: 'lifo' });
    expect(wrong).toContain('waitP95');
    expect(wrong).not.toContain('meanWait');
  });

  it('tells LRU from FIFO', () => {
    const weights = zipfWeights(1000, 0.8);
    const estimates = overSeeds(
      {
        name: 'cache',
        durationS: 20,
        historyS: 20,
        load: { ratePerS: 1000 },
        population: { kind: 'zipf', keys: 1000, exponent: 0.8 },
        path: ['cache'],
        tiers: { cache: { level: 'l1', policy: 'fifo', capacityEntries: 100 } },
      },
      (simulation) => ({ hitRate: tierReports(simulation)['cache']!.hitRatePerLookup }),
    );
    const slack = 0.006;
    expect(misfits(estimates, { hitRate: { value: cheFifo(weights, 100).hitRate, slack } })).toEqual([]);
    expect(misfits(estimates, { hitRate: { value: cheLru(weights, 100).hitRate, slack } })).toHaveLength(1);
  });

  it('tells a fixed life from a sliding one', () => {
    const estimates = overSeeds(
      {
        name: 'ttl',
        durationS: 100_000,
        load: { ratePerS: 0.1 },
        path: ['cache'],
        tiers: { cache: { level: 'l1', capacityEntries: 1, ttlS: 10, ttlMode: 'sliding' } },
      },
      (simulation) => ({ hitRate: tierReports(simulation)['cache']!.hitRatePerLookup }),
    );
    expect(misfits(estimates, { hitRate: ttlHitRate(0.1, 10, 'sliding') })).toEqual([]);
    expect(misfits(estimates, { hitRate: ttlHitRate(0.1, 10, 'fixed') })).toHaveLength(1);
  });

  it('rejects an interval too wide to tell anything', () => {
    const noisy = { x: { mean: 1, halfWidth: 0.5 } };
    expect(misfits(noisy, { x: 1 })).toEqual([expect.stringContaining('too wide')]);
    expect(misfits({ x: { mean: NaN, halfWidth: NaN } }, { x: 1 })).toHaveLength(1);
  });
});
