import { describe, expect, it } from 'vitest';
import { masteryOf, nothingDone } from '../../../stores/mastery/mastery.ts';
import { untouched } from '../../../stores/progress/records.ts';
import type { AnswerRecord, SittingRecord } from '../../../stores/quiz-saved.ts';
import { doneOf } from './done.ts';

const nothing = { marks: [], progress: [], sittings: [], answers: [] };
const offered = { sections: ['tiers', 'ttl'], exercises: ['01-a', '02-b', '03-c'] };
const standings = masteryOf(nothingDone);

const sitting = (id: string, more: Partial<SittingRecord> = {}): SittingRecord => ({
  ...{ form: 1, id, scope: 'test', questions: ['a', 'b', 'c', 'd', 'e'], seed: 1, startedAtMs: 0, ...more },
});
/** First answers of a test, of which `right` are right; the others are given up. */
const answers = (id: string, right: number, count = 5): AnswerRecord[] =>
  ['a', 'b', 'c', 'd', 'e'].slice(0, count).map((question, number) => ({
    ...{ form: 1, sitting: id, number, question, seed: 1, confidence: null, atMs: 100 + number, tookMs: 1 },
    ...{ given: number < right ? 1 : null, right: number < right },
  }));

describe('what the certificate says', () => {
  it('of nothing says nothing, and all that remains', () => {
    const done = doneOf(nothing, offered, standings, undefined);
    expect(done).toMatchObject({
      test: undefined,
      run: undefined,
      read: { count: 0, of: 2 },
      exercises: { count: 0 },
    });
    expect(done.remains).toEqual([
      'the module’s test',
      '2 sections to read',
      '3 exercises to solve',
      `${standings.length} objectives to master in the quiz`,
      'a run of Prime Day to its end',
    ]);
  });

  it('tells solved alone from solved with the solution seen; what is not offered does not count', () => {
    const progress = [
      { ...untouched('01-a'), solvedAtMs: 10, triesToSolve: 1, hintsOpened: 1 },
      { ...untouched('02-b'), solvedAtMs: 30, triesToSolve: 2, gaveUpAtMs: 20 },
      { ...untouched('03-c'), gaveUpAtMs: 5 },
      { ...untouched('99-gone'), solvedAtMs: 99, triesToSolve: 1 },
    ];
    const marks = [
      { section: 'ttl', readAtMs: 7 },
      { section: 'gone', readAtMs: 9 },
    ];
    const done = doneOf({ ...nothing, progress, marks }, offered, standings, undefined);
    expect(done.exercises).toEqual({ count: 2, of: 3, lastAtMs: 30, alone: 1, seen: 1, withHints: 1 });
    expect(done.read).toEqual({ count: 1, of: 2, lastAtMs: 7 });
    expect(done.remains).toContain('1 exercise to solve');
  });

  it('takes the best ended test, and says how many there were', () => {
    const sittings = [
      sitting('one'),
      sitting('two'),
      sitting('open'),
      sitting('practice', { scope: 'cache' }),
    ];
    const given = [
      ...answers('one', 3),
      ...answers('two', 4),
      ...answers('open', 4, 4),
      ...answers('practice', 5),
    ];
    const { test, remains } = doneOf({ ...nothing, sittings, answers: given }, offered, standings, undefined);
    expect(test).toEqual({ right: 4, of: 5, passed: true, atMs: 104, sittings: 2 });
    expect(remains[0]).not.toContain('test');
    const failed = doneOf(
      { ...nothing, sittings, answers: answers('one', 3) },
      offered,
      standings,
      undefined,
    );
    expect(failed.remains[0]).toBe('the module’s test, to be passed');
  });
});
