import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { Budgets, moduleRemaining, type BudgetMode, type Spender } from './budget.ts';

const DAY = 86_400_000;
/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 10, 23);
const $ = (usd: number): number => Math.round(usd * 1e12);
const somebody: Spender = { tenant: 'acme', agentType: 'support', model: 'gpt-4', critical: false };

type Settings = ConstructorParameters<typeof Budgets>[0][number];
const daily: Settings = { name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 10 };
const budgets = (settings: Settings[] = [daily], mode: BudgetMode = 'reserve'): Budgets =>
  new Budgets(settings, { mode }, START);
const reserve = (of: Budgets, usd: number, spender = somebody, nowMs = START): number => {
  const reservation = of.reserve(spender, $(usd), nowMs);
  if (!reservation.ok) throw new Error(`refused by ${reservation.budget}`);
  return reservation.id;
};

describe('reserve, then settle', () => {
  it('worked by hand: $4 held and settled for $1, $7 held, $3 refused, $2 let in', () => {
    const of = budgets();
    const first = reserve(of, 4);
    expect(of.states(START)[0]).toMatchObject({ spentUsd: 0, reservedUsd: 4, remainingUsd: 6, inFlight: 1 });
    of.settle(first, $(1), START);
    reserve(of, 7);
    expect(of.reserve(somebody, $(3), START + 5)).toEqual({
      ok: false,
      budget: 'day',
      missingUsd: 1,
      resetsAtMs: START + DAY,
    });
    reserve(of, 2);
    expect(of.states(START)).toEqual([
      {
        name: 'day',
        scope: { kind: 'global' },
        window: 'day',
        startMs: START,
        endMs: START + DAY,
        limitUsd: 10,
        spentUsd: 1,
        reservedUsd: 9,
        remainingUsd: 0,
        remainingShare: 0,
        share: 0.1,
        overshootUsd: 0,
        inFlight: 2,
        inFlightAtCrossing: null,
        refused: 1,
      },
    ]);
  });

  it('lets in what fits exactly, and not a pico-dollar more', () => {
    const of = budgets();
    expect(of.reserve(somebody, $(10) + 1, START).ok).toBe(false);
    reserve(of, 10);
    expect(of.reserve(somebody, 1, START).ok).toBe(false);
    expect(of.reserve(somebody, 0, START).ok).toBe(true);
  });

  it('gives back what a failed call held', () => {
    const of = budgets();
    of.release(reserve(of, 10), START);
    expect(of.states(START)[0]).toMatchObject({ spentUsd: 0, reservedUsd: 0, inFlight: 0 });
    expect(of.inFlight).toBe(0);
    reserve(of, 10);
  });

  it('books what the provider charged beyond what was held, and counts it', () => {
    const of = budgets();
    of.settle(reserve(of, 4), $(11), START);
    expect(of.beyondReserved).toBe(1);
    expect(of.states(START)[0]).toMatchObject({
      spentUsd: 11,
      reservedUsd: 0,
      overshootUsd: 1,
      share: 1.1,
      remainingUsd: -1,
    });
  });

  it('keeps a share for critical requests', () => {
    const of = budgets([{ ...daily, keepForCritical: 0.2 }]);
    reserve(of, 8);
    expect(of.reserve(somebody, 1, START).ok).toBe(false);
    const critical = { ...somebody, critical: true };
    reserve(of, 2, critical);
    expect(of.reserve(critical, 1, START).ok).toBe(false);
    expect(budgets([{ ...daily, keepForCritical: 1 }]).reserve(somebody, 1, START).ok).toBe(false);
  });
});

