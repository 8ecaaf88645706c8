/**
 * Judges a learner's test: it must pass on the mended subject and fail on each mutant. Test and subject run in two sandboxes and the page
 * carries each question from one to the other, so the test can't read its subject, and nothing in its realm says which one it has.
 */
import { RandomStream } from '../../engine/core/random.ts';
import type { BugHuntExercise } from '../format.ts';
import { lineOf, Stopped } from './endings.ts';
import { resultOf, type Run } from './judge.ts';
import type { Answer, Ended, Operation, TestFailure } from './protocol.ts';
import { Session, usualLimits, type Limits, type Outcome } from './session.ts';
import { stripTypes } from './strip-types.ts';
import { show } from './values.ts';
import type { Result, SubjectResult, Verdict } from './verdict.ts';

/** A subject's source, and what to say of it; no mutant when it is the mended one. */
export interface Subject {
  source: string;
  mutant?: { title: string; survives: string };
}

/**
 * A test that throws a coin for each subject passes with a chance of 1 in 2^runs. A test that is wrong is told so after the first round;
 * the other rounds are for those that look right.
 */
const leastRuns = 16;

interface Seen {
  subject: Subject;
  outcomes: Outcome[];
}

/** Every way it can go is a verdict; nothing is thrown. */
export async function judgeHunt(
  exercise: BugHuntExercise,
  subjects: Subject[],
  source: string,
  run: Run,
): Promise<Verdict> {
  const started = performance.now();
  const limits: Limits = { ...usualLimits, ...exercise.limits };
  const order = new RandomStream(run.seed, 'order of subjects');
  const seen: Seen[] = subjects.map((subject) => ({ subject, outcomes: [] }));
  let console: Verdict['console'] = [];
  let results: SubjectResult[] = [];
  let result: Result;
  try {
    const javaScript = stripTypes(source);
    const rounds = Math.ceil(leastRuns / subjects.length);
    for (let round = 0; round < rounds; round++) {
      for (const one of shuffled(seen, order)) {
        const tried = await tryOn(exercise, one.subject, javaScript, limits, run);
        one.outcomes.push(tried.outcome);
        if (!one.subject.mutant && round === 0) console = tried.console;
      }
      results = seen.map((one, number) => resultFor(one, number, seen));
      if (results.some(({ right }) => !right)) break;
    }
    result = sum(results, seen);
  } catch (error) {
    result = resultOf(error);
  }
  return {
    seed: run.seed,
    checks: [],
    subjects: results,
    console,
    tookMs: performance.now() - started,
    ...result,
  };
}

/** One run of the test on one subject, each in a new sandbox. */
async function tryOn(
  exercise: BugHuntExercise,
  { source }: Subject,
  javaScript: string,
  limits: Limits,
  { open, signal }: Run,
) {
  const [test, subject] = await Promise.allSettled([
    Session.open(open, javaScript, limits, { subject: exercise.subject, signal }),
    Session.open(open, stripTypes(source), limits, { signal }),
  ]);
  try {
    if (test.status === 'rejected') throw test.reason;
    if (subject.status === 'rejected') throw subject.reason;
    requireTest(test.value);
    const outcome = await test.value.test(async (operation) =>
      endedOf(await answerOf(subject.value, operation)),
    );
    return { outcome, console: test.value.console };
  } finally {
    for (const session of [test, subject]) if (session.status === 'fulfilled') session.value.close();
  }
}

/** A subject that hangs or dies fails the call, as it would fail a test that sits beside it. */
async function answerOf(subject: Session, operation: Operation): Promise<Answer> {
  try {
    const [answer] = await subject.ask([operation], false);
    return answer;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return { did: 'threw', value: ['error', 'Error', 'the subject does not answer'] };
  }
}

const endedOf = ({ did, value }: Answer): Ended =>
  did === 'waits'
    ? { did: 'threw', value: ['error', 'Error', 'the subject waits for ever'] }
    : { did, value };

function requireTest({ exports: exported }: Session): void {
  if (exported.some(([name, type]) => (name === 'default' || name === 'test') && type === 'function')) return;
  throw new Stopped({
    kind: 'error',
    message: 'There is no test: write “export default async function test(subject, expect) { … }”.',
  });
}

const failed = ({ failure }: Outcome) => failure !== null;

function resultFor({ subject, outcomes }: Seen, number: number, all: Seen[]): SubjectResult {
  const { mutant } = subject;
  const [first] = outcomes;
  const steady = outcomes.every((outcome) => failed(outcome) === failed(first));
  const right = steady && failed(first) === Boolean(mutant);
  if (!mutant)
    return {
      title: 'The mended version',
      mended: true,
      right,
      message: right
        ? 'Your test passes, as it must.'
        : `Your test must pass here, and fails. ${steady && first.failure ? explain(first.failure) : unsteady}`,
    };
  // A test that fails on the mended version as well has found nothing, so nothing is given away.
  const mendedPasses = all.some((one) => !one.subject.mutant && !one.outcomes.some(failed));
  return {
    title: right && mendedPasses ? mutant.title : `Mutant ${number}`,
    mended: false,
    right: right && mendedPasses,
    message: !steady
      ? unsteady
      : !right
        ? `Your test passes, and must fail. ${mutant.survives}`
        : mendedPasses
          ? `Found. ${first.failure ? explain(first.failure) : ''}`
          : 'Your test fails here, but on the mended version, too.',
  };
}

function sum(results: SubjectResult[], seen: Seen[]): Result {
  const right = results.filter((one) => one.right && !one.mended).length;
  const mutants = results.filter((one) => !one.mended).length;
  if (results.every((one) => one.right))
    return {
      kind: 'passed',
      message: `Your test finds ${mutants === 1 ? 'the defect' : `all ${mutants} defects`}.`,
    };
  if (seen.every(({ outcomes }) => outcomes.every(({ checks }) => checks === 0)))
    return {
      kind: 'failed',
      message: 'Your test checks nothing: it never comes to a check such as expect(a).toBe(b).',
    };
  return {
    kind: 'failed',
    message: results.some((one) => one.mended && !one.right)
      ? 'Your test fails on the mended version.'
      : `Your test finds ${right} of ${mutants} defects.`,
  };
}

function explain(failure: TestFailure): string {
  if (failure.why === 'not awaited') return 'A toThrow is not awaited: write “await expect(…).toThrow()”.';
  if (failure.why === 'threw') {
    const line = lineOf(failure.stack);
    return `It threw ${show(failure.value)}${line ? ` (line ${line})` : ''}.`;
  }
  const { matcher, note, expected, got } = failure;
  const forgotten = show(got) === 'a promise' ? ' Write “await” before what you check.' : '';
  const alike = matcher === 'toBe' && show(got) === show(expected);
  const tip = alike ? ' toBe asks for the very same object: compare contents with toEqual.' : forgotten;
  const said = note ? `${note}: ` : '';
  return `${said}expect(${show(got)}).${matcher}(${matcher.endsWith('toThrow') ? '' : show(expected)}).${tip}`;
}

const unsteady = 'Your test does not always say the same of the same version.';

/** Fisher and Yates. */
function shuffled<T>(items: T[], random: RandomStream): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
