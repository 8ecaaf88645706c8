import { describe, expect, it } from 'vitest';
import { moneyStory } from './money-story.ts';
import type { ScenarioInput } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { agentOf, office, run } from './small-office.fixture.ts';

const day = (limitUsd: number) => [
  { name: 'company', scope: { kind: 'global' as const }, window: 'day' as const, limitUsd },
];
const think = { law: 'constant' as const, meanMs: 500 };
/** Clerks as ever, and one in ten conversations is a researcher's, whose length is a setting. */
const both = [
  agentOf({ share: 0.9, criticality: 'critical' }),
  agentOf({ name: 'research', share: 0.1, turns: 3, think, contextTokens: 30_000 }),
];
const runaway: Partial<ScenarioInput> = {
  durationS: 3600,
  load: { ratePerS: 1 },
  caller: { timeoutMs: 10_000 },
  events: [{ at: 1800, label: 'Stop condition breaks', set: { 'traffic.agents.research.turns': 60 } }],
};
const words = (simulation: Simulation): string => {
  const story = moneyStory(simulation)!;
  return [story.lede, ...story.paragraphs].join(' ');
};

describe('the story of a bill', () => {
  it('says what was spent, and what it will be at this pace', () => {
    const simulation = new Simulation(office({ durationS: 7200 }), 1);
    simulation.advanceTo(3_600_000);
    // 7200 requests of $0.0015 an hour.
    expect(moneyStory(simulation)!.lede).toMatch(
      /^\$1\d(\.\d)? so far, \$2\d(\.\d)? by the end at this pace\.$/,
    );
    expect(words(simulation)).toContain('clerk 100 %');
  });

  it('names the agent type that has run away, and why its bill grew', () => {
    const text = words(run(office(runaway, both)));
    expect(text).toMatch(/Research spends [\d.]+ times what it did/);
    expect(text).toContain('for 60 requests instead of 3');
    expect(text).toContain('square of their length');
  });

  it('calls six times the money running away, and twice not', () => {
    const said = (factor: number): boolean => {
      const events = [{ at: 1800, label: 'more', set: { 'traffic.agents.research.factor': factor } }];
      return words(run(office({ ...runaway, events }, both))).includes('Research]] takes');
    };
    expect([2, 6].map(said)).toEqual([false, true]);
  });

  it('says which budget is overspent, and by how much', () => {
    const simulation = run(
      office({ ...runaway, gateway: { model: 'good', budgets: day(2), budgetMode: 'check' } }, both),
    );
    const { overshootUsd } = simulation.world.gateway!.budgetStates(simulation.nowMs)[0]!;
    expect(overshootUsd).toBeGreaterThan(0);
    expect(moneyStory(simulation)!.lede).toContain('The company budget is overspent by $');
  });

  it('says which budget has stopped the spending, and who goes without', () => {
    const text = words(run(office({ ...runaway, gateway: { model: 'good', budgets: day(3) } }, both)));
    expect(text).toContain('The company budget has stopped the spending.');
    expect(text).toMatch(/Without an answer: \d+ % of critical requests/);
  });

  it('says when a budget will be gone, while there is something left of it', () => {
    const simulation = new Simulation(
      office({ durationS: 7200, gateway: { model: 'good', budgets: day(15) } }),
      1,
    );
    simulation.advanceTo(3_600_000);
    // $10.80 an hour: $15 last until 01:23.
    expect(words(simulation)).toMatch(
      /Budget company: 7\d % spent, \$[34](\.\d+)? left of \$15, gone at 01:2\d at this pace/,
    );
  });

  it('tells a run that ends at midnight with the budgets of its last day', () => {
    const scenario = office({
      startsAt: '23:00:00',
      durationS: 3600,
      gateway: { model: 'good', budgets: day(20) },
    });
    expect(words(run(scenario))).toMatch(/Budget company: 5\d % spent/);
  });

  it('says what waits for the night', () => {
    const reports = agentOf({ name: 'reports', deferrable: true });
    const simulation = run(
      office({ startsAt: '12:00:00', gateway: { model: 'good', offPeak: { on: true } } }, [reports]),
    );
    expect(words(simulation)).toMatch(/pieces of work wait for the cheap hours/);
  });

  it('says what was avoided', () => {
    const simulation = run(
      office({
        gateway: {
          model: 'good',
          route: 'select',
          selection: { weights: { cost: 1, quality: 0, speed: 0 } },
        },
      }),
    );
    expect(words(simulation)).toContain('90 % less than on good at list price');
  });

  it('reads and changes nothing: told at every minute, the run is the same', () => {
    const scenario = office(
      { ...runaway, gateway: { model: 'good', budgets: day(3), measures: { on: true } } },
      both,
    );
    const told = new Simulation(scenario, 2);
    for (let s = 60; s <= 3600; s += 60) {
      told.advanceTo(s * 1000);
      moneyStory(told);
      moneyStory(told);
    }
    expect(told.fingerprint()).toBe(run(scenario, 2).fingerprint());
    expect(told.world.gateway!.gateway.budgets.clockWentBack).toBe(0);
  });

  it('is told before anything has happened', () => {
    expect(words(new Simulation(office(), 1))).toContain('The models are not asked at all.');
  });

  it('is none without a gateway', () => {
    const stations = { a: { service: { law: 'constant' as const, meanMs: 1 } } };
    const plain = { name: 'plain', durationS: 10, load: { ratePerS: 1 }, path: ['a'], stations };
    expect(moneyStory(new Simulation(plain, 1))).toBeNull();
  });
});
