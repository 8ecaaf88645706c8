import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BugHuntExercise, Checks, ImplementExercise } from '../format.ts';
import { anything, holds, near, returns, throws, waits, type Expectation } from './expectation.ts';
import { judgeHunt } from './hunt.ts';
import { openContext } from './in-process.ts';
import { judge } from './judge.ts';
import { argumentsOf, call, create, fake, fulfil } from './operations.ts';
import { textOf } from './verdict.ts';

const exercise: ImplementExercise = {
  title: 'A sum',
  system: 'C1',
  kind: 'implement',
  exports: [{ name: 'Sum', kind: 'class' }],
  objectives: [{ id: 'adds', text: 'Add' }],
  hints: [],
};
const checks: Checks = {
  oracle: () => {
    let sum = 0;
    return (operation) => {
      if (operation.do === 'new') return returns(undefined);
      sum += argumentsOf(operation)[0] as number;
      return returns(sum, { note: 'The sum of all that was added.' });
    };
  },
  checks: [
    {
      id: 'any',
      title: 'adds',
      objective: 'adds',
      operations: fc
        .array(fc.integer({ min: 0, max: 9 }), { size: 'max', maxLength: 20 })
        .map((numbers) => [create('Sum'), ...numbers.map((n) => call('add', n))]),
    },
  ],
};
const judged = (source: string, seed = 1) => judge(exercise, checks, source, { seed, open: openContext });
const sum = (add: string, before = '') => `${before} export class Sum { n = 0; add(x) { ${add} } }`;

describe('judge', () => {
  it('passes what answers as the oracle does', async () => {
    const verdict = await judged(sum('return (this.n += x);'));
    expect(verdict).toMatchObject({ kind: 'passed', seed: 1, message: 'All 1 checks pass.' });
    expect(verdict.checks[0]).toMatchObject({ state: 'passed', cases: 100 });
  });

  it('shrinks to the shortest sequence that goes wrong, and shows its first difference', async () => {
    // Wrong from 10 on: the shortest is one step from at most 9 to at least 10.
    const {
      kind,
      checks: [check],
    } = await judged(sum('this.n += x; return this.n >= 10 ? 10 : this.n;'));
    expect(kind).toBe('failed');
    const { trace, first, alone } = check.counterexample!;
    expect(alone).toBe(true);
    expect(trace).toHaveLength(3);
    expect(trace[1]).toMatchObject({ right: true });
    expect(first).toMatchObject({
      index: 2,
      expected: '11',
      got: '10',
      note: 'The sum of all that was added.',
    });
    expect(first.operation).toMatch(/^add\(\d\)$/);
  });

  it('finds the same again with the same seed and path, and asks otherwise with another seed', async () => {
    const source = sum('this.n += x; return this.n > 12 ? 0 : this.n;');
    const [a, b] = [await judged(source, 5), await judged(source, 5)];
    expect(a.checks).toEqual(b.checks);
    const { seed, path } = a.checks[0].counterexample!;
    const replayed = fc.sample(checks.checks[0].operations, { seed, path, numRuns: 1 })[0];
    expect(replayed).toHaveLength(a.checks[0].counterexample!.trace.length);
    expect((await judged(source, 6)).checks[0].counterexample!.seed).not.toBe(seed);
  });

  it('says so when something outlives the object', async () => {
    const verdict = await judged(sum('n += x; return n;', 'let n = 0;'));
    expect(verdict.kind).toBe('failed');
    expect(verdict.checks[0].counterexample!.alone).toBe(false);
    expect(textOf(verdict)).toContain('Something outlives the object');
  });

  it('ends with the operations up to the one that hangs', async () => {
    const verdict = await judged(sum('this.n += x; while (this.n > 20); return this.n;'));
    expect(verdict.kind).toBe('timeout');
    expect(verdict.checks[0].state).toBe('stopped');
    const { operations = [] } = verdict as { operations?: string[] };
    expect(operations[0]).toBe('new Sum()');
    const added = operations.slice(1).map((text) => Number(/\d+/.exec(text)![0]));
    expect(added.reduce((a, b) => a + b, 0)).toBeGreaterThan(20);
    expect(added.slice(0, -1).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(20);
  });

  it('names a missing export, and one that is near', async () => {
    expect(await judged('export class Summ {}')).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('Did you mean Summ to be Sum?'),
    });
    expect(await judged('')).toMatchObject({ message: expect.stringContaining('exports nothing') });
    expect(await judged('class Sum {')).toMatchObject({ kind: 'error', line: 1 });
  });

  it('brings the console of the counterexample', async () => {
    const verdict = await judged(sum('console.log("adding", x); return 0;'));
    expect(verdict.console).toEqual([{ level: 'log', text: expect.stringMatching(/^adding \d$/) }]);
  });

  it('takes an answer that its oracle cannot read for a wrong one', async () => {
    const strict: Checks = {
      ...checks,
      oracle: () => (_operation, answer) => {
        if ((answer.value as string[])[0] === 'undefined') return anything();
        return returns((answer.value as number[]).map((x) => x));
      },
    };
    const verdict = await judge(exercise, strict, sum('return 5;'), { seed: 1, open: openContext });
    expect(textOf(verdict)).toContain('expected an answer of the kind that the statement names, got 5');
  });
});

