/**
 * Judges code that answers operations. Cases, model and verdict stay here, on the page's side: sequences come from fast-check, each is
 * asked on new objects, and the first answer that differs from the oracle's is what the learner sees, shrunk.
 */
import fc from 'fast-check';
import { nearest } from '../../engine/core/errors.ts';
import { RandomStream } from '../../engine/core/random.ts';
import type { Check, Checks, ImplementExercise, Oracle } from '../format.ts';
import { difference, showAnswer, type Expectation } from './expectation.ts';
import { lineOf, Stopped } from './endings.ts';
import { showOperation } from './operations.ts';
import type { Answer, Operation } from './protocol.ts';
import { Session, usualLimits, type Limits, type OpenLink } from './session.ts';
import { stripTypes, SyntaxProblem } from './strip-types.ts';
import type {
  CheckResult,
  Counterexample,
  Divergence,
  Ending,
  Result,
  TraceStep,
  Verdict,
} from './verdict.ts';

export interface Run {
  /** Fresh for each run, and shown: the same seed asks the same sequences. */
  seed: number;
  open: OpenLink;
  /** Ends the run at once. */
  signal?: AbortSignal;
}

const usualRuns = 100;
/** A longer search seldom finds a shorter sequence. */
const shrinkMs = 3000;

/** Judges `source` against an exercise in which code is written. Every way it can go is a verdict; nothing is thrown. */
export async function judge(
  exercise: ImplementExercise,
  { oracle, checks }: Checks,
  source: string,
  { seed, open, signal }: Run,
): Promise<Verdict> {
  const started = performance.now();
  const limits: Limits = { ...usualLimits, ...exercise.limits };
  const results: CheckResult[] = checks.map(({ id, title, objective }) => ({
    id,
    title,
    objective,
    state: 'not run',
    cases: 0,
  }));
  let session: Session | undefined;
  let console: Verdict['console'] | undefined;
  let result: Result;
  try {
    const javaScript = stripTypes(source);
    const openSession = () => Session.open(open, javaScript, limits, { signal });
    session = await openSession();
    requireExports(exercise, session.exports);
    for (const [index, check] of checks.entries()) {
      results[index].state = 'stopped';
      const ran = await runCheck(check, oracle, session, checkSeed(seed, check), started + limits.totalMs);
      results[index].cases = ran.cases;
      results[index].state = ran.found ? 'failed' : 'passed';
      if (!ran.found) continue;
      const alone = await runAlone(ran.found.operations, oracle, openSession);
      results[index].counterexample = {
        ...ran.found.counterexample,
        ...(alone.first ? { trace: alone.trace, first: alone.first } : { alone: false }),
      };
      console ??= alone.console;
    }
    result = sum(results);
  } catch (error) {
    result = resultOf(error);
  } finally {
    session?.close();
  }
  return {
    seed,
    checks: results,
    subjects: [],
    console: console ?? session?.console ?? [],
    tookMs: performance.now() - started,
    ...result,
  };
}

function sum(results: CheckResult[]): Result {
  const failed = results.filter(({ state }) => state === 'failed').length;
  if (failed === 0) return { kind: 'passed', message: `All ${results.length} checks pass.` };
  return { kind: 'failed', message: `${results.length - failed} of ${results.length} checks pass.` };
}

/** Each check has its own cases, whatever the other checks are. */
const checkSeed = (seed: number, check: Check) => new RandomStream(seed, check.id).uint32() | 0;

interface Found {
  operations: Operation[];
  counterexample: Counterexample;
}

/** Throws StoppedAt when the worker is ended. */
async function runCheck(
  check: Check,
  oracle: () => Oracle,
  session: Session,
  seed: number,
  endMs: number,
): Promise<{ cases: number; found?: Found }> {
  let stopped: StoppedAt | undefined;
  let shrinkEndMs = Number.POSITIVE_INFINITY;
  let cases = 0;
  const property = fc.asyncProperty(check.operations, async (operations) => {
    // fast-check can't be stopped from here, so what is left passes without being asked.
    if (stopped || performance.now() > shrinkEndMs) return true;
    if (performance.now() > endMs) {
      stopped = new StoppedAt(tooSlow);
      return true;
    }
    let answers: Answer[];
    try {
      answers = await session.ask(operations);
    } catch (error) {
      stopped =
        error instanceof Stopped
          ? new StoppedAt(error.ending, operations)
          : new StoppedAt(unexplained(error));
      return true;
    }
    cases += 1;
    const right = compare(operations, answers, oracle()).first === undefined;
    if (!right) shrinkEndMs = Math.min(shrinkEndMs, performance.now() + shrinkMs);
    return right;
  });
  const details = await fc.check(property, { seed, numRuns: check.runs ?? usualRuns });
  if (!details.failed || !details.counterexample) {
    if (stopped) throw stopped;
    return { cases };
  }
  const [operations] = details.counterexample;
  return {
    cases,
    found: {
      operations,
      counterexample: {
        // Replaced by what the sequence does alone, unless it goes right there.
        ...(await tracedAgain(operations, oracle, session)),
        seed,
        path: details.counterexamplePath ?? '',
        shrinks: details.numShrinks,
        alone: true,
      },
    },
  };
}

