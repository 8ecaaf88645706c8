import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { untouched, type Attempt, type Progress } from '../progress/records.ts';
import type { RunRecord } from '../progress/run-records.ts';
import type { AnswerRecord } from '../quiz-saved.ts';
import { mergeAnswers } from './merge-answers.ts';
import { mergeProgress, raised } from './merge-progress.ts';
import { mergeMarks, mergeRuns, mergeScenarios } from './merge-records.ts';

const at = fc.integer({ min: 0, max: 9 });
const maybe = fc.option(at);
const result = fc.constantFrom('met' as const, 'failed' as const);
const objectives = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.record({ last: result, lastAtMs: at, metAtMs: maybe }),
  { noNullPrototype: true },
);
/** As the store makes them: a solution has its tries, and nobody gives up after it. */
const progress: fc.Arbitrary<Progress> = fc
  .record({
    tries: at,
    failedTries: at,
    lastTriedAtMs: maybe,
    solvedAtMs: maybe,
    toSolve: at,
    hints: at,
    gaveUp: maybe,
    objectives,
  })
  .map(({ toSolve, hints, gaveUp, ...one }) => ({
    form: 1,
    exercise: '01-a',
    ...one,
    triesToSolve: one.solvedAtMs === null ? null : toSolve,
    hintsOpened: hints,
    gaveUpAtMs: gaveUp !== null && one.solvedAtMs !== null && gaveUp >= one.solvedAtMs ? null : gaveUp,
  }));

describe('progress of two places', () => {
  it('by hand: the first solution, the most hints, the latest result', () => {
    const here = {
      ...untouched('01-a'),
      ...{ tries: 3, failedTries: 2, lastTriedAtMs: 30, solvedAtMs: 30, triesToSolve: 3, hintsOpened: 1 },
      objectives: { a: { last: 'met' as const, lastAtMs: 30, metAtMs: 10 } },
    };
    const there = {
      ...untouched('01-a'),
      ...{ tries: 5, failedTries: 1, lastTriedAtMs: 50, solvedAtMs: 20, triesToSolve: 2, hintsOpened: 0 },
      gaveUpAtMs: 15,
      objectives: {
        a: { last: 'failed' as const, lastAtMs: 50, metAtMs: 20 },
        b: { last: 'met' as const, lastAtMs: 20, metAtMs: 20 },
      },
    };
    expect(mergeProgress(here, there)).toEqual({
      form: 1,
      exercise: '01-a',
      ...{ tries: 5, failedTries: 2, lastTriedAtMs: 50, solvedAtMs: 20, triesToSolve: 2, hintsOpened: 1 },
      gaveUpAtMs: 15,
      objectives: {
        a: { last: 'failed', lastAtMs: 50, metAtMs: 10 },
        b: { last: 'met', lastAtMs: 20, metAtMs: 20 },
      },
    });
  });

  it('who had solved it by then has given nothing up', () => {
    const solved = { ...untouched('01-a'), solvedAtMs: 10, triesToSolve: 1 };
    const gaveUp = { ...untouched('01-a'), gaveUpAtMs: 20 };
    expect(mergeProgress(solved, gaveUp).gaveUpAtMs).toBeNull();
  });

  it('the order does not matter, in twos and in threes', () => {
    fc.assert(
      fc.property(progress, progress, progress, (a, b, c) => {
        expect(mergeProgress(a, b)).toEqual(mergeProgress(b, a));
        expect(mergeProgress(mergeProgress(a, b), c)).toEqual(mergeProgress(a, mergeProgress(b, c)));
      }),
    );
  });

  it('once more changes nothing, and nothing that was reached is lost', () => {
    fc.assert(
      fc.property(progress, progress, (a, b) => {
        const both = mergeProgress(a, b);
        expect(mergeProgress(both, b)).toEqual(both);
        expect(mergeProgress(a, a)).toEqual(a);
        for (const one of [a, b]) {
          expect(both.tries).toBeGreaterThanOrEqual(one.tries);
          expect(both.hintsOpened).toBeGreaterThanOrEqual(one.hintsOpened);
          if (one.solvedAtMs !== null) expect(both.solvedAtMs).toBeLessThanOrEqual(one.solvedAtMs);
          for (const [id, { metAtMs }] of Object.entries(one.objectives))
            if (metAtMs !== null) expect(both.objectives[id]!.metAtMs).toBeLessThanOrEqual(metAtMs);
        }
      }),
    );
  });

  it('counts go up to the attempts of both places', () => {
    const attempt = (atMs: number, kind: Attempt['kind']): Attempt => ({
      ...{ form: 1, exercise: '01-a', atMs, kind, seed: 1, passed: 0, of: 1, objectives: {} },
      ...{ changed: true, hintsOpened: 0, gaveUp: false },
    });
    const merged = { ...untouched('01-a'), tries: 2, failedTries: 1, solvedAtMs: 30, triesToSolve: 2 };
    const attempts = [attempt(30, 'passed'), attempt(10, 'failed'), attempt(20, 'failed')];
    expect(raised(merged, attempts)).toMatchObject({ tries: 3, failedTries: 2, triesToSolve: 3 });
    expect(raised({ ...merged, tries: 9 }, attempts.slice(1))).toMatchObject({ tries: 9, triesToSolve: 2 });
  });
});

