import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { anything, holds } from '../grader/expectation.ts';
import { argumentsOf, call, create, fakeReturning } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

/** Of 100 requests. */
const MOST_RETRIES = 20;
const ENOUGH_REQUESTS = 1000;

interface Question {
  attempt: number;
  refused: boolean;
  nowMs: number;
  deadlineMs: number;
}

const isWait = (got: unknown): got is number => typeof got === 'number' && got >= 0;
const isNothing = (got: unknown): boolean => Array.isArray(got) && got[0] === 'undefined';

function oracle(): Oracle {
  let [requests, failures, retries] = [0, 0, 0];
  return (operation, answer) => {
    if (operation.do !== 'call') return anything();
    if (operation.method === 'onRequest') {
      requests += 1;
      return anything();
    }
    const [{ nowMs, deadlineMs }] = argumentsOf(operation) as [Question];
    failures += 1;
    const got: unknown = answer.value;
    if (answer.did === 'returned' && isWait(got)) retries += 1;
    if (requests >= ENOUGH_REQUESTS && failures === 1 && deadlineMs > nowMs + 60_000)
      return holds('milliseconds of 0 or more', isWait, {
        note: `After ${requests} requests this is the first try that failed. Such a one is worth another try.`,
      });
    if (requests <= 100 && retries > MOST_RETRIES)
      return holds('undefined', isNothing, {
        note: `Of ${requests} requests ${retries} tries were made again, and all failed. More than ${MOST_RETRIES} of a hundred make the trouble worse.`,
      });
    return holds(
      `undefined, or milliseconds of 0 or more that end before ${deadlineMs}`,
      (said) => isNothing(said) || (isWait(said) && nowMs + said < deadlineMs),
      { note: `At ${deadlineMs} ms nobody waits any more; it is ${nowMs} ms now.` },
    );
  };
}

const made = create('Retry', fakeReturning('random', 0.5));
const requests = (count: number, fromMs: number): Operation[] =>
  Array.from({ length: count }, (_, i) => call('onRequest', fromMs + i * 3));
const failed = (nowMs: number, over: Partial<Question> = {}): Operation =>
  call('next', { attempt: 1, refused: false, nowMs, deadlineMs: nowMs + 1_000_000, ...over });

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'one-failure',
      title: 'tries again when one of a thousand fails',
      objective: 'budget',
      operations: fc.constant([made, ...requests(ENOUGH_REQUESTS, 0), failed(4000)]),
      runs: 1,
    },
    {
      id: 'all-fail',
      title: 'makes at most 20 tries again when 100 requests fail',
      objective: 'budget',
      operations: fc.constant([
        made,
        ...requests(100, 0),
        ...Array.from({ length: 100 }, (_, i) => failed(3000 + i * 3)),
        ...Array.from({ length: 40 }, (_, i) => failed(6000 + i * 3, { attempt: 2 })),
      ]),
      runs: 1,
    },
    {
      id: 'deadline',
      title: 'waits for no try that would come too late',
      objective: 'in-time',
      operations: fc
        .array(
          fc.record({
            attempt: fc.integer({ min: 1, max: 5 }),
            refused: fc.boolean(),
            leftMs: fc.constantFrom(0, 1, 10, 100, 5000),
          }),
          { minLength: 1, maxLength: 10 },
        )
        .map((all) => [
          made,
          ...requests(ENOUGH_REQUESTS, 0),
          ...all.map(({ attempt, refused, leftMs }, i) =>
            failed(20_000 * (i + 1), { attempt, refused, deadlineMs: 20_000 * (i + 1) + leftMs }),
          ),
        ]),
      runs: 30,
    },
  ],
};
