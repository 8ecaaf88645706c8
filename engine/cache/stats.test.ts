import { describe, expect, it } from 'vitest';
import { Bench } from './flow/testing/bench.ts';
import { bandOf, cacheReport, savingsByMiss, savingsByTokens } from './stats.ts';

const report = (bench: Bench) =>
  cacheReport(
    bench.cache.counts(),
    bench.cache.tierFlows(),
    bench.stores.map((store) => store.stats()),
  );

describe('statistics (C3, C17)', () => {
  it.each([
    [1, 'excellent'],
    [0.9, 'excellent'],
    [0.8999, 'good'],
    [0.7, 'good'],
    [0.6999, 'poor'],
    [0, 'poor'],
    [null, null],
  ] as const)('%s is %s', (rate, band) => expect(bandOf(rate)).toBe(band));

  it('over nothing there is no rate', () => {
    const empty = report(new Bench({ l1: {}, l2: {} }));
    expect(empty).toMatchObject({
      hitRatePerRequest: null,
      hitRatePerProbe: null,
      staleShare: null,
      band: null,
    });
    expect(empty.levels.map(({ hitRate }) => hitRate)).toEqual([null, null]);
  });

  it('the two overall rates differ as the module counts probes: 6 of 10 requests, 6 of 15 probes', () => {
    const bench = new Bench({ l1: { synchronous: true }, l2: { synchronous: true } });
    for (const key of ['a', 'b', 'c', 'd']) bench.read(key); // 4 × two misses
    for (const key of ['a', 'b', 'c', 'd', 'a']) bench.read(key); // 5 hits of L1
    bench.stores[0].clear();
    bench.read('a'); // a miss of L1, a hit of L2
    const figures = report(bench);
    expect(figures.levels).toMatchObject([
      { hits: 5, misses: 5, hitRate: 0.5, entries: 1, sizeBytes: 10 },
      { hits: 1, misses: 4, hitRate: 0.2, entries: 4 },
    ]);
    expect(figures).toMatchObject({
      requests: 10,
      answered: 6,
      hitRatePerRequest: 0.6,
      hitRatePerProbe: 6 / 15,
      band: 'poor',
    });
  });

  it('an answer that stands in for a failed origin is not one that saved asking it', () => {
    const bench = new Bench({ l1: { synchronous: true } }, { staleIfErrorMs: 5000 });
    bench.read('a');
    bench.pass(10_000);
    bench.origin = () => null;
    bench.read('a');
    expect(report(bench)).toMatchObject({ requests: 2, answered: 0, hitRatePerRequest: 0 });
  });

  it('savings: 0.001 dollars a miss, or the price of the tokens', () => {
    expect(savingsByMiss(1500)).toBe(1_500_000_000);
    const price = { inputUsdPerMTok: 2.5, outputUsdPerMTok: 10 };
    // 1000 × 2.5 / 10^6 + 500 × 10 / 10^6 dollars
    expect(savingsByTokens({ inputTokens: 1000, outputTokens: 500 }, price)).toBe(7_500_000);
  });
});
