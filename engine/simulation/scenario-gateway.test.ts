import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { agentOf, office, run, total } from './small-office.fixture.ts';

type Gateway = NonNullable<ScenarioInput['gateway']>;
type Model = NonNullable<ScenarioInput['models']>[string];

const gatewayOf = (gateway: Partial<Gateway>): ScenarioInput =>
  office({ gateway: { model: 'good', ...gateway } });
const modelOf = (more: Partial<Model>): ScenarioInput => {
  const { good, cheap } = office().models as Record<'good' | 'cheap', Model>;
  return office({ models: { good: { ...good, ...more }, cheap } });
};
const agentsOf = (more: object): ScenarioInput => office({}, [agentOf(more)]);
const budget = (more: object = {}) => ({
  name: 'day',
  scope: { kind: 'global' as const },
  window: 'day' as const,
  limitUsd: 1,
  ...more,
});
const row = {
  from: null,
  inputUsdPerM: 1,
  outputUsdPerM: 1,
  cacheReadUsdPerM: null,
  cacheWriteUsdPerM: null,
};

function errorOf(scenario: unknown): InputError {
  try {
    new Simulation(scenario, 1);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error('It was taken.');
}

describe('a scenario with a gateway that is wrong', () => {
  const wrong: [what: string, scenario: () => unknown, place: string][] = [
    ['an unknown model', () => gatewayOf({ model: 'best-of-all' }), 'gateway.model'],
    [
      'an unknown small model',
      () => gatewayOf({ cascade: { small: 'x', big: 'good' } }),
      'gateway.cascade.small',
    ],
    [
      'a cascade of one model',
      () => gatewayOf({ cascade: { small: 'good', big: 'good' } }),
      'gateway.cascade',
    ],
    ['a cascade that is none', () => gatewayOf({ route: 'cascade' }), 'gateway.cascade'],
    [
      'a rule for an unknown model',
      () => gatewayOf({ rules: [{ name: 'a', when: 'true', then: { model: 'x' } }] }),
      'rules.0.then.model',
    ],
    [
      'a rule that does not parse',
      () => gatewayOf({ rules: [{ name: 'a', when: 'tokens <', then: { model: 'good' } }] }),
      'rules.0.when, character 8',
    ],
    [
      'a rule that does nothing',
      () => gatewayOf({ rules: [{ name: 'a', when: 'true', then: {} }] }),
      'gateway.rules.0.then',
    ],
    ['an unknown setting', () => gatewayOf({ budgetMod: 'check' } as never), 'gateway.budgetMod'],
    ['an unknown time zone', () => gatewayOf({ timeZone: 'Mars/Olympus' }), 'gateway.timeZone'],
    [
      'a time zone of a budget',
      () => gatewayOf({ budgets: [budget({ timeZone: 'Mars/Olympus' })] }),
      'gateway.budgets.0.timeZone',
    ],
    [
      'a limit of zero',
      () => gatewayOf({ budgets: [budget({ limitUsd: 0 })] }),
      'gateway.budgets.0.limitUsd',
    ],
    [
      'a limit below zero',
      () => gatewayOf({ budgets: [budget({ limitUsd: -1 })] }),
      'gateway.budgets.0.limitUsd',
    ],
    [
      'a limit of NaN',
      () => gatewayOf({ budgets: [budget({ limitUsd: NaN })] }),
      'gateway.budgets.0.limitUsd',
    ],
    [
      'overlapping windows',
      () => gatewayOf({ budgets: [budget(), budget({ name: 'again' })] }),
      'gateway.budgets.1.window',
    ],
    [
      'two budgets of one name',
      () => gatewayOf({ budgets: [budget(), budget({ window: 'week' })] }),
      'gateway.budgets.1.name',
    ],
    [
      'a budget of an unknown model',
      () => gatewayOf({ budgets: [budget({ scope: { kind: 'model', of: 'x' } })] }),
      'gateway.budgets.0.scope.of',
    ],
    [
      'a budget of an unknown agent type',
      () => gatewayOf({ budgets: [budget({ scope: { kind: 'agentType', of: 'x' } })] }),
      'gateway.budgets.0.scope.of',
    ],
    [
      'a budget of an unknown tenant',
      () => gatewayOf({ budgets: [budget({ scope: { kind: 'tenant', of: 'x' } })] }),
      'gateway.budgets.0.scope.of',
    ],
    ['a discount of more than all', () => gatewayOf({ batchDiscount: 1.1 }), 'gateway.batchDiscount'],
    ['a batch of none', () => gatewayOf({ batching: { size: 0 } }), 'gateway.batching.size'],
    [
      'a night without length',
      () => gatewayOf({ offPeak: { from: '22:00', to: '22:00' } }),
      'gateway.offPeak',
    ],
    [
      'weights that say nothing',
      () => gatewayOf({ selection: { weights: { cost: 0, quality: 0, speed: 0 } } }),
      'gateway.selection.weights',
    ],
    [
      'a prompt cache that forgets at once',
      () => gatewayOf({ promptCache: { ttlS: 0 } }),
      'gateway.promptCache.ttlS',
    ],

    ['a price of NaN', () => modelOf({ usdPerMTokens: NaN }), 'models.good.usdPerMTokens'],
    ['a price below zero', () => modelOf({ usdPerMTokens: -1 }), 'models.good.usdPerMTokens'],
    ['a price without end', () => modelOf({ usdPerMTokens: Infinity }), 'models.good.usdPerMTokens'],
    ['a price beyond the list', () => modelOf({ usdPerMTokens: 10_001 }), 'models.good.usdPerMTokens'],
    ['a price finer than a pico-dollar', () => modelOf({ usdPerMTokens: 1e-7 }), 'models.good.usdPerMTokens'],
    [
      'a dated price of NaN',
      () => modelOf({ prices: [{ ...row, inputUsdPerM: NaN }] }),
      'models.good.prices.0.inputUsdPerM',
    ],
    [
      'a price from a day that is none',
      () => modelOf({ prices: [row, { ...row, from: '2026-02-30' }] }),
      'models.good.prices.1.from',
    ],
    [
      'no price before a day',
      () => modelOf({ prices: [{ ...row, from: '2026-02-03' }] }),
      'models.good.prices',
    ],
    [
      'prices out of order',
      () => modelOf({ prices: [row, { ...row, from: '2026-02-03' }, { ...row, from: '2026-02-02' }] }),
      'models.good.prices',
    ],
    ['a model without a station', () => modelOf({ station: undefined }), 'models.good.station'],
    ['a model at an unknown station', () => modelOf({ station: 'third' }), 'models.good.station'],
    ['an accuracy above 1', () => modelOf({ accuracy: 1.1 }), 'models.good.accuracy'],

    ['negative tokens', () => agentsOf({ inputTokens: { mean: -1 } }), 'traffic.agents.0.inputTokens.mean'],
    ['NaN tokens', () => agentsOf({ outputTokens: { mean: NaN } }), 'traffic.agents.0.outputTokens.mean'],
    ['half a token', () => agentsOf({ prefixTokens: 0.5 }), 'traffic.agents.0.prefixTokens'],
    ['answers without length', () => agentsOf({ maxOutputTokens: 0 }), 'traffic.agents.0.maxOutputTokens'],
    ['half a conversation', () => agentsOf({ turns: 0.5 }), 'traffic.agents.0.turns'],
    ['shares that do not add up', () => agentsOf({ share: 0.5 }), 'traffic.agents'],
    [
      'agents of one name',
      () => office({}, [agentOf({ share: 0.5 }), agentOf({ share: 0.5 })]),
      'traffic.agents',
    ],
    ['a deadline for what cannot wait', () => agentsOf({ deadlineS: 10 }), 'traffic.agents'],
    ['complexity upside down', () => agentsOf({ complexity: [0.6, 0.5] }), 'traffic.agents'],

    ['a gateway without traffic', () => ({ ...office(), traffic: undefined }), 'gateway'],
    ['a gateway that is not in the path', () => office({ path: ['first'] }), 'gateway'],
    ['a path through a gateway that is not there', () => ({ ...office(), gateway: undefined }), 'path.0'],
    ['a gateway twice in the path', () => office({ path: ['gateway', 'gateway'] }), 'path.1'],
    [
      'classes of load beside agent types',
      () =>
        office({
          load: {
            ratePerS: 1,
            classes: [
              { name: 'a', share: 0.5, priority: 0 },
              { name: 'b', share: 0.5, priority: 1 },
            ],
          },
        }),
      'load.classes',
    ],
    [
      'a TTL of an unknown tier',
      () => office({ controls: { ttl: { tiers: ['l9'] } } }),
      'controls.ttl.tiers.0',
    ],
    [
      'agents of an unknown station',
      () => office({ controls: { agents: { station: 'x' } } }),
      'controls.agents.station',
    ],

    [
      'a price factor of NaN in mid-run',
      () => office({ events: [{ at: 1, label: 'x', set: { 'models.good.priceFactor': NaN } }] }),
      'events.0.set.models.good.priceFactor',
    ],
    [
      'a limit of zero in mid-run',
      () =>
        office({
          gateway: { model: 'good', budgets: [budget()] },
          events: [{ at: 1, label: 'x', set: { 'gateway.budgets.day.limitUsd': 0 } }],
        }),
      'events.0.set gateway.budgets.day.limitUsd',
    ],
    [
      'a price factor beyond the list',
      () => ({
        ...modelOf({ usdPerMTokens: 200 }),
        events: [{ at: 1, label: 'x', set: { 'models.good.priceFactor': 51 } }],
      }),
      'events.0.set models.good.priceFactor',
    ],
    [
      'a route to a cascade that is not there',
      () => office({ events: [{ at: 1, label: 'x', set: { 'gateway.route': 'cascade' } }] }),
      'events.0.set gateway.route',
    ],
    [
      'an unknown model in mid-run',
      () => office({ events: [{ at: 1, label: 'x', set: { 'gateway.model': 'x' } }] }),
      'events.0.set gateway.model',
    ],
  ];

  it.each(wrong)('has %s: the message says where', (_, scenario, place) => {
    expect(errorOf(scenario()).place).toBe(place);
  });

  it('is refused when it is read, before anything runs', () => {
    expect(() => parseScenario(gatewayOf({ model: 'x' }))).toThrow(InputError);
  });

  it('gives a hint for a name that is nearly right', () => {
    expect(errorOf(gatewayOf({ model: 'god' })).advice).toBe('Did you mean "good"?');
    expect(errorOf(gatewayOf({ budgetMod: 'check' } as never)).advice).toBe('Did you mean "budgetMode"?');
  });
});

describe('what is odd but allowed', () => {
  it('is a price of nothing', () => {
    const simulation = run(modelOf({ usdPerMTokens: 0 }));
    expect(simulation.world.recorder.total.cost.usd).toBe(0);
    expect(total(simulation, 'failed')).toBe(0);
  });

  it('is an answer without input', () => {
    const { world } = run(agentsOf({ inputTokens: { mean: 0 }, outputTokens: { mean: 1, sigma: 0 } }));
    const { total: all } = world.gateway!.gateway.ledger;
    expect([all.inputTokens, all.outputTokens]).toEqual([0, all.calls]);
  });

  it('is a worst case that no budget will ever hold: everything is refused, and the run goes on', () => {
    const simulation = run(gatewayOf({ budgets: [budget({ limitUsd: 0.000_001 })] }));
    expect(total(simulation, 'failed')).toBe(total(simulation, 'arrivals'));
    expect(simulation.world.recorder.total.cost.usd).toBe(0);
  });

  it('is a limit that is lowered below what is spent: nothing more is let in', () => {
    const simulation = run({
      ...gatewayOf({ budgets: [budget({ limitUsd: 100 })] }),
      events: [{ at: 300, label: 'brake', set: { 'gateway.budgets.day.limitUsd': 0.1 } }],
    });
    const costs = simulation.world.recorder.column('costUsd');
    expect(costs[4]).toBeGreaterThan(0.1);
    // What was in flight is paid for.
    expect(costs[5]).toBeLessThan(0.005);
    expect(costs.at(-1)).toBe(0);
  });

  it('is a wide law of tokens', () => {
    const wide = { mean: 1_000_000, sigma: 3 };
    expect(() =>
      run(
        office(
          {
            durationS: 60,
            intervalS: 10,
            path: ['gateway'],
            models: modelOf({ usdPerMTokens: 0.01 }).models!,
          },
          [agentOf({ inputTokens: wide, outputTokens: wide, maxOutputTokens: 100_000 })],
        ),
      ),
    ).not.toThrow();
  });
});

const busy = (): ScenarioInput =>
  office(
    {
      startsAt: '23:50:00',
      durationS: 1200,
      path: ['l1', 'agents', 'gateway'],
      population: { kind: 'zipf', keys: 50 },
      tiers: { l1: { level: 'l1', capacityEntries: 20, ttlS: 30 } },
      stations: {
        ...office().stations!,
        agents: { servers: 4, service: { law: 'exponential', meanMs: 500 } },
      },
      caller: { timeoutMs: 2500, retries: 1 },
      gateway: {
        model: 'good',
        route: 'cascade',
        cascade: { small: 'cheap', big: 'good' },
        rulesOn: true,
        rules: [{ name: 'hits', when: 'hit_rate > 0.05 and complexity < 0.2', then: { model: 'cheapest' } }],
        batching: { on: true, windowMs: 400 },
        offPeak: { on: true },
        measures: { on: true },
        budgets: [
          budget({ limitUsd: 1 }),
          budget({ name: 'clerk', scope: { kind: 'agentType', of: 'clerk' }, limitUsd: 0.6 }),
        ],
      },
      controls: {
        ttl: { tiers: ['l1'], tuner: { on: true, minSamples: 50 } },
        agents: { station: 'agents', pool: { min: 2, max: 8, interruptionsPerHour: 10 } },
      },
      events: [
        { at: 200.5, label: 'longer', set: { 'traffic.agents.clerk.turns': 20 } },
        { at: 500, label: 'dearer', set: { 'models.good.priceFactor': 2 } },
      ],
    },
    [
      agentOf({
        share: 0.7,
        turns: 2,
        inputTokens: { mean: 100 },
        think: { law: 'exponential', meanMs: 900 },
      }),
      agentOf({ name: 'reports', share: 0.3, deferrable: true, deadlineS: 600, repeatShare: 0.5 }),
    ],
  );

describe('a run with a gateway', () => {
  const whole = run(busy(), 4).fingerprint();

  it('is the same each time, and another with another seed', () => {
    expect(run(busy(), 4).fingerprint()).toBe(whole);
    expect(run(busy(), 5).fingerprint()).not.toBe(whole);
  });

  it('is the same in one go and in any steps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 30 }),
        (steps) => {
          const simulation = new Simulation(busy(), 4);
          for (const ms of steps) simulation.advanceTo(simulation.nowMs + ms / 1.37);
          expect(simulation.run().fingerprint()).toBe(whole);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('does not change a run that has none', () => {
    const stations = { a: { service: { law: 'exponential' as const, meanMs: 100 } } };
    const plain = (controls: object) =>
      run({ name: 'plain', durationS: 60, load: { ratePerS: 5 }, path: ['a'], stations, ...controls });
    expect([...plain({}).world.recorder.column('completed')]).toEqual([
      ...plain({ models: { unused: { meanMs: 1, usdPerMTokens: 1 } } }).world.recorder.column('completed'),
    ]);
  });

  it('asks the same whatever the levers: the first request of every conversation is as long', () => {
    const inputs = (more: Partial<Gateway>): number[] => {
      const agents = [agentOf({ inputTokens: { mean: 200 } })];
      const { world } = run(office({ gateway: { model: 'good', ...more } }, agents));
      const { total: all } = world.gateway!.gateway.ledger;
      return [all.calls, all.inputTokens];
    };
    const base = inputs({});
    expect(inputs({ route: 'select', batching: { on: true } })).toEqual(base);
    expect(inputs({ promptCache: { on: false } })).toEqual(base);
  });
});

describe('live settings of a gateway', () => {
  /** What each does to the machine behind it; the value read afterwards is the value set. */
  const settings: [path: string, value: number | boolean | string][] = [
    ['traffic.agents.clerk.factor', 2],
    ['traffic.agents.clerk.turns', 9],
    ['traffic.agents.clerk.contextTokens', 500],
    ['traffic.agents.clerk.inputTokens.mean', 77],
    ['traffic.agents.clerk.outputTokens.mean', 33],
    ['gateway.route', 'select'],
    ['gateway.model', 'cheap'],
    ['gateway.rulesOn', false],
    ['gateway.batchDiscount', 0.5],
    ['gateway.selection.formula', 'printed'],
    ['gateway.selection.weights.cost', 2],
    ['gateway.cascade.confidence', 0.3],
    ['gateway.promptCache.on', false],
    ['gateway.promptCache.aware', false],
    ['gateway.batching.on', false],
    ['gateway.batching.size', 9],
    ['gateway.batching.windowMs', 5],
    ['gateway.offPeak.on', false],
    ['gateway.offPeak.spread', false],
    ['gateway.measures.on', false],
    ['gateway.budgetMode', 'check'],
    ['gateway.budgets.day.limitUsd', 7],
    ['models.good.priceFactor', 0.5],
    ['controls.ttl.tuner.on', false],
    ['controls.ttl.tuner.target', 0.5],
    ['controls.agents.pool.min', 3],
    ['controls.agents.pool.spotShare', 0.1],
  ];

  it.each(settings)('%s can be %j from now on', (path, value) => {
    const simulation = new Simulation(busy(), 1);
    simulation.advanceTo(120_000);
    expect(simulation['live'].read(path)).not.toBe(value);
    simulation.pull(path, value);
    expect(simulation['live'].read(path)).toBe(value);
    simulation.advanceTo(190_000);
    expect(simulation['live'].read(path)).toBe(value);
  });

  it.each([
    ['traffic.agents.clerk.turns', 0.5],
    ['traffic.agents.clerk.factor', -1],
    ['gateway.route', 'best'],
    ['gateway.model', 'x'],
    ['gateway.budgets.day.limitUsd', 0],
    ['models.good.priceFactor', -1],
    ['models.good.priceFactor', NaN],
    ['gateway.batching.size', 0],
    ['gateway.budgets.week.limitUsd', 1],
  ])('%s cannot be %j', (path, value) => {
    const simulation = new Simulation(busy(), 1);
    expect(() => simulation.pull(path, value)).toThrow(InputError);
  });

  it('act at once: a dearer model costs more from then on', () => {
    const costs = run({
      ...office(),
      events: [{ at: 300, label: 'x', set: { 'models.good.priceFactor': 10 } }],
    }).world.recorder.column('costUsd');
    const [before, after] = [costs[3]! + costs[4]!, costs[6]! + costs[7]!];
    expect(after / before).toBeGreaterThan(7);
    expect(after / before).toBeLessThan(13);
  });

  it('that are pulled, replay', () => {
    const pulls = [
      { atS: 100, lever: 'gateway.route', value: 'select' },
      { atS: 200.25, lever: 'gateway.budgets.day.limitUsd', value: 0.4 },
      { atS: 700, lever: 'models.good.priceFactor', value: 3 },
    ];
    const planned = run(busy(), 4, pulls);
    const played = new Simulation(busy(), 4);
    for (const { atS, lever, value } of pulls) {
      played.advanceTo(atS * 1000);
      played.pull(lever, value);
    }
    expect(played.run().fingerprint()).toBe(planned.fingerprint());
    expect(planned.fingerprint()).not.toBe(run(busy(), 4).fingerprint());
  });
});

describe('the format', () => {
  it('fills in what the module says', () => {
    const { gateway } = parseScenario(office());
    expect(gateway).toMatchObject({
      route: 'fixed',
      batching: { on: false, size: 5, windowMs: 100 },
      batchDiscount: 0.25,
      offPeak: { on: false, from: '22:00', to: '06:00', discountPpm: 300_000 },
      budgetMode: 'reserve',
      selection: { weights: { cost: 0.4, quality: 0.4, speed: 0.2 } },
    });
    expect(gateway!.measures.levels.map((level) => level.at)).toEqual([0.8, 0.9, 0.95, 0.98, 1]);
  });
});
