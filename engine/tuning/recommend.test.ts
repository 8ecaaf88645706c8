import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { modelBill } from '../scenarios/model-bill.ts';
import type { ScenarioInput } from '../simulation/scenario.ts';
import { Simulation } from '../simulation/simulation.ts';
import { effectOf } from './effect.ts';
import { recommend, type Recommendation } from './recommend.ts';

const ids = (list: Recommendation[]): string[] => list.map((r) => r.id);

function takeAndMeasure(run: Simulation, recommendation: Recommendation, seconds: number) {
  const pull = run.pull(recommendation.lever, recommendation.value);
  const taken = { recommendation, atS: pull.atS };
  expect(effectOf(run, taken).measured).toBeNull();
  run.advanceTo(run.nowMs + seconds * 1000);
  return effectOf(run, taken);
}

const desk: ScenarioInput = {
  name: 'desk',
  durationS: 2000,
  load: { ratePerS: 9.6 },
  population: { kind: 'zipf', keys: 100_000, exponent: 0 },
  path: ['desk'],
  stations: { desk: { servers: 10, service: { law: 'exponential', meanMs: 1000 } } },
};

describe('more servers', () => {
  it('is recommended when they are busy, with what Erlang C predicts, and that comes', () => {
    const run = new Simulation(desk, 3);
    run.advanceTo(1000_000);
    const advice = recommend(run).find((r) => r.id === 'servers:desk')!;
    expect(advice.why).toMatch(/9\d % busy/);
    expect(advice.value).toBeGreaterThanOrEqual(13);
    // Of those, next to nobody waits: the service alone.
    expect(advice.predicted.then).toBeGreaterThan(900);
    expect(advice.predicted.then).toBeLessThan(1200);
    const effect = takeAndMeasure(run, advice, 200);
    expect(effect.measured! / effect.predicted).toBeGreaterThan(0.85);
    expect(effect.measured! / effect.predicted).toBeLessThan(1.15);
    expect(effect.measured!).toBeLessThan(effect.before);
    expect([effect.fromS, effect.toS]).toEqual([1060, 1120]);
    expect(ids(recommend(run))).not.toContain('servers:desk');
  });

  it('is not recommended when they have time', () => {
    const run = new Simulation({ ...desk, load: { ratePerS: 5 } }, 1);
    run.advanceTo(500_000);
    expect(recommend(run)).toEqual([]);
  });
});

describe('Prime Day', () => {
  const run = new Simulation(primeDay, 1);
  run.advanceTo(1139_000);

  it('in the collapse: cap the retries, drop what comes too late, read what L3 holds', () => {
    const advice = recommend(run);
    expect(ids(advice)).toEqual(expect.arrayContaining(['retry-budget', 'margin:pool', 'on:l3']));
    const budget = advice.find((r) => r.id === 'retry-budget')!;
    expect(budget.predicted.now).toBeGreaterThan(3);
    expect(budget.predicted.then).toBeCloseTo(1.1);
    expect(advice.find((r) => r.id === 'on:l3')!.predicted.then).toBeCloseTo(0.978);
  });

  it('taken together they bring it back, and each is measured beside its prediction', () => {
    const taken = ['retry-budget', 'margin:pool', 'on:l3'].map((id) => {
      const recommendation = recommend(run).find((r) => r.id === id)!;
      return { recommendation, atS: run.pull(recommendation.lever, recommendation.value).atS };
    });
    run.advanceTo(1139_000 + 400_000);
    const effects = taken.map((t) => effectOf(run, t));
    const by = (id: string) => effects.find((e) => e.id === id)!;
    expect(by('retry-budget').measured!).toBeLessThan(1.3);
    expect(by('margin:pool').measured!).toBeLessThan(0.1);
    // The formula counts what L3 holds; the other caches answer a part of that first.
    expect(Math.abs(by('on:l3').measured! - by('on:l3').predicted)).toBeLessThan(0.02);
  });
});

describe('other advice', () => {
  it('longer TTLs, by the odds of a hit', () => {
    const run = new Simulation(
      {
        name: 'ttl',
        durationS: 4000,
        load: { ratePerS: 20 },
        population: { kind: 'weighted', weights: Array.from({ length: 100 }, () => 1) },
        path: ['l1'],
        tiers: { l1: { level: 'l1', capacityEntries: 200, ttlS: 5 } },
      },
      1,
    );
    run.advanceTo(600_000);
    const advice = recommend(run).find((r) => r.id === 'ttl:l1')!;
    // λT = 0.2 × 5 = 1: half of them hit; with 10 s two thirds.
    expect(advice.predicted.now).toBeCloseTo(0.5, 1);
    expect(advice.predicted.then).toBeCloseTo(2 / 3, 1);
    const effect = takeAndMeasure(run, advice, 200);
    expect(Math.abs(effect.measured! - effect.predicted)).toBeLessThan(0.06);
  });

  it('coalescing, when calls for one key fly side by side', () => {
    const run = new Simulation(
      {
        name: 'hot',
        durationS: 2000,
        load: { ratePerS: 10 },
        path: ['pool'],
        stations: { pool: { servers: null, service: { law: 'constant', meanMs: 1000 } } },
      },
      1,
    );
    run.advanceTo(300_000);
    const advice = recommend(run).find((r) => r.id === 'coalesce:pool')!;
    // λ / (1 + λ E[D]) = 10 / 11 calls a second.
    expect(advice.predicted.then).toBeCloseTo(10 / 11, 0);
    const effect = takeAndMeasure(run, advice, 200);
    expect(effect.measured!).toBeCloseTo(10 / 11, 0);
  });

  it('a route by score, where everything is asked of the dearest model', () => {
    const run = new Simulation(modelBill, 1);
    run.advanceTo(3600_000);
    const advice = recommend(run).find((r) => r.id === 'route')!;
    expect(advice.predicted.then / advice.predicted.now).toBeCloseTo(1 / 3);
  });

  it('none before anything has ended', () => {
    expect(recommend(new Simulation(desk, 1))).toEqual([]);
  });
});
