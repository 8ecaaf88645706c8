import { expect, test } from 'vitest';
import { modelBill } from '../../engine/scenarios/model-bill.ts';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { scriptedEvents, settingNow } from './live-settings.ts';

const scenario = parseScenario(primeDay);

test('a setting is what its lever shows, in the unit of the setting', () => {
  const levers = {
    l3: { on: true, param: 24 },
    model: { on: true, choice: 'gpt-4-turbo' },
    retries: { on: true, param: 0 },
    shed: { on: true, param: 30 },
    deadlineMargin: { on: false, param: 2400 },
  };
  const now = (path: string) => settingNow(scenario, levers, 0, path);
  expect(now('tiers.l3.on')).toBe(true);
  expect(now('tiers.l3.ttlS')).toBeCloseTo(86_400);
  expect(now('stations.pool.model')).toBe('gpt-4-turbo');
  expect(now('caller.retries')).toBe(0);
  expect(now('load.shedShare')).toBeCloseTo(0.3);
  expect(now('stations.pool.deadlineMarginMs')).toBeNull();
});

test('without a lever it is what the last scripted event set, else what the scenario says', () => {
  expect(settingNow(scenario, {}, 1019, 'load.factor')).toBe(1);
  expect(settingNow(scenario, {}, 1020, 'load.factor')).toBe(2);
  expect(settingNow(scenario, {}, 1260, 'load.factor')).toBe(1);
  expect(settingNow(scenario, {}, 0, 'caller.timeoutMs')).toBe(3000);
  expect(settingNow(scenario, {}, 0, 'caller.nothing')).toBeUndefined();
});

test('what has a name in a list is found by it', () => {
  const bill = parseScenario(modelBill);
  expect(settingNow(bill, {}, 0, 'gateway.budgets.research.limitUsd')).toBe(30_000);
  expect(settingNow(bill, {}, 0, 'traffic.agents.research.turns')).toBe(6);
  expect(settingNow(bill, {}, 36_000, 'traffic.agents.research.turns')).toBe(60);
  expect(settingNow(bill, {}, 0, 'gateway.budgets.nobody.limitUsd')).toBeUndefined();
});

test('scripted events come with seconds from the start', () => {
  expect(scriptedEvents(scenario).map(({ atS }) => atS)).toEqual([1020, 1044, 1260]);
});
