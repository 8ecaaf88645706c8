import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { RandomStream } from '../core/random.ts';
import { parse } from '../core/schema.ts';
import { AgentPool, type Agent, type PoolEffects } from './agent-pool.ts';
import { agentPoolSchema, type AgentPoolSettings } from './agent-pool-settings.ts';
import { MoneySum, timesPpm } from './money.ts';

const MIN = 60_000;
const settings = (more: Partial<AgentPoolSettings> = {}): AgentPoolSettings =>
  parse(agentPoolSchema, { interruptionsPerHour: 0, ...more }, 'pool');
const pool = (more: Partial<AgentPoolSettings> = {}, seed = 1): AgentPool =>
  new AgentPool(settings(more), new RandomStream(seed, 'pool'), 0);

/** Calm: nothing happens by load. */
const calm = { upAt: 1, downAt: 0, downCooldownS: 1e9, upCooldownS: 1e9 };

describe('AgentPool, by hand', () => {
  it('has the figures of the module', () => {
    expect(parse(agentPoolSchema, {}, 'pool')).toMatchObject({
      min: 2,
      max: 20,
      warm: 3,
      idleS: 1800,
      upAt: 0.8,
      upBy: 2,
      downAt: 0.3,
      downBy: 1,
      upCooldownS: 300,
      downCooldownS: 300,
      spotShare: 0.7,
      targetUsdPerHour: 10,
      usdPerHour: 0.5,
    });
  });

  it('grows by two at 80 %, once in its cooldown, and pays for a cold start before it gains', () => {
    const p = pool();
    expect([p.ready, p.starting]).toEqual([3, 0]);
    expect(p.tick(23, 0).started).toEqual([]);
    const { started } = p.tick(24, 1000);
    expect(started.map((a) => [a.id, a.state, a.readyMs])).toEqual([
      [4, 'starting', 46_000],
      [5, 'starting', 46_000],
    ]);
    expect([p.ready, p.starting, p.nextMs]).toEqual([3, 2, 46_000]);
    expect(p.tick(50, 45_999).ready).toEqual([]);
    expect(p.tick(50, 46_000).ready).toEqual(started);
    expect([p.ready, p.starting]).toEqual([5, 0]);
    expect(p.tick(50, 300_999).started).toEqual([]);
    expect(p.tick(50, 301_000).started).toHaveLength(2);
    expect(p.counts).toMatchObject({ launched: 7, up: 2, down: 0 });
  });

  it('shrinks by one at 30 %, a cooldown after the last change, and keeps its warm ones', () => {
    const p = pool();
    p.tick(30, 0);
    p.tick(10, 46_000);
    expect(p.tick(15, 299_999).retired).toEqual([]);
    expect(p.tick(15, 300_000).retired).toMatchObject([{ id: 5, state: 'gone' }]);
    expect(p.tick(0, 599_999).retired).toEqual([]);
    expect(p.tick(0, 600_000).retired).toHaveLength(1);
    expect(p.tick(0, 900_000).retired).toEqual([]);
    expect([p.ready, p.counts.down]).toEqual([3, 2]);
  });

  it('does not shrink in the first cooldown of its life', () => {
    const p = pool({ warm: 3 });
    p.settings = settings({ warm: 0 });
    expect(p.tick(0, 299_999).retired).toEqual([]);
    expect(p.tick(0, 300_000).retired).toHaveLength(1);
  });

  it('lets go whom nothing has come to for 30 minutes, but for the warm ones', () => {
    const p = pool({ ...calm, upCooldownS: 0 });
    p.tick(30, 0);
    p.tick(60, MIN);
    expect(p.starting + p.ready).toBe(7);
    for (let minute = 2; minute < 32; minute++) expect(p.tick(35, minute * MIN).retired).toEqual([]);
    // Four agents work; those in the places after them have been idle since minute 2.
    expect(p.tick(35, 32 * MIN).retired.map((a) => a.id)).toEqual([5, 6, 7]);
    p.tick(0, 33 * MIN);
    expect(p.tick(0, 63 * MIN).retired).toHaveLength(1);
    expect([p.ready, p.counts.idle]).toEqual([3, 4]);
  });

  it('begins the idle time anew with each piece of work', () => {
    const p = pool({ ...calm, min: 1, warm: 2 });
    p.settings = settings({ ...calm, min: 1, warm: 1 });
    p.tick(0, 0);
    p.tick(19, 29 * MIN);
    expect(p.tick(0, 30 * MIN).retired).toEqual([]);
    expect(p.tick(0, 59 * MIN).retired).toEqual([]);
    expect(p.tick(0, 60 * MIN).retired).toHaveLength(1);
  });

  it('lets an agent with work finish it', () => {
    const p = pool({ min: 1, warm: 2, upAt: 0.9, downAt: 0.8 });
    p.settings = settings({ min: 1, warm: 1, upAt: 0.9, downAt: 0.8, downCooldownS: 0 });
    // Six of the sixteen pieces are on the second agent.
    const [agent] = p.tick(16, 0).retired as [Agent];
    expect(agent).toMatchObject({ id: 2, state: 'draining' });
    expect(agent.endsMs).toHaveLength(6);
    expect(agent.goneMs).toBe(Math.max(...agent.endsMs));
    expect([p.ready, p.draining]).toEqual([1, 1]);
    // Its pieces are not the load of those who stay.
    p.settings = settings({ min: 1, warm: 1, upAt: 0.9 });
    expect(p.tick(14, 1).started).toEqual([]);
    expect(agent.endsMs.every((ms) => ms > 1)).toBe(true);
    p.settings = settings({ ...calm, min: 1, warm: 1 });
    expect(p.tick(9, agent.goneMs - 1).gone).toEqual([]);
    expect(p.tick(9, agent.goneMs)).toMatchObject({ gone: [{ id: 2 }], lost: 0 });
  });

  it('launches at once what a forecast wants, and keeps it', () => {
    const p = pool();
    expect(p.tick(0, 0, 6).started).toHaveLength(3);
    p.tick(0, 10 * MIN, 5.2);
    p.tick(0, 20 * MIN, 5.2);
    expect(p.starting + p.ready).toBe(6);
    p.tick(0, 30 * MIN, 5);
    p.tick(0, 40 * MIN, 99);
    expect(p.starting + p.ready).toBe(20);
  });

  it('costs its price by the second, on demand and spot apart, exactly', () => {
    const p = pool(calm);
    for (let s = 0; s <= 3600; s += 7) p.tick(0, s * 1000);
    p.tick(0, 3_600_000);
    // One on demand, two spot at 70 % off.
    expect([p.cost.onDemand.toPicoText(), p.cost.spot.toPicoText()]).toEqual([
      '500000000000',
      '300000000000',
    ]);
    expect(p.usdPerHour).toBeCloseTo(0.8, 12);
    expect(p.agentMs).toEqual({ onDemand: 3_600_000, spot: 7_200_000 });
    p.settings = settings({ ...calm, usdPerHour: 1 });
    p.tick(0, 7_200_000);
    expect(p.cost.onDemand.usd + p.cost.spot.usd).toBeCloseTo(2.4, 12);
  });

  it('does not grow beyond its target, and says so; its least number is there at any price', () => {
    const p = pool({ spotShare: 0, targetUsdPerHour: 2, upCooldownS: 0 });
    expect(p.tick(99, 0)).toMatchObject({ started: [{ id: 4 }], costLimited: true });
    expect(p.tick(99, 1000)).toMatchObject({ started: [], costLimited: true });
    expect(p.tick(10, 2000).costLimited).toBe(false);
    // Warm ones are kept only as far as the target goes.
    p.settings = settings({ spotShare: 0, targetUsdPerHour: 0.6 });
    for (let minute = 1; minute < 60; minute++) p.tick(0, minute * MIN);
    expect(p.ready).toBe(2);
    expect(p.usdPerHour).toBe(1);
    p.settings = settings({ spotShare: 0, targetUsdPerHour: 0.6, min: 4, warm: 0 });
    expect(p.tick(0, 61 * MIN)).toMatchObject({ started: [{}, {}], costLimited: false });
  });

  it('keeps 70 % spot as it grows and as it shrinks', () => {
    const p = pool({ upCooldownS: 0, downCooldownS: 0, targetUsdPerHour: 100 });
    const spots = (): [number, number] => [p.agents.filter((a) => a.spot).length, p.agents.length];
    for (let s = 0; s < 20; s++) p.tick(1000, s * 1000);
    expect(spots()).toEqual([14, 20]);
    for (let s = 20; s < 29; s++) p.tick(0, s * 1000);
    expect(spots()).toEqual([8, 11]);
  });

  it('shrinks to a maximum that was lowered', () => {
    const p = pool();
    p.settings = settings({ max: 3, min: 1, warm: 0 });
    p.tick(30, 0);
    expect(p.starting + p.ready).toBe(3);
    p.settings = settings({ max: 2, min: 1, warm: 0 });
    expect(p.tick(30, 1000).retired).toMatchObject([{ id: 3, state: 'draining' }]);
  });
});

