import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { controlsSchema } from './controls-schema.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { agentOf, office, run, total } from './small-office.fixture.ts';
import type { TierCaches } from './tier-caches.ts';
import { TtlControl } from './ttl-control.ts';

const MINUTE = 60_000;

function ttlControl(ttlMs: number, tuner: object = {}) {
  const tier = { ttlMs } as TierCaches;
  const { ttl } = v.parse(controlsSchema, { ttl: { tiers: ['l1'], tuner } });
  const control = new TtlControl(ttl!, [tier]);
  let hits = 0;
  let requests = 0;
  let nowMs = 0;
  /** A minute passes in which a share of 1000 requests hits. */
  const minute = (factor: number, share = 0): number => {
    hits += share * 1000;
    requests += 1000;
    control.tick(hits, requests, factor, (nowMs += MINUTE));
    return tier.ttlMs / 1000;
  };
  return { tier, control, minute };
}

describe('TTL control', () => {
  it('lengthens the TTL by the measures in force, and gives it back', () => {
    const { minute } = ttlControl(600_000);
    expect([1, 2, 2, 1, 1].map((factor) => minute(factor))).toEqual([600, 1200, 1200, 600, 600]);
  });

  it('takes a TTL that somebody sets as what is in force then', () => {
    const { tier, minute } = ttlControl(600_000);
    minute(2);
    tier.ttlMs = 3_000_000;
    expect(minute(2)).toBe(3000);
    expect(minute(1)).toBe(1500);
    tier.ttlMs = 100_000;
    expect(minute(2)).toBe(200);
    expect(minute(1)).toBe(100);
  });

  it('leaves an endless TTL endless', () => {
    const { minute } = ttlControl(Infinity);
    expect([minute(2), minute(1)]).toEqual([Infinity, Infinity]);
  });

  it('moves the TTL towards the target; measures come on top', () => {
    const { minute } = ttlControl(600_000, { on: true, everyS: 60 });
    // All miss: twice as long, the largest step, after a minute of 1000 requests.
    expect(minute(1, 0)).toBe(1200);
    expect(minute(2, 0)).toBe(2400);
    expect(minute(1, 0)).toBe(1200);
  });

  it('tunes from the TTL of the moment at which it is turned on', () => {
    const { tier, control, minute } = ttlControl(600_000, { everyS: 60 });
    minute(1);
    tier.ttlMs = 50_000;
    minute(1);
    control.tuner.settings.on = true;
    expect(minute(1, 0)).toBe(100);
  });
});

const cached: Partial<ScenarioInput> = {
  path: ['l1', 'gateway'],
  population: { kind: 'zipf', keys: 2000, exponent: 0.6 },
  load: { ratePerS: 20 },
  durationS: 1800,
  tiers: { l1: { level: 'l1', capacityEntries: 5000, ttlS: 5 } },
};
const repeating = [agentOf({ repeatShare: 1 })];

describe('the TTL in a run', () => {
  it('is tuned until more is hit, and written down', () => {
    const controls = (on: boolean) => ({
      ttl: { tiers: ['l1'], tuner: { on, everyS: 60, minSamples: 100 } },
    });
    const tuned = run(office({ ...cached, controls: controls(true) }, repeating));
    const still = run(office({ ...cached, controls: controls(false) }, repeating));
    const ttl = tuned.world.recorder.column('tier.l1.ttlS');
    expect(ttl[0]).toBe(5);
    expect(ttl.at(-1)).toBeGreaterThan(40);
    expect(new Set(still.world.recorder.column('tier.l1.ttlS'))).toEqual(new Set([5]));
    expect(tuned.world.recorder.total.hits).toBeGreaterThan(2 * still.world.recorder.total.hits);
  });

  it('is lengthened by the measures of a tight budget, and given back when the budget begins anew', () => {
    const simulation = run(
      office(
        {
          ...cached,
          startsAt: '23:45:00',
          load: { ratePerS: 1 },
          controls: { ttl: { tiers: ['l1'] } },
          gateway: {
            model: 'good',
            measures: { on: true },
            budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 1 }],
          },
        },
        repeating,
      ),
    );
    const ttl = [...simulation.world.recorder.column('tier.l1.ttlS')];
    expect(ttl[0]).toBe(5);
    expect(Math.max(...ttl.slice(0, 15))).toBe(10);
    expect(ttl[16]).toBe(5);
  });

  it('tells the rules how much is hit, tuned or not', () => {
    const rules = [{ name: 'x', when: 'hit_rate > 0.2', then: { model: 'cheap' } }];
    const simulation = run(
      office(
        {
          ...cached,
          tiers: { l1: { level: 'l1', capacityEntries: 5000 } },
          gateway: { model: 'good', rulesOn: true, rules },
        },
        repeating,
      ),
    );
    expect(simulation.world.recorder.column('spend.model.cheap')[0]).toBe(0);
    expect(total(simulation, 'spend.model.cheap')).toBeGreaterThan(0);
  });
});