describe('expectations', () => {
  const told = async (expectation: Expectation, body: string) => {
    const one: Checks = {
      oracle: () => (operation) => (operation.do === 'call' ? expectation : anything()),
      checks: [{ ...checks.checks[0], runs: 1, operations: fc.constant([create('Sum'), call('add', 1)]) }],
    };
    const verdict = await judge(exercise, one, sum(body), { seed: 1, open: openContext });
    const first = verdict.checks[0].counterexample?.first;
    return first ? `expected ${first.expected}, got ${first.got}` : verdict.kind;
  };

  it('accept what they say, and say it when it is not so', async () => {
    expect(await told(near(0.3, 1e-9), 'return 0.1 + 0.2;')).toBe('passed');
    expect(await told(near(0.3, 1e-9), 'return 0.31;')).toBe('expected 0.3, got 0.31');
    expect(await told(throws('empty'), 'throw new Error("an empty key");')).toBe('passed');
    expect(await told(throws('empty'), 'return 1;')).toBe('expected an error that says “empty”, got 1');
    expect(await told(throws(), 'return 1;')).toBe('expected an error, got 1');
    expect(await told(returns(1), 'null.x;')).toMatch(/^expected 1, got threw TypeError: .* \(line 1\)$/);
    expect(await told(waits(), 'return new Promise(() => {});')).toBe('passed');
    expect(await told(returns(1), 'return new Promise(() => {});')).toBe(
      'expected 1, got a promise that waits',
    );
    expect(await told(returns([1]), 'return Promise.resolve([1]);')).toBe('passed');
    expect(
      await told(
        holds('a text', (got) => typeof got === 'string'),
        'return 1;',
      ),
    ).toBe('expected a text, got 1');
    expect(await told(anything(), 'throw 5;')).toBe('expected no error, got threw 5');
  });

  it('hold calls of fakes and promises of earlier steps to account', async () => {
    const operations = [create('Sum', fake('load')), call('add', 1), fulfil('load', 0, 'A')];
    const oracle = () => {
      let step = 0;
      return () =>
        [
          anything({ calls: [] }),
          waits({ calls: [['load', 1]] }),
          anything({ settled: [{ handle: 0, value: 'A' }] }),
        ][step++];
    };
    const run = async (body: string) => {
      const source = `export class Sum { constructor(load) { this.load = load; } add(x) { ${body} } }`;
      const one = { oracle, checks: [{ ...checks.checks[0], operations: fc.constant(operations), runs: 1 }] };
      const verdict = await judge(exercise, one, source, { seed: 1, open: openContext });
      const first = verdict.checks[0].counterexample?.first;
      return first ? `${first.operation}: expected ${first.expected}, got ${first.got}` : verdict.kind;
    };
    expect(await run('return this.load(x);')).toBe('passed');
    expect(await run('this.load(x); return this.load(x);')).toBe(
      'add(1): expected load(1), got load(1) and load(1)',
    );
    expect(await run('return new Promise(() => {});')).toBe('add(1): expected load(1), got no call');
    expect(await run('return this.load(x).then(() => "B");')).toBe(
      'load call 1 gives "A": expected promise 1 gives "A", got promise 1 gives "B"',
    );
  });
});