describe('spot agents that are reclaimed', () => {
  it('in a wave: a share of them get their notice at once, the oldest first, and nobody on demand', () => {
    const p = pool({ min: 6, max: 6, warm: 6, spotShare: 0.5, noticeS: 0, coldStartS: 45, ...calm });
    const before = p.agents.map((a) => ({ id: a.id, spot: a.spot }));
    const spots = before.filter((a) => a.spot).map((a) => a.id);
    p.reclaim(0.5, MIN);
    const { interrupted, started } = p.tick(0, MIN);
    expect(spots.length).toBe(3);
    expect(interrupted.map((a) => a.id)).toEqual(spots.slice(0, 2));
    expect(started.length).toBe(2); // replaced at once
    p.reclaim(1, 2 * MIN);
    expect(p.tick(0, 2 * MIN).interrupted.every((a) => a.spot)).toBe(true);
  });

  /** All spot, and one reclaim within minutes. */
  const spots = { ...calm, spotShare: 1, interruptionsPerHour: 20, min: 3, warm: 0 };

  it('drain in their notice, and are replaced at once', () => {
    const p = pool(spots);
    const first = p.nextMs;
    const { interrupted, started, lost } = p.tick(29, first);
    expect(interrupted).toMatchObject([{ state: 'draining', spot: true }]);
    expect(interrupted[0]!.endsMs.length).toBeGreaterThanOrEqual(9);
    expect(started).toHaveLength(1);
    expect([p.ready, p.starting, p.draining, lost]).toEqual([2, 1, 1, 0]);
    const end = interrupted[0]!.goneMs;
    expect(end - first).toBeLessThanOrEqual(120_000);
    expect(p.tick(20, end).gone).toContain(interrupted[0]);
  });

  it('are replaced above the least number, too', () => {
    const p = pool({ ...spots, min: 1 });
    p.tick(0, 0, 5);
    for (let i = 0; i < 20; i++) {
      p.tick(5, p.nextMs);
      expect(p.ready + p.starting).toBe(5);
    }
    expect(p.counts.interrupted).toBeGreaterThan(3);
  });

  it('lose their work when there is no notice', () => {
    const p = pool({ ...spots, noticeS: 0 });
    const { lost, gone, started } = p.tick(29, p.nextMs);
    expect([lost >= 9, gone.length, started.length]).toEqual([true, 1, 1]);
    expect(p.counts).toMatchObject({ interrupted: 1, lost });
  });

  it('lose nothing when they are idle or still starting', () => {
    const idle = pool({ ...spots, noticeS: 0 });
    expect(idle.tick(0, idle.nextMs)).toMatchObject({ lost: 0, gone: [{}] });
    const cold = pool({ ...spots, noticeS: 0, coldStartS: 1e6 });
    let [lost, interrupted] = [0, 0];
    for (let i = 0; i < 50; i++) {
      const effects = cold.tick(0, cold.nextMs);
      lost += effects.lost;
      interrupted += effects.interrupted.length;
    }
    expect([lost, interrupted >= 50]).toEqual([0, true]);
  });

  it('are cut off in a drain that the notice ends', () => {
    const p = pool({ ...spots, taskS: 1e6, noticeS: 1, warm: 3, downAt: 0.95, min: 1 });
    p.settings = settings({ ...spots, taskS: 1e6, noticeS: 1, min: 1, downAt: 0.95, downCooldownS: 0 });
    const [agent] = p.tick(28, 0).retired as [Agent];
    expect([agent.state, agent.endsMs.length]).toEqual(['draining', 8]);
    let lost = 0;
    while (agent.state !== 'gone') lost += p.tick(28, p.nextMs).lost;
    expect(lost).toBeGreaterThanOrEqual(8);
    expect(agent.goneMs).toBe(agent.noticeMs + 1000);
  });
});

