import { describe, expect, it } from 'vitest';
import { primeDay } from '../scenarios/prime-day.ts';
import { connections } from '../scenarios/connections.ts';
import { hotKey } from '../scenarios/hot-key.ts';
import { memorySqueeze } from '../scenarios/memory-squeeze.ts';
import { slowReplica } from '../scenarios/slow-replica.ts';
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
    // It would take 1800 servers to serve the storm; it is to end instead.
    expect(ids(advice)).not.toContain('servers:pool');
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

describe('what is slow, and what is not kept', () => {
  it('a balancer that looks, when one replica of five is slow; Erlang C over the others', () => {
    const run = new Simulation(slowReplica, 1);
    run.advanceTo(50_000);
    expect(recommend(run)).toEqual([]);
    run.advanceTo(100_000);
    const advice = recommend(run);
    expect(ids(advice)).toEqual(['balance:pool']);
    expect(advice[0]).toMatchObject({ lever: 'balancer', value: 'p2c-ewma' });
    expect(advice[0]!.why).toMatch(/^Replica 3 is /);
    // A call of those that keep up takes 400 ms, and 32 servers for 60 a second leave next to nobody waiting.
    expect(advice[0]!.predicted.then).toBeGreaterThan(380);
    expect(advice[0]!.predicted.then).toBeLessThan(430);
    expect(takeAndMeasure(run, advice[0]!, 200).verdict).toBe('held');
    expect(recommend(run)).toEqual([]);
  });

  it('keep connections, when each call opens its own', () => {
    const run = new Simulation(connections, 1);
    run.advanceTo(120_000);
    const [first, second] = recommend(run);
    expect(first).toMatchObject({ id: 'keep-alive:model', lever: 'keepAlive', value: 30 });
    expect(second).toMatchObject({ id: 'connections:model', lever: 'poolSize' });
    const effect = takeAndMeasure(run, first!, 150);
    expect(effect.verdict).toBe('held');
    expect(effect.measured!).toBeLessThan(200);
  });

  it('gzip for contexts that fill the heaps; what it saves is there once they have been held anew', () => {
    const run = new Simulation({ ...memorySqueeze, durationS: 3000 }, 1);
    run.advanceTo(400_000);
    expect(ids(recommend(run)).filter((id) => id.startsWith('contexts'))).toEqual([]);
    run.advanceTo(1000_000);
    const advice = recommend(run)[0]!;
    expect(advice).toMatchObject({ id: 'contexts:compress', lever: 'compress', value: true, settleS: 1800 });
    const effect = takeAndMeasure(run, advice, 1900);
    expect(effect.verdict).toBe('held');
    expect(effect.measured!).toBeLessThan(0.5 * effect.before);
  });
});

describe('no advice', () => {
  it('to add servers for calls that are the same', () => {
    const hot = new Simulation(hotKey, 1);
    hot.advanceTo(180_000);
    expect(ids(recommend(hot))).toContain('coalesce:pool');
    expect(ids(recommend(hot)).filter((id) => id.startsWith('servers'))).toEqual([]);
  });

  it('whose effect comes after the end of the run, and when it is over again what would have helped', () => {
    const run = new Simulation({ ...memorySqueeze, durationS: 1500 }, 1);
    run.advanceTo(1000_000);
    expect(ids(recommend(run)).filter((id) => id.startsWith('contexts'))).toEqual([]);
    run.advanceTo(1500_000);
    expect(ids(recommend(run))).toContain('contexts:compress');
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
        // Nine of ten ask for one thing: 9 a second of 1 s each, of which 9 / 10 are for a call that is out already.
        population: { kind: 'weighted', weights: [90, ...Array.from({ length: 1000 }, () => 0.01)] },
        path: ['pool'],
        stations: { pool: { servers: null, service: { law: 'constant', meanMs: 1000 } } },
      },
      1,
    );
    run.advanceTo(300_000);
    const advice = recommend(run).find((r) => r.id === 'coalesce:pool')!;
    expect(advice.predicted.then / advice.predicted.now).toBeCloseTo(0.1 + 0.9 / 10, 1);
    const effect = takeAndMeasure(run, advice, 200);
    expect(effect.measured!).toBeCloseTo(1 + 0.9, 0);
    expect(effect.verdict).toBe('held');
  });

  it('no coalescing where the scenario does not tell requests apart', () => {
    const run = new Simulation(connections, 1);
    run.advanceTo(50_000);
    expect(recommend(run)).toEqual([]);
  });

  it('a route by score, where everything is asked of the dearest model', () => {
    const run = new Simulation(modelBill, 1);
    run.advanceTo(3600_000);
    const advice = recommend(run).find((r) => r.id === 'route')!;
    expect(advice.predicted.then / advice.predicted.now).toBeCloseTo(1 / 3);
  });

  it('a wall around an agent type that spends many times what it usually does, and not in the busy morning', () => {
    const run = new Simulation(modelBill, 1);
    run.advanceTo(9 * 3600_000);
    expect(ids(recommend(run))).not.toContain('wall:research');
    run.advanceTo(10.5 * 3600_000);
    const advice = recommend(run)[0]!;
    expect(advice).toMatchObject({ id: 'wall:research', lever: 'researchLimit' });
    expect(advice.predicted.then).toBeLessThan(0.1 * advice.predicted.now);
    expect(takeAndMeasure(run, advice, 1800).verdict).toBe('held');
  });

  it('none before anything has ended', () => {
    expect(recommend(new Simulation(desk, 1))).toEqual([]);
  });
});
