import { describe, expect, it } from 'vitest';
import type { RuleSettings } from '../cost/rules/rule.ts';
import { CRITICALITIES } from '../cost/task.ts';
import { Bench, HOUR_MS, MODELS, NOON } from './bench.fixture.ts';

const withRule = (then: RuleSettings['then'], when = 'true') =>
  new Bench({ route: 'select', rulesOn: true, rules: [{ name: 'the rule', when, then }] });

describe('rules', () => {
  it.each([
    ['cheapest', 'small'],
    ['fastest', 'medium'],
    ['best', 'large'],
    ['medium', 'medium'],
  ])('with the model "%s" choose %s', (model, expected) => {
    const bench = withRule({ model });
    const ref = bench.ask();
    bench.end();
    expect(bench.outcome.get(ref)).toBe(expected);
    expect(bench.ended[0]!.job.rule!.name).toBe('the rule');
  });

  it('choose among the models that meet the bounds', () => {
    const bench = withRule({ model: 'cheapest' });
    bench.ask({ minAccuracy: 0.95 });
    bench.ask({ minAccuracy: 0.99 });
    expect(bench.started).toEqual(['medium: 1', 'small: 2']);
    bench.end();
    bench.end();
    expect(bench.ended.map(({ job }) => job.warning)).toEqual([
      null,
      'No model meets the bounds of the task: the cheapest answers.',
    ]);
  });

  it('hold on the fixed route too', () => {
    const bench = new Bench({
      rulesOn: true,
      rules: [{ name: 'x', when: 'tokens < 500', then: { model: 'cheapest' } }],
    });
    bench.ask();
    bench.ask({ inputTokens: 499 });
    expect(bench.started).toEqual(['large: 1', 'small: 2']);
  });

  it('cut answers, and so the reservation', () => {
    const bench = new Bench({
      rulesOn: true,
      rules: [{ name: 'short', when: 'true', then: { maxOutputTokens: 100 } }],
      budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 1 }],
    });
    bench.ask();
    expect(bench.gateway.budgets.states(NOON)[0]!.reservedUsd).toBe(0.033);
    bench.end();
    expect(bench.paidUsd).toEqual([0.033]);
    bench.ask({ maxOutputTokens: 50 });
    bench.end();
    expect(bench.paidUsd[1]).toBe(0.0315);
  });

  it('send with a batch', () => {
    const bench = withRule({ batch: true }, 'agent == "routing"');
    bench.ask();
    bench.ask({ agentType: 'routing' });
    expect(bench.started.length).toBe(1);
    bench.wait(100);
    expect(bench.started.length).toBe(2);
  });

  it('refuse', () => {
    const bench = withRule({ refuse: true }, 'tenant == "noisy"');
    const refs = [bench.ask(), bench.ask({ tenant: 'noisy' })];
    expect(refs.map((ref) => bench.outcome.get(ref))).toEqual([undefined, 'rule']);
    expect(bench.gateway.counts.refusedRule).toBe(1);
  });

  it('are not asked while they are off', () => {
    const bench = withRule({ refuse: true });
    bench.gateway.settings.rulesOn = false;
    bench.ask();
    expect(bench.started.length).toBe(1);
  });

  it.each([
    ['hour >= 12 and hour < 12.1', true],
    ['hour < 12', false],
    ['budget_used > 0', false],
    ['hit_rate > 0.5', true],
    ['hit_rate < 0.5', false],
    ['warm', false],
    ['deferrable and deadline_in == 1 h', true],
    ['deadline_in < 0 s', false],
  ])('know that %s is %s', (when, refused) => {
    const bench = withRule({ refuse: true }, when);
    bench.gateway.policy.hitRate = 0.7;
    bench.ask({ deferrable: true, deadlineMs: NOON + HOUR_MS, session: 1 });
    expect(bench.outcome.get(1)).toBe(refused ? 'rule' : undefined);
  });

  it('know the deadline on the clock of the decisions, whatever day the budgets count from', () => {
    // As in a run that begins at 0 and stands for noon.
    const bench = withRule({ refuse: true }, 'deadline_in <= 1 h');
    Object.assign(bench.gateway['clock' as never] as object, {
      epochMs: (ms: number) => NOON + Math.floor(ms),
    });
    const task = { deferrable: true, deadlineMs: 2 * HOUR_MS };
    bench.time.nowMs = HOUR_MS - 1;
    bench.ask(task);
    bench.time.nowMs = HOUR_MS;
    bench.ask(task);
    expect([...bench.outcome]).toEqual([[2, 'rule']]);
  });

  it('may change: requests that wait keep theirs', () => {
    const bench = withRule({ model: 'medium', batch: true });
    bench.ask();
    bench.gateway.chooser.setRules([{ name: 'new', when: 'true', then: { model: 'large' }, on: true }]);
    bench.wait(100);
    bench.end();
    expect(bench.ended[0]!.job.rule!.name).toBe('the rule');
    expect(() =>
      bench.gateway.chooser.setRules([{ name: 'x', when: 'tokens <', then: {}, on: true }]),
    ).toThrow();
    bench.ask();
    expect(bench.started).toEqual(['medium: 1', 'large: 2']);
  });
});

/** A day's budget of which so many cents of 100 are spent: the module's levels are 80, 90, 95, 98 and 100. */
function after(cents: number, settings: ConstructorParameters<typeof Bench>[0] = {}): Bench {
  const bench = new Bench({
    route: 'select',
    measures: { on: true },
    budgets: [{ name: 'day', scope: { kind: 'global' }, window: 'day', limitUsd: 1 }],
    ...settings,
  });
  spend(bench, cents);
  return bench;
}
function spend(bench: Bench, cents: number, more: object = {}): void {
  const spender = { tenant: 'shop', agentType: 'support', model: 'large', critical: false, ...more };
  bench.gateway.budgets.spendUnreserved(spender, cents * 1e10, bench.nowMs);
}
const cheap = { maxOutputTokens: 1, expectedOutputTokens: 1, inputTokens: 1 };
/** Who is still served at a share of the budget. */
function served(bench: Bench): string[] {
  return CRITICALITIES.filter(
    (criticality) => bench.outcome.get(bench.ask({ criticality, ...cheap })) !== 'measures',
  );
}