describe('agents that drain', () => {
  it('are not interrupted by a notice after their end, however late it is looked at', () => {
    const reclaimed = { ...calm, spotShare: 1, interruptionsPerHour: 20, downAt: 0.95, min: 1 };
    const seen = new Set<boolean>();
    for (let seed = 1; seed <= 20; seed++) {
      const p = pool({ ...reclaimed, warm: 3 }, seed);
      p.settings = settings({ ...reclaimed, warm: 0, downCooldownS: 0 });
      const [agent] = p.tick(28, 0).retired as [Agent];
      const endMs = agent.goneMs;
      const { interrupted, gone } = p.tick(20, 1e8);
      expect(gone).toContain(agent);
      expect(interrupted.includes(agent)).toBe(agent.noticeMs <= endMs);
      seen.add(agent.interrupted);
    }
    expect(seen.size).toBe(2);
  });
});

interface Step {
  afterS: number;
  busy: number;
  forecast: number;
}
const steps = fc.array(
  fc.record({
    afterS: fc.integer({ min: 0, max: 900 }),
    busy: fc.integer({ min: 0, max: 250 }),
    forecast: fc.oneof(
      { arbitrary: fc.constant(0), weight: 4 },
      { arbitrary: fc.integer({ min: 0, max: 25 }), weight: 1 },
    ),
  }),
  { maxLength: 60 },
);
const shapes = fc.record({
  min: fc.integer({ min: 1, max: 5 }),
  max: fc.integer({ min: 5, max: 20 }),
  warm: fc.integer({ min: 0, max: 5 }),
  slotsPerAgent: fc.integer({ min: 1, max: 12 }),
  upBy: fc.integer({ min: 1, max: 4 }),
  downBy: fc.integer({ min: 1, max: 4 }),
  downAt: fc.double({ min: 0, max: 0.75, noNaN: true }),
  upCooldownS: fc.integer({ min: 0, max: 400 }),
  downCooldownS: fc.integer({ min: 0, max: 400 }),
  cooldown: fc.constantFrom('separate' as const, 'shared' as const),
  spotShare: fc.double({ min: 0, max: 1, noNaN: true }),
  interruptionsPerHour: fc.constantFrom(0, 1, 10),
  targetUsdPerHour: fc.constantFrom(1, 3, 100),
  taskS: fc.constantFrom(0, 10, 300),
  noticeS: fc.constantFrom(0, 120),
});

