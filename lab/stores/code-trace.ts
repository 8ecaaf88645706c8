/** A counterexample as rows of a table: what matched is folded up to shortly before the first difference. */
import { outlives, type Counterexample } from '../../exercises/grader/verdict.ts';

export interface TraceRow {
  /** From 1, as the learner counts. */
  op: number;
  call: string;
  expected: string;
  got: string;
  state: 'match' | 'differs' | 'unknown';
}

export interface TraceView {
  folded: TraceRow[];
  rows: TraceRow[];
  /** Number of the operation that differs first. */
  first: number;
  tells: string[];
}

/** Rows that stay in sight before the difference. */
const before = 3;

export function traceView({ trace, first, alone }: Counterexample): TraceView {
  const rows = trace.map(({ operation, expected, got, right }, i): TraceRow => ({
    op: i + 1,
    call: operation,
    expected,
    got,
    state: right ? 'match' : 'differs',
  }));
  // It differed only with others before it, so the trace itself shows no difference.
  if (rows.every(({ state }) => state === 'match'))
    rows.splice(first.index, 1, {
      op: first.index + 1,
      call: first.operation,
      expected: first.expected,
      got: first.got,
      state: 'differs',
    });
  const tells = [...(first.note ? [first.note] : []), ...(alone ? [] : [outlives])];
  return { ...fold(rows), first: first.index + 1, tells };
}

/** The operations up to the one that did not come back. Of those before it nothing is known: their answers were not sent. */
export function unansweredView(operations: readonly string[]): TraceView {
  const last = operations.length - 1;
  const rows = operations.map((call, i): TraceRow => ({
    op: i + 1,
    call,
    expected: i === last ? 'an answer' : '',
    got: i === last ? 'none' : '',
    state: i === last ? 'differs' : 'unknown',
  }));
  return { ...fold(rows), first: last + 1, tells: [] };
}

/** One row is not worth a fold. */
function fold(rows: TraceRow[]): { folded: TraceRow[]; rows: TraceRow[] } {
  const count = rows.length - 1 - before;
  return count > 1 ? { folded: rows.slice(0, count), rows: rows.slice(count) } : { folded: [], rows };
}