async function tracedAgain(operations: Operation[], oracle: () => Oracle, session: Session) {
  const answers = await session.ask(operations).catch(() => []);
  const { trace, first } = compare(operations, answers, oracle());
  return { trace, first: first ?? unsteady(operations) };
}

/** The sequence in a new worker, with what it writes to the console. */
async function runAlone(operations: Operation[], oracle: () => Oracle, openSession: () => Promise<Session>) {
  const session = await openSession();
  try {
    return { ...compare(operations, await session.ask(operations), oracle()), console: session.console };
  } finally {
    session.close();
  }
}

/** Sets the answers beside the oracle's, up to the first difference. */
function compare(
  operations: Operation[],
  answers: Answer[],
  oracle: Oracle,
): { trace: TraceStep[]; first?: Divergence } {
  const trace: TraceStep[] = [];
  for (const [index, answer] of answers.entries()) {
    const expectation = asked(oracle, operations[index], answer);
    const differs = difference(expectation, answer);
    const operation = showOperation(operations[index]);
    trace.push({
      operation,
      expected: differs?.expected ?? expectation.text,
      got: differs ? `${differs.got}${at(answer)}` : showAnswer(answer),
      right: !differs,
    });
    if (!differs) continue;
    const { expected, got } = trace[index];
    return { trace, first: { index, operation, expected, got, note: expectation.besides.note } };
  }
  return { trace };
}

/** An answer that the oracle can make nothing of is a wrong one. */
function asked(oracle: Oracle, operation: Operation, answer: Answer): Expectation {
  try {
    return oracle(operation, answer);
  } catch {
    return { text: 'an answer of the kind that the statement names', test: () => false, besides: {} };
  }
}

function at({ did, stack }: Answer): string {
  const line = did === 'threw' ? lineOf(stack) : undefined;
  return line ? ` (line ${line})` : '';
}

const unsteady = (operations: Operation[]): Divergence => ({
  index: operations.length - 1,
  operation: operations.length ? showOperation(operations[operations.length - 1]) : 'nothing',
  expected: 'the same answers each time',
  got: 'other answers the second time',
});

function requireExports({ exports: wanted }: ImplementExercise, exported: [string, string][]): void {
  const names = exported.map(([name]) => name);
  for (const { name, kind } of wanted) {
    const found = exported.find(([own]) => own === name);
    if (found?.[1] === 'function') continue;
    const close = nearest(name, names);
    const got = names.length ? `Your file exports ${names.join(', ')}.` : 'Your file exports nothing.';
    const advice = close && close !== name ? ` Did you mean ${close} to be ${name}?` : '';
    throw new StoppedAt({
      kind: 'error',
      message: `The checks need a ${kind} ${name}: write “export ${kind} ${name}”. ${got}${advice}`,
    });
  }
}

const tooSlow: Ending = {
  kind: 'timeout',
  message:
    'The checks took too long together. Each answer came, but slowly: what does one operation cost when there is much to hold?',
};

/** Ended, with the operations that were being done. */
class StoppedAt extends Error {
  readonly ending: Ending;
  readonly operations: Operation[];
  constructor(ending: Ending, operations: Operation[] = []) {
    super(ending.message);
    this.ending = ending;
    this.operations = operations;
  }
}

/** How a run ends that could not go through. */
export function resultOf(error: unknown): Result {
  if (error instanceof SyntaxProblem)
    return { kind: 'error', message: error.message, line: error.line, column: error.column };
  if (error instanceof Stopped) return error.ending;
  if (!(error instanceof StoppedAt)) return unexplained(error);
  const { ending, operations } = error;
  if (ending.kind === 'error' || ending.step === undefined) return ending;
  const done = operations.slice(0, ending.step + 1).map(showOperation);
  const { kind, message } = ending;
  return { kind, message: `${done.at(-1) ?? 'The first operation'}: ${message}`, operations: done };
}

const unexplained = (error: unknown): Ending => ({
  kind: 'error',
  message: `The run could not be finished: ${error instanceof Error ? error.message : String(error)}.`,
});
