import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../../engine/tuning/effect.ts';
import { effectInWords, FIGURES, meanwhileInWords, useRow } from './words.ts';

const clock = (s: number): string => `${s} s`;
const effect = (part: Partial<Effect>): Effect => ({
  ...{ id: 'x', title: 'X', atS: 100, figure: 'meanMs', before: 900, predicted: 90, by: 'Erlang C' },
  ...{
    measured: null,
    verdict: null,
    fromS: 160,
    toS: 220,
    inTime: true,
    meanwhile: { pulls: 0, events: [] },
  },
  ...part,
});

describe('an effect in words', () => {
  it.each([
    [{}, 120, 'It works through until 160 s; then it is measured, until 220 s.'],
    [{}, 200, 'Being measured, from 160 s to 220 s.'],
    [{ inTime: false }, 120, 'The run ends before it could be measured, which would be from 160 s to 220 s.'],
    [{ measured: 95, verdict: 'held' }, 300, 'The prediction held. Measured from 160 s to 220 s.'],
    [
      { measured: 880, verdict: 'none' },
      300,
      'It did not do what was predicted. Measured from 160 s to 220 s.',
    ],
  ] as const)('%j at %d s', (part, nowS, words) =>
    expect(effectInWords(effect(part), nowS, clock)).toBe(words),
  );

  it.each([
    [{ pulls: 0, events: [] }, ''],
    [{ pulls: 1, events: [] }, 'Not alone: another pull came in between.'],
    [{ pulls: 2, events: ['Surge ends'] }, 'Not alone: 2 other pulls and “Surge ends” came in between.'],
  ])('says what else came: %j', (meanwhile, words) =>
    expect(meanwhileInWords(effect({ meanwhile }))).toBe(words),
  );

  it('writes each figure in its unit', () => {
    expect(FIGURES.meanMs.text(1234)).toBe('1.23\u00a0s');
    expect(FIGURES.triesPerRequest.text(3.987)).toBe('3.99');
    expect(FIGURES.costUsdPerHour.text(512)).toBe('$512/h');
  });
});

describe('a row of what is used', () => {
  it('of servers: share, queue, dead work; none without a bound', () => {
    const desk = {
      kind: 'servers',
      name: 'desk',
      title: 'Desk',
      busy: 12,
      servers: 48,
      queue: 0,
      dead: 0,
    } as const;
    expect(useRow(desk)).toMatchObject({
      value: '25\u00a0% of 48',
      note: 'nobody waits',
      share: 0.25,
      bad: false,
    });
    expect(useRow({ ...desk, busy: 48, queue: 2000, dead: 500 })).toMatchObject({
      note: '2.0\u00a0k waiting, 500 for nobody',
      bad: true,
    });
    expect(useRow({ ...desk, servers: null })).toMatchObject({ value: '12.0 busy', share: null, bad: false });
    expect(useRow({ ...desk, servers: 0, busy: 0 })).toMatchObject({ share: 1, bad: true });
  });

  it('of connections, memory and budgets', () => {
    expect(
      useRow({
        kind: 'connections',
        name: 'm',
        title: 'Model',
        open: 12,
        most: 12,
        waiting: 30,
        reusedShare: 0,
      }),
    ).toMatchObject({ title: 'Connections to Model', value: '12 of 12', bad: true });
    expect(
      useRow({
        ...{ kind: 'memory', name: 'memory', title: 'Heaps', liveShare: 0.3 },
        ...{ takenShare: 0.7, heapMb: 2048, longestPauseMs: 0 },
      }),
    ).toMatchObject({ value: '30\u00a0% live', note: '70\u00a0% of 2.0\u00a0k MB taken', bad: false });
    expect(
      useRow({ kind: 'budget', name: 'b', title: 'Budget b', spentUsd: 33_000, limitUsd: 30_000 }),
    ).toMatchObject({ value: '110\u00a0% spent', share: 1, bad: true });
  });
});
