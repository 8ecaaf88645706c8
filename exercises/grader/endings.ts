/** How a session ends before its time, in words for the learner. */
import { linesBefore } from './program.ts';
import type { Ending } from './verdict.ts';

/** The worker was ended, and why. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(ending.message);
    this.ending = ending;
  }
}

export type Phase = 'load' | 'answer' | 'test';

export const breach = (reason: string): Ending => ({
  kind: 'protocol',
  message: `The run was ended: the sandbox sent ${reason}. Code under test may only answer what it is asked.`,
});

export function tooLate(what: Phase, ms: number, step: number | undefined): Ending {
  const limit = `${ms / 1000} s`;
  if (step === undefined)
    return {
      kind: 'memory',
      message: `The sandbox died within ${limit}, as it does when memory runs out. Does something grow without end?`,
    };
  if (what === 'load')
    return {
      kind: 'timeout',
      message: `Your code did not finish loading within ${limit}. Is there a loop outside of all functions that never ends?`,
    };
  if (what === 'test')
    return {
      kind: 'timeout',
      message: `Your test did not go on for ${limit}. Is there a loop that never ends, or an await of something that never comes?`,
    };
  return {
    kind: 'timeout',
    message: `No answer within ${limit}. Is there a loop that never ends, or one that allocates without end?`,
    step: Math.max(0, step),
  };
}

/** The first line of the learner's code in a stack; undefined when it names none. `before`: lines of the program that stand before it. */
export function lineOf(stack: string | undefined, before = linesBefore): number | undefined {
  const lines = Array.from(
    (stack ?? '').matchAll(/blob:[^\s)]*?:(\d+):\d+/g),
    ([, line]) => Number(line) - before,
  );
  return lines.find((line) => line > 0);
}
