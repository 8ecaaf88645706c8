import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../cost/spend-ledger.ts';
import { CRITICALITIES, type Task } from '../cost/task.ts';
import { Bench, flatPrices, HOUR_MS, MODELS, NOON, type SettingsInput } from './bench.fixture.ts';

/** What comes next: after a gap, a task with its fate, or a change of price. */
interface Step {
  gapMs: number;
  task: Partial<Task>;
  deadlineInMs: number | null;
  /** Its caller leaves after this time. */
  leavesMs: number | null;
  /** Of its call: that of the first task decides for a batch. */
  latencyMs: number;
  fate: 'ends' | 'fails' | 'full';
  leftOut: boolean;
  tokens: number;
  confidence: number;
  price: { model: string; factor: number } | null;
}

const models = MODELS.map((m, i) => ({
  ...m,
  promptCacheMinTokens: 50,
  maxInputTokens: [8000, 4000, 2000][i]!,
  prices: [
    ...flatPrices([30, 10, 1][i]!, {
      cacheReadUsdPerM: 0.333333,
      cacheWriteUsdPerM: 37.777777,
      outputUsdPerM: 61.5,
    }),
    { ...flatPrices([20, 15, 2][i]!)[0]!, from: '2026-11-28' },
  ],
}));

const tokens = fc.nat(3000);
const often = <T>(common: T, rare: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(common), weight: 4 }, rare);
const step: fc.Arbitrary<Step> = fc.record({
  gapMs: fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(2 * HOUR_MS)),
  task: fc.record({
    tenant: fc.constantFrom('shop', 'internal'),
    agentType: fc.constantFrom('support', 'research', 'batch'),
    criticality: fc.constantFrom(...CRITICALITIES),
    inputTokens: fc.oneof(tokens, fc.nat(9000)),
    repeatedTokens: tokens,
    prefixTokens: fc.nat(500),
    expectedOutputTokens: fc.nat(800),
    maxOutputTokens: fc.nat(1000),
    complexity: fc.double({ min: 0, max: 1, noNaN: true }),
    minAccuracy: fc.constantFrom(0, 0.93, 0.97, 0.99),
    maxLatencyMs: fc.constantFrom(100, 800, 60_000),
    budgetUsd: fc.constantFrom(null, 0.001, 0.05),
    deferrable: fc.boolean(),
    session: fc.integer({ min: -1, max: 3 }),
  }),
  deadlineInMs: fc.option(fc.nat(20 * HOUR_MS)),
  leavesMs: fc.option(fc.oneof(fc.nat(200), fc.nat(HOUR_MS)), { freq: 2 }),
  latencyMs: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(3 * HOUR_MS)),
  fate: often<Step['fate']>('ends', fc.constantFrom('fails', 'full')),
  leftOut: often(false, fc.constant(true)),
  tokens: fc.nat(2000),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  price: often<Step['price']>(
    null,
    fc.record({ model: fc.constantFrom('large', 'medium', 'small'), factor: fc.constantFrom(0, 0.3, 1, 3) }),
  ),
});

const scope = fc.oneof(
  fc.constant({ kind: 'global' as const }),
  fc.record({
    kind: fc.constant('agentType' as const),
    of: fc.constantFrom('support', 'research', 'batch'),
  }),
  fc.record({ kind: fc.constant('tenant' as const), of: fc.constantFrom('shop', 'internal') }),
  fc.record({ kind: fc.constant('model' as const), of: fc.constantFrom('large', 'medium', 'small') }),
);
const budgets = fc
  .uniqueArray(
    fc.record({
      scope,
      window: fc.constantFrom('day' as const, 'week' as const),
      limitUsd: fc.integer({ min: 1, max: 2_000_000 }).map((micro) => micro / 1e6),
      keepForCritical: fc.constantFrom(0, 0.3),
    }),
    { maxLength: 5, selector: (b) => JSON.stringify([b.scope, b.window]) },
  )
  .map((list) => list.map((b, i) => ({ ...b, name: `budget ${i}` })));