function walk(
  shape: Partial<AgentPoolSettings>,
  way: readonly Step[],
  look: (p: AgentPool, e: PoolEffects, nowMs: number) => void,
): void {
  const p = pool(shape, 7);
  let nowMs = 0;
  for (const { afterS, busy, forecast } of way) {
    nowMs += afterS * 1000;
    look(p, p.tick(busy, nowMs, forecast), nowMs);
  }
}

describe('AgentPool, always', () => {
  it('has from min to max agents, as many as it says, and grows beyond min only within its target', () => {
    fc.assert(
      fc.property(shapes, steps, (shape, way) => {
        walk(shape, way, (p, e) => {
          const live = p.ready + p.starting;
          expect(live).toBeGreaterThanOrEqual(p.settings.min);
          expect(live).toBeLessThanOrEqual(p.settings.max);
          expect(live + p.draining).toBe(p.agents.length);
          const liveUsd = p.agents
            .filter((a) => a.state !== 'draining')
            .reduce((sum, a) => sum + (a.spot ? 0.15 : 0.5), 0);
          const least = Math.max(p.settings.min, p.settings.warm);
          if (e.started.length > 0 && live > least)
            expect(liveUsd).toBeLessThanOrEqual(p.settings.targetUsdPerHour + 1e-9);
        });
      }),
    );
  });

  it('cuts no work off but at the end of a notice', () => {
    fc.assert(
      fc.property(shapes, steps, (shape, way) => {
        walk(shape, way, (_p, e) => {
          for (const a of e.gone)
            if (a.endsMs.some((ms) => ms > a.goneMs)) {
              expect(a.interrupted).toBe(true);
              expect(a.goneMs).toBe(a.noticeMs + shape.noticeS * 1000);
            }
          // Who went before the notice would have come was not interrupted.
          for (const a of e.interrupted) expect(a.goneMs).toBeGreaterThanOrEqual(a.noticeMs);
          expect(e.lost).toBe(e.gone.reduce((n, a) => n + a.endsMs.filter((ms) => ms > a.goneMs).length, 0));
        });
      }),
    );
  });

  it('keeps its cooldowns', () => {
    fc.assert(
      fc.property(shapes, steps, (shape, way) => {
        let [lastUp, lastDown, up, down] = [-Infinity, -Infinity, 0, 0];
        walk(shape, way, (p, _e, nowMs) => {
          const last = Math.max(lastUp, lastDown);
          if (p.counts.up > up) {
            expect(nowMs - (shape.cooldown === 'shared' ? last : lastUp)).toBeGreaterThanOrEqual(
              shape.upCooldownS * 1000,
            );
            lastUp = nowMs;
          }
          if (p.counts.down > down) {
            expect(nowMs - last).toBeGreaterThanOrEqual(shape.downCooldownS * 1000);
            lastDown = nowMs;
          }
          [up, down] = [p.counts.up, p.counts.down];
        });
      }),
    );
  });

  it('costs the seconds of its agents at their price, to the pico-dollar', () => {
    fc.assert(
      fc.property(shapes, steps, (shape, way) => {
        const all = new Map<number, Agent>();
        let [p, now] = [pool(shape, 7), 0];
        for (const a of p.agents) all.set(a.id, a);
        walk(shape, way, (q, e, nowMs) => {
          for (const a of q.agents) all.set(a.id, a);
          for (const a of e.gone) all.set(a.id, a);
          [p, now] = [q, nowMs];
        });
        const expected = { spot: new MoneySum(), onDemand: new MoneySum() };
        let agentMs = 0;
        for (const a of all.values()) {
          const livedMs = Math.min(now, a.goneMs) - a.launchedMs;
          agentMs += livedMs;
          const price = timesPpm(5e11, a.spot ? 300_000 : 1_000_000);
          expected[a.spot ? 'spot' : 'onDemand'].add(
            Number((BigInt(price) * BigInt(Math.ceil(livedMs / 1000))) / 3600n),
          );
        }
        if (way.length === 0) return;
        expect(p.cost.spot.toPicoText()).toBe(expected.spot.toPicoText());
        expect(p.cost.onDemand.toPicoText()).toBe(expected.onDemand.toPicoText());
        expect(p.agentMs.spot + p.agentMs.onDemand).toBeCloseTo(agentMs, 3);
      }),
    );
  });

  it('does the same with the same seed', () => {
    const run = (): unknown => {
      const p = pool({ interruptionsPerHour: 5 }, 3);
      for (let s = 0; s < 7200; s += 30) p.tick((s / 10) % 180, s * 1000);
      return [p.counts, p.cost.spot.toPicoText(), p.agents.map((a) => a.id)];
    };
    expect(run()).toEqual(run());
  });
});