describe('several budgets at once', () => {
  const settings: Settings[] = [
    { ...daily, name: 'everybody', limitUsd: 100 },
    { ...daily, name: 'everybody, month', window: 'month', limitUsd: 500 },
    { ...daily, name: 'acme', scope: { kind: 'tenant', of: 'acme' }, limitUsd: 10 },
    { ...daily, name: 'support', scope: { kind: 'agentType', of: 'support' }, limitUsd: 20 },
    { ...daily, name: 'gpt-4', scope: { kind: 'model', of: 'gpt-4' }, limitUsd: 5 },
  ];
  const held = (of: Budgets): number[] => of.states(START).map(({ reservedUsd }) => reservedUsd);

  it('book a call in all that count it, and in no others', () => {
    const of = budgets(settings);
    reserve(of, 1);
    reserve(of, 2, { ...somebody, model: 'small' });
    reserve(of, 4, { ...somebody, tenant: 'support', agentType: 'acme', model: 'unknown' });
    expect(held(of)).toEqual([7, 7, 3, 3, 1]);
  });

  it('book a call in none when one has no room', () => {
    const of = budgets(settings);
    expect(of.reserve(somebody, $(6), START)).toMatchObject({ ok: false, budget: 'gpt-4', missingUsd: 1 });
    expect(held(of)).toEqual([0, 0, 0, 0, 0]);
    expect(of.states(START).map(({ refused }) => refused)).toEqual([0, 0, 0, 0, 1]);
  });

  it('name the one that starts anew last, when several have no room', () => {
    const of = budgets([daily, { ...daily, name: 'week', window: 'week', limitUsd: 11 }]);
    reserve(of, 10);
    expect(of.reserve(somebody, $(4), START)).toEqual({
      ok: false,
      budget: 'week',
      missingUsd: 3,
      resetsAtMs: START + 7 * DAY,
    });
    expect(of.states(START).map(({ refused }) => refused)).toEqual([1, 1]);
  });

  it('say that waiting is of no use for a call above the limit', () => {
    expect(budgets(settings).reserve(somebody, $(6), START)).toMatchObject({
      budget: 'gpt-4',
      resetsAtMs: Infinity,
    });
  });

  it('hold for a fallback too: the other model is asked for room under its own name', () => {
    const of = budgets(settings);
    const free = { ...somebody, model: 'free' };
    const primary = reserve(of, 0, free);
    reserve(of, 5); // somebody else takes all that gpt-4 has
    of.release(primary, START);
    expect(of.reserve({ ...free, model: 'gpt-4' }, $(1), START)).toMatchObject({
      ok: false,
      budget: 'gpt-4',
    });
  });

  it('count nobody that no budget names', () => {
    const of = budgets([settings[2]!]);
    const other = { ...somebody, tenant: 'other' };
    const id = reserve(of, 9000, other);
    of.settle(id, $(9000), START);
    expect(of.states(START)[0]).toMatchObject({ spentUsd: 0, reservedUsd: 0 });
    expect(of.tightestShare(other, START)).toBe(0);
  });

  it('know the tightest share of a spender', () => {
    const of = budgets(settings);
    of.settle(reserve(of, 4), $(4), START);
    expect(of.tightestShare(somebody, START)).toBe(0.8);
    expect(of.tightestShare({ ...somebody, model: 'small' }, START)).toBe(0.4);
    expect(of.tightestShare({ ...somebody, tenant: 'b', agentType: 'b', model: 'b' }, START)).toBe(0.04);
    expect(of.tightestShare(somebody, START + DAY)).toBe(4 / 500);
  });

  it('book what is spent whether or not there is room', () => {
    const of = budgets(settings);
    of.spendUnreserved({ ...somebody, model: 'pool' }, $(12), START);
    expect(of.states(START).map(({ spentUsd }) => spentUsd)).toEqual([12, 12, 12, 12, 0]);
    expect(of.states(START)[2]).toMatchObject({ overshootUsd: 2 });
  });
});

describe('check, then spend (the usual way)', () => {
  it('overspends by what is in flight when the limit is reached', () => {
    // The truth file's example: 200 calls at a time at $0.03 each overshoot by at most $6.
    const of = budgets([daily], 'check');
    const ids = Array.from({ length: 533 }, () => reserve(of, 0.03));
    for (const id of ids.slice(0, 333)) of.settle(id, $(0.03), START);
    expect(of.states(START)[0]).toMatchObject({
      spentUsd: 9.99,
      reservedUsd: 0,
      inFlight: 200,
      inFlightAtCrossing: null,
    });
    for (const id of ids.slice(333)) of.settle(id, $(0.03), START);
    const state = of.states(START)[0]!;
    expect(state).toMatchObject({
      spentUsd: 15.99,
      overshootUsd: 5.99,
      inFlight: 0,
      inFlightAtCrossing: 200,
    });
    expect(state.overshootUsd).toBeLessThanOrEqual(state.inFlightAtCrossing! * 0.03);
    expect(of.reserve(somebody, 0, START)).toMatchObject({
      ok: false,
      missingUsd: 5.99,
      resetsAtMs: START + DAY,
    });
    expect(of.beyondReserved).toBe(0);
  });

  it('reserving lets in no more of the same calls than fit', () => {
    const of = budgets();
    let refused = 0;
    for (let i = 0; i < 533; i++) if (!of.reserve(somebody, $(0.03), START).ok) refused++;
    expect(refused).toBe(200);
    expect(of.states(START)[0]!.reservedUsd).toBe(9.99);
  });

  it('keeps a share for critical requests', () => {
    const of = budgets([{ ...daily, keepForCritical: 0.2 }], 'check');
    of.spendUnreserved(somebody, $(8), START);
    expect(of.reserve(somebody, 0, START).ok).toBe(false);
    expect(of.reserve({ ...somebody, critical: true }, 0, START).ok).toBe(true);
  });

  it('may be switched during a run: each call ends as it was let in', () => {
    const of = budgets([daily], 'check');
    const checked = reserve(of, 9);
    of.mode = 'reserve';
    const held = reserve(of, 8);
    expect(of.states(START)[0]).toMatchObject({ reservedUsd: 8, inFlight: 2 });
    of.mode = 'check';
    of.settle(held, $(7), START);
    of.settle(checked, $(2), START);
    expect(of.states(START)[0]).toMatchObject({ spentUsd: 9, reservedUsd: 0, inFlight: 0 });
  });
});

