import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budgets, type BudgetMode, type Spender } from './budget.ts';

const START = Date.UTC(2026, 10, 23);
const HOUR = 3_600_000;

/** Limits of a few dollars and calls of up to one, so that windows fill and calls are refused. */
const settings: ConstructorParameters<typeof Budgets>[0] = [
  { name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 3 },
  { name: 'week', scope: { kind: 'global' }, window: 'week', limitUsd: 5, keepForCritical: 0.2 },
  { name: 'a', scope: { kind: 'tenant', of: 'a' }, window: 'day', limitUsd: 1, timeZone: 'Asia/Kolkata' },
  { name: 'b', scope: { kind: 'tenant', of: 'b' }, window: 'month', limitUsd: 1.5 },
  { name: 'chat', scope: { kind: 'agentType', of: 'chat' }, window: 'day', limitUsd: 1.500_001 },
  { name: 'big', scope: { kind: 'model', of: 'big' }, window: 'week', limitUsd: 2, keepForCritical: 1 },
];

const spender: fc.Arbitrary<Spender> = fc.record({
  tenant: fc.constantFrom('a', 'b', 'c'),
  agentType: fc.constantFrom('chat', 'code'),
  model: fc.constantFrom('big', 'small'),
  critical: fc.boolean(),
});
const step = fc.record({
  what: fc.constantFrom('reserve', 'reserve', 'reserve', 'settle', 'settle', 'release'),
  spender,
  /** What is held, in pico-dollars. */
  worst: fc.integer({ min: 0, max: 1_000_000_000_000 }),
  /** Of it, what the call costs. */
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  /** Which of the calls in flight ends. */
  which: fc.nat(),
  waitMs: fc.oneof(
    { weight: 15, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -HOUR, max: 30 * HOUR }) },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
interface Call {
  id: number;
  spender: Spender;
  worst: number;
}

/** Runs steps on budgets; `spent` gets every settled amount and whose it is. */
function run(
  mode: BudgetMode,
  steps: readonly Step[],
  afterEach: (budgets: Budgets, nowMs: number) => void = () => {},
): { budgets: Budgets; spent: { spender: Spender; actual: number }[]; nowMs: number } {
  const budgets = new Budgets(settings, { mode }, START);
  const flying: Call[] = [];
  const spent: { spender: Spender; actual: number }[] = [];
  let nowMs = START;
  const end = (call: Call, what: string, share: number): void => {
    if (what === 'release') return budgets.release(call.id, nowMs);
    const actual = Math.floor(call.worst * share);
    budgets.settle(call.id, actual, nowMs);
    spent.push({ spender: call.spender, actual });
  };
  for (const { what, spender, worst, share, which, waitMs } of steps) {
    nowMs += waitMs;
    if (what === 'reserve') {
      const reservation = budgets.reserve(spender, worst, nowMs);
      if (reservation.ok) flying.push({ id: reservation.id, spender, worst });
    } else if (flying.length > 0) {
      const [call] = flying.splice(which % flying.length, 1);
      end(call!, what, share);
    }
    afterEach(budgets, nowMs);
  }
  for (const call of flying) end(call, 'settle', 1);
  return { budgets, spent, nowMs };
}

const steps = fc.array(step, { minLength: 100, maxLength: 200 });
const all = (budgets: Budgets, nowMs: number) => [...budgets.pastStates(nowMs), ...budgets.states(nowMs)];

describe('any interleaving of calls', () => {
  it('never holds and spends more than the limit, in any window of any budget', () => {
    const refusedBy = new Set<string>();
    fc.assert(
      fc.property(steps, (list) => {
        const { budgets, nowMs } = run('reserve', list, (running, now) => {
          for (const state of running.states(now)) expect(state.remainingUsd).toBeGreaterThanOrEqual(0);
        });
        for (const state of all(budgets, nowMs)) {
          expect(state.remainingUsd).toBeGreaterThanOrEqual(0);
          expect(state.overshootUsd).toBe(0);
          if (state.refused > 0) refusedBy.add(state.name);
        }
        expect(budgets.beyondReserved).toBe(0);
      }),
    );
    expect(refusedBy.size).toBe(settings.length); // each limit was put to the test
  });

  it.each<BudgetMode>(['reserve', 'check'])('leaks nothing and loses nothing (%s)', (mode) => {
    fc.assert(
      fc.property(steps, (list) => {
        const { budgets, spent, nowMs } = run(mode, list);
        const states = all(budgets, nowMs);
        expect(budgets.inFlight).toBe(0);
        for (const { name, scope } of settings) {
          const own = states.filter((state) => state.name === name);
          expect(own.every(({ reservedUsd, inFlight }) => reservedUsd === 0 && inFlight === 0)).toBe(true);
          const exact = spent
            .filter(({ spender }) => scope.kind === 'global' || spender[scope.kind] === scope.of)
            .reduce((sum, { actual }) => sum + actual, 0);
          const booked = own.reduce((sum, { spentUsd }) => sum + Math.round(spentUsd * 1e12), 0);
          expect(booked).toBe(exact);
        }
      }),
    );
  });

  it('by checking only, overshoots at most by the calls in flight at the crossing, each at the largest cost', () => {
    let overshot = 0;
    fc.assert(
      fc.property(steps, (list) => {
        const { budgets, nowMs } = run('check', list);
        for (const { overshootUsd, spentUsd, limitUsd, inFlightAtCrossing } of all(budgets, nowMs)) {
          expect(overshootUsd).toBeCloseTo(Math.max(0, spentUsd - limitUsd), 9);
          expect(overshootUsd).toBeLessThanOrEqual((inFlightAtCrossing ?? 0) * 1);
          if (overshootUsd > 0) overshot++;
        }
      }),
    );
    expect(overshot).toBeGreaterThan(0);
  });

  it('sends each alert once for a threshold and window, and only when it was reached', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom<BudgetMode>('reserve', 'check'), (list, mode) => {
        const { budgets, nowMs } = run(mode, list);
        const states = all(budgets, nowMs);
        const alerts = budgets.takeAlerts();
        const keys = alerts.map(
          ({ budget, threshold, windowStartMs }) => `${budget} ${threshold} ${windowStartMs}`,
        );
        expect(new Set(keys).size).toBe(keys.length);
        const due = states.flatMap(({ name, share, startMs }) =>
          [0.5, 0.8, 0.9, 1]
            .filter((threshold) => share >= threshold)
            .map((threshold) => `${name} ${threshold} ${startMs}`),
        );
        expect(keys.sort()).toEqual(due.sort());
      }),
    );
  });
});
