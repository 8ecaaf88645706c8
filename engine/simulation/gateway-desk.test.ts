import { describe, expect, it } from 'vitest';
import { handWorked } from './hand-worked.ts';
import type { ScenarioInput } from './scenario.ts';
import { agentOf, office, run, total } from './small-office.fixture.ts';

/** Conversations that begin at given times, in a system that is otherwise quiet. */
function at(timesMs: number[], more: Partial<ScenarioInput> = {}, agents = [agentOf()]) {
  const scenario = office({ load: { ratePerS: 0 }, durationS: 100, intervalS: 10, ...more }, agents);
  const { simulation, outcomes } = handWorked(
    scenario,
    timesMs.map((ms) => [ms, 0] as const),
  );
  simulation.run();
  const { gateway } = simulation.world.gateway!;
  return { simulation, outcomes, gateway, usd: simulation.world.recorder.total.cost.usd };
}

const answers = (...list: [atMs: number, latencyMs: number, by?: string][]) =>
  list.map(([atMs, latencyMs, by = 'fresh']) => ({ atMs, latencyMs, by }));

describe('a request to a simulated model', () => {
  it('takes 100 ms and 2 ms for each of the 50 tokens of its answer, and costs 150 tokens', () => {
    const { outcomes, usd } = at([1000]);
    expect(outcomes).toEqual(answers([1200, 200]));
    expect(usd).toBe(0.0015);
  });

  it('is faster when a rule cuts its answer to 10 tokens, and costs 110', () => {
    const gateway = {
      model: 'good',
      rulesOn: true,
      rules: [{ name: 'short', when: 'true', then: { maxOutputTokens: 10 } }],
    };
    const { outcomes, usd } = at([1000], { gateway });
    expect(outcomes).toEqual(answers([1120, 120]));
    expect(usd).toBe(0.0011);
  });

  it('in a batch waits for the others, and for the longest of the answers', () => {
    const agents = [agentOf({ outputTokens: { mean: 50, sigma: 1 }, maxOutputTokens: 1000 })];
    const gateway = { model: 'good', batching: { on: true, size: 6, windowMs: 1000 } };
    const times = [0, 100, 200, 300, 400, 500];
    const { outcomes, simulation } = at(times, { gateway }, agents);
    expect(new Set(outcomes.map((o) => o.atMs)).size).toBe(1);
    const alone = at(times, {}, agents).outcomes.sort(
      (a, b) => a.atMs - a.latencyMs - (b.atMs - b.latencyMs),
    );
    const longest = Math.max(...alone.map((o) => o.latencyMs));
    expect(alone[0]!.latencyMs).toBeLessThan(longest);
    expect(alone.at(-1)!.latencyMs).toBeLessThan(longest);
    expect(outcomes[0]!.atMs).toBe(500 + longest);
    expect(total(simulation, 'gateway.calls')).toBe(1);
    expect(total(simulation, 'gateway.batched')).toBe(6);
  });

  it('goes on as a conversation, and each request costs more', () => {
    const think = { law: 'constant' as const, meanMs: 1000 };
    const { outcomes, gateway } = at([0], {}, [agentOf({ turns: 10_000, think, contextTokens: 1_000_000 })]);
    expect(outcomes.slice(0, 3)).toEqual(answers([200, 200], [1400, 200], [2600, 200]));
    const n = outcomes.length;
    const all = n * 50 + n * 100 + (150 * n * (n - 1)) / 2;
    expect(gateway.ledger.total.costUsd).toBeCloseTo((all * 10) / 1e6, 9);
  });

  it('that is refused for good is not asked again', () => {
    const gateway = {
      model: 'good',
      rulesOn: true,
      rules: [{ name: 'no', when: 'true', then: { refuse: true } }],
    };
    const { outcomes, simulation } = at([1000], { gateway, caller: { retries: 3 } });
    expect(outcomes).toEqual(answers([1000, 0, 'failed']));
    expect(total(simulation, 'tries')).toBe(1);
  });

  it('is tried again when the model has no place', () => {
    const first = { servers: 1, maxQueue: 0, service: { law: 'constant' as const, meanMs: 100 } };
    const stations = { first, second: first };
    const caller = { retries: 1, backoff: { refusedMs: 250 } };
    const { outcomes, gateway } = at([0, 10, 20], { stations, caller });
    // The second and third are refused; 250 ms later the second gets the server.
    expect(outcomes).toEqual(answers([200, 200], [270, 250, 'failed'], [460, 450]));
    expect(gateway.counts.requests).toBe(5);
    expect(gateway.budgets.inFlight).toBe(0);
  });

  it('whose caller has left is worked on and paid for', () => {
    const { outcomes, usd, gateway } = at([0], { caller: { timeoutMs: 150 } });
    expect(outcomes).toEqual(answers([150, 150, 'failed']));
    expect(usd).toBe(0.0015);
    expect(gateway.counts.answered).toBe(0);
  });

  it('whose caller has left is not paid for if it waited and waiting work is cancelled', () => {
    const first = { servers: 1, service: { law: 'constant' as const, meanMs: 100 } };
    const stations = { first, second: first };
    const left = at([0, 10], { stations, caller: { timeoutMs: 150, onTimeout: 'leave' } });
    const cancelled = at([0, 10], { stations, caller: { timeoutMs: 150, onTimeout: 'cancel' } });
    expect([left.usd, cancelled.usd]).toEqual([0.003, 0.0015]);
    for (const { gateway } of [left, cancelled]) {
      expect(gateway.budgets.inFlight).toBe(0);
      expect(gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
    }
  });

  it('whose caller has left while a batch gathers costs nothing', () => {
    const gateway = { model: 'good', batching: { on: true, size: 3, windowMs: 1000 } };
    const { usd, gateway: g } = at([0], { gateway, caller: { timeoutMs: 500 } });
    expect(usd).toBe(0);
    expect(g.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
  });

  it('is asked of the cascade’s large model after the small one: the times add up', () => {
    const models = office().models!;
    const doubtful = { ...models, cheap: { ...models['cheap']!, accuracy: 0 } };
    const gateway = {
      model: 'good',
      route: 'cascade' as const,
      cascade: { small: 'cheap', big: 'good', confidence: 0.9 },
    };
    const { outcomes, usd } = at([0], { gateway, models: doubtful });
    expect(outcomes).toEqual(answers([350, 350]));
    expect(usd).toBe(0.00165);
  });
});

describe('work that nobody waits for', () => {
  const background = agentOf({ name: 'reports', deferrable: true, deadlineS: 7200, criticality: 'low' });
  const night: Partial<ScenarioInput> = {
    startsAt: '21:00:00',
    durationS: 10_800,
    intervalS: 600,
    gateway: { model: 'good', offPeak: { on: true, spread: false } },
  };

  it('runs at night, within its deadline and outside the counts of those who wait', () => {
    const { simulation, outcomes, usd } = at([0, 1000], night, [background]);
    expect(outcomes).toEqual([]);
    expect(usd).toBe(0.0021);
    const sums = ['arrivals', 'completed', 'failed', 'late'].map((c) => total(simulation, `background.${c}`));
    expect(sums).toEqual([2, 2, 0, 0]);
    expect(total(simulation, 'arrivals') + total(simulation, 'completed')).toBe(0);
    const waiting = simulation.world.recorder.column('background.waiting');
    expect([...waiting.slice(0, 7)]).toEqual([2, 2, 2, 2, 2, 0, 0]);
    expect(total(simulation, 'class.low.ended')).toBe(2);
  });

  it('has no time-out', () => {
    const { simulation } = at([0], { ...night, caller: { timeoutMs: 1000 } }, [background]);
    expect(total(simulation, 'background.completed')).toBe(1);
  });

  it('is counted when it is late', () => {
    const hurried = { ...background, deadlineS: 0.1 };
    const { simulation } = at([0], {}, [hurried]);
    expect(total(simulation, 'background.late')).toBe(1);
  });

  it('is counted when it is refused', () => {
    const rules = [{ name: 'no', when: 'deferrable', then: { refuse: true } }];
    const { simulation } = at([0], { gateway: { model: 'good', rulesOn: true, rules } }, [background]);
    expect(total(simulation, 'background.failed')).toBe(1);
    expect([total(simulation, 'class.low.ended'), total(simulation, 'class.low.givenUp')]).toEqual([1, 1]);
  });
});

describe('what a run writes down', () => {
  const mixed = [
    agentOf({ share: 0.5, criticality: 'critical', turns: 2 }),
    agentOf({ name: 'other', share: 0.5, criticality: 'low', inputTokens: { mean: 400 } }),
  ];

  it('of classes adds up to all requests', () => {
    const simulation = run(office({ load: { ratePerS: 2, shedShare: 0.2 } }, mixed));
    const ended = total(simulation, 'class.critical.ended') + total(simulation, 'class.low.ended');
    const givenUp = total(simulation, 'class.critical.givenUp') + total(simulation, 'class.low.givenUp');
    expect(ended).toBe(total(simulation, 'completed'));
    expect(givenUp).toBe(total(simulation, 'failed'));
    expect(givenUp).toBe(total(simulation, 'shed'));
    expect(givenUp).toBeGreaterThan(100);
    expect(total(simulation, 'class.high.ended') + total(simulation, 'class.normal.ended')).toBe(0);
  });

  it('of the gateway is what it counted', () => {
    const simulation = run(office({ gateway: { model: 'good', route: 'select' } }, mixed));
    const { counts, ledger } = simulation.world.gateway!.gateway;
    for (const name of ['requests', 'calls'] as const)
      expect(total(simulation, `gateway.${name}`)).toBe(counts[name]);
    expect(total(simulation, 'gateway.inputTokens')).toBe(ledger.total.inputTokens);
    expect(total(simulation, 'gateway.outputTokens')).toBe(ledger.total.outputTokens);
    expect(total(simulation, 'gateway.baselineUsd')).toBeCloseTo(ledger.total.baseline.usd, 9);
  });

  it('of quality is the mean of the models that answered', () => {
    const simulation = run(office());
    expect([...simulation.world.recorder.column('gateway.quality')]).toEqual(
      Array(10).fill(expect.closeTo(0.9, 12)),
    );
    const quiet = run(office({ load: { ratePerS: 0 } }));
    expect(quiet.world.recorder.column('gateway.quality')[0]).toBeNaN();
  });

  it('of a budget that ends with the interval is what it was, not what the next day begins with', () => {
    const budgets = [
      { name: 'day', scope: { kind: 'global' as const }, window: 'day' as const, limitUsd: 10 },
    ];
    const scenario = office({ startsAt: '23:55:00', gateway: { model: 'good', budgets } });
    const simulation = run(scenario);
    const spent = simulation.world.recorder.column('budget.day.spentUsd');
    const costs = simulation.world.recorder.column('costUsd');
    const sums = (from: number, to: number) => costs.slice(from, to).reduce((sum, x) => sum + x, 0);
    expect(spent[4]).toBeCloseTo(sums(0, 5), 9);
    // A call that began before midnight and ended after it belongs to the day before.
    expect(Math.abs(spent[5]! - sums(5, 6))).toBeLessThan(0.005);
    expect(spent[9]).toBeCloseTo(spent[5]! + sums(6, 10), 9);
  });
});

describe('when everybody has gone', () => {
  it('nothing is left: no request, conversation, job, call, timer or reservation', () => {
    const agents = [
      agentOf({
        share: 0.6,
        turns: 3,
        inputTokens: { mean: 100 },
        think: { law: 'exponential', meanMs: 500 },
      }),
      agentOf({ name: 'reports', share: 0.4, deferrable: true, deadlineS: 4000 }),
    ];
    const one = { servers: 3, maxQueue: 2, service: { law: 'exponential' as const, meanMs: 400 } };
    const simulation = run(
      office(
        {
          startsAt: '21:00:00',
          durationS: 10_800,
          load: {
            ratePerS: 3,
            profile: [
              { atS: 600, factor: 1 },
              { atS: 601, factor: 0 },
            ],
          },
          stations: { first: one, second: one },
          caller: { timeoutMs: 900, retries: 2, onTimeout: 'cancel' },
          gateway: {
            model: 'good',
            route: 'cascade',
            cascade: { small: 'cheap', big: 'good' },
            offPeak: { on: true },
            batching: { on: true, size: 2, windowMs: 300 },
            budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 2 }],
          },
        },
        agents,
      ),
    );
    const { gateway, callers } = simulation.world;
    const { counts, budgets, underWay } = gateway!.gateway;
    for (const what of ['batched', 'deferred', 'escalated', 'refusedBudget'] as const)
      expect([what, counts[what] > 10]).toEqual([what, true]);
    expect(underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
    expect(budgets.inFlight).toBe(0);
    expect(callers.traffic!.demands.taken + callers.traffic!.conversations.taken).toBe(0);
    expect(total(simulation, 'arrivals')).toBe(total(simulation, 'completed'));
  });
});
