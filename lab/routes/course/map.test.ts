import { beforeAll, describe, expect, it } from 'vitest';
import { objectives } from '../../../quiz/objectives.ts';
import { masteryOf, nothingDone, type Work } from '../../stores/mastery/mastery.ts';
import { untouched, type Progress } from '../../stores/progress/records.ts';
import type { RunRecord } from '../../stores/runs-saved.ts';
import type { CourseFacts } from './course-facts.ts';
import { goalViews } from './goals.ts';
import { COLUMNS, mapOf, percentOf, type MapInput, type Row } from './map.ts';

const facts: CourseFacts = {
  sections: objectives.map(({ id, title }) => ({ id, number: '1.1', title, minutes: 5, headings: [] })),
  exercises: [
    { id: '01-ttl-cache', title: 'A', primeDay: false },
    { id: '25-prime-day-eviction', title: 'B', primeDay: true },
    { id: '29-prime-day-retries', title: 'C', primeDay: true },
  ],
  questions: {},
  test: ['a', 'b'],
  incident: {
    ...{ seed: 1, fromS: 0, stepS: 5, aloneMs: [], rescuedMs: [], surge: { fromS: 0, toS: 1, factor: 2 } },
    ...{ rescueAtS: 0, rescuedAfterS: 0, targetMs: 94, recoverWithinS: 420, startOfDayS: 0 },
  },
};
const map = (work: Partial<Work> = {}, more: Partial<MapInput> = {}) => {
  const whole = { ...nothingDone, ...work };
  return mapOf({ facts, work: whole, standings: masteryOf(whole), due: [], best: undefined, ...more });
};
const row = (id: string, ...args: Parameters<typeof map>): Row =>
  map(...args)
    .flatMap(({ rows }) => rows)
    .find((one) => one.id === id)!;
const states = ({ cells }: Row) => cells.map(({ state }) => state);
const solved = (exercise: string): Progress => ({ ...untouched(exercise), tries: 1, solvedAtMs: 1 });

const best = {
  ...{ scenario: 'prime-day', seed: 7, recoveredAfterS: 342 },
  objectives: [
    { id: 'meanMs', title: 'Mean response', met: false, value: 118, unit: 'ms', bound: 94 },
    { id: 'hitRate', title: 'Hit rate', met: false, value: 0.962, unit: 'share', bound: 0.97 },
    { id: 'recovery', title: 'Recovered', met: true, value: 342, unit: 's', bound: 420 },
    { id: 'budget', title: 'Budget', met: true, value: 0.97, unit: '×', bound: 1 },
    { id: 'costUsd', title: 'Cost of the run', met: true, value: 12.5, unit: 'USD', bound: 20 },
    { id: 'new', title: 'Something new', met: true, value: 3.14159, unit: 'kg', bound: 4 },
  ],
} as unknown as RunRecord;

