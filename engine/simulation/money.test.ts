import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../cost/spend-ledger.ts';
import { costReport } from './cost-report.ts';
import type { ScenarioInput } from './scenario.ts';
import { agentOf, office, run, total } from './small-office.fixture.ts';
import type { Simulation } from './simulation.ts';

const day = (limitUsd: number) => [
  { name: 'day', scope: { kind: 'global' as const }, window: 'day' as const, limitUsd },
];
const varied = [
  agentOf({
    share: 0.5,
    turns: 3,
    inputTokens: { mean: 150 },
    outputTokens: { mean: 60 },
    criticality: 'critical',
  }),
  agentOf({ name: 'other', share: 0.3, inputTokens: { mean: 90 }, prefixTokens: 1200 }),
  agentOf({ name: 'reports', share: 0.2, deferrable: true, criticality: 'low' }),
];
const gateways: Record<string, Partial<NonNullable<ScenarioInput['gateway']>>> = {
  fixed: {},
  'a tight budget': { budgets: day(3) },
  'a checked budget': { budgets: day(3), budgetMode: 'check' },
  selected: { route: 'select', selection: { formula: 'printed' }, batching: { on: true, windowMs: 500 } },
  'a cascade': { route: 'cascade', cascade: { small: 'cheap', big: 'good' }, offPeak: { on: true } },
  'measures and batches': { budgets: day(4), measures: { on: true }, batching: { on: true, windowMs: 300 } },
};
const priced = office().models!;
const models = {
  good: {
    ...priced['good']!,
    prices: [
      {
        from: null,
        inputUsdPerM: 2.5,
        outputUsdPerM: 10,
        cacheReadUsdPerM: 0.333333,
        cacheWriteUsdPerM: 3.125,
      },
      {
        from: '2026-11-28',
        inputUsdPerM: 3,
        outputUsdPerM: 11,
        cacheReadUsdPerM: 0.1,
        cacheWriteUsdPerM: null,
      },
    ],
  },
  cheap: priced['cheap']!,
};

const picoSum = (texts: string[]): string => String(texts.reduce((sum, text) => sum + BigInt(text), 0n));

function runOf(gateway: Partial<NonNullable<ScenarioInput['gateway']>>): Simulation {
  return run(
    office(
      {
        startsAt: '23:40:00',
        durationS: 2400,
        models,
        caller: { timeoutMs: 250, retries: 1 },
        gateway: { model: 'good', ...gateway },
        events: [{ at: 300, label: 'dearer', set: { 'models.good.priceFactor': 1.7 } }],
      },
      varied,
    ),
  );
}

