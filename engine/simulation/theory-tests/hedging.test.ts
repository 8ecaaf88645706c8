import { describe, expect, it } from 'vitest';
import type { Law } from '../../core/distributions.ts';
import { hedgedExtraShare, hedgedMean, hedgedQuantile } from '../../latency/formulas.ts';
import { HEDGES } from '../../latency/hedges.fixture.ts';
import type { ScenarioInput } from '../scenario.ts';
import type { Simulation } from '../simulation.ts';
import { stationReports } from '../summary.ts';
import { mmc } from '../theory.ts';
import { oneStation } from '../../trust/one-station.ts';
import { BUCKET_SLACK, misfits, overSeeds } from './over-seeds.ts';

/** The laws of the closed forms, with a mean of one second. */
const LAWS: Record<string, Law> = {
  'exponential mean 1': { law: 'exponential', meanMs: 1000 },
  'lognormal mean 1 sigma 1.0': { law: 'lognormal', meanMs: 1000, sigma: 1 },
  'lognormal mean 1 sigma 1.5': { law: 'lognormal', meanMs: 1000, sigma: 1.5 },
  // The simulator has no Pareto law: as many values as it takes, equally likely.
  'pareto alpha 2 xm .5 (mean 1)': {
    law: 'empirical',
    valuesMs: Array.from({ length: 50_000 }, (_, i) => 500 / Math.sqrt((i + 0.5) / 50_000)),
  },
};

const figures = (simulation: Simulation) => {
  const { total, histogram } = simulation.world.recorder;
  return {
    extra: stationReports(simulation)['desk']!.hedge!.extraShare,
    mean: total.latencySumMs / total.completed,
    p50: histogram.quantile(0.5),
    p99: histogram.quantile(0.99),
    p999: histogram.quantile(0.999),
  };
};

describe('hedging where nothing queues', () => {
  it.each(HEDGES)('$dist, second call at the $at', ({ dist, survival, p }) => {
    const delay = hedgedQuantile(survival, Infinity, p);
    const scenario = oneStation(
      20,
      20_000,
      { servers: null, service: LAWS[dist]! },
      { caller: { hedge: { delayMs: delay * 1000, maxExtraShare: null } } },
    );
    const quantile = (q: number, power: number) => ({
      value: hedgedQuantile(survival, delay, q) * 1000,
      power,
      slack: BUCKET_SLACK,
    });
    expect(
      misfits(overSeeds(scenario, figures), {
        extra: { value: hedgedExtraShare(survival, delay), power: 0.04 },
        mean: { value: hedgedMean(survival, delay) * 1000, power: 0.02, slack: 0.002 },
        p50: quantile(0.5, 0.03),
        p99: quantile(0.99, 0.04),
        p999: quantile(0.999, 0.12),
      }),
    ).toEqual([]);
  });
});

/** Ten servers of 100 ms; a second call after one mean service. */
function busy(
  load: number,
  hedge?: NonNullable<NonNullable<ScenarioInput['caller']>['hedge']>,
): ScenarioInput {
  return oneStation(
    100 * load,
    30_000,
    { servers: 10, service: { law: 'exponential', meanMs: 100 } },
    hedge ? { caller: { hedge: { delayMs: 100, ...hedge } } } : {},
  );
}
const loadAndMean = (simulation: Simulation) => ({
  load: stationReports(simulation)['desk']!.utilisation!,
  mean: simulation.systemReport().meanResponseMs,
  extra: stationReports(simulation)['desk']!.hedge?.extraShare ?? 0,
});

describe('hedging where it queues', () => {
  it('helps as long as there is room', () => {
    const alone = mmc(30, 10, 10).meanResponse * 1000;
    const hedged = overSeeds(busy(0.3, { maxExtraShare: null }), loadAndMean);
    expect(hedged.mean.mean + hedged.mean.halfWidth).toBeLessThan(0.9 * alone);
  });

  it('adds load until there is none', () => {
    const alone = mmc(85, 10, 10).meanResponse * 1000;
    const hedged = overSeeds(busy(0.85, { maxExtraShare: null }), loadAndMean);
    expect(hedged.load.mean).toBeGreaterThan(0.98);
    expect(hedged.mean.mean - hedged.mean.halfWidth).toBeGreaterThan(5 * alone);
    expect(hedged.extra.mean).toBeGreaterThan(0.5);
  });

  it('is held by its cap: the load grows by a twentieth, and no queue runs away', () => {
    const capped = overSeeds(busy(0.85, { maxExtraShare: 0.05 }), loadAndMean);
    expect(capped.extra.mean).toBeLessThan(0.0501);
    expect(capped.load.mean).toBeGreaterThan(0.87);
    expect(capped.load.mean + capped.load.halfWidth).toBeLessThan(0.85 * 1.06);
    // No worse than with a twentieth more of everything.
    expect(capped.mean.mean).toBeLessThan(mmc(85 * 1.05, 10, 10).meanResponse * 1000);
  });
});
