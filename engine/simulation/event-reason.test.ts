import { describe, expect, it, test } from 'vitest';
import { budgetDay } from '../scenarios/budget-day.ts';
import { primeDay } from '../scenarios/prime-day.ts';
import { eventReason, type ReasonSeries } from './event-reason.ts';
import { eventWords } from './event-words.ts';
import type { NotableEvent, NotableKind } from './notable.ts';
import { parseScenario } from './scenario.ts';
import { Simulation } from './simulation.ts';

const scenario = parseScenario(primeDay);

/** A series of a few columns, by hand. */
function seriesOf(columns: Record<string, number[]>, intervalS = 1): ReasonSeries {
  const length = Math.max(...Object.values(columns).map((column) => column.length));
  return { intervalS, length, has: (name) => name in columns, at: (name, i) => columns[name]?.[i] ?? NaN };
}
const still: ReasonSeries = seriesOf({ completed: [] as number[] });

describe('the reason of an event', () => {
  const events: NotableEvent[] = [
    { atS: 10, kind: 'scripted', data: { label: 'Surge ×2', kind: 'surge' } },
    { atS: 16, kind: 'saturated', data: { station: 'pool', busy: 48, servers: 48, queue: 60 } },
    { atS: 28, kind: 'slow', data: { meanMs: 412, baselineMs: 100 } },
    { atS: 39, kind: 'collapse', data: { errorRate: 0.62, meanMs: 2900, hitRate: 0.1 } },
    { atS: 60, kind: 'metastable', data: { sinceS: 30, collapseS: 25, errorRate: 0.99 } },
  ];

  it('is the engine’s condition, with the figures of that moment and what they were held against', () => {
    const reason = eventReason({ scenario, events, series: still }, 2);
    expect(reason).toMatchObject({
      title: 'Answers take long',
      atS: 28,
      section: 'queueing',
      figures: [{ label: 'mean response', value: '412 ms', against: 'more than 3 × 100 ms' }],
    });
    expect(reason.because).toBe(
      'Over the last 5 s the mean response was more than 3 times what it was before the first event.',
    );
    expect(eventWords(events[4]!, scenario).figures).toEqual([
      { label: 'the cause is gone for', value: '30 s', against: 'at least 30 s' },
      { label: 'in collapse for', value: '0:35' },
      { label: 'without an answer', value: '99 %' },
    ]);
  });

  it('names what came before and after, the nearest first', () => {
    const { before, after } = eventReason({ scenario, events, series: still }, 3);
    expect(before).toEqual([
      { index: 2, title: 'Answers take long', apartS: 11 },
      { index: 1, title: 'Model pool saturated', apartS: 23 },
      { index: 0, title: 'Surge ×2', apartS: 29 },
    ]);
    expect(after).toEqual([{ index: 4, title: 'The failure keeps itself alive', apartS: 21 }]);
    expect(eventReason({ scenario, events, series: still }, 0).before).toEqual([]);
  });

  it('says how things stood a minute later, over five seconds, in all cells', () => {
    const n = 100;
    const row = (value: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => value(i));
    // At 39 s: 100 ms; a minute later: half of 10 a second take 100 ms, half 300 ms, and 2 of 10 fail.
    const series = seriesOf({
      completed: row(() => 10),
      failed: row((i) => (i < 50 ? 0 : 2)),
      meanMs: row((i) => (i < 50 ? 100 : i % 2 === 0 ? 100 : 300)),
      'station.pool.queue': row((i) => (i < 98 ? 3 : 7)),
    });
    const { followed } = eventReason({ scenario, events, series }, 3);
    // Intervals 94 to 98: means of 100, 300, 100, 300 and 100.
    expect(followed).toEqual({
      afterS: 60,
      figures: [
        { label: 'mean response', value: '180 ms', against: 'was 100 ms' },
        { label: 'without an answer', value: '20 %', against: 'was 0 %' },
        { label: 'calls waiting', value: '700', against: 'was 300' },
      ],
    });
    // The run ends before.
    expect(eventReason({ scenario, events, series }, 4).followed.figures).toEqual([]);
  });
});

test('an event of the script says what it has changed, and from what', () => {
  const event: NotableEvent = { atS: 1020, kind: 'scripted', data: { label: 'Surge ×2', kind: 'surge' } };
  expect(eventWords(event, scenario).figures).toEqual([
    { label: 'load.factor', value: '2', against: 'was 1' },
  ]);
  const over = scenario.events.findIndex(({ kind }) => kind === 'relief');
  const relief: NotableEvent = {
    atS: new Simulation(primeDay, 1).scriptedAtS[over]!,
    kind: 'scripted',
    data: { label: scenario.events[over]!.label, kind: 'relief' },
  };
  expect(eventWords(relief, scenario).figures).toContainEqual({
    label: 'load.factor',
    value: '1',
    against: 'was 2',
  });
});