const answer = (number: number, given: number, atMs: number): AnswerRecord => ({
  ...{ form: 1, sitting: 's', number, question: 'q', seed: 1, given, confidence: null },
  ...{ right: given === 1, atMs, tookMs: 5 },
});

describe('answers of a sitting that went on in two places', () => {
  it('one that goes further adds what it has more', () => {
    const [first, second] = [answer(0, 1, 10), answer(1, 1, 20)];
    expect(mergeAnswers([first], [first, second])).toEqual({ stands: [first, second], apart: [] });
    expect(mergeAnswers([first, second], [first])).toEqual({ stands: [first, second], apart: [] });
  });

  it('where they part, the earlier answer stands with all that followed it there', () => {
    const common = answer(0, 1, 10);
    const early = [answer(1, 2, 20)];
    const late = [answer(1, 1, 30), answer(2, 1, 31)];
    const expected = { stands: [common, ...early], apart: late };
    expect(mergeAnswers([common, ...early], [common, ...late])).toEqual(expected);
    expect(mergeAnswers([common, ...late], [common, ...early])).toEqual(expected);
  });

  it('no answer is lost, whichever comes first', () => {
    const branch = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 2 }), at), { maxLength: 5 })
      .map((all) => all.map(([given, atMs], i) => answer(i, given, atMs)));
    const text = (all: AnswerRecord[]) => all.map((one) => JSON.stringify(one)).sort();
    fc.assert(
      fc.property(branch, branch, (a, b) => {
        const both = mergeAnswers(a, b);
        const swapped = mergeAnswers(b, a);
        expect(both.stands).toEqual(swapped.stands);
        expect(text(both.apart)).toEqual(text(swapped.apart));
        expect(new Set(text([...both.stands, ...both.apart]))).toEqual(new Set(text([...a, ...b])));
        expect(both.stands.map(({ number }) => number)).toEqual(both.stands.map((_, i) => i));
        expect(mergeAnswers(both.stands, b).stands).toEqual(both.stands);
      }),
    );
  });
});

const run = (more: Partial<RunRecord>): RunRecord => ({
  ...{ form: 1, id: 'f', scenario: 'prime-day', title: 'Prime Day', seed: 1, engine: '1.0.0', address: '' },
  ...{ overrides: [], pulls: [], kind: 'run', finishedAtMs: 10, durationS: 60, requests: 5 },
  ...{ recoveredAfterS: null, objectives: [], score: null, pinned: false, note: '' },
  ...more,
});

describe('one key in two places', () => {
  it('a run keeps its pin, its best score and both notes, once', () => {
    const a = run({ kind: 'rescue', score: 80, note: 'calm' });
    const b = run({ finishedAtMs: 20, pinned: true, note: 'fast' });
    const both = mergeRuns(a, b);
    expect(both).toMatchObject({
      kind: 'rescue',
      score: 80,
      pinned: true,
      note: 'calm\nfast',
      finishedAtMs: 20,
    });
    expect(mergeRuns(b, a)).toEqual(both);
    expect(mergeRuns(both, a)).toEqual(both);
  });

  it('of a section the first reading counts', () => {
    const [early, late] = [
      { section: 'ttl', readAtMs: 1 },
      { section: 'ttl', readAtMs: 2 },
    ];
    expect(mergeMarks(late, early)).toEqual(early);
  });

  it('a scenario’s newer text stands, and the older one becomes a copy with a name that stays', () => {
    const old = { form: 1 as const, id: 'mine', name: 'Mine', text: '{"a":1}', savedAtMs: 1, revision: 4 };
    const young = { ...old, text: '{"a":2}', savedAtMs: 2, revision: 2 };
    const merged = mergeScenarios(young, old);
    expect(merged.stands).toEqual({ ...young, revision: 4 });
    expect(merged.copy).toMatchObject({ name: 'Mine (earlier)', text: '{"a":1}' });
    expect(mergeScenarios(old, young)).toEqual(merged);
    expect(mergeScenarios(young, { ...old, text: young.text }).copy).toBeUndefined();
  });
});
