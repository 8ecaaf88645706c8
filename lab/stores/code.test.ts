import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../exercises/catalogue.ts';
import type { Exercise } from '../../exercises/format.ts';
import type { CheckResult, Counterexample, Verdict } from '../../exercises/grader/verdict.ts';
import { smallest } from '../editor/code-editor.ts';
import { fileOf, roomOf, rungName } from './code-files.ts';
import { outcomeOf } from './code-outcome.ts';
import { freshSeed, readSeed } from './code-seed.ts';
import { traceView, unansweredView } from './code-trace.ts';

const [first, hunt] = ['01-ttl-cache', '17-bug-hunt-hit-rate'].map((id) =>
  catalogue.find((one) => one.id === id)!,
);

const counterexample = (steps: number, over: Partial<Counterexample> = {}): Counterexample => ({
  trace: Array.from({ length: steps }, (_, i) => ({
    operation: `op ${i + 1}`,
    expected: 'A',
    got: i === steps - 1 ? 'B' : 'A',
    right: i < steps - 1,
  })),
  first: { index: steps - 1, operation: `op ${steps}`, expected: 'A', got: 'B', note: 'Why.' },
  seed: 1,
  path: '0',
  shrinks: 2,
  alone: true,
  ...over,
});

describe('a trace', () => {
  it('folds what matched up to three operations before the difference', () => {
    const view = traceView(counterexample(7));
    expect(view.folded.map(({ op }) => op)).toEqual([1, 2, 3]);
    expect(view.rows.map(({ op, state }) => `${op} ${state}`)).toEqual([
      '4 match',
      '5 match',
      '6 match',
      '7 differs',
    ]);
    expect(view).toMatchObject({ first: 7, tells: ['Why.'] });
  });

  it('does not fold one row alone', () => {
    expect(traceView(counterexample(5)).folded).toEqual([]);
    expect(traceView(counterexample(6)).folded).toHaveLength(2);
  });

  it('is whole, in order, and differs once, whatever its length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (steps) => {
        const { folded, rows } = traceView(counterexample(steps));
        const all = [...folded, ...rows];
        expect(all.map(({ op }) => op)).toEqual(Array.from({ length: steps }, (_, i) => i + 1));
        expect(all.filter(({ state }) => state === 'differs')).toEqual([all.at(-1)]);
      }),
    );
  });

  it('says when a sequence goes right alone, and shows the difference all the same', () => {
    const right = counterexample(2).trace.map((step) => ({ ...step, right: true }));
    const view = traceView(counterexample(2, { trace: right, alone: false }));
    expect(view.rows.map(({ state }) => state)).toEqual(['match', 'differs']);
    expect(view.tells[1]).toContain('Something outlives the object');
  });

  it('of a run that was ended knows nothing of the operations before', () => {
    const { rows } = unansweredView(['new', 'a', 'loops']);
    expect(rows.map(({ state, got }) => `${state} ${got}`)).toEqual(['unknown ', 'unknown ', 'differs none']);
  });
});

const check = (id: string, objective: string, state: CheckResult['state'], steps = 0): CheckResult => ({
  id,
  title: id,
  objective,
  state,
  cases: 3,
  ...(steps ? { counterexample: counterexample(steps) } : {}),
});

const verdict = (over: Partial<Verdict>) =>
  ({
    seed: 1,
    console: [],
    checks: [],
    subjects: [],
    tookMs: 1,
    kind: 'failed',
    message: 'Told.',
    ...over,
  }) as Verdict;

