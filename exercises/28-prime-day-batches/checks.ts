import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { anything, holds } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';

const MOST_MS = 500;
const MOST_IDLE_MS = 100;

interface Question {
  why: string;
  nowMs: number;
  waiting: number;
  oldestMs: number;
  idle: number;
}

/** Infinity travels as a list with a tag. */
const msOf = (got: unknown) =>
  typeof got === 'number'
    ? got
    : Array.isArray(got) && got[0] === 'number' && got[1] === 'Infinity'
      ? Infinity
      : NaN;

function oracle(): Oracle {
  return (operation) => {
    if (operation.do !== 'call') return anything();
    const [{ oldestMs, idle, why, waiting }] = argumentsOf(operation) as [Question];
    if (oldestMs >= MOST_MS)
      return holds('0', (got) => got === 0, {
        note: `The first text has waited for ${oldestMs} ms. It waits no longer, whatever the workers do.`,
      });
    if (idle > 0 && oldestMs >= MOST_IDLE_MS)
      return holds('0', (got) => got === 0, {
        note: `A worker has nothing to do, and the first text has waited for ${oldestMs} ms.`,
      });
    if (idle > 0)
      return holds(
        `0 to ${MOST_IDLE_MS - oldestMs}`,
        (got) => msOf(got) >= 0 && msOf(got) <= MOST_IDLE_MS - oldestMs,
        {
          note: `A worker has nothing to do: ${oldestMs} ms and what you say must not be more than ${MOST_IDLE_MS} ms.`,
        },
      );
    if (why === 'item' && oldestMs === 0 && waiting === 1)
      return holds('more than 0', (got) => msOf(got) > 0, {
        note: 'All workers are busy. A batch of one would stand in their queue, and another one behind it.',
      });
    return holds('milliseconds of 0 or more', (got) => msOf(got) >= 0, {
      note: 'A time that is over already, or that is no number, cannot be waited for.',
    });
  };
}

const question = fc.record({
  why: fc.constantFrom('item', 'time', 'answer'),
  nowMs: fc.constant(60_000),
  waiting: fc.integer({ min: 1, max: 200 }),
  oldestMs: fc.constantFrom(0, 1, 20, 60, 99, 100, 150, 320, 499, 500, 501, 3000),
  idle: fc.constantFrom(0, 0, 1, 14),
});
const asked = (over: Partial<Question>): Question => ({
  why: 'item',
  nowMs: 1000,
  waiting: 1,
  oldestMs: 0,
  idle: 0,
  ...over,
});

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'gathers',
      title: 'waits for others while all workers are busy',
      objective: 'gather',
      operations: fc.constant([create('Batching'), call('wait', asked({}))]),
      runs: 1,
    },
    {
      id: 'idle-worker',
      title: 'does not let a worker stand idle for long',
      objective: 'gather',
      operations: fc.constant([
        create('Batching'),
        call('wait', asked({ idle: 14 })),
        call('wait', asked({ why: 'time', idle: 14, oldestMs: 60 })),
        call('wait', asked({ why: 'answer', idle: 1, oldestMs: 320, waiting: 9 })),
      ]),
      runs: 1,
    },
    {
      id: 'no-longer',
      title: 'lets nobody wait for more than 500 ms',
      objective: 'patience',
      operations: fc.constant([
        create('Batching'),
        call('wait', asked({ why: 'time', oldestMs: 500, waiting: 3 })),
        call('wait', asked({ oldestMs: 501, waiting: 4 })),
      ]),
      runs: 1,
    },
    {
      id: 'any-question',
      title: 'has an answer for every case',
      objective: 'patience',
      operations: fc
        .array(question, { minLength: 1, maxLength: 20 })
        .map((all) => [create('Batching'), ...all.map((one) => call('wait', one))]),
      runs: 200,
    },
  ],
};
