import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { InputError } from '../core/errors.ts';
import type { Usage } from '../cost/task.ts';
import { HOUR_MS, MODELS, NOON, taskOf, type SettingsInput } from '../gateway/bench.fixture.ts';
import type { Result } from '../gateway/port.ts';
import { gatewaySchema } from '../gateway/settings.ts';
import {
  LiveGateway,
  type LiveAnswer,
  type LiveGatewayOptions,
  type ProviderCall,
} from './gateway-driver.ts';
import { advance, settled } from './testing/virtual-clock.ts';

const resultOf = (more: Partial<Usage> = {}, confidence = 1): Result => ({
  usage: { inputTokens: 1000, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 500, ...more },
  confidence,
});
/** Answers at once, with 500 tokens to each task. */
const answersAtOnce = ({ tasks }: ProviderCall) => Promise.resolve(tasks.map(() => resultOf()));
const dayBudget = (limitUsd: number) => [
  { name: 'day', scope: { kind: 'global' as const }, window: 'day' as const, limitUsd },
];

function world(settings: SettingsInput = {}, options: Partial<LiveGatewayOptions> = {}) {
  const time = new VirtualTime(NOON);
  const delays: number[] = [];
  const pending = new Set<object>();
  const live = new LiveGateway({
    settings: v.parse(gatewaySchema, { model: 'large', ...settings }),
    models: MODELS,
    provider: answersAtOnce,
    clock: { nowMs: () => time.nowMs },
    timers: {
      set(delayMs, run) {
        delays.push(delayMs);
        const alarm = time.at(time.nowMs + delayMs, () => {
          pending.delete(alarm);
          run();
        });
        pending.add(alarm);
        return () => {
          alarm.cancelled = true;
          pending.delete(alarm);
        };
      },
    },
    u: () => 0,
    ...options,
  });
  return { live, time, delays, pending };
}

const quiet = { tokens: 'left', then: 'nothing' };
const heard = (promise: Promise<LiveAnswer>) =>
  promise.catch((error: unknown) => ({ kind: 'rejected' as const, error }));

afterEach(() => vi.restoreAllMocks());