const settings: fc.Arbitrary<SettingsInput> = fc.record({
  route: fc.constantFrom('fixed' as const, 'select' as const, 'cascade' as const),
  cascade: fc.constant({ small: 'small', big: 'large', confidence: 0.7 }),
  selection: fc.record({ formula: fc.constantFrom('printed' as const, 'normalised' as const) }),
  promptCache: fc.record({ on: fc.boolean(), aware: fc.boolean() }),
  batching: fc.record({
    on: fc.boolean(),
    size: fc.integer({ min: 1, max: 4 }),
    windowMs: fc.constantFrom(0, 100, HOUR_MS),
  }),
  batchDiscount: fc.constantFrom(0.25, 1 / 3, 1),
  offPeak: fc.record({ on: fc.boolean(), shift: fc.boolean(), spread: fc.boolean() }),
  measures: fc.record({ on: fc.boolean() }),
  rulesOn: fc.boolean(),
  rules: fc.constant([
    { name: 'noise', when: 'tenant == "internal" and tokens > 2800', then: { refuse: true } },
    { name: 'night', when: 'agent == "batch"', then: { defer: true, batch: true } },
    {
      name: 'small',
      when: 'tokens < 500 and complexity < 0.3',
      then: { model: 'cheapest', maxOutputTokens: 300 },
    },
    { name: 'warm', when: 'warm and budget_used > 0.5', then: { model: 'medium' } },
  ]),
  budgets,
});

const sum = (amounts: readonly number[]): string =>
  String(amounts.reduce((total, x) => total + BigInt(x), 0n));

/** Plays the steps on a gateway whose models answer by themselves. */
class Play {
  readonly bench: Bench;
  readonly left = new Set<number>();
  readonly asked: number[] = [];
  private readonly fates = new Map<number, Step>();
  private step!: Step;

  constructor(
    settings: SettingsInput,
    private readonly check: (bench: Bench) => void,
  ) {
    this.bench = new Bench(settings, { models, startMs: NOON + 7 * HOUR_MS, u: (job) => (job * 0.618) % 1 });
    const { bench } = this;
    bench.start = (call) => {
      const { jobs } = bench.gateway.call(call);
      const { latencyMs, fate } = this.fates.get(jobs[0]!.id) ?? this.step;
      if (fate === 'full') {
        bench.gateway.failed(call, bench.nowMs);
        return;
      }
      bench.time.at(bench.nowMs + latencyMs, () => {
        if (fate === 'fails') bench.gateway.failed(call, bench.nowMs);
        else
          bench.gateway.ended(
            call,
            jobs.map((job) => this.resultOf(job)),
            bench.nowMs,
          );
        check(bench);
      });
    };
  }

  run(steps: readonly Step[]): this {
    const { bench } = this;
    for (const step of steps) {
      bench.wait(step.gapMs);
      if (step.price) bench.gateway.prices.set(step.price.model, step.price.factor);
      this.step = step;
      const { deadlineInMs, task, leavesMs } = step;
      const ref = bench.ask({
        ...task,
        deadlineMs: deadlineInMs === null ? null : bench.nowMs + deadlineInMs,
      });
      this.asked.push(ref);
      this.fates.set(bench.jobs.get(ref)!, step);
      if (leavesMs !== null)
        bench.time.at(bench.nowMs + leavesMs, () => {
          if (!bench.outcome.has(ref)) this.left.add(ref);
          bench.leave(ref);
          this.check(bench);
        });
      this.check(bench);
    }
    bench.wait(7 * 24 * HOUR_MS);
    return this;
  }

  private resultOf(job: Parameters<Bench['resultOf']>[0]) {
    const { leftOut, tokens: n, confidence } = this.fates.get(job.id) ?? this.step;
    return leftOut ? null : this.bench.resultOf(job, n, confidence);
  }
}

const nothing = () => {};
const stepsOf = fc.array(step, { minLength: 1, maxLength: 40 });

