import { describe, expect, it } from 'vitest';
import { tracedRun } from '../../../../engine/simulation/request-trace.fixture.ts';
import type { RequestTrace, TraceSpan, TraceWindow } from '../../../../engine/simulation/request-trace.ts';
import { parseScenario, type ScenarioInput } from '../../../../engine/simulation/scenario.ts';
import { CATALOGUE } from '../../../../engine/scenarios/catalogue.ts';
import { costsOf } from './costs.ts';
import { cents, namesOf, took } from './names.ts';
import { nextOf, picksOf } from './picks.ts';
import { nearest, pathOf, scatterOf } from './scatter.ts';
import { lookOf, spanWords } from './span-words.ts';
import { storyOf } from './story.ts';
import { ticksOf, tickWords } from './ticks.ts';

const constant = (meanMs: number) => ({ law: 'constant' as const, meanMs });
const scenario: ScenarioInput = {
  name: 'shop',
  durationS: 10,
  load: { ratePerS: 1 },
  path: ['near', 'pool'],
  tiers: { near: { level: 'l1', capacityEntries: 9, lookup: constant(1) } },
  stations: { pool: { title: 'the pool', servers: 1, service: constant(100) } },
};
const names = namesOf(parseScenario(scenario));
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const at = (fromMs: number, toMs: number, attempt = 1) =>
  ({ fromMs, toMs, attempt, copy: 1, end: 'done' }) as const;
const queue = { kind: 'queue', station: 'pool', replica: null, gate: false, busy: 48, servers: 48 } as const;
function traceOf(spans: TraceSpan[], more: Partial<RequestTrace> = {}): RequestTrace {
  return {
    ...{
      id: 1234,
      kind: 'request',
      arrivedAtMs: 0,
      key: 42,
      instance: 0,
      priority: 0,
      className: null,
      agent: null,
    },
    ...{ endedAtMs: 3200, outcome: { kind: 'failed', cause: 'timeout' }, tries: 1, spans },
    ...{ costs: [], waitedFor: [], joinedBy: [] },
    ...more,
  } as RequestTrace;
}

const storm = traceOf(
  [
    { ...at(0, 1), kind: 'probe', tier: 'near', found: 'miss', promotedTo: [] },
    { ...at(1, 3000), ...queue, end: 'left', ahead: 2310, dead: 1640, newestFirst: false },
    { ...at(3000, 3000), kind: 'deadWork', station: 'pool', inService: false, owedUsd: 0.024 },
    {
      ...at(3000, 3000),
      kind: 'failure',
      cause: 'timeout',
      where: null,
      state: null,
      breaker: null,
      next: 'retry',
    },
    { ...at(3000, 3200), kind: 'backoff' },
    { ...at(3200, 3201, 2), kind: 'probe', tier: 'near', found: 'hit', promotedTo: [] },
  ],
  { tries: 2, endedAtMs: 3201, outcome: { kind: 'answered', by: 'near', how: 'tier' } },
);

describe('the story of a request', () => {
  it('tells each try in plain words', () => {
    expect(storyOf(storm, names, 9999).map(plain)).toEqual([
      'Somebody asks for key 42. It asked L1 and missed (1.0 ms). ' +
        'It stood behind 2,310 calls, 71 % of them dead, in the queue of the pool, and its time was up after 3.00 s. ' +
        'The next try came 200 ms later.',
      'Try 2. It asked L1 and found it (1.0 ms). It was answered by L1 after 3.20 s. ' +
        'Its call goes on as work for nobody, and will cost $0.024.',
    ]);
  });

  it('has words and a look for whatever a run brings', { timeout: 20_000 }, () => {
    const kinds = new Set<string>();
    for (const name of [
      'prime-day',
      'model-bill',
      'redis-outage',
      'batching',
      'tied-requests',
      'connections',
    ]) {
      const input = CATALOGUE[name]!;
      const full = parseScenario(input);
      const known = namesOf(full);
      const preset = Object.values(full.presets)[0]?.pulls ?? {};
      const pulls = Object.entries(preset).map(([lever, value]) => ({ atS: 1, lever, value }));
      const { window } = tracedRun(input, { untilS: 8, pulls });
      for (const trace of window.traces) {
        for (const span of trace.spans) {
          kinds.add(span.kind);
          expect(spanWords(span, known).name).not.toBe('');
          expect(lookOf(span, known)).toBeTruthy();
        }
        const story = storyOf(trace, known, window.untilMs).join(' ');
        expect(story).not.toMatch(/undefined|NaN|null|Infinity|\.\.| {2}/);
        expect(story).toMatch(/\.$/);
      }
    }
    expect(kinds.size).toBeGreaterThan(10);
  });
});