describe('the live gateway', () => {
  it('answers with what it cost, and who answered', async () => {
    const { live } = world();
    expect(await live.ask(taskOf())).toEqual({
      kind: 'answered',
      model: 'large',
      costPico: 45_000_000_000,
      calls: [{ model: 'large', usage: resultOf().usage, costPico: 45_000_000_000 }],
      escalated: false,
      batchOf: 1,
      warning: null,
      rule: null,
      waitedMs: 0,
    });
    expect(live.gateway.ledger.total.costUsd).toBe(0.045);
    expect(live.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
  });

  it('tells the provider what it may use', async () => {
    const seen: ProviderCall[] = [];
    const rules = [{ name: 'short', when: 'true', then: { maxOutputTokens: 70 } }];
    const { live } = world(
      { rulesOn: true, rules },
      {
        provider: (call) => {
          seen.push(call);
          return answersAtOnce(call);
        },
        models: MODELS.map((m) => ({ ...m, promptCacheMinTokens: 10 })),
      },
    );
    const task = taskOf({ prefixTokens: 400 });
    await live.ask(task);
    expect(await live.ask(task)).toMatchObject({ rule: 'short' });
    expect(seen).toEqual([
      { model: 'large', tasks: [task], maxOutputTokens: [70], cachedTokens: [0], cacheWriteTokens: [400] },
      { model: 'large', tasks: [task], maxOutputTokens: [70], cachedTokens: [400], cacheWriteTokens: [0] },
    ]);
  });

  it('sends five at once in a batch, and says how long each waited', async () => {
    const { live, time, delays, pending } = world({ batching: { on: true } });
    const answers = [];
    for (let i = 0; i < 5; i++) {
      time.advanceTo(NOON + 10 * i);
      answers.push(live.ask(taskOf()));
    }
    const all = await Promise.all(answers);
    expect(all.map((a) => a.kind === 'answered' && [a.batchOf, a.waitedMs, a.costPico])).toEqual(
      [40, 30, 20, 10, 0].map((ms) => [5, ms, 33_750_000_000]),
    );
    expect(delays).toEqual([100]);
    await advance(time, NOON + 1000);
    expect(pending.size).toBe(0);
    expect(live.gateway.underWay.timers).toBe(0);
  });

  it('says that a task waits', async () => {
    const onHeld = vi.fn();
    const { live, time } = world({ batching: { on: true } }, { onHeld });
    const task = taskOf();
    const answer = live.ask(task);
    expect(onHeld).toHaveBeenCalledExactlyOnceWith(task, 'batch', NOON + 100);
    await advance(time, NOON + 100);
    expect(await answer).toMatchObject({ batchOf: 1, waitedMs: 100, costPico: 45_000_000_000 });
  });

  it('asks again for what a batch left out', async () => {
    let calls = 0;
    const { live } = world(
      { batching: { on: true, size: 2 } },
      {
        provider: ({ tasks }) =>
          Promise.resolve(tasks.map((_, i) => (++calls === 2 && i === 1 ? null : resultOf()))),
      },
    );
    const [first, second] = await Promise.all([live.ask(taskOf()), live.ask(taskOf())]);
    expect([first, second]).toMatchObject([{ batchOf: 2 }, { batchOf: 1 }]);
    expect(live.gateway.counts.missing).toBe(1);
  });

  it('takes a short list of results for one that leaves out the rest', async () => {
    const { live } = world(
      { batching: { on: true, size: 2 } },
      { provider: () => Promise.resolve([resultOf()]) },
    );
    expect(await Promise.all([live.ask(taskOf()), live.ask(taskOf())])).toMatchObject([
      { batchOf: 2 },
      { batchOf: 1 },
    ]);
  });

  it('shows both calls of a cascade', async () => {
    const { live } = world(
      { route: 'cascade', cascade: { small: 'small', big: 'large' } },
      { provider: () => Promise.resolve([resultOf({}, 0.1)]) },
    );
    const answer = await live.ask(taskOf());
    expect(answer).toMatchObject({ model: 'large', escalated: true, costPico: 46_500_000_000 });
    expect(answer.kind === 'answered' && answer.calls.map((c) => [c.model, c.costPico])).toEqual([
      ['small', 1_500_000_000],
      ['large', 45_000_000_000],
    ]);
  });

  it('refuses as the gateway does, and says why', async () => {
    const { live } = world({ budgets: dayBudget(0.01) });
    expect(await live.ask(taskOf())).toEqual({
      kind: 'refused',
      why: 'budget',
      warning: 'Budget "day" had no room for large.',
    });
  });

  it('defers to the night of its time zone', async () => {
    const onHeld = vi.fn();
    const { live, time } = world({ offPeak: { on: true }, timeZone: 'Asia/Tokyo' }, { onHeld });
    // 21:00 in Tokyo.
    const answer = live.ask(taskOf({ deferrable: true }));
    expect(onHeld.mock.calls[0]!.slice(1)).toEqual(['off-peak', NOON + HOUR_MS]);
    await advance(time, NOON + HOUR_MS);
    expect(await answer).toMatchObject({ costPico: 31_500_000_000, waitedMs: HOUR_MS });
  });

  it('sleeps in pieces where the time is too far for a timer, and again after one that came early', async () => {
    const time = new VirtualTime(NOON);
    const alarms: { delayMs: number; run: () => void }[] = [];
    const { live } = world(
      { batching: { on: true } },
      {
        clock: { nowMs: () => time.nowMs },
        timers: {
          set: (delayMs, run) => {
            alarms.push({ delayMs, run });
            return () => {};
          },
        },
      },
    );
    void live.ask(taskOf());
    live['setTimer'](99, NOON + 30 * 24 * HOUR_MS);
    expect(alarms.map((a) => a.delayMs)).toEqual([100, 2_147_483_647]);
    time.nowMs = NOON + 98.5;
    alarms[0]!.run();
    expect(live.gateway.counts.calls).toBe(0);
    expect(alarms[2]!.delayMs).toBe(2);
    time.nowMs = NOON + 100.5;
    alarms[2]!.run();
    expect(live.gateway.counts.calls).toBe(1);
    await settled();
  });
});

describe('a provider that fails', () => {
  it.each([
    ['rejects', () => Promise.reject(new Error('503'))],
    [
      'throws',
      () => {
        throw new Error('no key');
      },
    ],
    ['answers with something else', () => Promise.resolve('a poem' as never)],
  ])('and %s costs nothing', async (_, provider) => {
    const { live } = world({ budgets: dayBudget(1), batching: { on: true, size: 2 } }, { provider });
    const answers = await Promise.all([live.ask(taskOf()), live.ask(taskOf())]);
    expect(answers).toEqual(Array(2).fill({ kind: 'refused', why: 'failed', warning: null }));
    expect(live.gateway.budgets.states(NOON)[0]).toMatchObject({ spentUsd: 0, reservedUsd: 0, inFlight: 0 });
    expect(live.gateway.underWay.calls).toBe(0);
  });

  it.each([
    ['reports more cached tokens than input', resultOf({ cachedTokens: 1001 })],
    ['reports less than nothing', resultOf({ outputTokens: -5 })],
    ['reports NaN', resultOf({ inputTokens: NaN })],
    ['reports no usage', { confidence: 1 } as never],
    ['reports a bill of a million', resultOf({ outputTokens: 1e12 })],
  ])('and %s is reported to the caller; the reservation is released', async (_, result) => {
    const { live } = world({ budgets: dayBudget(1) }, { provider: () => Promise.resolve([result]) });
    const outcome = await heard(live.ask(taskOf()));
    expect(outcome.kind).toBe('rejected');
    expect(live.gateway.budgets.inFlight).toBe(0);
    expect(live.gateway.budgets.states(NOON)[0]).toMatchObject({ spentUsd: 0, reservedUsd: 0 });
    expect(live.gateway.ledger.total.calls).toBe(0);
  });

  it('does not fail the others of a batch by one impossible usage', async () => {
    const { live } = world(
      { batching: { on: true, size: 2 } },
      { provider: () => Promise.resolve([resultOf({ outputTokens: -1 }), resultOf()]) },
    );
    const [bad, good] = await Promise.all([heard(live.ask(taskOf())), heard(live.ask(taskOf()))]);
    expect(bad).toMatchObject({ kind: 'rejected', error: expect.any(InputError) as unknown });
    expect(good).toMatchObject({ kind: 'answered' });
  });
});

describe('a task that cannot be', () => {
  it.each([
    [{ inputTokens: -1 }, 'task.inputTokens'],
    [{ minAccuracy: NaN }, 'task.minAccuracy'],
    [{ maxLatencyMs: -1 }, 'task.maxLatencyMs'],
    [{ budgetUsd: -1 }, 'task.budgetUsd'],
    [{ maxOutputTokens: 1.5 }, 'outputTokens'],
    [{ expectedOutputTokens: -1 }, 'outputTokens'],
  ])('%j is refused at the door', async (more, place) => {
    const { live } = world({ budgets: dayBudget(1) });
    const outcome = await heard(live.ask(taskOf(more)));
    expect(outcome).toMatchObject({ kind: 'rejected', error: { place } });
    expect(live.gateway.underWay.jobs).toBe(0);
    expect(live.gateway.budgets.inFlight).toBe(0);
  });

  it('is not asked of models that are none', () => {
    expect(() => world({ model: 'huge' })).toThrow(InputError);
  });
});

describe('a caller who aborts', () => {
  const abortable = () => new AbortController();

  it('before asking, asks nothing', async () => {
    const { live } = world();
    const outcome = await heard(live.ask(taskOf(), AbortSignal.abort('late')));
    expect(outcome).toEqual({ kind: 'rejected', error: 'late' });
    expect(live.gateway.counts.requests).toBe(0);
  });

  it('while it is held, takes its reservation back', async () => {
    const { live } = world({ batching: { on: true }, budgets: dayBudget(1) });
    const controller = abortable();
    const outcome = heard(live.ask(taskOf(), controller.signal));
    controller.abort(quiet);
    expect(await outcome).toEqual({ kind: 'rejected', error: quiet });
    expect(live.gateway.budgets.inFlight).toBe(0);
    expect(live.gateway.underWay.jobs).toBe(0);
  });

  it('while it is told that it is held, too', async () => {
    const controller = abortable();
    const { live } = world({ batching: { on: true } }, { onHeld: () => controller.abort(quiet) });
    expect(await heard(live.ask(taskOf(), controller.signal))).toEqual({ kind: 'rejected', error: quiet });
    expect(live.gateway.underWay.jobs).toBe(0);
  });

  it('while its call runs, leaves it to run, and to be paid', async () => {
    const { live, time } = world(
      { budgets: dayBudget(1) },
      { provider: () => new Promise((resolve) => time.at(NOON + 500, () => resolve([resultOf()]))) },
    );
    const controller = abortable();
    const outcome = heard(live.ask(taskOf(), controller.signal));
    controller.abort(quiet);
    expect((await outcome).kind).toBe('rejected');
    expect(live.gateway.budgets.inFlight).toBe(1);
    await advance(time, NOON + 500);
    expect(live.gateway.budgets.states(NOON)[0]).toMatchObject({ spentUsd: 0.045, reservedUsd: 0 });
    expect(live.gateway.underWay).toEqual({ jobs: 0, calls: 0, timers: 0 });
  });

  it('after the answer, changes nothing, and its signal is let go', async () => {
    const { live } = world();
    const controller = abortable();
    const add = vi.spyOn(controller.signal, 'addEventListener');
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    expect((await live.ask(taskOf(), controller.signal)).kind).toBe('answered');
    expect(remove.mock.calls.map((c) => c[1])).toContain(add.mock.calls[0]![1]);
    controller.abort();
    expect(live.gateway.counts.answered).toBe(1);
  });
});

describe('a gateway that closes', () => {
  const closed = { kind: 'refused', why: 'failed', warning: 'The gateway is closed.' };

  it('refuses what waits, cancels timers, and takes nothing more', async () => {
    const { live, time, pending } = world({
      batching: { on: true },
      offPeak: { on: true },
      budgets: dayBudget(1),
    });
    const answers = [live.ask(taskOf()), live.ask(taskOf({ deferrable: true }))];
    expect(pending.size).toBe(2);
    live.close();
    live.close();
    expect(await Promise.all(answers)).toEqual([closed, closed]);
    expect(pending.size).toBe(0);
    expect(await live.ask(taskOf())).toEqual(closed);
    await advance(time, NOON + 24 * HOUR_MS);
    expect(live.gateway.counts.calls).toBe(0);
    expect(live.gateway.budgets.inFlight).toBe(0);
    expect(live.gateway.underWay.jobs).toBe(0);
  });

  it('aborts what runs', async () => {
    const { live } = world(
      { budgets: dayBudget(1) },
      {
        provider: (_, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason as Error)),
          ),
      },
    );
    const answer = live.ask(taskOf());
    live.close();
    expect(await answer).toEqual({ kind: 'refused', why: 'failed', warning: null });
    expect(live.gateway.budgets.inFlight).toBe(0);
  });

  it('books what answers all the same, and asks no larger model for it', async () => {
    const { live, time } = world(
      { route: 'cascade', cascade: { small: 'small', big: 'large' }, budgets: dayBudget(1) },
      { provider: () => new Promise((resolve) => time.at(NOON + 500, () => resolve([resultOf({}, 0)]))) },
    );
    const answer = live.ask(taskOf());
    live.close();
    await advance(time, NOON + 500);
    expect(await answer).toMatchObject({
      model: 'small',
      costPico: 1_500_000_000,
      warning: 'The larger model did not answer.',
    });
    expect(live.gateway.budgets.inFlight).toBe(0);
  });
});