describe('the remaining budget of the module', () => {
  it('takes a percentage for a share: a hundred times too much', () => {
    expect(moduleRemaining(100, 20)).toEqual({ remainingPercent: 80, remainingUsd: 8000 });
    const of = budgets([{ ...daily, limitUsd: 100 }]);
    of.spendUnreserved(somebody, $(20), START);
    expect(of.states(START)[0]).toMatchObject({ remainingUsd: 80, remainingShare: 0.8 });
  });
});

describe('bad input', () => {
  it('settling or releasing twice, also when another call has the slot', () => {
    const of = budgets();
    const id = reserve(of, 1);
    of.settle(id, $(1), START);
    expect(() => of.settle(id, $(1), START)).toThrow(/id: expected an open reservation/);
    const other = reserve(of, 1);
    expect(other).not.toBe(id);
    expect(() => of.release(id, START)).toThrow(InputError);
    of.release(other, START);
    expect(() => of.release(other, START)).toThrow(InputError);
    expect(of.states(START)[0]).toMatchObject({ spentUsd: 1, reservedUsd: 0, inFlight: 0 });
  });

  it.each([-1, 0, 7, 1e9, 0.5, NaN, Infinity, 2 ** 52])('an id never given: %s', (id) => {
    expect(() => budgets().settle(id, 0, START)).toThrow(/id: expected an open reservation/);
  });

  it.each([-1, NaN, 0.5, Infinity])('an amount of %s changes nothing', (amount) => {
    const of = budgets();
    expect(() => of.reserve(somebody, amount, START)).toThrow(/worst: expected whole pico-dollars/);
    const id = reserve(of, 1);
    expect(() => of.settle(id, amount, START)).toThrow(/actual: expected whole pico-dollars/);
    expect(() => of.spendUnreserved(somebody, amount, START)).toThrow(InputError);
    expect(of.states(START)[0]).toMatchObject({ reservedUsd: 1, spentUsd: 0 });
    of.settle(id, 0, START);
  });

  it.each([NaN, Infinity])('a time of %s changes nothing', (ms) => {
    const of = budgets();
    const id = reserve(of, 1);
    expect(() => of.reserve(somebody, 1, ms)).toThrow(/nowMs/);
    expect(() => of.settle(id, 1, ms)).toThrow(/nowMs/);
    expect(() => of.states(ms)).toThrow(/nowMs/);
    expect(() => new Budgets([], { mode: 'reserve' }, START).states(ms)).toThrow(/nowMs/);
    expect(() => new Budgets([], { mode: 'reserve' }, ms)).toThrow(/startMs/);
    of.settle(id, 1, START);
    expect(of.clockWentBack).toBe(0);
  });

  it('a limit that is none, and a budget that is none', () => {
    const of = budgets();
    expect(() => of.setLimit('day', 0, START)).toThrow(/limitUsd: expected a limit of at least/);
    expect(() => of.setLimit('day', NaN, START)).toThrow(InputError);
    expect(() => of.setLimit('dya', 5, START)).toThrow(/budget: .*Did you mean "day"/);
    expect(of.states(START)[0]!.limitUsd).toBe(10);
  });

  it('overlapping windows', () => {
    expect(() => budgets([daily, { ...daily, name: 'again' }])).toThrow(
      /budgets\.1\.window: expected no overlapping windows/,
    );
  });
});
