/** What travels between the page, the frame and the learner's worker, and nothing else. */
import type { Wire } from './values.ts';

/** What the page asks of the learner's code. Objects are numbered in the order in which they were made, from 0. */
export type Operation =
  | { do: 'new'; export: string; args: Wire[] }
  | { do: 'call'; on: number; method: string; args: Wire[] }
  | { do: 'read'; on: number; property: string }
  | { do: 'run'; export: string; args: Wire[] }
  /** Settles the promise that call number `call` (from 0) of a fake has got. `error` is null for a value. */
  | { do: 'settle'; fake: string; call: number; value: Wire; error: Wire | null };

export interface Ended {
  did: 'returned' | 'threw';
  /** An error when it threw. */
  value: Wire;
  /** Where it was thrown, as the browser writes it. */
  stack?: string;
}

export interface FakeCall {
  fake: string;
  /** From 0, for each fake. */
  call: number;
  args: Wire[];
}

/** What came of one operation. A promise that is still open after all microtasks `waits`, and is told of in a later answer. */
export interface Answer {
  did: 'returned' | 'threw' | 'waits';
  value: Wire;
  stack?: string;
  handle?: number;
  /** The learner's calls of fakes within this step. */
  calls?: FakeCall[];
  /** Promises of earlier steps that ended within this one. */
  settled?: (Ended & { handle: number })[];
}

/** Where the subject of a bug hunt is found in its source. */
export type SubjectShape =
  { kind: 'class'; export: string; methods: string[] } | { kind: 'function'; export: string; methods: [] };

/** Page → worker, as JSON. `run` is a number that nobody can guess; the worker puts it on all it says. */
export type ToWorker =
  | { kind: 'load'; run: string; subject: SubjectShape | null }
  /** `fresh`: forget the objects, fakes and promises of earlier batches. */
  | { kind: 'batch'; run: string; id: number; fresh: boolean; operations: Operation[] }
  | { kind: 'test'; run: string }
  | { kind: 'told'; run: string; id: number; answer: Ended };

export type TestFailure =
  | { why: 'expected'; matcher: string; note: string; expected: Wire; got: Wire }
  | { why: 'threw'; value: Wire; stack: string }
  | { why: 'not awaited' };

/** Worker → page, as JSON. The page believes none of it before session.ts has read it. */
export type FromWorker =
  | { kind: 'loaded'; run: string; exports: [name: string, type: string][] }
  | { kind: 'failed'; run: string; value: Wire; stack: string }
  | { kind: 'answers'; run: string; id: number; answers: Answer[] }
  | { kind: 'ask'; run: string; id: number; operation: Operation }
  | { kind: 'outcome'; run: string; checks: number; failure: TestFailure | null }
  | { kind: 'console'; run: string; level: ConsoleLevel; parts: Wire[] };

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error' | 'debug';

/** Page → frame. */
export type ToFrame = { kind: 'start'; program: string } | { kind: 'say'; text: string } | { kind: 'where' };

/** Frame → page. `line` counts lines of the whole program; 0 when the browser does not say. */
export type FromFrame =
  | { kind: 'said'; text: string }
  | { kind: 'error'; message: string; line: number }
  | { kind: 'breach'; reason: string }
  /** Number of the operation that the worker began last; -1 before the first. */
  | { kind: 'at'; step: number };