const pooled = (pool: object, more: Partial<ScenarioInput> = {}, forecast: object = {}): ScenarioInput =>
  office({
    path: ['agents', 'gateway'],
    load: { ratePerS: 8 },
    durationS: 1800,
    ...more,
    stations: {
      agents: { servers: 4, service: { law: 'exponential', meanMs: 1000 } },
      ...office().stations!,
    },
    controls: { agents: { station: 'agents', pool, forecast } },
  });

describe('an agent pool', () => {
  it('is the servers of its station, at every moment', () => {
    const simulation = new Simulation(
      pooled({ min: 2, max: 12, warm: 2, slotsPerAgent: 2, upCooldownS: 30 }),
      1,
    );
    const station = simulation.world.stations.find((s) => s.name === 'agents')!;
    const { pool } = simulation.world.controls.agents!;
    const seen = new Set<number>();
    for (let s = 1; s <= 1800; s += 7) {
      simulation.advanceTo(s * 1000);
      expect(station.servers).toBe(Math.max(1, pool.ready * 2));
      seen.add(station.servers);
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  it('grows with the load, after the time of a cold start, and shrinks when it has gone', () => {
    const profile = [
      { atS: 0, factor: 0.1 },
      { atS: 599, factor: 0.1 },
      { atS: 600, factor: 1 },
      { atS: 1800, factor: 1 },
      { atS: 1801, factor: 0.05 },
    ];
    const pool = {
      min: 2,
      max: 20,
      warm: 2,
      slotsPerAgent: 1,
      coldStartS: 60,
      idleS: 300,
      upCooldownS: 30,
      downCooldownS: 120,
      spotShare: 0,
    };
    const { recorder } = run(pooled(pool, { load: { ratePerS: 8, profile }, durationS: 5400 })).world;
    const ready = [...recorder.column('agents.ready')];
    expect(Math.max(...ready.slice(0, 10))).toBeLessThan(7);
    expect(Math.max(...ready)).toBeGreaterThan(8);
    expect(ready.at(-1)).toBeLessThan(5);
    expect(Math.max(...recorder.column('agents.starting'))).toBeGreaterThan(0);
  });

  it('costs what its agents cost by the hour', () => {
    const pool = { min: 5, max: 5, warm: 5, spotShare: 0, usdPerHour: 0.6 };
    const simulation = run(pooled(pool, { durationS: 3600 }));
    expect(total(simulation, 'agents.infraUsd')).toBeCloseTo(3, 1);
  });

  it('loses spot agents, and says so', () => {
    const pool = { min: 6, max: 12, warm: 6, spotShare: 1, interruptionsPerHour: 20 };
    const simulation = run(pooled(pool, { durationS: 3600 }));
    const lost = total(simulation, 'agents.interrupted');
    expect(lost).toBeGreaterThan(20);
    const told = simulation.events.filter((e) => e.kind === 'interrupted');
    expect(told.reduce((sum, e) => sum + Number(e.data['agents']), 0)).toBe(lost);
  });

  it('can start agents ahead of a load that is expected from the day before', () => {
    const profile = [
      { atS: 0, factor: 0.1 },
      { atS: 1799, factor: 0.1 },
      { atS: 1800, factor: 1 },
    ];
    const pool = { min: 1, max: 20, warm: 1, coldStartS: 120, spotShare: 0, targetUsdPerHour: 100 };
    const forecast = (on: boolean) => ({ on, rpsPerAgent: 1, leadS: 600 });
    const readyAt = (on: boolean): number => {
      const simulation = run(pooled(pool, { load: { ratePerS: 8, profile }, durationS: 3600 }, forecast(on)));
      return simulation.world.recorder.column('agents.ready')[29]!;
    };
    // At 30 minutes, when the load comes: eight are there, or one.
    expect([readyAt(true), readyAt(false)]).toEqual([expect.closeTo(8, -0.5), 1]);
  });
});
