import { expect, test } from 'vitest';
import type { NotableEvent, NotableKind } from '../../engine/simulation/notable.ts';
import { moneyMarks } from './money-marks.ts';

const DAY_S = 86_400;
const event = (atS: number, kind: NotableKind, data: NotableEvent['data']): NotableEvent => ({
  atS,
  kind,
  data,
});
const told = (events: NotableEvent[]) =>
  moneyMarks(events, DAY_S).map(({ atS, label, kind }) => [atS, label.replaceAll('\u00a0', ' '), kind]);

test('alerts that follow each other soon are one mark, and a refusal says more than any', () => {
  expect(
    told([
      event(30_000, 'alert', { budget: 'company', threshold: 0.5, share: 0.5 }),
      event(36_000, 'alert', { budget: 'company', threshold: 0.8, share: 0.8 }),
      event(36_600, 'alert', { budget: 'research', threshold: 0.5, share: 0.5 }),
      event(37_000, 'alert', { budget: 'company', threshold: 0.9, share: 0.9 }),
      event(38_000, 'alert', { budget: 'company', threshold: 1, share: 1 }),
      event(38_060, 'refusing', { budget: 'company' }),
      event(38_100, 'alert', { budget: 'company', threshold: 1, share: 1.1 }),
    ]),
  ).toEqual([
    [30_000, 'company 50 %', 'minor'],
    [38_060, 'company refuses', 'trouble'],
    [36_600, 'research 50 %', 'minor'],
  ]);
});

test('a limit that is reached is trouble, a threshold before it is not', () => {
  const alert = (threshold: number) => [event(5, 'alert', { budget: 'week', threshold, share: threshold })];
  expect(told(alert(0.9))).toEqual([[5, 'week 90 %', 'minor']]);
  expect(told(alert(1))).toEqual([[5, 'week 100 %', 'trouble']]);
});

test('measures by name, and their end', () => {
  expect(
    told([
      event(1000, 'measures', { level: 1, name: 'save' }),
      event(20_000, 'measures', { level: 5, name: 'emergency' }),
      event(80_000, 'measures', { level: 0, name: 'none' }),
    ]),
  ).toEqual([
    [1000, 'Measures: save', 'event'],
    [20_000, 'Measures: emergency', 'event'],
    [80_000, 'Measures over', 'event'],
  ]);
});

test('agents that are lost within half an hour are counted together', () => {
  expect(
    told([
      event(1000, 'interrupted', { agents: 1 }),
      event(1600, 'interrupted', { agents: 2 }),
      event(9000, 'interrupted', { agents: 1 }),
    ]),
  ).toEqual([
    [1000, '3 spot agents lost', 'minor'],
    [9000, 'Spot agent lost', 'minor'],
  ]);
});

test('what is not about money is left to others', () => {
  expect(told([event(5, 'scripted', { label: 'x', kind: 'fault' }), event(6, 'slow', {})])).toEqual([]);
});