describe('how an agent pool fails', () => {
  /** Five hours of a load that jumps about its mean every 20 s; how often the pool scaled. */
  const scalings = (more: Partial<AgentPoolSettings>): number => {
    const p = pool(more);
    const noise = new RandomStream(5, 'noise');
    for (let s = 0; s < 18_000; s += 20) p.tick(15 + 50 * noise.uniform(), s * 1000);
    return p.counts.up + p.counts.down;
  };

  it('flaps under a noisy load without cooldowns', () => {
    const flapping = scalings({ upCooldownS: 0, downCooldownS: 0, coldStartS: 0 });
    const calmed = scalings({ coldStartS: 0 });
    expect(flapping).toBeGreaterThan(3 * calmed);
  });

  it('launches for the same surge again and again when agents that are starting do not count', () => {
    const peak = (countStarting: boolean): number => {
      const p = pool({ countStarting, coldStartS: 600, upCooldownS: 60, targetUsdPerHour: 100 });
      let most = 0;
      for (let s = 0; s < 900; s += 10) {
        p.tick(28, s * 1000);
        most = Math.max(most, p.ready + p.starting);
      }
      return most;
    };
    // 28 pieces of work need 4 agents for 80 %.
    expect([peak(true), peak(false)]).toEqual([5, 20]);
  });

  it('is late for a surge when it has just shrunk and the cooldown is shared', () => {
    const launchedAfterS = (cooldown: 'separate' | 'shared'): number => {
      const p = pool({ cooldown });
      p.tick(30, 0);
      p.tick(5, 300_000);
      expect(p.counts.down).toBe(1);
      for (let s = 301; ; s++) if (p.tick(99, s * 1000).started.length > 0) return s - 300;
    };
    expect([launchedAfterS('separate'), launchedAfterS('shared')]).toEqual([1, 300]);
  });
});