describe('an outcome', () => {
  it('counts, and says the first failure with its operation', () => {
    const outcome = outcomeOf(
      first.exercise,
      verdict({
        checks: [check('one', 'a', 'passed'), check('two', 'a', 'failed', 2), check('three', 'b', 'passed')],
      }),
    );
    expect(outcome).toMatchObject({ passed: 2, objectives: { a: 'failed', b: 'met' } });
    expect(outcome.spoken).toBe(
      '2 of 3 checks pass. First failure: two. Operation 2, op 2: expected A, got B.',
    );
  });

  it('says nothing of an objective that the run came not to the end of', () => {
    const outcome = outcomeOf(
      first.exercise,
      verdict({
        kind: 'timeout',
        message: 'Too long.',
        operations: ['new', 'loops'],
        checks: [check('one', 'a', 'passed'), check('two', 'a', 'stopped'), check('three', 'b', 'not run')],
      }),
    );
    expect(outcome.objectives).toEqual({});
    expect(outcome.lines.map(({ state }) => state)).toEqual(['passed', 'unknown', 'unknown']);
    expect(outcome.unanswered?.rows).toHaveLength(2);
    expect(outcome.spoken).toBe('The run was ended. Too long.');
  });

  it('points at the line of an error, and at the lines where answers were thrown', () => {
    const error = outcomeOf(first.exercise, verdict({ kind: 'error', message: 'Unexpected.', line: 3 }));
    expect(error.faults).toEqual([{ line: 3, message: 'Unexpected.' }]);
    const thrown = check('one', 'a', 'failed', 2);
    thrown.counterexample!.first.got = 'throws TypeError (line 12)';
    expect(outcomeOf(first.exercise, verdict({ checks: [thrown] })).faults).toEqual([
      { line: 12, message: 'throws TypeError (op 2)' },
    ]);
  });

  const mutant = (objective: string) => ({ file: 'f', title: 't', survives: 's', objective });
  const test: Exercise = {
    title: 'A hunt',
    system: 'C1',
    kind: 'bug-hunt',
    subject: { kind: 'class', export: 'A', methods: ['b'] },
    objectives: [],
    hints: [],
    mutants: [mutant('a'), mutant('b'), mutant('b')],
  };
  const subject = (mended: boolean, right: boolean) => ({ title: 't', mended, right, message: 'Said.' });

  it('of a hunt judges no mutant by a test that fails on the mended version', () => {
    const subjects = [
      subject(true, false),
      subject(false, false),
      subject(false, false),
      subject(false, false),
    ];
    const outcome = outcomeOf(test, verdict({ subjects }));
    expect(outcome.lines.map(({ state }) => state)).toEqual(['failed', 'unknown', 'unknown', 'unknown']);
    expect(outcome.objectives).toEqual({});
  });

  it('of a hunt knows the objectives of what was found', () => {
    const subjects = [subject(true, true), subject(false, true), subject(false, false), subject(false, true)];
    const outcome = outcomeOf(test, verdict({ subjects }));
    expect(outcome).toMatchObject({
      passed: 3,
      objectives: { a: 'met', b: 'failed' },
    });
    expect(outcome.spoken).toBe('Told. First failure: t. Said.');
  });
});

describe('seeds', () => {
  it('are short when they are new', () => {
    const seeds = Array.from({ length: 50 }, freshSeed);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 1 && seed <= 999_999)).toBe(true);
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  it('are read as people write them', () => {
    expect([readSeed(' 4,217 '), readSeed('0'), readSeed('4294967295'), readSeed('  ')]).toEqual([
      4217,
      0,
      4_294_967_295,
      undefined,
    ]);
  });

  it.each(['-1', '1.5', 'x', '1e3', '4294967296'])('refuse %s', (text) => {
    expect(() => readSeed(text)).toThrow(
      `Seed: expected a whole number from 0 to 4294967295, got "${text}".`,
    );
  });
});

it('names files and rungs', () => {
  expect([fileOf(first), fileOf(hunt), roomOf(first)]).toEqual(['ttl-cache.ts', 'hit-rate.test.ts', 'Cache']);
  expect([0, 1, 2, 3].map((rung) => rungName(rung, 4))).toEqual([
    'A nudge',
    'Where to look',
    'An approach',
    'Nearly there',
  ]);
});

it('replaces the one stretch in which two texts differ', () => {
  expect(smallest('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
  expect(smallest('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
  fc.assert(
    fc.property(fc.string(), fc.string(), (from, to) => {
      const change = smallest(from, to);
      expect(from.slice(0, change.from) + change.insert + from.slice(change.to)).toBe(to);
    }),
  );
});
