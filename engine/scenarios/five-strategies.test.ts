import { describe, expect, it } from 'vitest';
import { costReport, type CostReport } from '../simulation/cost-report.ts';
import type { Override } from '../simulation/overrides.ts';
import { Simulation } from '../simulation/simulation.ts';
import { fiveStrategies } from './five-strategies.ts';

const off: Override[] = fiveStrategies.strategies!.flatMap((s) =>
  Object.entries(s.off).map(([path, value]) => ({ path, value })),
);
/** Batches that wait for longer, and caches that keep for longer: what the −78 % take. */
const patient: Override[] = [
  { path: 'gateway.batching.windowMs', value: 5000 },
  { path: 'controls.ttl.tuner.target', value: 0.85 },
  { path: 'controls.ttl.tuner.maxS', value: 43_200 },
];
const SEEDS = [1, 2, 3, 4, 5];

interface Day {
  report: CostReport;
  begun: number;
  requests: number;
  /** Dollars for each request of the agents with the small tasks, those answered from a cache among them. */
  smallTaskUsd: number;
  smallCallUsd: number;
}

function day(seed: number, overrides: Override[]): Day {
  const run = new Simulation(fiveStrategies, seed, { overrides }).run();
  const report = costReport(run.world)!;
  const small = report.by.agentType.find((row) => row.name === 'routing')!;
  const asked = run.world.recorder.column('class.high.ended').reduce((a, b) => a + b, 0);
  expect(run.world.recorder.total.failed).toBe(0);
  return {
    report,
    begun: run.world.callers.begun,
    requests: run.world.recorder.total.requests,
    smallTaskUsd: small.costUsd / asked,
    smallCallUsd: small.costUsd / small.calls,
  };
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const saved = (from: Day[], to: Day[], figure: (d: Day) => number): number =>
  1 - mean(to.map(figure)) / mean(from.map(figure));

describe('the five strategies against the module’s claims', () => {
  const plain = SEEDS.map((seed) => day(seed, off));
  const all = SEEDS.map((seed) => day(seed, []));
  const longer = SEEDS.map((seed) => day(seed, patient));
  const calls = (d: Day): number => d.report.counts['calls']!;

  it('API calls −78 %: not with a batch window of 100 ms, which gathers little at this load, but with 5 s and an 85 % hit rate', () => {
    expect(saved(plain, all, calls)).toBeGreaterThan(0.45);
    expect(saved(plain, all, calls)).toBeLessThan(0.65);
    expect(saved(plain, longer, calls)).toBeGreaterThanOrEqual(0.78);
  });

  it('infrastructure −67 %: agents that follow the load, on spot capacity', () => {
    expect(saved(plain, all, (d) => d.report.agents!.usd)).toBeGreaterThanOrEqual(0.67);
  });

  it('−90 % for each small task: the rule alone does it, the cache adds to it', () => {
    expect(saved(plain, all, (d) => d.smallCallUsd)).toBeGreaterThanOrEqual(0.9);
    expect(saved(plain, all, (d) => d.smallTaskUsd)).toBeGreaterThanOrEqual(0.97);
  });

  it('serves the same requests in every setting, so that savings can be compared', () => {
    for (const [i, { begun, requests }] of plain.entries()) {
      expect(all[i]!.begun).toBe(begun);
      // Slower answers put the next request of a few conversations past midnight.
      expect(Math.abs(all[i]!.requests / requests - 1)).toBeLessThan(0.001);
    }
  });
});
