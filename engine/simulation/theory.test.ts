import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { zipfWeights } from '../core/alias-table.ts';
import {
  CACHES,
  ERLANG_A,
  MG1,
  MM1,
  MM1K,
  MMC,
  PRIORITY,
  SINGLEFLIGHT,
  TTL,
  TTL_POPULATION,
  TTL_WITH_FETCH,
} from './theory-tests/points.ts';
import {
  cacheLoads,
  cheFifo,
  cheLru,
  erlangA,
  erlangB,
  erlangC,
  mg1,
  mm1,
  mm1k,
  mm1ResponseQuantile,
  mmc,
  mmcWaitQuantile,
  priorityWaits,
  retryAmplification,
  singleflight,
  stableRatePerS,
  stormPlateau,
  stormStays,
  ttlHitRate,
  ttlPopulationHitRate,
  ttlWithFetch,
} from './theory.ts';

/** Equal to the digits that a published figure has. */
const near = (value: number, digits = 7) => expect.closeTo(value, digits);

describe('theory', () => {
  it('of M/M/1 at 8 a second on a server for 10', () => {
    expect(mm1(8, 10)).toEqual({
      utilisation: 0.8,
      waitProbability: near(0.8),
      meanWait: near(0.4),
      meanResponse: near(0.5),
      meanQueue: near(3.2),
      meanInSystem: near(4),
    });
    expect(mm1ResponseQuantile(8, 10, 0.95)).toEqual(near(1.4978661));
    expect(mm1(10, 10).meanWait).toBe(Infinity);
    expect(mm1ResponseQuantile(12, 10, 0.5)).toBe(Infinity);
  });

  it('of Erlang B and C for ten clerks', () => {
    expect(erlangB(10, 8)).toEqual(near(0.12166106));
    expect(erlangC(10, 8)).toEqual(near(0.40918015));
    expect(mmc(8, 1, 10).meanWait).toEqual(near(0.20459008));
    expect(mmcWaitQuantile(8, 1, 10, 0.95)).toEqual(near(1.0510663));
    expect(mmcWaitQuantile(8, 1, 10, 0.5)).toBe(0); // more than half do not wait
    expect(erlangC(10, 10)).toBe(1);
    expect(mmc(10, 1, 10).meanWait).toBe(Infinity);
    expect(mmcWaitQuantile(11, 1, 10, 0.5)).toBe(Infinity);
  });

  it('of M/G/1: constant service halves the wait, and saturation has none', () => {
    expect(mg1(8, 0.1, 0).meanWait).toEqual(near(0.2));
    expect(mg1(8, 0.1, 5.5).meanWait).toEqual(near(1.3));
    expect(mg1(8, 0.1, 1).meanInSystem).toEqual(near(mm1(8, 10).meanInSystem));
    expect(mg1(10, 0.1, 1).meanWait).toBe(Infinity);
  });

  it('of M/M/1/K also above saturation', () => {
    expect(mm1k(12, 10, 20).blockProbability).toEqual(near(0.17036995));
    expect(mm1k(10, 10, 10)).toEqual({
      blockProbability: near(1 / 11),
      throughput: near(100 / 11),
      meanInSystem: near(5),
      meanResponse: near(0.55),
    });
    expect(mm1k(5, 10, 200).meanResponse).toEqual(near(mm1(5, 10).meanResponse));
  });

  it('of Erlang A: between Erlang B and C', () => {
    expect(erlangA(12, 1, 10, 0.5).abandonProbability).toEqual(near(0.19565594));
    // Impatience without limit is Erlang B, none at all is Erlang C.
    expect(erlangA(8, 1, 10, 1e9).abandonProbability).toEqual(near(erlangB(10, 8)));
    expect(erlangA(8, 1, 10, 1e-6).waitProbability).toEqual(expect.closeTo(erlangC(10, 8), 4));
    // Large systems neither overflow nor take for ever.
    const large = erlangA(2000, 1, 1000, 0.5);
    expect(large.abandonProbability).toEqual(expect.closeTo(0.5, 3));
  });

  it('of priorities: what one class gains the other loses', () => {
    const classes = [
      { rate: 3, meanService: 0.1, scv: 1 },
      { rate: 5, meanService: 0.1, scv: 1 },
    ];
    const [urgent, patient] = priorityWaits(classes);
    expect([urgent, patient]).toEqual([near(0.11428571), near(0.57142857)]);
    expect((3 * urgent! + 5 * patient!) / 8).toEqual(near(mm1(8, 10).meanWait));
    expect(priorityWaits([classes[0]!, { ...classes[1]!, rate: 8 }])[1]).toBe(Infinity);
  });

  it('of LRU and FIFO under independent requests', () => {
    const weights = zipfWeights(1000, 0.8);
    const lru = cheLru(weights, 100);
    expect(lru.hitRate).toEqual(near(0.37779, 5));
    expect(lru.characteristicTime).toEqual(expect.closeTo(133.8647, 3));
    expect(cheFifo(weights, 100).hitRate).toEqual(near(0.33368, 5));
    expect(cheLru(weights, 1000)).toEqual({ hitRate: 1, characteristicTime: Infinity });
    // With equal keys no policy does better than the share that is held.
    expect(cheLru(new Float64Array(100).fill(3), 25).hitRate).toEqual(near(0.25));
  });

  it('of lives fixed and sliding', () => {
    expect(ttlHitRate(0.1, 60, 'fixed')).toEqual(near(0.85714286));
    expect(ttlHitRate(0.1, 60, 'sliding')).toEqual(near(0.99752125));
    expect(ttlPopulationHitRate([5, 5], 0.2, 60, 'fixed')).toEqual(near(0.85714286));
  });

  it('of shared fetches', () => {
    expect(singleflight(10, 1, 0)).toEqual({
      originRate: near(0.90909091),
      savedShare: near(0.90909091),
      meanResponse: near((1 + 10 / 2) / 11),
    });
    const { hitRate, originRateShared, originRateEach, stampede } = ttlWithFetch(100, 60, 2);
    expect([hitRate, originRateShared, originRateEach, stampede]).toEqual(
      [0.96758587, 0.016126431, 3.2414127, 201].map((x) => near(x)),
    );
  });

  it('of retries and storms', () => {
    expect(retryAmplification(0.5, 2)).toEqual({ tries: 1.75, success: 0.875 });
    expect(retryAmplification(1, 3)).toEqual({ tries: 4, success: 0 });
    expect(stormPlateau(3, 3)).toBe(12);
    expect(stableRatePerS(300, 2)).toBe(100);
    expect(cacheLoads(300, 0.9)).toEqual({ cold: 300, warm: near(3000) });
    const storm = {
      ratePerS: 200,
      surgeFactor: 2,
      surgeS: 12,
      capacityPerS: 300,
      timeoutS: 3,
      retries: 3,
    };
    expect(stormStays(storm)).toBe(true); // leaves 4 s of waiting
    expect(stormStays({ ...storm, surgeFactor: 1.6 })).toBe(false); // leaves 0.8 s
    expect(stormStays({ ...storm, ratePerS: 74, surgeFactor: 9 })).toBe(false); // cannot feed itself
  });
});

