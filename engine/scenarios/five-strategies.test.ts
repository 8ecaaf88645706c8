import { describe, expect, it } from 'vitest';
import { costReport, type CostReport } from '../simulation/cost-report.ts';
import type { Override } from '../simulation/overrides.ts';
import { Simulation } from '../simulation/simulation.ts';
import { outcomeOf } from '../tuning/outcome.ts';
import { fiveStrategies } from './five-strategies.ts';

const strategies = fiveStrategies.strategies!;
/** All off, or all but one. */
const off = (but?: string): Override[] =>
  strategies
    .filter(({ id }) => id !== but)
    .flatMap((s) => Object.entries(s.off).map(([path, value]) => ({ path, value })));
/** Batches that wait for longer: what the −78 % take. */
const patient: Override[] = [{ path: 'gateway.batching.windowMs', value: 6000 }];
const SEEDS = [1, 2, 3];

interface Day {
  report: CostReport;
  begun: number;
  requests: number;
  meanMs: number;
  /** Requests to the gateway that wait or are on their way when the day ends: neither answered nor paid. */
  unpaid: number;
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
    meanMs: outcomeOf(run).meanMs,
    unpaid: run.world.gateway!.gateway.underWay.jobs,
    smallTaskUsd: small.costUsd / asked,
    smallCallUsd: small.costUsd / small.calls,
  };
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const saved = (from: Day[], to: Day[], figure: (d: Day) => number): number =>
  1 - mean(to.map(figure)) / mean(from.map(figure));

/** Per cent of the models' bill that each saves alone, and all together: as the reading and the quiz print them. */
const PRINTED = { rightSizing: 72, batching: 2, caching: 18, scheduling: 8, spot: 0, all: 78 };

describe('the five strategies against the module’s claims', () => {
  const plain = SEEDS.map((seed) => day(seed, off()));
  const all = SEEDS.map((seed) => day(seed, []));
  const longer = SEEDS.map((seed) => day(seed, patient));
  const calls = (d: Day): number => d.report.counts['calls']!;

  it('API calls −78 %: not with a batch window of 100 ms, which gathers little at this load, but with 6 s and slower answers', () => {
    expect(100 * saved(plain, all, calls)).toBeCloseTo(48, 0);
    expect(saved(plain, longer, calls)).toBeGreaterThanOrEqual(0.78);
    const seconds = (days: Day[]): number => mean(days.map(({ meanMs }) => meanMs / 1000));
    expect(seconds(all)).toBeCloseTo(2.8, 1);
    expect(seconds(longer)).toBeCloseTo(4.9, 1);
  });

  it('infrastructure −67 %: agents that follow the load, on spot capacity', () => {
    expect(100 * saved(plain, all, (d) => d.report.agents!.usd)).toBeCloseTo(70, 0);
  });

  it('−90 % for each small task: the rule alone does it, the cache adds to it', () => {
    expect(100 * saved(plain, all, (d) => d.smallCallUsd)).toBeCloseTo(95, 0);
    expect(100 * saved(plain, all, (d) => d.smallTaskUsd)).toBeCloseTo(99, 0);
  });

  it('serves the same requests in every setting, so that savings can be compared', () => {
    for (const [i, { begun, requests }] of plain.entries()) {
      expect(all[i]!.begun).toBe(begun);
      // Slower answers put the next request of a few conversations past the end.
      expect(Math.abs(all[i]!.requests / requests - 1)).toBeLessThan(0.001);
    }
  });

  it.each(strategies)('saves what is printed with $id alone, and leaves nothing unpaid', ({ id }) => {
    const alone = day(1, off(id));
    for (const { unpaid, report } of [alone, ...plain, ...all, ...longer])
      expect(unpaid / report.counts['requests']!).toBeLessThan(0.0005);
    const usd = (d: Day): number => d.report.total.costUsd;
    expect(100 * (1 - usd(alone) / usd(plain[0]!))).toBeCloseTo(PRINTED[id as keyof typeof PRINTED], 0);
    expect(100 * saved(plain, all, usd)).toBeCloseTo(PRINTED.all, 0);
    // Put off, and paid: as many calls as without.
    if (id === 'scheduling') {
      expect(alone.report.counts['deferred']).toBeGreaterThan(9000);
      expect(Math.abs(calls(alone) / calls(plain[0]!) - 1)).toBeLessThan(0.001);
    }
  });
});
