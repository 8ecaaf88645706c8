import { describe, expect, it } from 'vitest';
import { objectives } from '../../quiz/objectives.ts';
import { masteryOf, nothingDone } from './mastery/mastery.ts';
import { untouched, type Progress } from './progress/records.ts';
import type { AnswerRecord, SittingRecord } from './quiz-saved.ts';
import { resumeOf, type Contents, type Traces } from './resume.ts';

const contents: Contents = {
  sections: objectives.map(({ id, title }, i) => ({
    ...{ id, title, number: `n${i}`, minutes: 10 },
    headings: [
      { id: 's-a', title: 'First', share: 0 },
      { id: 's-b', title: 'Second', share: 0.55 },
    ],
  })),
  exercises: [...new Set(objectives.flatMap(({ exercises }) => exercises))].map((id) => ({
    id,
    title: `Do ${id}`,
  })),
  questions: new Set(['a', 'b', 'c']),
};
const none: Traces = { place: undefined, marks: [], progress: [], drafts: [], sittings: [], answers: [] };
const standings = masteryOf(nothingDone);
const resume = (traces: Partial<Traces>, of = standings) => resumeOf({ ...none, ...traces }, contents, of);

const tried = (exercise: string, lastTriedAtMs: number, more: Partial<Progress> = {}): Progress => ({
  ...{ ...untouched(exercise), tries: 2, lastTriedAtMs },
  ...more,
});
const sitting = (id: string, startedAtMs: number, scope = 'test'): SittingRecord => ({
  ...{ form: 1, id, scope, questions: ['a', 'b', 'c'], seed: 1, startedAtMs },
});
const answer = (number: number, question: string, right: boolean, atMs: number): AnswerRecord => ({
  ...{ form: 1, sitting: 's', number, question, seed: 1, given: 1, confidence: null, right, atMs, tookMs: 1 },
});

describe('where the learner goes on', () => {
  it('begins at the beginning', () =>
    expect(resume({})).toMatchObject({
      ...{ is: 'new', of: 'reading', title: `n0 ${objectives[0].title}`, left: '10 min' },
      ...{ href: '#/learn/tiers', atMs: undefined, section: undefined },
    }));

  it('goes back to the heading, and counts what stands behind it', () => {
    const place = { section: 'ttl', heading: 's-b', atMs: 70 };
    expect(resume({ place })).toMatchObject({
      ...{ is: 'open', at: 'at “Second”', left: '5 min left', href: '#/learn/ttl', atMs: 70, section: 'ttl' },
    });
    expect(resume({ place: { ...place, heading: null } })).toMatchObject({ at: '', left: '10 min left' });
    expect(resume({ place: { ...place, heading: 's-gone' } }).left).toBe('10 min left');
  });

  it('takes the newest of section, exercise and sitting', () => {
    const traces = {
      place: { section: 'ttl', heading: null, atMs: 70 },
      progress: [tried('02-lru', 80)],
      sittings: [sitting('s', 60)],
      answers: [answer(0, 'a', true, 90)],
    };
    expect(resume(traces)).toMatchObject({
      ...{
        of: 'quiz',
        title: 'The module’s test',
        left: '2 of 3 questions left',
        href: '#/quiz/s',
        atMs: 90,
      },
    });
    expect(resume({ ...traces, answers: [] })).toMatchObject({
      ...{ of: 'exercise', at: 'exercise 02', left: '2 tries so far', href: '#/code/02-lru', atMs: 80 },
    });
    expect(resume({ ...traces, answers: [], progress: [] }).of).toBe('reading');
  });

  it('knows an exercise by its draft alone', () =>
    expect(resume({ drafts: [{ exercise: '02-lru', savedAtMs: 5 }] })).toMatchObject({
      ...{ of: 'exercise', left: 'not tried yet', atMs: 5 },
    }));

  it('a place without its time comes after all that has one', () => {
    const place = { section: 'ttl', heading: null };
    expect(resume({ place })).toMatchObject({ of: 'reading', atMs: undefined });
    expect(resume({ place, drafts: [{ exercise: '02-lru', savedAtMs: 5 }] }).of).toBe('exercise');
  });

  it('a wrong answer keeps its question open, a review has a page of its own', () => {
    const answers = [answer(0, 'a', false, 9)];
    expect(resume({ sittings: [sitting('s', 1, 'review')], answers })).toMatchObject({
      ...{ title: 'Review', left: '3 of 3 questions left', href: '#/review/s' },
    });
  });

  it('leaves out what is over, solved, read to its end, or not asked any more', () => {
    const marks = [{ section: 'tiers', readAtMs: 1 }];
    const over = [answer(0, 'a', true, 1), answer(1, 'b', true, 2), answer(2, 'c', true, 3)];
    const gone = { ...sitting('g', 99), questions: ['a', 'gone'] };
    const found = resume({
      ...{ marks, place: { section: 'tiers', heading: 's-b', atMs: 50 } },
      progress: [tried('02-lru', 80, { solvedAtMs: 80 })],
      ...{
        drafts: [{ exercise: '02-lru', savedAtMs: 90 }],
        sittings: [sitting('s', 1), gone],
        answers: over,
      },
    });
    expect(found).toMatchObject({ is: 'next', of: 'reading', href: '#/learn/tiers' });
  });
});

describe('when all that was begun is finished', () => {
  const stood = (...firsts: Partial<(typeof standings)[number]>[]) =>
    standings.map((one, i) => ({ ...one, ...firsts[i] }));
  const marks = [{ section: 'tiers', readAtMs: 1 }];

  it('the next step: exercise, then quiz, then the next objective', () => {
    const read = { read: 'done' } as const;
    expect(resume({ marks }, stood(read))).toMatchObject({
      is: 'next',
      of: 'exercise',
      href: '#/code/04-traversal',
    });
    const solved = ['04-traversal', '24-bug-hunt-falsy'].map((id) => tried(id, 1, { solvedAtMs: 1 }));
    expect(resume({ marks, progress: solved.slice(0, 1) }, stood(read)).href).toBe(
      '#/code/24-bug-hunt-falsy',
    );
    expect(resume({ marks, progress: solved }, stood(read))).toMatchObject({
      of: 'quiz',
      href: '#/quiz/tiers',
    });
    expect(resume({ marks }, stood({ mastered: true }))).toMatchObject({ is: 'next', href: '#/learn/ttl' });
  });

  it('and when everything is mastered, the incident', () =>
    expect(
      resume(
        { marks },
        standings.map((one) => ({ ...one, mastered: true })),
      ),
    ).toMatchObject({
      ...{ is: 'all', of: 'lab', href: '?scenario=prime-day#/' },
    }));
});