describe('the map', () => {
  let groups: ReturnType<typeof map>;
  beforeAll(() => void (groups = map()));

  it('has 25 objectives in three parts, and Prime Day', () => {
    expect(groups.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['Cache', 8],
      ['Cost', 7],
      ['Latency', 10],
      ['Prime Day', 1],
    ]);
    expect(groups.map(({ summary }) => summary)).toEqual([
      ...['0 of 8 mastered', '0 of 7 mastered', '0 of 10 mastered', 'no run yet'],
    ]);
  });

  it('leads from every cell to its place', () => {
    for (const one of groups.flatMap(({ rows }) => rows)) expect(one.cells).toHaveLength(COLUMNS.length);
    expect(row('ttl').cells.map(({ href }) => href)).toEqual([
      ...['#/learn/ttl', '?scenario=prime-day#/', '#/code/01-ttl-cache', '#/quiz/ttl'],
    ]);
    expect(row('prime-day').cells.map(({ href }) => href)).toEqual([
      ...['#/learn', '?scenario=prime-day#/', '#/code/25-prime-day-eviction', '#/quiz/test'],
    ]);
  });

  it('tells where the learner is, and what was done', () => {
    const work = {
      reading: 'ttl',
      finished: ['prime-day'],
      progress: { '01-ttl-cache': solved('01-ttl-cache') },
    };
    const ttl = row('ttl', work);
    expect(states(ttl)).toEqual(['now', 'done', 'done', 'open']);
    expect(ttl.cells.map(({ words }) => words)).toEqual([
      ...['you are here', 'done', '1 of 1 solved', 'no answer yet'],
    ]);
    expect(ttl.cells[0].note).toBe('here');
    expect(ttl.mastery).toBe(0.3);
  });

  it('leads to the first exercise that is not solved', () => {
    const work = { progress: { '04-traversal': solved('04-traversal') } };
    const { cells } = row('tiers', work);
    expect(cells[2]).toMatchObject({ state: 'part', share: 0.5, words: '1 of 2 solved' });
    expect(cells[2].href).toBe('#/code/24-bug-hunt-falsy');
  });

  it('marks what is due, each kind in its column', () => {
    const due = [
      { kind: 'question' as const, objective: 'ttl' },
      { kind: 'exercise' as const, objective: 'eviction' },
    ];
    expect(states(row('ttl', {}, { due }))).toEqual(['open', 'open', 'open', 'due']);
    expect(row('eviction', {}, { due }).cells[2]).toMatchObject({
      state: 'due',
      note: 'due',
      href: '#/review',
    });
  });

  it('counts the mastered ones of a part', () => {
    const standings = masteryOf(nothingDone).map((one, i) => ({ ...one, mastered: i < 10 }));
    expect(
      map({}, { standings })
        .map(({ summary }) => summary)
        .slice(0, 3),
    ).toEqual([...['8 of 8 mastered', '2 of 7 mastered', '0 of 10 mastered']]);
  });

  it('Prime Day: sections, goals of the best run, exercises that run there, the module’s test', () => {
    const sitting = {
      form: 1 as const,
      id: 's',
      scope: 'test',
      questions: ['a', 'b'],
      seed: 1,
      startedAtMs: 1,
    };
    const answer = (number: number, question: string, right: boolean) => ({
      ...{ form: 1 as const, sitting: 's', number, question, seed: 1, given: 1, confidence: null },
      ...{ right, atMs: number, tookMs: 1 },
    });
    const work = {
      ...{ read: objectives.map(({ id }) => id), sittings: [sitting] },
      progress: { '25-prime-day-eviction': solved('25-prime-day-eviction') },
      answers: [answer(0, 'a', true), answer(1, 'b', false)],
    };
    const line = row('prime-day', work, { best });
    expect(states(line)).toEqual(['done', 'part', 'part', 'part']);
    expect(line.cells.map(({ words }) => words)).toEqual([
      ...['25 of 25 sections read', '4 of 6 goals met', '1 of 2 solved'],
      'the module’s test is not passed yet',
    ]);
    expect(line.goals).toBe('4 of 6 goals');
    const passed = { ...work, answers: [answer(0, 'a', true), answer(1, 'b', true)] };
    expect(states(row('prime-day', passed, { best }))[3]).toBe('done');
  });

  it('Prime Day is back when a run has met all its goals', () => {
    const met = { ...best, objectives: best.objectives.map((one) => ({ ...one, met: true })) };
    expect(map({}, { best: met }).at(-1)!.summary).toBe('it is back');
    expect(map({}, { best }).at(-1)!.summary).toBe('not back yet');
    expect(map({}, { best: { ...best, objectives: [] } }).at(-1)!.summary).toBe('not back yet');
  });
});

it('says 80 % of nothing that is not mastered', () => {
  expect(percentOf(0.7999)).toBe('79\u00a0%');
  expect(percentOf((6 + 1 + 1) / 10)).toBe('80\u00a0%');
  expect(percentOf((6 + 3 / 3 + 1) / 10)).toBe('80\u00a0%');
});

it('writes a run’s goals in their units', () => {
  expect(goalViews(best).map(({ title, value, bound, met }) => `${title} ${value} ${bound} ${met}`)).toEqual([
    'Mean 118\u00a0ms ≤ 94\u00a0ms false',
    'Hit rate 96.2\u00a0% ≥ 97\u00a0% false',
    'Recovered 5:42 ≤ 7:00 true',
    'Budget 97\u00a0% ≤ 100\u00a0% true',
    'Cost of the run $12.50 ≤ $20.00 true',
    'Something new 3.14 kg ≤ 4 kg true',
  ]);
  expect(goalViews({ ...best, recoveredAfterS: null })[2].value).toBe('not back');
});