describe('money', () => {
  it.each(Object.keys(gateways))('adds up to the last pico-dollar, in every book: %s', (name) => {
    const simulation = runOf(gateways[name]!);
    const { recorder, gateway } = simulation.world;
    const report = costReport(simulation.world)!;
    const paid = recorder.total.cost.toPicoText();
    expect(BigInt(paid)).toBeGreaterThan(100_000_000_000n);
    expect(report.total.costPico).toBe(paid);
    for (const dimension of DIMENSIONS)
      expect([dimension, picoSum(report.by[dimension].map((row) => row.costPico))]).toEqual([
        dimension,
        paid,
      ]);
    expect(report.by.day.map((row) => row.name)).toEqual(['2026-11-27', '2026-11-28']);
    const { usd } = recorder.total.cost;
    expect(total(simulation, 'costUsd')).toBeCloseTo(usd, 9);
    for (const by of ['agent', 'model']) {
      const columns = recorder.columns.filter((c) => c.startsWith(`spend.${by}.`));
      expect(columns.reduce((sum, c) => sum + total(simulation, c), 0)).toBeCloseTo(usd, 9);
    }
    const budgets = [...report.past, ...report.budgets];
    if (budgets.length > 0) expect(budgets.reduce((sum, b) => sum + b.spentUsd, 0)).toBeCloseTo(usd, 9);
    expect(gateway!.gateway.budgets.beyondReserved).toBe(0);
  });

  it('is never overspent when it is reserved, and is when it is only checked', () => {
    const overshoot = (name: string) =>
      [...costReport(runOf(gateways[name]!).world)!.past].map((b) => b.overshootUsd > 0);
    expect(overshoot('a tight budget')).toEqual([false]);
    expect(overshoot('a checked budget')).toEqual([true]);
  });

  it('grows with the square of the length of conversations', () => {
    const think = { law: 'constant' as const, meanMs: 100 };
    const cost = (turns: number): { conversations: number; usd: number } => {
      const agents = [agentOf({ turns, think, contextTokens: 1_000_000 })];
      const profile = [
        { atS: 500, factor: 1 },
        { atS: 501, factor: 0 },
      ];
      const { world } = run(office({ load: { ratePerS: 8, profile }, durationS: 1200 }, agents));
      return { conversations: world.callers.begun, usd: world.recorder.total.cost.usd };
    };
    for (const m of [1, 4, 12]) {
      const { conversations, usd } = cost(m);
      // Geometric lengths of mean m: E[n] = m, E[n(n + 1) / 2] = m². Questions of 100 tokens count m² times, answers of 50 once more
      // for each later request: m² − m, and once when they are given.
      const tokens = 100 * m * m + 50 * (m * m - m) + 50 * m;
      const expected = (conversations * tokens * 10) / 1e6;
      expect(Math.abs(usd / expected - 1)).toBeLessThan(m === 1 ? 1e-9 : 0.1);
    }
  });

  it('of a call is at the price of its start, also when it changes before the end', () => {
    const slow = { servers: null, service: { law: 'constant' as const, meanMs: 20_000 } };
    const { world } = run(
      office({
        load: { ratePerS: 0 },
        stations: { first: slow, second: slow },
        durationS: 100,
        intervalS: 10,
        events: [
          { at: 0, label: 'one', set: { 'load.factor': 1 } },
          { at: 10, label: 'dearer', set: { 'models.good.priceFactor': 3 } },
        ],
      }),
    );
    expect(world.recorder.total.cost.usd).toBe(0);
    const scenario = office({
      load: { ratePerS: 1 },
      stations: { first: slow, second: slow },
      durationS: 100,
      intervalS: 10,
      events: [{ at: 10, label: 'dearer', set: { 'models.good.priceFactor': 3 } }],
    });
    const after = run(scenario);
    const calls = after.world.recorder.column('gateway.calls');
    const before = calls[0]!;
    const later = calls.slice(1, 8).reduce((sum, x) => sum + x, 0);
    // Those that had ended by the end of the run; the others began in the last 20.1 seconds.
    const ended = after.world.gateway!.gateway.ledger.total.calls;
    expect(ended).toBeLessThanOrEqual(before + later);
    expect(after.world.recorder.total.cost.usd).toBeCloseTo(0.0015 * before + 0.0045 * (ended - before), 9);
  });

  it('that a run has cost is told with the windows it ended in', () => {
    const simulation = run(
      office({ startsAt: '23:50:00', durationS: 600, gateway: { model: 'good', budgets: day(10) } }),
    );
    const report = costReport(simulation.world)!;
    expect(report.budgets.map((b) => b.spentUsd)).toEqual([simulation.world.recorder.total.cost.usd]);
    expect(report.past).toEqual([]);
    expect(report.agents).toBeNull();
    expect(structuredClone(report)).toEqual(report);
  });

  it('is not reported where there is no gateway', () => {
    const simulation = run({
      name: 'plain',
      durationS: 10,
      load: { ratePerS: 1 },
      path: ['a'],
      stations: { a: { service: { law: 'constant', meanMs: 1 } } },
    });
    expect(costReport(simulation.world)).toBeNull();
  });
});
