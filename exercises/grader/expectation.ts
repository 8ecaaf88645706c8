/** What an oracle says of an answer, and how the two are compared. */
import { showCalls, showSettled } from './answers.ts';
import type { Answer } from './protocol.ts';
import { encode, equal, show, type Wire } from './values.ts';

/** What else may have to be right about a step, and what the learner reads when it isn't. */
export interface Besides {
  /** Why the expected answer is the right one. Shown at the first difference only. */
  note?: string;
  /** The fakes that must have been called in this step, in order: `['load', 'a']` for load("a"). */
  calls?: [fake: string, ...args: unknown[]][];
  /** Promises of earlier steps that must have ended in this one, by handle. */
  settled?: { handle: number; value?: unknown; error?: string }[];
}

export interface Expectation {
  /** The right answer as text. */
  text: string;
  test: (answer: Answer) => boolean;
  besides: Besides;
}

/** A value that equals this one. */
export function returns(value: unknown, besides: Besides = {}): Expectation {
  const wire = encode(value);
  return {
    text: show(wire),
    test: ({ did, value: got }) => did === 'returned' && equal(got, wire),
    besides,
  };
}

/** A number no further than `tolerance` away. */
export const near = (value: number, tolerance: number, besides: Besides = {}): Expectation => ({
  text: `${value}`,
  test: ({ did, value: got }) =>
    did === 'returned' && typeof got === 'number' && Math.abs(got - value) <= tolerance,
  besides,
});

/** An error, whose message has `part` in it when that is given. */
export const throws = (part = '', besides: Besides = {}): Expectation => ({
  text: part ? `an error that says “${part}”` : 'an error',
  test: ({ did, value }) => did === 'threw' && (part === '' || show(value).includes(part)),
  besides,
});

/** A promise that is still open. */
export const waits = (besides: Besides = {}): Expectation => ({
  text: 'a promise that waits',
  test: ({ did }) => did === 'waits',
  besides,
});

/** Whatever `test` accepts; `text` says what that is. */
export const holds = (text: string, test: (got: Wire) => boolean, besides: Besides = {}): Expectation => ({
  text,
  test: ({ did, value }) => did === 'returned' && test(value),
  besides,
});

/** Anything but an error. */
export const anything = (besides: Besides = {}): Expectation => ({
  text: 'no error',
  test: ({ did }) => did !== 'threw',
  besides,
});

/** How an answer differs from what was expected; undefined when it does not. */
export function difference(
  { text, test, besides }: Expectation,
  answer: Answer,
): { expected: string; got: string } | undefined {
  if (!test(answer)) return { expected: text, got: showAnswer(answer) };
  if (besides.calls) {
    const expected = showCalls(
      besides.calls.map(([fake, ...args]) => ({ fake, call: 0, args: args.map(encode) })),
    );
    const got = showCalls(answer.calls ?? []);
    if (expected !== got) return { expected, got };
  }
  if (besides.settled) {
    const expected = showSettled(
      besides.settled.map(({ handle, value, error }) =>
        error === undefined
          ? { handle, did: 'returned', value: encode(value) }
          : { handle, did: 'threw', value: ['error', 'Error', error] },
      ),
    );
    const got = showSettled(answer.settled ?? []);
    if (expected !== got) return { expected, got };
  }
  return undefined;
}

/** An answer in a line: the value, the error, or that it waits. */
export function showAnswer({ did, value }: Answer): string {
  if (did === 'waits') return 'a promise that waits';
  return did === 'threw' ? `threw ${show(value)}` : show(value);
}