describe('the rows of the waterfall', () => {
  it.each<[string, TraceSpan]>([
    [
      'Queue of the pool: behind 10 calls, all of them dead, 48 of 48 servers busy; its caller left',
      { ...at(0, 9), ...queue, end: 'left', ahead: 10, dead: 10, newestFirst: false },
    ],
    [
      'Queue of the pool: next in line, no server works, the newest is served first; still going on',
      { ...at(0, 9), ...queue, end: 'open', ahead: 0, dead: 0, busy: 0, servers: 0, newestFirst: true },
    ],
    [
      'Waits for request 7: which had asked for the same at the pool',
      { ...at(0, 9), kind: 'joined', station: 'pool', owner: { id: 7, arrivedAtMs: 0 } },
    ],
    ['Waits for a batch: with 1 other request', { ...at(0, 9), kind: 'window', station: 'pool', with: [3] }],
    [
      'Fails: the limit on calls was reached; 3 waiting, 5 in service, limit 8',
      {
        ...at(0, 0),
        kind: 'failure',
        cause: 'limit',
        where: 'pool',
        state: { waiting: 3, busy: 5, servers: 9, limit: 8.4 },
        breaker: null,
        next: 'never',
      },
    ],
    [
      'Try 2 fails: its time was up; no retry: the budget for retries is empty',
      {
        ...at(0, 0, 2),
        kind: 'failure',
        cause: 'timeout',
        where: null,
        state: null,
        breaker: null,
        next: 'budget',
      },
    ],
  ])('%s', (words, span) => {
    const { name, detail } = spanWords(span, names);
    expect(plain(`${name}: ${detail}`)).toBe(words);
  });

  it('has round times on its axis', () => {
    expect(ticksOf(12_000)).toEqual([0, 5000, 10_000]);
    expect(ticksOf(5)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ticksOf(0.3)).toHaveLength(4);
    for (const ms of [1e-6, 0.07, 3, 99, 1234, 1e7]) {
      expect(ticksOf(ms).length).toBeGreaterThan(1);
      expect(ticksOf(ms).length).toBeLessThan(8);
    }
    expect([0, 0.1, 250, 2500].map((ms) => plain(tickWords(ms)))).toEqual([
      '0 ms',
      '0.1 ms',
      '250 ms',
      '2.5 s',
    ]);
  });
});

describe('the ways into a stretch', () => {
  const one = (id: number, tookMs: number, more: Partial<RequestTrace> = {}) =>
    traceOf([], {
      id,
      arrivedAtMs: id * 10,
      endedAtMs: id * 10 + tookMs,
      outcome: { kind: 'answered', by: 'near', how: 'tier' },
      ...more,
    });
  const window: TraceWindow = {
    ...{ fromMs: 0, toMs: 100, untilMs: 500, truncated: false, forgottenPico: 0 },
    traces: [
      one(1, 5),
      one(2, 80, { outcome: { kind: 'failed', cause: 'timeout' }, tries: 3 }),
      one(3, 7),
      one(4, 0, { endedAtMs: null, outcome: { kind: 'underWay' } }),
      one(5, 100, { outcome: { kind: 'failed', cause: 'full' }, waitedFor: [{ id: 1, arrivedAtMs: 10 }] }),
    ],
  };

  it('are the slowest, a typical one, and groups with the slowest first', () => {
    const picks = Object.fromEntries(picksOf(window, names).map(({ id, ids }) => [id, ids]));
    expect(picks).toEqual({
      slowest: [4],
      typical: [3],
      failed: [5, 2],
      retried: [2],
      joined: [5],
      'answered by L1': [3, 1],
      'still under way': [4],
    });
  });

  it('go on to the next of a group', () => {
    const pick = { id: 'failed', label: '', ids: [5, 2] };
    expect([undefined, 5, 2, 1].map((id) => nextOf(pick, id))).toEqual([5, 2, 5, 5]);
    expect(nextOf({ ...pick, ids: [] }, 5)).toBeUndefined();
  });

  it('are seen as dots that can be pointed at', () => {
    const { dots, ticks } = scatterOf(window, names, 600, 150);
    expect(dots.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    for (const { x, y } of dots) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(600);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(150);
    }
    expect(ticks.map(({ ms }) => ms)).toEqual([0.1, 1, 10, 100]);
    expect(dots[3]!.y).toBeLessThan(dots[0]!.y);
    const dot = dots[1]!;
    expect(nearest(dots, dot.x + 3, dot.y - 2)?.id).toBe(2);
    expect(nearest(dots, 599, 149)).toBeUndefined();
    expect(pathOf(dots, 'trouble').match(/M/g)).toHaveLength(4);
    expect(pathOf(dots, 'l4')).toBe('');
  });
});

describe('what a request cost', () => {
  it('has a row for each payment, and what was paid and will be paid for nobody', () => {
    const trace = {
      ...storm,
      costs: [
        { atMs: 100, of: 'pool', pico: 2e10, tokens: null },
        {
          atMs: 4000,
          of: 'gpt',
          pico: 1e9,
          tokens: { input: 1500, cached: 1000, cacheWrite: 0, output: 20 },
        },
      ],
    };
    const { rows, totalUsd, lateUsd, owedUsd } = costsOf(trace, names);
    expect(rows).toMatchObject([
      { what: 'the pool', tokens: 'one call', late: false, usd: 0.02 },
      { what: 'gpt', tokens: '1,500 in (1,000 cached), 20 out', late: true, afterMs: 4000 },
    ]);
    expect([totalUsd, lateUsd, owedUsd]).toEqual([0.021, 0.001, 0.024]);
  });

  it('is written with three figures, however small', () => {
    expect([0, 0.0000123456, 0.024, 1.5].map(cents)).toEqual(['$0', '$0.0000123', '$0.024', '$1.50']);
    expect([0, 0.01, 4.24, 3000].map((ms) => plain(took(ms)))).toEqual([
      '0 ms',
      '< 0.1 ms',
      '4.2 ms',
      '3.00 s',
    ]);
  });
});
