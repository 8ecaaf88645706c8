import { describe, expect, it } from 'vitest';
import { modelBill } from '../scenarios/model-bill.ts';
import { Simulation } from '../simulation/simulation.ts';
import { summarise } from '../simulation/summary.ts';
import { shop } from './hand-worked.ts';
import { checkFigure, FIGURES, outcomeOf } from './outcome.ts';
import { openTrial } from './trial.ts';

describe('the outcome of a run', () => {
  const simulation = openTrial({ scenario: shop, seed: 1 }).run();
  const { recorder } = simulation.world;
  const sum = (column: string): number => recorder.column(column).reduce((a, b) => a + b, 0);
  const outcome = outcomeOf(simulation);

  it('is plain data with the usual figures', () => {
    expect(Object.keys(outcome)).toEqual(expect.arrayContaining([...FIGURES]));
    expect(structuredClone(outcome)).toEqual(outcome);
  });

  it('has the model’s calls and their price', () => {
    expect(outcome.calls).toBe(sum('station.pool.completed'));
    expect(outcome.calls).toBeGreaterThan(500);
    expect(outcome.costUsd).toBeCloseTo(outcome.calls * 0.003, 9);
    expect(outcome.costUsd).toBe(summarise(simulation).costUsd);
  });

  it('has requests, times and rates of the whole run', () => {
    const whole = recorder.window(0, recorder.closed);
    expect(outcome.requests).toBe(sum('arrivals'));
    expect(outcome).toMatchObject({
      meanMs: whole.meanMs,
      p95Ms: whole.p95Ms,
      hitRate: whole.hitRate,
      errorRate: 0,
    });
    expect(outcome.hitRate).toBeCloseTo(0.7, 1);
    expect(outcome.p50Ms).toBeLessThan(outcome.p95Ms);
    expect(outcome.p95Ms).toBeLessThan(outcome.p99Ms);
  });

  it('has columns that are asked for: counts summed, levels averaged', () => {
    const more = outcomeOf(simulation, ['tier.cache.hits', 'tier.cache.entries', 'costUsd']);
    expect(more['tier.cache.hits']).toBe(sum('tier.cache.hits'));
    expect(more['tier.cache.entries']).toBeCloseTo(sum('tier.cache.entries') / recorder.closed, 9);
    expect(more.costUsd).toBe(outcome.costUsd);
  });

  it('is of the whole fleet where it counts or pays', () => {
    const fleet = outcomeOf(
      openTrial({ scenario: shop, seed: 1, overrides: [{ path: 'fleet.cells', value: 4 }] }).run(),
      ['tier.cache.hits'],
    );
    expect(fleet.requests).toBe(4 * outcome.requests);
    expect(fleet.calls).toBe(4 * outcome.calls);
    expect(fleet.costUsd).toBeCloseTo(4 * outcome.costUsd, 9);
    expect(fleet['tier.cache.hits']).toBe(4 * sum('tier.cache.hits'));
    expect([fleet.meanMs, fleet.hitRate]).toEqual([outcome.meanMs, outcome.hitRate]);
  });

  it('counts no calls of stations without a model', () => {
    const { calls, costUsd } = outcomeOf(
      openTrial({ scenario: shop, seed: 1, overrides: [{ path: 'stations.pool.model', value: null }] }).run(),
    );
    expect([calls, costUsd]).toEqual([0, 0]);
  });

  it('has no mean where nothing was asked', () => {
    const idle = outcomeOf(
      openTrial({ scenario: shop, seed: 1, overrides: [{ path: 'load.ratePerS', value: 0 }] }).run(),
    );
    expect(idle).toMatchObject({ requests: 0, costUsd: 0, meanMs: NaN, hitRate: NaN });
  });

  it('has the agents’ cost and the answers’ quality where there are such parts', () => {
    const bill = openTrial({ scenario: modelBill, seed: 1, untilS: 600 }).run();
    const figures = outcomeOf(bill);
    const column = (name: string): number[] => [...bill.world.recorder.column(name)];
    expect(figures.infraUsd).toBeCloseTo(
      column('agents.infraUsd').reduce((a, b) => a + b, 0) * bill.scenario.fleet.cells,
      9,
    );
    expect(figures.infraUsd).toBeGreaterThan(0);
    expect(figures.totalUsd).toBe(figures.costUsd + figures.infraUsd);
    const qualities = column('gateway.quality').filter((quality) => !Number.isNaN(quality));
    expect(figures.quality).toBeGreaterThanOrEqual(Math.min(...qualities) - 1e-9);
    expect(figures.quality).toBeLessThanOrEqual(Math.max(...qualities) + 1e-9);
    expect(figures.calls).toBeGreaterThan(0);
    expect(() => checkFigure('totalUsd', bill.world.recorder.columns)).not.toThrow();
    expect(() => checkFigure('totalUsd', recorder.columns)).toThrow('figure: expected one of');
    expect(outcome).not.toHaveProperty('infraUsd');
  });

  it('refuses a column that is not there', () => {
    expect(() => outcomeOf(simulation, ['tier.cashe.hits'])).toThrow('Did you mean "tier.cache.hits"?');
    expect(() => checkFigure('cost', ['arrivals'])).toThrow('figure: expected one of costUsd, calls');
  });
});

describe('a trial', () => {
  it('is the run that its request says', () => {
    const pulls = [{ atS: 10, lever: 'load.factor', value: 2 }];
    const overrides = [{ path: 'load.ratePerS', value: 5 }];
    const trial = openTrial({ scenario: shop, seed: 7, overrides, pulls, untilS: 40 }).run();
    const same = new Simulation({ ...shop, durationS: 40, load: { ratePerS: 5 } }, 7, { pulls }).run();
    expect(trial.fingerprint()).toBe(same.fingerprint());
  });

  it('takes a name of the catalogue', () => {
    expect(openTrial({ scenario: 'mmc', seed: 1, untilS: 3000 }).scenario).toMatchObject({
      name: 'mmc',
      durationS: 3000,
    });
    expect(() => openTrial({ scenario: 'mcc', seed: 1 })).toThrow('Did you mean "mmc"?');
  });

  it.each([-1, 1.5, NaN])('has no seed %f', (seed) => {
    expect(() => openTrial({ scenario: shop, seed })).toThrow('seed: expected a whole number of 0 or more');
  });
});
