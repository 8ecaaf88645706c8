import { describe, expect, it } from 'vitest';
import { Budgets, type Spender } from './budget.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 10, 23);
const $ = (usd: number): number => Math.round(usd * 1e12);
const somebody: Spender = { tenant: 'acme', agentType: 'support', model: 'gpt-4', critical: false };

type Settings = ConstructorParameters<typeof Budgets>[0][number];
const daily: Settings = { name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 10 };
const budgets = (settings: Settings[] = [daily]): Budgets =>
  new Budgets(settings, { mode: 'reserve' }, START);
const reserve = (of: Budgets, usd: number, spender = somebody, nowMs = START): number => {
  const reservation = of.reserve(spender, $(usd), nowMs);
  if (!reservation.ok) throw new Error(`refused by ${reservation.budget}`);
  return reservation.id;
};

describe('windows', () => {
  it('start anew exactly at their end, and not a millisecond before', () => {
    const of = budgets();
    of.settle(reserve(of, 10), $(10), START);
    expect(of.reserve(somebody, 1, START + DAY - 1).ok).toBe(false);
    expect(of.reserve(somebody, 1, START + DAY).ok).toBe(true);
  });

  it('show the right state when nothing happens, also days later', () => {
    const of = budgets();
    of.settle(reserve(of, 10), $(10), START);
    expect(of.states(START + DAY - 1)[0]).toMatchObject({ spentUsd: 10, startMs: START });
    expect(of.states(START + 9 * DAY + HOUR)[0]).toMatchObject({
      spentUsd: 0,
      refused: 0,
      startMs: START + 9 * DAY,
      endMs: START + 10 * DAY,
    });
  });

  it('keep a call that ends after them: its cost is theirs, and the new window is not charged', () => {
    const of = budgets();
    const late = reserve(of, 6);
    const failed = reserve(of, 3);
    const next = START + DAY;
    expect(of.states(next)[0]).toMatchObject({ reservedUsd: 0, inFlight: 0 });
    reserve(of, 10, somebody, next);
    of.settle(late, $(5), next + HOUR);
    of.release(failed, next + HOUR);
    expect(of.pastStates(next + 2 * DAY)).toEqual([
      expect.objectContaining({ startMs: START, spentUsd: 5, reservedUsd: 0, inFlight: 0 }),
      expect.objectContaining({ startMs: next, spentUsd: 0, reservedUsd: 10, inFlight: 1 }),
    ]);
    expect(of.takeAlerts()).toEqual([
      { budget: 'day', threshold: 0.5, atMs: next + HOUR, share: 0.5, windowStartMs: START },
    ]);
  });

  it('end each at its own time', () => {
    const of = budgets([
      { ...daily, name: 'Tokyo', timeZone: 'Asia/Tokyo' },
      { ...daily, name: 'week', window: 'week' },
    ]);
    of.spendUnreserved(somebody, $(1), START);
    const spent = (ms: number): number[] => of.states(ms).map(({ spentUsd }) => spentUsd);
    expect(spent(START + 15 * HOUR - 1)).toEqual([1, 1]);
    expect(spent(START + 15 * HOUR)).toEqual([0, 1]);
    expect(spent(START + 7 * DAY)).toEqual([0, 0]);
  });

  it('are not run twice when the clock goes back', () => {
    const of = budgets();
    const id = reserve(of, 6, somebody, START + DAY);
    of.settle(id, $(6), START);
    expect(of.reserve(somebody, $(5), START + HOUR)).toMatchObject({
      ok: false,
      resetsAtMs: START + 2 * DAY,
    });
    expect(of.clockWentBack).toBe(2);
    expect(of.takeAlerts()[0]).toMatchObject({ atMs: START + DAY, windowStartMs: START + DAY });
  });
});

describe('alerts', () => {
  const spend = (of: Budgets, usd: number, nowMs = START): number[] => {
    of.spendUnreserved(somebody, $(usd), nowMs);
    return of.takeAlerts().map(({ threshold }) => threshold);
  };

  it('come once for each threshold and window, on what is spent and not on what is held', () => {
    const of = budgets();
    const id = reserve(of, 9);
    expect(of.takeAlerts()).toEqual([]);
    of.release(id, START);
    expect(spend(of, 4.999_999)).toEqual([]);
    expect(spend(of, 0.000_001)).toEqual([0.5]);
    expect(spend(of, 1)).toEqual([]);
    expect(spend(of, 3.5)).toEqual([0.8, 0.9]);
    expect(spend(of, 5)).toEqual([1]);
    expect(spend(of, 5)).toEqual([]);
    expect(spend(of, 5, START + DAY)).toEqual([0.5]);
  });

  it('come at the pico-dollar, also for half of an odd micro-dollar', () => {
    const of = budgets([{ ...daily, limitUsd: 1.500_001, alerts: [0.5] }]);
    expect(spend(of, 0.750_000_499_999)).toEqual([]);
    expect(spend(of, 0.000_000_000_001)).toEqual([0.5]);
  });

  it('have what a reader needs', () => {
    const of = budgets([{ ...daily, alerts: [0.25, 0.1] }]);
    of.spendUnreserved(somebody, $(4), START + HOUR);
    const both = { budget: 'day', atMs: START + HOUR, share: 0.4, windowStartMs: START };
    expect(of.takeAlerts()).toEqual([
      { ...both, threshold: 0.1 },
      { ...both, threshold: 0.25 },
    ]);
    expect(of.takeAlerts()).toEqual([]);
  });

  it('come with a lowered limit, and not again after it was raised', () => {
    const of = budgets();
    expect(spend(of, 4)).toEqual([]);
    of.setLimit('day', 5, START + 1);
    expect(of.takeAlerts().map(({ threshold, share }) => [threshold, share])).toEqual([
      [0.5, 0.8],
      [0.8, 0.8],
    ]);
    of.setLimit('day', 100, START + 2);
    expect(spend(of, 80)).toEqual([]);
    expect(spend(of, 6)).toEqual([0.9]);
  });
});

describe('a limit changed in mid-run', () => {
  it('below what is spent refuses what is new, takes nothing back, and ends with the window', () => {
    const of = budgets();
    of.settle(reserve(of, 6), $(6), START);
    const flying = reserve(of, 2);
    of.setLimit('day', 3, START);
    expect(of.states(START)[0]).toMatchObject({
      limitUsd: 3,
      spentUsd: 6,
      reservedUsd: 2,
      remainingUsd: -5,
      share: 2,
      overshootUsd: 0,
    });
    expect(of.reserve(somebody, $(1), START)).toMatchObject({ ok: false, missingUsd: 6 });
    of.settle(flying, $(2), START);
    expect(of.states(START)[0]).toMatchObject({ spentUsd: 8, overshootUsd: 2 });
    expect(of.reserve(somebody, $(3) + 1, START + DAY).ok).toBe(false);
    expect(of.reserve(somebody, $(3), START + DAY).ok).toBe(true);
    expect(of.pastStates(START + DAY)[0]).toMatchObject({ limitUsd: 3, spentUsd: 8 });
  });

  it('above lets in more at once, for critical requests and others', () => {
    const of = budgets([{ ...daily, keepForCritical: 0.5 }]);
    expect(of.reserve(somebody, $(10), START).ok).toBe(false);
    of.setLimit('day', 20, START);
    reserve(of, 10);
    expect(of.reserve(somebody, 1, START).ok).toBe(false);
    reserve(of, 10, { ...somebody, critical: true });
  });
});
