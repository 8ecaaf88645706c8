import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../scenarios/catalogue.ts';
import { countsOf, recordedCounts, timeFaults, tracedRun } from './request-trace.fixture.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';
import { Simulation, type Pull } from './simulation.ts';
import { agentOf, office } from './small-office.fixture.ts';

/** What holds of every run, whatever it is. */
function holds(
  scenario: ScenarioInput,
  options: { seed?: number; untilS?: number; pulls?: Pull[] } = {},
): void {
  const { simulation, window } = tracedRun(scenario, options);
  expect(window.traces.flatMap((trace) => timeFaults(trace, window.untilMs)).slice(0, 3)).toEqual([]);
  expect(countsOf(window)).toEqual(recordedCounts(simulation));
  const plain = new Simulation(scenario, options.seed ?? 1, { pulls: options.pulls ?? [] });
  plain.advanceTo(simulation.nowMs);
  expect(simulation.fingerprint()).toBe(plain.fingerprint());
}

describe('traces of all requests', () => {
  it.each(Object.keys(CATALOGUE))('make up the run of %s, as it is and with a preset', (name) => {
    const scenario = CATALOGUE[name]!;
    holds(scenario, { untilS: 20 });
    const { presets } = parseScenario(scenario);
    for (const { pulls } of Object.values(presets).slice(0, 2)) {
      const list = Object.entries(pulls).map(([lever, value]) => ({ atS: 3, lever, value }));
      holds(scenario, { seed: 2, untilS: 12, pulls: list });
    }
  });

  const seldom = fc.constantFrom(0, 0.2);
  const guarded = fc.record({
    servers: fc.constantFrom(1, 3, null),
    maxQueue: fc.constantFrom(null, 2),
    discipline: fc.constantFrom('fifo' as const, 'lifo' as const, 'priority' as const),
    coalesce: fc.boolean(),
    deadlineMarginMs: fc.constantFrom(null, 20),
    gathers: fc.constantFrom('connections', 'batch', 'neither'),
    protects: fc.constantFrom('codel', 'limit', 'replicas', 'patience', 'nothing'),
    timeoutMs: fc.constantFrom(null, 60, 200),
    deadlineMs: fc.constantFrom(null, 300),
    onTimeout: fc.constantFrom('leave' as const, 'cancel' as const),
    lateFill: fc.boolean(),
    retries: fc.constantFrom(0, 2),
    budget: fc.boolean(),
    backoff: fc.constantFrom('none' as const, 'fixed' as const),
    breaker: fc.option(fc.record({ failures: fc.constant(5), openMs: fc.constantFrom(50, 500) }), {
      nil: undefined,
    }),
    hedge: fc.option(
      fc.record({
        delayMs: fc.constantFrom(0, 20, 60),
        maxExtraShare: fc.constantFrom(null, 0.2),
        cancelAt: fc.constantFrom('answer' as const, 'begin' as const),
      }),
      { nil: undefined },
    ),
    batch: fc.record({
      size: fc.constantFrom(1, 3, 10),
      windowMs: fc.constantFrom(0, 30),
      failedShare: seldom,
      shortShare: seldom,
      itemErrorShare: seldom,
    }),
    pool: fc.record({
      maxPerHost: fc.constantFrom(1, 4),
      keepAliveMs: fc.constantFrom(0, 100),
      timeoutMs: fc.constantFrom(50, 500),
      serverKeepAliveMs: fc.constantFrom(null, 60),
    }),
    lookup: fc.constantFrom('fail' as const, 'miss' as const),
    shedShare: fc.constantFrom(0, 0.2),
    seed: fc.integer({ min: 1, max: 1000 }),
  });

  it('make up the run of every mixture of what stands before a station', () => {
    const exponential = (meanMs: number) => ({ law: 'exponential' as const, meanMs });
    fc.assert(
      fc.property(guarded, (s) =>
        holds(
          {
            name: 'guards',
            durationS: 8,
            instances: 2,
            load: { ratePerS: 60, shedShare: s.shedShare, shedMs: 2 },
            population: { kind: 'zipf', keys: 20 },
            path: ['near', 'cache', 'desk'],
            tiers: {
              near: { level: 'l1', capacityEntries: 2, ttlS: 1, lookup: exponential(0.5), scope: 'instance' },
              cache: {
                level: 'l2',
                capacityEntries: 5,
                ttlS: 1,
                station: 'store',
                lookupTimeoutMs: 15,
                onFailure: s.lookup,
                refreshAheadS: 0.3,
              },
            },
            models: { m: { meanMs: 40, usdPerMTokens: 2, accuracy: 1, quality: 1 } },
            stations: {
              store: { servers: 1, service: exponential(8), delay: exponential(1) },
              desk: {
                servers: s.servers,
                maxQueue: s.maxQueue,
                discipline: s.discipline,
                coalesce: s.coalesce,
                deadlineMarginMs: s.deadlineMarginMs,
                service: exponential(40),
                delay: exponential(2),
                model: 'm',
                tokensPerCall: 500,
                ...(s.protects === 'codel' ? { codel: { on: true, targetMs: 5, intervalMs: 50 } } : {}),
                ...(s.protects === 'patience' ? { patience: exponential(80) } : {}),
                ...(s.protects === 'replicas' && s.servers !== null
                  ? {
                      replicas: {
                        kind: 'round-robin' as const,
                        count: 2,
                        fail: [{ replica: 1, share: 0.2 }],
                      },
                    }
                  : {}),
                ...(s.protects === 'limit'
                  ? { limit: { kind: 'fixed' as const, initial: 2, min: 1, max: 4, queue: 3 } }
                  : {}),
                ...(s.gathers === 'batch' ? { batch: { on: true, ...s.batch } } : {}),
                ...(s.gathers === 'connections' ? { connections: s.pool } : {}),
              },
            },
            caller: {
              timeoutMs: s.timeoutMs,
              deadlineMs: s.deadlineMs,
              onTimeout: s.onTimeout,
              lateFill: s.lateFill,
              retries: s.retries,
              retryBudget: { on: s.budget },
              backoff: { kind: s.backoff, baseMs: 20 },
              breaker: s.breaker,
              hedge: s.hedge,
            },
          },
          { seed: s.seed },
        ),
      ),
      { numRuns: 40 },
    );
  });

  const gateways = fc.record({
    batching: fc.option(fc.record({ size: fc.constantFrom(2, 5), windowMs: fc.constantFrom(50, 2000) }), {
      nil: undefined,
    }),
    cascade: fc.boolean(),
    limitUsd: fc.constantFrom(0.02, 1000),
    timeoutMs: fc.constantFrom(null, 300),
    maxQueue: fc.constantFrom(null, 0),
    deferrable: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1000 }),
  });

  it('make up the run of a gateway, in money and in requests', () => {
    fc.assert(
      fc.property(gateways, (s) => {
        const station = {
          servers: 2,
          maxQueue: s.maxQueue,
          service: { law: 'constant' as const, meanMs: 100 },
        };
        holds(
          office(
            {
              durationS: 120,
              stations: { first: station, second: station },
              caller: { timeoutMs: s.timeoutMs, retries: 1 },
              gateway: {
                model: s.cascade ? 'cheap' : 'good',
                ...(s.batching ? { batching: { on: true, ...s.batching } } : {}),
                ...(s.cascade ? { cascade: { small: 'cheap', big: 'good', confidence: 0.9 } } : {}),
                budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: s.limitUsd }],
              },
            },
            [
              agentOf({ share: 0.6, turns: 3, repeatShare: 0.5 }),
              agentOf({
                name: 'night',
                share: 0.4,
                deferrable: s.deferrable,
                deadlineS: s.deferrable ? 36_000 : null,
              }),
            ],
          ),
          { seed: s.seed },
        );
      }),
      { numRuns: 20 },
    );
  });
});