describe('a bug hunt', () => {
  const hunt: BugHuntExercise = {
    ...exercise,
    kind: 'bug-hunt',
    subject: { kind: 'function', export: 'highest', methods: [] },
    mutants: [],
  };
  const subjects = [
    { source: 'export const highest = (list: number[]) => list.reduce((a, b) => Math.max(a, b), 0);' },
    {
      source:
        'export const highest = (list: number[]) => { if (!list.length) throw new Error("empty"); return Math.max(...list); };',
      mutant: { title: 'Fails on an empty list', survives: 'What is the highest of nothing?' },
    },
    {
      source: 'export const highest = (list: number[]) => { for (;;) if (list.length) return 9; };',
      mutant: { title: 'Hangs', survives: 'Ask for something else.' },
    },
  ];
  const hunted = (body: string, seed = 1) =>
    judgeHunt(hunt, subjects, `export default async function test(highest, expect) { ${body} }`, {
      seed,
      open: openContext,
    });

  it('passes a test that tells the mended version from each mutant', async () => {
    const verdict = await hunted('expect(await highest([])).toBe(0); expect(await highest([3, 1])).toBe(3);');
    expect(verdict).toMatchObject({ kind: 'passed', message: 'Your test finds all 2 defects.' });
    expect(verdict.subjects.map(({ title }) => title)).toEqual([
      'The mended version',
      'Fails on an empty list',
      'Hangs',
    ]);
    expect(verdict.subjects[1].message).toContain('It threw Error: empty');
  });

  it('names no defect that was not found', async () => {
    const { kind, subjects: results } = await hunted('expect(await highest([3])).toBe(3);');
    expect(kind).toBe('failed');
    expect(results.map(({ title, right }) => [title, right])).toEqual([
      ['The mended version', true],
      ['Mutant 1', false],
      ['Hangs', true],
    ]);
    expect(results[1].message).toContain('What is the highest of nothing?');
  });

  it('counts nothing as found by a test that fails on the mended version', async () => {
    const verdict = await hunted('expect(await highest([3]), "three").not.toBe(3);');
    expect(verdict).toMatchObject({ kind: 'failed', message: 'Your test fails on the mended version.' });
    expect(verdict.subjects[0].message).toContain('three: expect(3).not.toBe(3)');
    expect(verdict.subjects.slice(1).map(({ title }) => title)).toEqual(['Mutant 1', 'Mutant 2']);
  });

  it('says what is missing: a test, a check, an await', async () => {
    const none = await judgeHunt(hunt, subjects, 'export const x = 1;', { seed: 1, open: openContext });
    expect(none).toMatchObject({ kind: 'error', message: expect.stringContaining('There is no test') });
    expect((await hunted('await highest([1]).catch(() => {});')).message).toContain('checks nothing');
    expect(textOf(await hunted('expect(highest([])).toBe(0);'))).toContain(
      'Write “await” before what you check',
    );
    expect(textOf(await hunted('expect(() => highest([])).not.toThrow();'))).toContain('is not awaited');
  });

  it('keeps a failure that the test catches', async () => {
    const caught = 'try { expect(await highest([3])).toBe(4); } catch {}';
    expect((await hunted(caught)).subjects[0].right).toBe(false);
  });

  it('knows each check', async () => {
    const all = [
      'expect([1]).toEqual([1])',
      'expect({ a: 1 }).not.toBe({ a: 1 })',
      'expect(NaN).toBe(NaN)',
      'expect(0.1 + 0.2).toBeCloseTo(0.3)',
      'expect(0.3).not.toBeCloseTo(0.31, 3)',
      'expect(2).toBeGreaterThan(1)',
      'expect(2).toBeGreaterThanOrEqual(2)',
      'expect(1).toBeLessThan(2)',
      'expect(2).toBeLessThanOrEqual(2)',
      'expect(2).not.toBeLessThan(2)',
      'await expect(() => { throw new Error(); }).toThrow()',
      'await expect(Promise.reject(new Error())).toThrow()',
      'await expect(() => 1).not.toThrow()',
    ];
    expect((await hunted(all.join(';'))).subjects[0]).toMatchObject({ right: true });
    for (const one of all) {
      const opposite = one.includes('.not.') ? one.replace('.not.', '.') : one.replace(').to', ').not.to');
      expect((await hunted(opposite)).subjects[0], opposite).toMatchObject({ right: false });
    }
  });
});