const FILE = fileURLToPath(new URL('../../../shared/truth/queueing.json', import.meta.url));

/** Every number that the point has under `names` equals the formula's, to the digits in the file. */
function compare(point: Record<string, unknown>, formula: Record<string, number>): void {
  for (const [name, value] of Object.entries(formula)) {
    const printed = point[name] as number;
    expect(Math.abs(value - printed), `${name}: ${value} for ${printed}`).toBeLessThanOrEqual(
      Math.abs(printed) * 5e-7 + 5e-7,
    );
  }
}

describe.skipIf(!existsSync(FILE))('theory, point by point beside ../shared/truth/queueing.json', () => {
  type Point = Record<string, number> & Record<string, unknown>;
  const section = (name: string): Point[] =>
    (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, { points: Point[] }>)[name]!.points;
  /** The points that the simulation is compared at are those of the file. */
  const covered = (name: string, ours: readonly object[], ofPoint: (p: Point) => object): void => {
    for (const point of section(name)) expect(ours).toContainEqual(expect.objectContaining(ofPoint(point)));
  };

  it('M/M/1', () => {
    for (const p of section('MM1')) {
      const q = mm1(p['lam']!, p['mu']!);
      compare(p, {
        rho: q.utilisation,
        L: q.meanInSystem,
        Lq: q.meanQueue,
        W: q.meanResponse,
        Wq: q.meanWait,
        P_wait: q.waitProbability,
        W_p50: mm1ResponseQuantile(p['lam']!, p['mu']!, 0.5),
        W_p95: mm1ResponseQuantile(p['lam']!, p['mu']!, 0.95),
        W_p99: mm1ResponseQuantile(p['lam']!, p['mu']!, 0.99),
        Wq_p95: mmcWaitQuantile(p['lam']!, p['mu']!, 1, 0.95),
      });
    }
    covered('MM1', MM1, (p) => ({ arrivalRate: p['lam'], serviceRate: p['mu'] }));
  });

  it('M/M/c', () => {
    for (const p of section('MMc_ErlangC')) {
      const [lam, mu, c] = [p['lam']!, p['mu']!, p['c']!];
      const q = mmc(lam, mu, c);
      compare(p, {
        ErlangB: erlangB(c, lam / mu),
        ErlangC: q.waitProbability,
        Wq: q.meanWait,
        W: q.meanResponse,
        Wq_p95: mmcWaitQuantile(lam, mu, c, 0.95),
        Wq_p99: mmcWaitQuantile(lam, mu, c, 0.99),
      });
      compare({ Lq: p['Lq']! / 10, L: p['L']! / 100 }, { Lq: q.meanQueue / 10, L: q.meanInSystem / 100 });
    }
    covered('MMc_ErlangC', MMC, (p) => ({ arrivalRate: p['lam'], serviceRate: p['mu'], servers: p['c'] }));
  });

  it('M/G/1', () => {
    for (const p of section('MG1_PollaczekKhinchine')) {
      const q = mg1(p['lam']!, p['ES']!, p['SCV']!);
      compare(p, { Wq: q.meanWait, W: q.meanResponse, Lq: q.meanQueue, L: q.meanInSystem });
    }
    covered('MG1_PollaczekKhinchine', MG1, (p) => ({ arrivalRate: p['lam'], scv: p['SCV'] }));
  });

  it('M/M/1/K', () => {
    for (const p of section('MM1K')) {
      const q = mm1k(p['lam']!, p['mu']!, p['K']!);
      compare(p, {
        P_block: q.blockProbability,
        throughput: q.throughput,
        L: q.meanInSystem,
        W_accepted: q.meanResponse,
      });
    }
    covered('MM1K', MM1K, (p) => ({ arrivalRate: p['lam'], serviceRate: p['mu'], places: p['K'] }));
  });

  it('Erlang A', () => {
    for (const p of section('MMc_plus_M_ErlangA')) {
      const q = erlangA(p['lam']!, p['mu']!, p['c']!, p['theta']!);
      compare(p, {
        P_wait: q.waitProbability,
        P_abandon: q.abandonProbability,
        Lq: q.meanQueue,
        Wq_all: q.meanWait,
      });
    }
    covered('MMc_plus_M_ErlangA', ERLANG_A, (p) => ({
      arrivalRate: p['lam'],
      serviceRate: p['mu'],
      servers: p['c'],
      impatience: p['theta'],
    }));
  });

  it('priorities', () => {
    for (const p of section('priority_MM1')) {
      const rates = p['lam'] as unknown as number[];
      const meanService = 1 / p['mu']!;
      const waits = priorityWaits(rates.map((rate) => ({ rate, meanService, scv: 1 })));
      expect(waits).toEqual((p['Wq_nonpreemptive'] as unknown as number[]).map((w) => near(w)));
    }
    covered('priority_MM1', PRIORITY, (p) => ({ rates: p['lam'], serviceRate: p['mu'] }));
  });

  it('LRU and FIFO', () => {
    for (const p of section('LRU_Che')) {
      const weights = zipfWeights(p['N']!, p['s']!);
      const lru = cheLru(weights, p['C']!);
      compare(p, { LRU_hit_che: lru.hitRate, FIFO_RANDOM_hit: cheFifo(weights, p['C']!).hitRate });
      expect(lru.characteristicTime / p['t_C_requests']!).toEqual(near(1, 6));
    }
    covered('LRU_Che', CACHES, (p) => ({ keys: p['N'], exponent: p['s'], capacity: p['C'] }));
  });

  it('times to live', () => {
    const [populations, keys] = [true, false].map((zipf) =>
      section('TTL_cache').filter((p) => 'zipf_N' in p === zipf),
    );
    for (const p of keys!)
      compare(p, {
        hit_fixed_ttl: ttlHitRate(p['lam']!, p['T']!, 'fixed'),
        hit_sliding_ttl: ttlHitRate(p['lam']!, p['T']!, 'sliding'),
      });
    for (const p of populations!) {
      const weights = zipfWeights(p['zipf_N']!, p['zipf_s']!);
      const hits = (mode: 'fixed' | 'sliding') =>
        ttlPopulationHitRate(weights, p['total_rate']!, p['T']!, mode);
      compare(p, { hit_fixed_ttl: hits('fixed'), hit_sliding_ttl: hits('sliding') });
      expect(TTL_POPULATION).toContainEqual({
        keys: p['zipf_N'],
        exponent: p['zipf_s'],
        totalRate: p['total_rate'],
        ttl: p['T'],
      });
    }
    for (const p of keys!) expect(TTL).toContainEqual({ rate: p['lam'], ttl: p['T'] });
    for (const p of section('TTL_cache_with_fetch_delay_stampede')) {
      const q = ttlWithFetch(p['lam']!, p['T']!, p['D']!);
      compare(p, {
        hit_pure: q.hitRate,
        origin_rate_coalesced: q.originRateShared,
        origin_rate_uncoalesced: q.originRateEach,
        origin_calls_per_cycle_uncoalesced: q.stampede,
      });
    }
    covered('TTL_cache_with_fetch_delay_stampede', TTL_WITH_FETCH, (p) => ({
      rate: p['lam'],
      ttl: p['T'],
      fetch: p['D'],
    }));
  });

  it('singleflight, retries and thresholds', () => {
    for (const p of section('singleflight')) {
      const q = singleflight(p['lam']!, p['ED']!, 0);
      compare(p, { origin_rate: q.originRate, saved: q.savedShare });
    }
    covered('singleflight', SINGLEFLIGHT, (p) => ({ rate: p['lam'], meanFetch: p['ED'] }));
    for (const p of section('retry_amplification')) {
      const q = retryAmplification(p['p']!, p['r']!);
      compare(p, { attempts: q.tries, success: q.success });
    }
    for (const p of section('metastable_thresholds'))
      if ('r' in p) compare(p, { stable: stableRatePerS(p['mu']!, p['r']!) });
      else {
        const { cold, warm } = cacheLoads(p['mu_db']!, p['h']!);
        compare(p, { stable: cold, max: warm });
      }
  });
});
