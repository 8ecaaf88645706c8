import { expect, test } from 'vitest';
import { primeDay } from '../../../engine/scenarios/prime-day.ts';
import { columnNames } from '../../../engine/simulation/columns.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { Series } from '../../stores/series.ts';
import { actionCount } from './action-count.ts';
import { pullWords } from './pull-words.ts';
import { readParam } from './read-param.ts';
import { sinceEvents } from './since-events.ts';

const scenario = parseScenario(primeDay);

test('a typed parameter is a number in its range, or a message that says what was expected', () => {
  const param = { min: 1, max: 720, unit: 'h' };
  expect(readParam(' 24 ', param)).toBe(24);
  expect(readParam('1,5', param)).toBe(1.5);
  expect(readParam('0', param)).toBe('Expected a number from 1 to 720 (h), got “0”.');
  expect(readParam('many', param)).toBe('Expected a number from 1 to 720 (h), got “many”.');
  expect(readParam('', param)).toBe('Expected a number from 1 to 720 (h), got nothing.');
});

test('a pull in few words', () => {
  const words = (lever: string, value: boolean | number | string) =>
    pullWords({ atS: 0, lever, value }, scenario);
  expect(words('l3', true)).toBe('L3 on');
  expect(words('coalescing', false)).toBe('Coalescing off');
  expect(words('retryBudget', 20)).toBe('Retry budget 20 %');
  expect(words('queueOrder', 'lifo')).toBe('Queue newest');
  expect(words('flushDead', true)).toBe('flush dead work');
  expect(words('load.factor', 3)).toBe('load.factor 3');
});

test('the flush buttons count what they would drop in the whole fleet', () => {
  const names = columnNames(scenario);
  const series = new Series(names, 1);
  const control = (id: string) => scenario.levers.find((lever) => lever.id === id)!.control;
  expect(actionCount(control('flushDead'), series, scenario)).toBe('');
  const row: Record<string, number> = { 'station.pool.queue': 30_000, 'station.pool.dead': 29_000 };
  series.append(
    0,
    1,
    Float64Array.from(names, (name) => row[name] ?? 0),
  );
  expect(actionCount(control('flushDead'), series, scenario)).toBe('2.9\u00a0M');
  expect(actionCount(control('flushAll'), series, scenario)).toBe('3.0\u00a0M');
  expect(actionCount(control('l3'), series, scenario)).toBe('');
});

test('the time since the surge began', () => {
  const span = String;
  expect(sinceEvents(scenario, 1180, span)).toBe('160 since the surge began');
  expect(sinceEvents(scenario, 960.5, span)).toBe('60 to the surge');
  expect(sinceEvents({ ...scenario, events: [] }, 10, span)).toBe('');
});
