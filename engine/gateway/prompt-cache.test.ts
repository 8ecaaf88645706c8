import { describe, expect, it } from 'vitest';
import { Bench, flatPrices, MODELS, type SettingsInput } from './bench.fixture.ts';

/** Input at $10 (read $1, written $12.50) and $2 (read $0.20, written $2.50) for a million; output is free. */
const models = [
  {
    ...MODELS[0]!,
    promptCacheMinTokens: 100,
    prices: flatPrices(10, { outputUsdPerM: 0, cacheReadUsdPerM: 1, cacheWriteUsdPerM: 12.5 }),
  },
  {
    ...MODELS[1]!,
    promptCacheMinTokens: 100,
    prices: flatPrices(2, { outputUsdPerM: 0, cacheReadUsdPerM: 0.2, cacheWriteUsdPerM: 2.5 }),
  },
];
const bench = (settings: SettingsInput = {}) => new Bench(settings, { models });
const dollars = (b: Bench) => b.paidUsd.map((usd) => Math.round(usd * 1e9) / 1e9);

describe('the provider’s prompt cache', () => {
  it('sells a shared prefix for a tenth from the second request on', () => {
    const b = bench();
    for (let i = 0; i < 2; i++) {
      b.ask({ inputTokens: 1000, prefixTokens: 600 });
      b.end();
    }
    // 400 plain and 600 written; then 400 plain and 600 read: no token is paid twice.
    expect(dollars(b)).toEqual([0.0115, 0.0046]);
    expect(b.gateway.ledger.total).toMatchObject({
      inputTokens: 2000,
      cachedTokens: 600,
      cacheWriteTokens: 600,
    });
  });

  it('keeps prefixes of agent types apart, and of models', () => {
    const b = bench({
      route: 'select',
      rulesOn: true,
      rules: [{ name: 'x', when: 'complexity > 0.9', then: { model: 'medium' } }],
    });
    const prefix = { inputTokens: 1000, prefixTokens: 600, minAccuracy: 0.97 };
    b.ask(prefix);
    b.ask({ ...prefix, agentType: 'routing' });
    b.ask({ ...prefix, complexity: 1 });
    for (let i = 0; i < 3; i++) b.end();
    expect(dollars(b)).toEqual([0.0115, 0.0115, 0.0023]);
  });

  it('reads of a conversation what was sent before, and writes what is new', () => {
    const b = bench();
    b.ask({ session: 1, inputTokens: 1000 });
    b.end();
    b.wait(60_000);
    b.ask({ session: 1, inputTokens: 1500, repeatedTokens: 1200 });
    b.end();
    // 1000 of the 1200 repeated ones were sent: the 200 of the answer were not. So 1000 read, 500 written.
    expect(dollars(b)).toEqual([0.0125, 0.00725]);
  });

  it('reads no more than the shared prefix of a conversation that was cut', () => {
    const b = bench();
    b.ask({ session: 1, inputTokens: 2000, prefixTokens: 300, repeatedTokens: 300 });
    b.end();
    b.ask({ session: 1, inputTokens: 2000, prefixTokens: 300, repeatedTokens: 300 });
    b.end();
    expect(dollars(b)[1]).toBe(0.02155);
  });

  it('is cold after five minutes without use', () => {
    const b = bench();
    const ask = { inputTokens: 1000, prefixTokens: 1000 };
    b.ask(ask);
    b.end();
    b.wait(299_999);
    b.ask(ask);
    b.end();
    b.wait(300_000);
    b.ask(ask);
    b.end();
    expect(dollars(b)).toEqual([0.0125, 0.001, 0.0125]);
  });

  it('can be turned off', () => {
    const b = bench({ promptCache: { on: false } });
    for (let i = 0; i < 2; i++) {
      b.ask({ inputTokens: 1000, prefixTokens: 600, session: 1, repeatedTokens: 1000 });
      b.end();
    }
    expect(dollars(b)).toEqual([0.01, 0.01]);
  });

  it('reserves as if nothing were read and all were written', () => {
    const b = bench({ budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 1 }] });
    b.ask({ inputTokens: 1000, prefixTokens: 600 });
    expect(b.gateway.budgets.states(b.nowMs)[0]!.reservedUsd).toBe(0.0125);
  });
});

describe('warm routing', () => {
  const byCost: SettingsInput = {
    route: 'select',
    selection: { weights: { cost: 1, quality: 0, speed: 0 } },
  };
  /** The conversation began on the dear model, as nothing else was accurate enough; its next request is easy. */
  const second = (promptCache: object): string => {
    const b = bench({ ...byCost, promptCache });
    b.ask({ session: 1, inputTokens: 10_000, minAccuracy: 0.97 });
    b.end();
    b.ask({ session: 1, inputTokens: 10_100, repeatedTokens: 10_000 });
    return b.started[1]!;
  };

  it('stays with the warm model where leaving it costs more', () => {
    // Warm: 10,000 read at $1 and 100 written at $12.50; cold: 10,100 written at $2.50.
    expect(second({ aware: true })).toBe('large: 2');
  });

  it('leaves it for the lower list price when the choice is not aware of the cache', () => {
    expect(second({ aware: false })).toBe('medium: 2');
  });

  it('leaves it when there is no cache', () => {
    expect(second({ on: false })).toBe('medium: 2');
  });

  it('is paid as it is, whether or not the choice was aware', () => {
    const b = bench({ promptCache: { aware: false } });
    for (let i = 0; i < 2; i++) {
      b.ask({ inputTokens: 1000, prefixTokens: 1000 });
      b.end();
    }
    expect(dollars(b)).toEqual([0.0125, 0.001]);
  });

  it('tells the rules', () => {
    const b = bench({ rulesOn: true, rules: [{ name: 'x', when: 'warm', then: { refuse: true } }] });
    const ask = { session: 5, inputTokens: 1000 };
    b.ask(ask);
    b.ask({ ...ask, session: 6 });
    b.ask(ask);
    expect([...b.outcome]).toEqual([[3, 'rule']]);
  });
});
