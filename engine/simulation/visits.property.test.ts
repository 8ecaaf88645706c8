import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Simulation } from './simulation.ts';
import type { World } from './world.ts';

/** Slots of requests, tries and calls that are still taken. */
function slotsTaken(world: World): number[] {
  const { tries, desk } = world as unknown as Record<'tries' | 'desk', { calls: unknown }>;
  return [world.callers.requests, tries, desk.calls].map(
    (table) => (table as { slots: { taken: number } }).slots.taken,
  );
}

describe('what callers do at stations, all at once', () => {
  const seldom = fc.constantFrom(0, 0.2);
  const scenarios = fc.record({
    servers: fc.constantFrom(1, 3, null),
    maxQueue: fc.constantFrom(null, 2),
    coalesce: fc.boolean(),
    deadlineMarginMs: fc.constantFrom(null, 20),
    gathers: fc.constantFrom('connections', 'batch', 'neither'),
    timeoutMs: fc.constantFrom(null, 60, 200),
    deadlineMs: fc.constantFrom(null, 300),
    onTimeout: fc.constantFrom('leave' as const, 'cancel' as const),
    retries: fc.constantFrom(0, 2),
    breaker: fc.option(
      fc.record({
        failures: fc.constant(5),
        openMs: fc.constantFrom(50, 500),
        probeTimeoutMs: fc.constantFrom(null, 100),
      }),
      { nil: undefined },
    ),
    hedge: fc.option(
      fc.record({
        delayMs: fc.constantFrom(0, 20, 60),
        maxExtraShare: fc.constantFrom(null, 0.2),
        cancelAt: fc.constantFrom('answer' as const, 'begin' as const),
      }),
      { nil: undefined },
    ),
    pool: fc.record({
      maxPerHost: fc.constantFrom(1, 4),
      keepAliveMs: fc.constantFrom(0, 100),
      timeoutMs: fc.constantFrom(50, 500),
      serverKeepAliveMs: fc.constantFrom(null, 60),
      idempotent: fc.boolean(),
      hosts: fc.constantFrom(1, 3),
    }),
    batch: fc.record({
      size: fc.constantFrom(1, 3, 10),
      windowMs: fc.constantFrom(0, 30),
      failedShare: seldom,
      shortShare: seldom,
      itemErrorShare: seldom,
    }),
    lookup: fc.constantFrom('fail' as const, 'miss' as const),
    seed: fc.integer({ min: 1, max: 1000 }),
  });

  it('loses no request and keeps nothing when the load has ended', () => {
    fc.assert(
      fc.property(scenarios, (s) => {
        const simulation = new Simulation(
          {
            name: 'guards',
            durationS: 300,
            instances: 2,
            load: { ratePerS: 60 },
            population: { kind: 'zipf', keys: 20 },
            path: ['cache', 'desk'],
            tiers: {
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
            stations: {
              store: { servers: 1, service: { law: 'exponential', meanMs: 8 } },
              desk: {
                servers: s.servers,
                maxQueue: s.maxQueue,
                coalesce: s.coalesce,
                deadlineMarginMs: s.deadlineMarginMs,
                service: { law: 'lognormal', meanMs: 40, sigma: 1 },
                ...(s.gathers === 'connections' ? { connections: s.pool } : {}),
                ...(s.gathers === 'batch' ? { batch: { on: true, ...s.batch } } : {}),
              },
            },
            caller: {
              timeoutMs: s.timeoutMs,
              deadlineMs: s.deadlineMs,
              onTimeout: s.onTimeout,
              retries: s.retries,
              ...(s.breaker ? { breaker: s.breaker } : {}),
              ...(s.hedge ? { hedge: s.hedge } : {}),
            },
            events: [{ at: 10, label: 'over', set: { 'load.factor': 0 } }],
          },
          s.seed,
        ).run();
        const { world } = simulation;
        const visits = world.visits!;
        expect(world.recorder.total.completed).toBe(world.recorder.total.requests);
        expect(world.callers.outcomes.underWay).toBe(0);
        expect(visits.table.size).toBe(0);
        expect(slotsTaken(world)).toEqual([0, 0, 0]);
        for (const guard of visits.guards) {
          expect(guard?.connections?.levels(300_000)).toEqual(
            guard?.connections ? expect.objectContaining({ inUse: 0, waiting: 0 }) : undefined,
          );
          expect(guard?.batch?.batcher.waiting ?? 0).toBe(0);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