describe('whatever is asked', () => {
  it('every request ends once: answered, refused, or left by its caller', () => {
    fc.assert(
      fc.property(settings, stepsOf, (input, steps) => {
        const { bench, asked, left } = new Play(input, nothing).run(steps);
        for (const ref of asked) expect([ref, bench.outcome.has(ref) !== left.has(ref)]).toEqual([ref, true]);
        expect(bench.errors).toEqual([]);
        const { counts } = bench.gateway;
        expect(counts.requests).toBe(asked.length);
        const said = [...bench.outcome.values()];
        expect(counts.answered).toBe(said.filter((what) => MODELS.some((m) => m.name === what)).length);
      }),
      { numRuns: 100 },
    );
  });

  it('nothing is left behind: no job, call, timer, or reservation', () => {
    fc.assert(
      fc.property(settings, stepsOf, (input, steps) => {
        const { gateway, nowMs } = new Play(input, nothing).run(steps).bench;
        expect(gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
        expect(gateway.deferredNow).toBe(0);
        expect(gateway.budgets.inFlight).toBe(0);
        for (const state of [...gateway.budgets.states(nowMs), ...gateway.budgets.pastStates(nowMs)])
          expect([state.reservedUsd, state.inFlight]).toEqual([0, 0]);
      }),
      { numRuns: 100 },
    );
  });

  it('money is conserved to the last pico-dollar', () => {
    fc.assert(
      fc.property(settings, stepsOf, (input, steps) => {
        const open: SettingsInput['budgets'] = [
          { name: 'all', scope: { kind: 'global' }, window: 'month', limitUsd: 1e6 },
          ...(input.budgets ?? []),
        ];
        const { bench } = new Play({ ...input, budgets: open }, nothing).run(steps);
        const { ledger, budgets: held } = bench.gateway;
        const paid = sum(bench.paidPico);
        expect(ledger.total.cost.toPicoText()).toBe(paid);
        for (const dimension of DIMENSIONS)
          expect(sum(ledger.rows(dimension).map((row) => Number(row.cost.toPicoText())))).toBe(paid);
        // The month may have turned in the week that follows; what was spent belongs to the one in which it began.
        const windows = [...held.states(bench.nowMs), ...held.pastStates(bench.nowMs)];
        const usd = windows.filter((b) => b.name === 'all').reduce((total, b) => total + b.spentUsd, 0);
        expect(usd).toBeCloseTo(ledger.total.costUsd, 9);
        expect(held.beyondReserved).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('no reserved budget is ever exceeded, by what is spent and held together', () => {
    let refused = 0;
    const check = ({ gateway, nowMs }: Bench): void => {
      for (const state of [...gateway.budgets.states(nowMs), ...gateway.budgets.pastStates(nowMs)]) {
        expect(state.spentUsd + state.reservedUsd).toBeLessThanOrEqual(state.limitUsd + 1e-9);
        expect(state.overshootUsd).toBe(0);
        expect(state.reservedUsd).toBeGreaterThanOrEqual(0);
      }
    };
    fc.assert(
      fc.property(settings, stepsOf, (input, steps) => {
        const { bench } = new Play(input, check).run(steps);
        refused += bench.gateway.counts.refusedBudget;
      }),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(30);
  });

  it('deferred work meets its deadline if its model takes no longer than is typical', () => {
    fc.assert(
      fc.property(settings, stepsOf, (input, steps) => {
        // Windows of an hour would hold work that nobody promised to start.
        const batching = { ...input.batching, windowMs: 100 };
        const swift = steps.map((s): Step => ({
          ...s,
          latencyMs: 300,
          fate: 'ends',
          leftOut: false,
          leavesMs: null,
        }));
        const { bench } = new Play({ ...input, route: 'fixed', batching }, nothing).run(swift);
        for (const { job, atMs } of bench.ended)
          if (bench.waits.some((w) => w.ref === job.ref && w.why === 'off-peak') && job.answer >= 0)
            expect(atMs).toBeLessThanOrEqual(job.task.deadlineMs ?? Infinity);
      }),
      { numRuns: 100 },
    );
  });
});
