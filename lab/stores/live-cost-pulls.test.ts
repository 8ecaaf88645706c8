import { describe, expect, it } from 'vitest';
import { MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import { PriceBook } from '../../engine/cost/prices.ts';
import { compileRules, MODULE_RULES } from '../../engine/cost/rules/rule.ts';
import { cheapestOf, listPrices, profileOf, rulesUnder, type Paid } from './live-cost-emergency.ts';
import { estimatesOf, NONE_PULLED, Pulls } from './live-cost-pulls.ts';
import { SAMPLES, taskOf } from './live-cost-task.ts';

const MODELS = MODULE_PROFILES.map(({ name }) => name);
const task = taskOf(SAMPLES[0].form, null, 0);
const HOUR = 3_600_000;
/** A thousand tokens in and a thousand out, with gpt-4: six cents. */
const call = (startMs: number): Paid => ({
  task,
  model: 'gpt-4',
  usage: { inputTokens: 1000, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 1000 },
  costPico: 60_000_000_000,
  startMs,
});

describe('rules under emergency controls', () => {
  it('refusals come first, and other rules get the model and the cut', () => {
    const cut = [{ name: 'short', when: 'tokens < 10', then: { maxOutputTokens: 50 } }, ...MODULE_RULES];
    const rules = rulesUnder(
      new Set(['cap-output', 'stop-low', 'cheapest-model', 'pause-background']),
      cut,
      cheapestOf(MODULE_PROFILES),
    );
    expect(rules.map(({ name, then }) => [name, then])).toEqual([
      ['emergency: pause-background', { refuse: true }],
      ['emergency: stop-low', { refuse: true }],
      ['short', { model: 'gpt-3.5-turbo', maxOutputTokens: 50 }],
      ['small and simple', { model: 'gpt-3.5-turbo', maxOutputTokens: 150 }],
      ['slow and tolerant', { model: 'gpt-3.5-turbo', maxOutputTokens: 150 }],
      ['emergency: cheapest-model', { model: 'gpt-3.5-turbo', maxOutputTokens: 150 }],
    ]);
    expect(() => compileRules(rules, MODELS)).not.toThrow();
  });

  it('without one they are as they were', () =>
    expect(rulesUnder(NONE_PULLED, MODULE_RULES, 'gpt-4')).toEqual(MODULE_RULES));
});

describe('estimates', () => {
  const calls = Array.from({ length: 10 }, (_, i) => call(i * 1000));

  it('are made of the calls of a stretch, for an hour', () => {
    const profile = profileOf(calls, MODELS, 0, HOUR / 2)!;
    expect(profile).toMatchObject({ hours: 0.5, hitRate: 0, rows: [{ calls: 10, inputTokens: 10_000 }] });
    const estimates = estimatesOf(profile, listPrices(new PriceBook(MODULE_PROFILES), 0), NONE_PULLED)!;
    // 60 cents in half an hour; the cheapest model costs a twentieth.
    expect(estimates.alone.get('cheapest-model')!.savingUsdPerHour).toBeCloseTo(1.2 * 0.95, 9);
    expect(estimates.alone.get('longer-ttl')!.savingUsdPerHour).toBe(0);
    expect(estimates.alone.get('stop-normal')!.share).toBe(1);
    expect(estimates.togetherUsdPerHour).toBeCloseTo(1.2, 9);
  });

  it('there are none for too few calls, or too short a time', () => {
    expect(profileOf(calls.slice(0, 4), MODELS, 0, HOUR)).toBeNull();
    expect(profileOf(calls, MODELS, 0, 30_000)).toBeNull();
    expect(profileOf(calls, MODELS, 5000, HOUR)!.rows[0].calls).toBe(5);
    expect(estimatesOf(null, listPrices(new PriceBook(MODULE_PROFILES), 0), NONE_PULLED)).toBeNull();
  });
});

it('calls of models that are off the price list are left out of an estimate', () => {
  const old = Array.from({ length: 5 }, (_, i) => ({ ...call(i), model: 'gone' }));
  const now = Array.from({ length: 5 }, (_, i) => call(i));
  const profile = profileOf([...old, ...now], MODELS, 0, HOUR)!;
  expect(profile.rows.map(({ model, calls }) => [model, calls])).toEqual([['gpt-4', 5]]);
  expect(() =>
    estimatesOf(profile, listPrices(new PriceBook(MODULE_PROFILES), 0), NONE_PULLED),
  ).not.toThrow();
  expect(profileOf(old, MODELS, 0, HOUR)).toBeNull();
});

describe('what came of a control', () => {
  it('is measured from the last change before it to the next one after it', () => {
    const pulls = new Pulls({ nowMs: 0, spentUsd: 0, requests: 0 });
    pulls.pull('cheapest-model', null, { nowMs: HOUR, spentUsd: 10, requests: 100 });
    expect(pulls.read({ nowMs: HOUR, spentUsd: 10, requests: 100 })[0].measured).toBeNull();
    // Ten cents a request before, one cent after; 200 requests an hour now.
    const now = { nowMs: 1.5 * HOUR, spentUsd: 11, requests: 200 };
    expect(pulls.read(now)[0].measured!.savingUsdPerHour).toBeCloseTo(200 * 0.09, 9);
    pulls.pull('stop-low', null, now);
    const later = pulls.read({ nowMs: 2 * HOUR, spentUsd: 11, requests: 300 });
    expect(later[0]).toMatchObject({ ended: true, inForce: true });
    expect(later[0].measured!.requestsAfter).toBe(100);
    expect(later[1].measured!.usdPerRequestBefore).toBeCloseTo(0.01, 12);
    expect(pulls.inForce).toEqual(new Set(['cheapest-model', 'stop-low']));
    pulls.release('cheapest-model', { nowMs: 2 * HOUR, spentUsd: 11, requests: 300 });
    expect(pulls.inForce).toEqual(new Set(['stop-low']));
    expect(pulls.sinceMs).toBe(2 * HOUR);
  });
});