test('a pull says what the lever does; a plain setting is its own name', () => {
  const pull = (lever: string, value: number | boolean): NotableEvent => ({
    atS: 5,
    kind: 'pull',
    data: { lever, value },
  });
  const l3 = scenario.levers.find(({ id }) => id === 'l3')!;
  const words = eventWords(pull('l3', true), scenario);
  expect(words.title).toBe(`You: ${l3.label}`);
  expect(words.because).toContain(l3.reason);
  expect(words.figures[0]!.value).toBe('on');
  expect(eventWords(pull('load.factor', 3), { ...scenario, levers: [] })).toMatchObject({
    title: 'You: load.factor',
    figures: [{ label: 'load.factor', value: '3' }],
  });
});

/** One of each kind, as its watcher writes it. */
const KINDS = {
  scripted: { label: 'Surge ×2', kind: 'surge' },
  pull: { lever: 'l3', value: true },
  saturated: { station: 'pool', busy: 48, servers: 48, queue: 60 },
  relieved: { station: 'pool', busy: 20, servers: 48 },
  slow: { meanMs: 412, baselineMs: 100 },
  collapse: { errorRate: 0.6, meanMs: 3000, hitRate: 0.2 },
  plateau: { plateauMs: 12_000, tries: 4, timeoutMs: 3000, errorRate: 0.99, p50Ms: 12_000 },
  metastable: { sinceS: 1, collapseS: 1, errorRate: 0.9 },
  alert: { budget: 'company', threshold: 0.8, share: 0.81 },
  refusing: { budget: 'company', share: 1, refused: 3, spentUsd: 10, limitUsd: 10 },
  measures: { level: 1, name: 'save', from: 0, share: 0.8 },
  decision: {
    station: 'pool',
    from: 2,
    to: 4,
    why: 'load',
    meanMs: 10,
    targetMs: 20,
    arrivalsPerS: 5,
    serviceMs: 100,
  },
  interrupted: { agents: 2 },
  pause: { pauseMs: 1500, share: 0.95 },
  outOfMemory: { instances: 1 },
  breaker: { station: 'pool', state: 'open', failures: 5, failureRate: null, windowMs: 60_000 },
  limit: { station: 'pool', from: 20, to: 10, why: 'losses' },
  shedding: { station: 'pool', class: 'low', began: true, share: 0.4 },
  codel: { station: 'pool', began: true, perS: 3 },
  tooLate: { station: 'pool', began: false, perS: 0 },
  queueFull: { station: 'pool', began: true, perS: 3 },
  retryBudget: { began: true, perS: 3 },
  hedges: { station: 'pool', state: 'capped', share: 0.3 },
  connections: { station: 'pool', began: true, waiting: 7 },
  batch: { station: 'pool', perS: 2, fallback: true },
  recovered: { afterS: 300, meanMs: 90, hitRate: 0.98 },
} satisfies Record<NotableKind, NotableEvent['data']>;

test.each(Object.entries(KINDS))(
  '%s has a title, its condition and figures that are numbers',
  (kind, data) => {
    const withGateway = parseScenario(budgetDay);
    const of = kind === 'measures' || kind === 'alert' || kind === 'refusing' ? withGateway : scenario;
    const words = eventWords({ atS: 1020, kind: kind as NotableKind, data }, of);
    expect(words.title).not.toMatch(/undefined|NaN/);
    expect(words.because.length).toBeGreaterThan(30);
    expect(words.figures.length).toBeGreaterThan(0);
    for (const { label, value, against = '' } of words.figures)
      expect(`${label} ${value} ${against}`).not.toMatch(/undefined|NaN|any number of|no time yet/);
  },
);

test('a run’s own events all have a reason whose figures pass their bounds', () => {
  const run = new Simulation(primeDay, 4217);
  run.advanceTo(1100 * 1000);
  const kinds = run.events.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['scripted', 'saturated', 'slow', 'collapse']));
  const of = (kind: NotableKind) => run.events.find((event) => event.kind === kind)!.data;
  expect(Number(of('slow')['meanMs'])).toBeGreaterThan(3 * Number(of('slow')['baselineMs']));
  expect(Number(of('collapse')['errorRate'])).toBeGreaterThan(0.5);
  expect(Number(of('saturated')['busy'])).toBeGreaterThan(0.98 * Number(of('saturated')['servers']));
  for (const [i] of run.events.entries()) {
    const { title, because, figures } = eventReason(
      { scenario: run.scenario, events: run.events, series: still },
      i,
    );
    expect(JSON.stringify([title, because, figures])).not.toMatch(/undefined|NaN/);
  }
});
