/** What a run comes to. Plain data: the page shows it, keeps it and sends it. */
import type { ConsoleLevel } from './protocol.ts';

export interface ConsoleLine {
  level: ConsoleLevel;
  text: string;
}

/** Why a run was ended before its time. `step` is the number of the operation that was being done. */
export type Ending =
  | { kind: 'error'; message: string; line?: number; column?: number }
  | { kind: 'timeout'; message: string; step?: number }
  | { kind: 'memory'; message: string; step?: number }
  | { kind: 'protocol'; message: string; step?: number };

export interface TraceStep {
  operation: string;
  expected: string;
  got: string;
  right: boolean;
}

export interface Divergence {
  /** Number of the operation, from 0. */
  index: number;
  operation: string;
  expected: string;
  got: string;
  /** Why the expected answer is right, or what is usually behind this. */
  note?: string;
}

/** The smallest sequence found that goes wrong. */
export interface Counterexample {
  /** Up to and with the first difference. */
  trace: TraceStep[];
  first: Divergence;
  /** For fast-check: the same seed and path lead to the same sequence. */
  seed: number;
  path: string;
  shrinks: number;
  /** False when the sequence alone goes right: then something outlives the object. */
  alone: boolean;
}

export interface CheckResult {
  id: string;
  title: string;
  objective: string;
  state: 'passed' | 'failed' | 'stopped' | 'not run';
  /** Sequences that were asked. */
  cases: number;
  counterexample?: Counterexample;
}

/** How a learner's test fared on one implementation. */
export interface SubjectResult {
  title: string;
  mended: boolean;
  right: boolean;
  message: string;
}

interface Every {
  /** The run can be repeated with it. */
  seed: number;
  console: ConsoleLine[];
  /** Of an exercise in which code is written. */
  checks: CheckResult[];
  /** Of a bug hunt. */
  subjects: SubjectResult[];
  tookMs: number;
}

export type Result =
  | { kind: 'passed' | 'failed'; message: string }
  | { kind: 'error'; message: string; line?: number; column?: number }
  | {
      kind: 'timeout' | 'memory' | 'protocol';
      message: string;
      /** The operations up to the one that did not come back. */
      operations?: string[];
    };

export type Verdict = Every & Result;

/** Everything that a verdict tells the learner, in lines. */
export function textOf(verdict: Verdict): string {
  const lines = [verdict.message];
  if (verdict.kind === 'error' && verdict.line) lines.push(`Line ${verdict.line}.`);
  if ('operations' in verdict && verdict.operations) lines.push(...verdict.operations);
  for (const check of verdict.checks) {
    lines.push(`${check.title}: ${check.state}.`);
    if (!check.counterexample) continue;
    const { trace, first, alone } = check.counterexample;
    for (const [i, step] of trace.entries())
      lines.push(`${i + 1}. ${step.operation}: expected ${step.expected}, got ${step.got}`);
    if (first.note) lines.push(first.note);
    if (!alone) lines.push(outlives);
  }
  for (const { title, right, message } of verdict.subjects)
    lines.push(`${title}: ${right ? 'right' : 'wrong'}. ${message}`);
  return lines.join('\n');
}

/** What the page says of a counterexample that goes right alone. */
export const outlives =
  'Alone, this sequence goes right. Something outlives the object: a variable outside of the class, or a static field.';
