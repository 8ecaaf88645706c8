import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODULE_PROFILES } from './catalogue.ts';
import { PriceBook } from './prices.ts';
import { DIMENSIONS, SpendLedger, type Spending } from './spend-ledger.ts';

const prices = new PriceBook(MODULE_PROFILES);
const baseline = { model: 'gpt-4', prices };
const NOON = Date.UTC(2026, 10, 23, 12);
const spending = (settings: Partial<Spending> = {}): Spending => {
  const call = {
    tenant: 'acme',
    agentType: 'support',
    criticality: 'normal' as const,
    model: 'gpt-3.5-turbo',
    usage: { inputTokens: 800, cachedTokens: 200, cacheWriteTokens: 100, outputTokens: 200 },
    startMs: NOON,
    ...settings,
  };
  return { cost: prices.costOf(call.model, call.usage, call.startMs), ...call };
};

describe('the ledger', () => {
  it('worked by hand: two small calls, one large, against gpt-4', () => {
    const ledger = new SpendLedger({ baseline });
    ledger.add(spending());
    ledger.add(spending({ tenant: 'beta', criticality: 'critical' }));
    ledger.add(spending({ model: 'gpt-4' }));
    // 1000 tokens: $0.0015 with the small model, $0.03 with gpt-4
    expect(ledger.total).toMatchObject({
      name: 'total',
      calls: 3,
      inputTokens: 2400,
      cachedTokens: 600,
      cacheWriteTokens: 300,
      outputTokens: 600,
      costUsd: 0.033,
      savedUsd: 0.057,
      savedShare: 0.057 / 0.09,
    });
    const table = (by: (typeof DIMENSIONS)[number]): unknown[] =>
      ledger.rows(by).map(({ name, calls, costUsd, savedUsd }) => [name, calls, costUsd, savedUsd]);
    expect(table('tenant')).toEqual([
      ['acme', 2, 0.0315, 0.0285],
      ['beta', 1, 0.0015, 0.0285],
    ]);
    expect(table('model')).toEqual([
      ['gpt-4', 1, 0.03, 0],
      ['gpt-3.5-turbo', 2, 0.003, 0.057],
    ]);
    expect(table('criticality').map((row) => (row as unknown[])[0])).toEqual(['normal', 'critical']);
    expect(table('agentType')).toEqual([['support', 3, 0.033, 0.057]]);
    expect(table('day')).toEqual([['2026-11-23', 3, 0.033, 0.057]]);
  });

  it('sorts days by date and the rest by cost, then by name', () => {
    const ledger = new SpendLedger({ timeZone: 'Asia/Kolkata' });
    for (const [tenant, cost, hour] of [
      ['b', 1, 20],
      ['c', 2, 0],
      ['a', 1, 18.5],
      ['c', 0, 18.4],
    ] as const)
      ledger.add(spending({ tenant, cost, startMs: NOON + (hour - 12) * 3_600_000 }));
    expect(ledger.rows('tenant').map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(ledger.rows('day').map(({ name, calls }) => [name, calls])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-24', 2],
    ]);
  });

  it('knows no saving without a baseline, and none of nothing', () => {
    const plain = new SpendLedger();
    plain.add(spending());
    expect(plain.total).toMatchObject({ savedUsd: null, savedShare: null, costUsd: 0.0015 });
    expect(new SpendLedger({ baseline }).total).toMatchObject({ calls: 0, savedUsd: 0, savedShare: null });
  });

  it('hands out totals that do not change it', () => {
    const ledger = new SpendLedger();
    ledger.add(spending());
    ledger.total.cost.add(1e12);
    expect(ledger.total.costUsd).toBe(0.0015);
  });

  it('adds up exactly in every dimension, in any order', () => {
    const call = fc.record({
      tenant: fc.constantFrom('a', 'b', '__proto__', 'constructor'),
      agentType: fc.constantFrom('x', 'y'),
      model: fc.constantFrom('gpt-4', 'gpt-4-turbo'),
      criticality: fc.constantFrom('critical' as const, 'low' as const),
      cost: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      startMs: fc.integer({ min: NOON, max: NOON + 1e9 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 50 }), (calls) => {
        const ledger = new SpendLedger({ baseline });
        const backwards = new SpendLedger({ baseline });
        for (const one of calls) ledger.add(spending(one));
        for (const one of [...calls].reverse()) backwards.add(spending(one));
        const exact = String(calls.reduce((sum, { cost }) => sum + BigInt(cost), 0n));
        expect(ledger.total.cost.toPicoText()).toBe(exact);
        for (const by of DIMENSIONS) {
          const rows = ledger.rows(by);
          expect(rows).toEqual(backwards.rows(by));
          expect(String(rows.reduce((sum, { cost }) => sum + BigInt(cost.toPicoText()), 0n))).toBe(exact);
          expect(rows.reduce((sum, row) => sum + row.calls, 0)).toBe(calls.length);
        }
      }),
    );
  });

  it.each<[string, Partial<Spending>, RegExp]>([
    ['a cost below 0', { cost: -1 }, /cost: expected whole pico-dollars/],
    ['no cost', { cost: NaN }, /cost/],
    [
      'negative tokens',
      { usage: { inputTokens: -1, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 } },
      /inputTokens/,
    ],
    [
      'more cached tokens than input',
      { usage: { inputTokens: 1, cachedTokens: 2, cacheWriteTokens: 0, outputTokens: 0 } },
      /at least the 2 cached/,
    ],
    ['no time', { startMs: NaN }, /nowMs/],
  ])('refuses %s, and enters nothing', (_, wrong, message) => {
    const ledger = new SpendLedger({ baseline });
    expect(() => ledger.add({ ...spending(), ...wrong })).toThrow(message);
    expect(ledger.total.calls).toBe(0);
    expect(DIMENSIONS.flatMap((by) => ledger.rows(by))).toEqual([]);
  });

  it('refuses an unknown baseline and an unknown zone', () => {
    expect(() => new SpendLedger({ baseline: { model: 'gpt-5', prices } })).toThrow(/Did you mean "gpt-4"/);
    expect(() => new SpendLedger({ timeZone: 'Mars' })).toThrow(/timeZone/);
  });
});