describe('graduated actions', () => {
  it('take the cheapest from 80 % for what is normal or low', () => {
    const bench = after(80);
    for (const criticality of CRITICALITIES) bench.ask({ criticality, minAccuracy: 0.97, ...cheap });
    for (const criticality of CRITICALITIES) bench.ask({ criticality, ...cheap, minAccuracy: 0.95 });
    expect(bench.started.slice(4)).toEqual(['medium: 5', 'medium: 6', 'medium: 7', 'medium: 8']);
    expect(bench.gateway.measures(bench.nowMs)).toMatchObject({ level: 1, ttlFactor: 2 });
  });

  it('overrule route and rule, within the bounds of the task', () => {
    const rules = [{ name: 'x', when: 'true', then: { model: 'large' } }];
    const bench = after(80, { rulesOn: true, rules });
    bench.ask(cheap);
    bench.ask({ ...cheap, minAccuracy: 0.95 });
    bench.ask({ ...cheap, criticality: 'critical' });
    expect(bench.started).toEqual(['small: 1', 'medium: 2', 'large: 3']);
  });

  it('gather batches from 90 % for all but what is critical, and defer what can wait', () => {
    const bench = after(90, { offPeak: { on: true } });
    bench.ask({ criticality: 'high', ...cheap });
    bench.ask({ criticality: 'critical', ...cheap });
    expect(bench.started.length).toBe(1);
    bench.ask({ criticality: 'low', deferrable: true, ...cheap });
    expect(bench.waits.map((w) => w.why)).toEqual(['batch', 'off-peak']);
  });

  it('defer although there are no cheap hours', () => {
    const bench = after(90);
    bench.ask({ criticality: 'low', deferrable: true, ...cheap });
    bench.ask({ criticality: 'critical', deferrable: true, ...cheap });
    expect(bench.waits.map((w) => w.why)).toEqual(['off-peak']);
  });

  it.each([
    [94.9, ['critical', 'high', 'normal', 'low']],
    [95, ['critical', 'high', 'normal']],
    [98, ['critical', 'high']],
    [99.9, ['critical', 'high']],
    [100, []],
  ])('at %d %% serve %j', (cents, expected) => {
    expect(served(after(cents))).toEqual(expected);
  });

  it('cease only two points below, and begin anew the next day', () => {
    const bench = after(95);
    expect(served(bench)).toEqual(['critical', 'high', 'normal']);
    bench.gateway.treasury.setLimit('day', 1.02, bench.nowMs);
    // 93.1 %: within the band.
    expect(served(bench)).toEqual(['critical', 'high', 'normal']);
    bench.gateway.treasury.setLimit('day', 1.03, bench.nowMs);
    // 92.2 %: below it.
    expect(served(bench)).toEqual([...CRITICALITIES]);
    spend(bench, 4);
    expect(served(bench)).toEqual(['critical', 'high', 'normal']);
    bench.wait(12 * HOUR_MS);
    expect(served(bench)).toEqual([...CRITICALITIES]);
  });

  it('are for those whose budget it is', () => {
    const scope = { kind: 'agentType' as const, of: 'research' };
    const bench = after(0, { budgets: [{ name: 'research', scope, window: 'day', limitUsd: 1 }] });
    spend(bench, 98, { agentType: 'research' });
    const research = bench.ask({ agentType: 'research', ...cheap });
    const support = bench.ask({ ...cheap });
    expect([research, support].map((ref) => bench.outcome.get(ref))).toEqual(['measures', undefined]);
    expect(bench.gateway.measures(bench.nowMs).level).toBe(0);
    expect(bench.gateway.counts.refusedMeasures).toBe(1);
  });

  it('do not take one tenant’s agents for another’s, whatever their names', () => {
    const scope = { kind: 'tenant' as const, of: 'a b' };
    const bench = after(0, { budgets: [{ name: 'x', scope, window: 'day', limitUsd: 1 }] });
    spend(bench, 100, { tenant: 'a b' });
    const first = bench.ask({ tenant: 'a b', agentType: 'c', ...cheap });
    const second = bench.ask({ tenant: 'a', agentType: 'b c', ...cheap });
    expect([first, second].map((ref) => bench.outcome.get(ref))).toEqual(['measures', undefined]);
  });

  it('do nothing while they are off', () => {
    const bench = after(99, { measures: { on: false } });
    expect(served(bench)).toEqual([...CRITICALITIES]);
    expect(bench.gateway.measures(bench.nowMs).level).toBe(0);
  });
});

describe('a choice', () => {
  it('asks no model that is too dear for the task', () => {
    const bench = new Bench({ route: 'select', selection: { weights: { cost: 0, quality: 1, speed: 0 } } });
    // 1500 tokens expected: 4.5, 1.5 and 0.15 cents.
    bench.ask({ budgetUsd: 0.045 });
    bench.ask({ budgetUsd: 0.044_999 });
    bench.ask({ budgetUsd: 0.001 });
    expect(bench.started).toEqual(['large: 1', 'medium: 2', 'small: 3']);
  });

  it('needs at least one model', () => {
    expect(() => new Bench({}, { models: [] })).toThrow('at least one model');
    expect(new Bench({}, { models: [MODELS[0]!] }).gateway.chooser.nameOf(0)).toBe('large');
  });
});
