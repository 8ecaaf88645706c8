/** A verdict as the page shows it: lines of the result list, what it says of each objective, and one sentence to be read out. */
import type { Exercise } from '../../exercises/format.ts';
import type { CheckResult, SubjectResult, Verdict } from '../../exercises/grader/verdict.ts';
import { traceView, unansweredView, type TraceView } from './code-trace.ts';

export interface ResultLine {
  title: string;
  objective: string | undefined;
  state: 'passed' | 'failed' | 'unknown';
  /** What stands behind the title. */
  detail: string;
  /** What is to be read of a line that failed. */
  message: string;
  trace?: TraceView;
}

export interface Outcome {
  kind: Verdict['kind'];
  message: string;
  lines: ResultLine[];
  passed: number;
  /** By the objective's id. Of one that is missing the run can't tell. */
  objectives: Record<string, 'met' | 'failed'>;
  /** The operations of a run that was ended. */
  unanswered: TraceView | undefined;
  /** Lines of the learner's file that the run points at. */
  faults: { line: number; message: string }[];
  spoken: string;
}

export function outcomeOf(exercise: Exercise, verdict: Verdict): Outcome {
  const lines =
    exercise.kind === 'implement'
      ? verdict.checks.map(lineOfCheck)
      : linesOfSubjects(
          verdict.subjects,
          exercise.mutants.map(({ objective }) => objective),
        );
  const operations = 'operations' in verdict ? verdict.operations : undefined;
  const passed = lines.filter(({ state }) => state === 'passed').length;
  return {
    kind: verdict.kind,
    message: verdict.message,
    lines,
    passed,
    objectives: objectivesOf(lines),
    unanswered: operations?.length ? unansweredView(operations) : undefined,
    faults: faultsOf(verdict),
    spoken: spokenOf(verdict, lines, passed),
  };
}

const cases = (count: number) => (count === 1 ? '1 sequence' : `${count} sequences`);

function lineOfCheck({ title, objective, state, cases: asked, counterexample }: CheckResult): ResultLine {
  const trace = counterexample ? traceView(counterexample) : undefined;
  const details = {
    passed: cases(asked),
    failed: trace ? `first difference at op ${trace.first}` : '',
    stopped: 'was ended',
    'not run': 'not run',
  };
  return {
    title,
    objective,
    state: state === 'passed' || state === 'failed' ? state : 'unknown',
    detail: details[state],
    message: '',
    trace,
  };
}

/** A test that fails on the version without a defect says nothing by failing on the others. */
function linesOfSubjects(subjects: SubjectResult[], objectives: string[]): ResultLine[] {
  const sound = subjects.find(({ mended }) => mended)?.right ?? false;
  const mutants = subjects.filter(({ mended }) => !mended);
  return subjects.map((subject) => {
    const { title, mended, right, message } = subject;
    const known = mended || sound;
    return {
      title,
      objective: mended ? undefined : objectives[mutants.indexOf(subject)],
      state: !known ? 'unknown' : right ? 'passed' : 'failed',
      detail: !known ? 'not judged' : right ? (mended ? 'your test passes' : 'found') : '',
      message,
    };
  });
}

function objectivesOf(lines: ResultLine[]): Outcome['objectives'] {
  const found: Outcome['objectives'] = {};
  const ids = new Set(lines.flatMap(({ objective }) => objective ?? []));
  for (const id of ids) {
    const states = lines.filter(({ objective }) => objective === id).map(({ state }) => state);
    if (states.includes('failed')) found[id] = 'failed';
    else if (states.every((state) => state === 'passed')) found[id] = 'met';
  }
  return found;
}

function faultsOf(verdict: Verdict): Outcome['faults'] {
  if (verdict.kind === 'error' && verdict.line) return [{ line: verdict.line, message: verdict.message }];
  const byLine = new Map<number, string>();
  for (const { counterexample } of verdict.checks) {
    const { first } = counterexample ?? {};
    const line = Number(/\(line (\d+)\)$/.exec(first?.got ?? '')?.[1]);
    if (first && line && !byLine.has(line))
      byLine.set(line, `${first.got.replace(/ \(line \d+\)$/, '')} (op ${first.index + 1})`);
  }
  return [...byLine].map(([line, message]) => ({ line, message }));
}

function spokenOf(verdict: Verdict, lines: ResultLine[], passed: number): string {
  if (verdict.kind !== 'failed' && verdict.kind !== 'passed') {
    const line = verdict.kind === 'error' && verdict.line ? ` Line ${verdict.line}.` : '';
    return `The run was ended. ${verdict.message}${line}`;
  }
  const bad = lines.find(({ state }) => state === 'failed');
  if (!bad) return verdict.message;
  const row = bad.trace?.rows.find(({ state }) => state === 'differs');
  const where = row ? ` Operation ${row.op}, ${row.call}: expected ${row.expected}, got ${row.got}.` : '';
  const count = verdict.checks.length ? `${passed} of ${lines.length} checks pass.` : verdict.message;
  return `${count} First failure: ${bad.title}.${where}${bad.message ? ` ${bad.message}` : ''}`;
}
