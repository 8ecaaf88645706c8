import { describe, expect, it } from 'vitest';
import { MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import type { ModelProfile } from '../../engine/cost/prices.ts';
import { SteppedClock } from './live-cost-clock.ts';
import { race } from './live-cost-decision.ts';
import { NONE_PULLED } from './live-cost-pulls.ts';
import { CostSession, type CostConfig } from './live-cost-session.ts';
import { DEFAULT_BUDGETS, DEFAULT_RULES, DEFAULT_SWITCHES } from './live-cost-setup.ts';
import { SAMPLES, taskOf, type Conversation, type TaskForm } from './live-cost-task.ts';

/** A Monday, at noon. */
const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const [COMPLAINT, TICKET, CONTRACTS] = SAMPLES.map(({ form }) => form);

function start(changes: Partial<CostConfig> = {}) {
  const clock = new SteppedClock(() => NOON);
  const config: CostConfig = {
    models: MODULE_PROFILES,
    budgets: DEFAULT_BUDGETS,
    rules: DEFAULT_RULES,
    switches: DEFAULT_SWITCHES,
    pulled: NONE_PULLED,
    ...changes,
  };
  const session = new CostSession(clock, config, () => {});
  const { reserve, check } = session.sides;
  return {
    session,
    clock,
    config,
    reserve,
    check,
    budget: (name: string, side = reserve) =>
      side.live.gateway.budgets.states(clock.nowMs()).find((state) => state.name === name)!,
    /** Sends a task and lets it end. */
    async send(form: Partial<TaskForm> = {}, conversation: Conversation | null = null) {
      const { trace } = session.ask(taskOf({ ...COMPLAINT, ...form }, conversation, clock.nowMs()));
      await clock.step(MINUTE);
      return trace;
    },
  };
}

describe('one task', () => {
  it('is decided, reserved and settled on both gateways alike', async () => {
    const { session, clock, budget } = start();
    const { trace, done } = session.ask(taskOf(COMPLAINT, null, NOON));
    const { decision, held } = trace.passages.reserve;
    expect(decision).toMatchObject({ decidedBy: 'score', rule: null, refusedBy: null, warning: null });
    expect(decision.offers[0].name).toBe('gpt-3.5-turbo');
    // 1,284 tokens in and 660 out at $1.50 for a million.
    expect(decision.offers[0].worstPico).toBe((1284 + 660) * 1_500_000);
    expect(held[0]).toMatchObject({ name: 'everybody, day', reservedUsd: 0.002916, spentUsd: 0 });
    expect(trace.passages.check.held[0].reservedUsd).toBe(0);
    await clock.step(MINUTE);
    await done;
    const [a, b] = [trace.passages.reserve.answer, trace.passages.check.answer];
    expect(a).toMatchObject({ kind: 'answered', model: 'gpt-3.5-turbo', escalated: false });
    expect(a).toEqual(b);
    expect(budget('everybody, day')).toMatchObject({ reservedUsd: 0 });
    expect(budget('everybody, day').spentUsd).toBeGreaterThan(0.001);
  });

  it('says which rule fired, and what the gateway then did', async () => {
    const { send } = start();
    const { passages } = await send({ maxSeconds: '10' });
    expect(passages.reserve.decision).toMatchObject({
      decidedBy: 'rule',
      rule: { name: 'slow and tolerant' },
    });
    expect(passages.reserve.decision.reason).toBe('The rule “slow and tolerant” asks for gpt-4-turbo.');
    expect(passages.reserve.answer).toMatchObject({ model: 'gpt-4-turbo', rule: 'slow and tolerant' });
  });

  it('says why models are rejected, and warns when all are', async () => {
    const { send } = start({ rules: [] });
    const { passages } = await send({ ...CONTRACTS });
    const scored = race(passages.reserve.decision, {
      formula: 'normalised',
      weights: DEFAULT_SWITCHES.weights,
      baseline: 'gpt-4',
    });
    expect(scored.entrants.map(({ rejections }) => rejections.length)).toEqual([0, 1, 1]);
    expect(scored.entrants[1].rejections[0]).toContain('accuracy of 0.96 is below the 0.97');
    expect(passages.reserve.answer).toMatchObject({ model: 'gpt-4' });
    const none = await send({ minAccuracy: '0.99' });
    expect(none.passages.reserve.decision.warning).toContain('No model meets');
    expect(none.passages.reserve.answer).toMatchObject({ model: 'gpt-3.5-turbo' });
  });

  it('is scored anew with other weights, and nothing is sent', async () => {
    const { send, reserve } = start({ rules: [] });
    const { passages } = await send();
    const { asked } = reserve;
    const baseline = 'gpt-4';
    const weights = { cost: 0, quality: 1, speed: 0 };
    expect(race(passages.reserve.decision, { formula: 'normalised', weights, baseline }).chosen).toBe(
      'gpt-4',
    );
    const printed = race(passages.reserve.decision, {
      formula: 'printed',
      weights: DEFAULT_SWITCHES.weights,
      baseline,
    });
    expect(printed.chosen).toBe('gpt-3.5-turbo');
    expect(reserve.asked).toBe(asked);
  });

  it('waits for the night, and runs when the clock is put forward', async () => {
    const { session, clock, reserve } = start();
    const { trace } = session.ask(taskOf(TICKET, null, NOON));
    expect(trace.passages.reserve.waits).toMatchObject([{ why: 'off-peak' }]);
    expect(session.running).toBe(0);
    await clock.step(9 * HOUR);
    expect(trace.passages.reserve.answer).toBeNull();
    expect(reserve.deferred).toBe(1);
    await clock.step(15 * HOUR);
    expect(trace.passages.reserve.answer).toMatchObject({ kind: 'answered' });
    // It ran at its time, not when the step ended, and at the price of the night.
    const [{ startMs }] = reserve.paid;
    expect(new Date(startMs).getUTCHours() >= 22 || new Date(startMs).getUTCHours() < 6).toBe(true);
    expect(reserve.live.gateway.counts.late).toBe(0);
  });

  it('a provider that fails costs nothing, and gives the reservation back', async () => {
    const { session, send, budget } = start();
    session.providerFails = true;
    const { passages } = await send();
    expect(passages.reserve.answer).toMatchObject({ kind: 'refused', why: 'failed' });
    expect(budget('everybody, day')).toMatchObject({ spentUsd: 0, reservedUsd: 0 });
  });
});

describe('a conversation', () => {
  const profile = (name: string, accuracy: number, input: number, read: number): ModelProfile => ({
    name,
    accuracy,
    quality: 0.9,
    meanMs: 1000,
    prices: [
      { from: null, inputUsdPerM: input, outputUsdPerM: 5, cacheReadUsdPerM: read, cacheWriteUsdPerM: null },
    ],
  });
  const switches = { ...DEFAULT_SWITCHES, weights: { cost: 1, quality: 0, speed: 0 } };
  const models = [profile('good', 0.95, 2, 0.2), profile('cheap', 0.9, 1.5, 1.5)];

  it('stays with its warm model, and says what leaving would cost', async () => {
    const { send } = start({ models, switches, rules: [] });
    // Only the dearer model may take the first turn; either may take the second.
    await send({ minAccuracy: '0.93' }, { session: 1, tokens: 8000 });
    const { passages } = await send({ minAccuracy: '0.5' }, { session: 1, tokens: 8500 });
    expect(passages.reserve.decision.offers[0].name).toBe('good');
    expect(passages.reserve.decision.warmth).toEqual({
      model: 'good',
      cachedTokens: 8084,
      byListPrices: 'cheap',
      other: 'cheap',
      // 8,584 tokens at $1.50, against 8,084 at $0.20 and 500 at $2.
      leavingPico: 8584 * 1_500_000 - 8084 * 200_000 - 500 * 2_000_000,
      discounted: true,
    });
    expect(passages.reserve.answer).toMatchObject({ calls: [{ usage: { cachedTokens: 8084 } }] });
  });

  it('leaves it when warm caches are not counted, and says what that costs', async () => {
    const { send } = start({ models, switches: { ...switches, cacheAware: false }, rules: [] });
    await send({ minAccuracy: '0.93' }, { session: 1, tokens: 8000 });
    const { passages } = await send({ minAccuracy: '0.5' }, { session: 1, tokens: 8500 });
    expect(passages.reserve.decision.offers[0].name).toBe('cheap');
    expect(passages.reserve.decision.warmth).toMatchObject({ model: 'good', other: 'cheap' });
    expect(passages.reserve.decision.warmth!.leavingPico).toBeGreaterThan(0);
  });

  it('has nothing to stay for in its first turn', async () => {
    const { send } = start({ models, switches, rules: [] });
    const { passages } = await send({}, { session: 1, tokens: 0 });
    expect(passages.reserve.decision.warmth).toBeNull();
  });
});

describe('many at once', () => {
  it('check overspends, reserve does not', async () => {
    const { session, clock, budget, check } = start();
    const burst = session.burst(taskOf(COMPLAINT, null, NOON), 200, () => {});
    await clock.step(MINUTE);
    const { sides, size } = await burst;
    expect(size).toBe(200);
    expect(sides.check).toMatchObject({ answered: 200, refused: 0, budget: 'acme, day' });
    expect(sides.check.overspentUsd).toBeGreaterThan(0.1);
    expect(sides.reserve).toMatchObject({ overspentUsd: 0, budget: null });
    expect(sides.reserve.answered + sides.reserve.refused).toBe(200);
    expect(sides.reserve.refused).toBeGreaterThan(0);
    expect(budget('acme, day').spentUsd).toBeLessThanOrEqual(0.25);
    expect(sides.check.overspentUsd).toBeCloseTo(budget('acme, day', check).spentUsd - 0.25, 9);
  });

  it('an hour of mixed work happens at its times', async () => {
    const { session, clock, reserve } = start();
    const shares: number[] = [];
    await session.hour(
      () => {},
      (share) => shares.push(share),
    );
    expect(clock.nowMs()).toBe(NOON + HOUR);
    expect(reserve.asked).toBe(120);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const at = reserve.paid.map(({ startMs }) => startMs - NOON);
    expect(Math.min(...at)).toBeLessThan(HOUR / 4);
    expect(Math.max(...at)).toBeGreaterThan(HOUR / 2);
    // Each threshold of each window once.
    const names = reserve.alerts.map(
      ({ budget, threshold, windowStartMs }) => `${budget} ${threshold} ${windowStartMs}`,
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(0);
  });
});

describe('changes', () => {
  it('a limit holds at once, and keeps what is under way', async () => {
    const { session, config, clock, budget } = start();
    const { done, trace } = session.ask(taskOf(COMPLAINT, null, NOON));
    session.configure({
      ...config,
      budgets: DEFAULT_BUDGETS.map((one) => (one.name === 'acme, day' ? { ...one, limitUsd: 0.001 } : one)),
    });
    const next = session.ask(taskOf(COMPLAINT, null, NOON));
    await clock.step(MINUTE);
    await done;
    expect(trace.passages.reserve.answer).toMatchObject({ kind: 'answered' });
    expect(next.trace.passages.reserve.answer).toMatchObject({ kind: 'refused', why: 'budget' });
    expect(budget('acme, day').limitUsd).toBe(0.001);
  });

  it('other budgets take over what was spent, and tell no alert twice', async () => {
    const { session, config, send, budget, reserve } = start();
    await send();
    const spent = budget('everybody, day').spentUsd;
    const total = reserve.live.gateway.ledger.total.cost.toPicoText();
    const budgets = [
      ...DEFAULT_BUDGETS,
      { ...DEFAULT_BUDGETS[2], name: 'acme, week', window: 'week' as const },
    ];
    session.configure({ ...config, budgets });
    expect(budget('everybody, day').spentUsd).toBe(spent);
    expect(budget('acme, week').spentUsd).toBe(spent);
    expect(reserve.live.gateway.ledger.total.cost.toPicoText()).toBe(total);
  });

  it('other budgets have to wait for what is under way', () => {
    const { session, config, budget } = start();
    session.ask(taskOf(COMPLAINT, null, NOON));
    expect(() => session.configure({ ...config, budgets: [] })).toThrow(
      'expected no request under way, got 1',
    );
    expect(budget('acme, day').reservedUsd).toBeGreaterThan(0);
    session.close();
  });

  it('a price holds from the next task on', async () => {
    const { session, config, send } = start();
    const before = await send();
    const models = MODULE_PROFILES.map((model) =>
      model.name === 'gpt-3.5-turbo'
        ? { ...model, prices: [{ ...model.prices[0], inputUsdPerM: 3, outputUsdPerM: 3 }] }
        : model,
    );
    session.configure({ ...config, models });
    const after = await send();
    expect(after.passages.reserve.decision.candidates[2].costPico).toBe(
      2 * before.passages.reserve.decision.candidates[2].costPico,
    );
  });

  it('a pulled control changes what the gateway does, and a released one gives it back', async () => {
    const { session, config, send } = start();
    session.configure({ ...config, pulled: new Set(['stop-low', 'cap-output']) });
    const low = await send({ criticality: 'low' });
    expect(low.passages.reserve.answer).toMatchObject({ kind: 'refused', why: 'rule' });
    expect(low.passages.reserve.decision.rule).toMatchObject({ name: 'emergency: stop-low' });
    const capped = await send();
    expect(capped.passages.reserve.decision.maxOutputTokens).toBe(150);
    session.configure(config);
    const free = await send({ criticality: 'low' });
    expect(free.passages.reserve.answer).toMatchObject({ kind: 'answered' });
    expect(free.passages.reserve.decision.maxOutputTokens).toBe(660);
  });

  it('with windows the budgets begin anew', async () => {
    const { send, clock, budget } = start();
    await send();
    await clock.step(24 * HOUR);
    expect(budget('everybody, day').spentUsd).toBe(0);
    expect(budget('everybody, month').spentUsd).toBeGreaterThan(0);
  });
});