describe('bad input of an agent pool', () => {
  it.each([
    [{ min: 5, max: 4, warm: 0 }, 'a min that is not above max'],
    [{ min: 0 }, 'min: expected a whole number of 1 or more, got 0.'],
    [{ max: 2, min: 1 }, 'no more warm agents than max'],
    [{ downAt: 0.8 }, 'a downAt below upAt'],
    [{ spotShare: 1.1 }, 'spotShare: expected a share from 0 to 1, got 1.1.'],
    [{ usdPerHour: 0 }, 'usdPerHour: expected a number above 0, got 0.'],
    [{ idleS: NaN }, 'idleS: expected'],
    [{ spotDiscountPpm: 1_000_000 }, 'spotDiscountPpm: expected parts per million below 1,000,000'],
  ])('refuses %j', (more, message) => {
    expect(() => parse(agentPoolSchema, more, 'pool')).toThrow(message);
  });

  it('refuses counts that are none, and does nothing when the clock goes back', () => {
    const p = pool();
    for (const busy of [NaN, -1, Infinity]) expect(() => p.tick(busy, 0)).toThrow(InputError);
    expect(() => p.tick(0, 0, NaN)).toThrow('forecastAgents: expected a number of 0 or more, got NaN.');
    p.tick(10, MIN);
    expect(p.tick(30, 0)).toMatchObject({ started: [], gone: [], costLimited: false });
    expect(p.tick(30, NaN).started).toEqual([]);
    expect(p.tick(30, MIN).started).toHaveLength(2);
  });
});
