import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

/**
 * Says of each step what is right. It follows the statement, not the reference: the plainest way there is, so that a mistake in one of
 * them shows. A note says why the answer is right, with the numbers of this run.
 */
function oracle(): Oracle {
  const noted: number[] = [];
  return (operation) => {
    const [latencyMs] = argumentsOf(operation) as [number];
    if (operation.do === 'new') return returns(undefined);
    if (operation.do === 'call' && operation.method === 'note') {
      noted.push(latencyMs);
      return returns(undefined, { note: 'note returns nothing.' });
    }
    if (noted.length === 0) return returns(undefined, { note: 'Nothing was noted yet.' });
    const highest = noted.toSorted((a, b) => b - a)[0];
    const zero = highest === 0 ? ' 0 is a latency.' : '';
    return returns(highest, { note: `The highest of ${noted.join(', ')} is ${highest}.${zero}` });
  };
}

/** Small values shrink to short traces; `size: 'max'` makes long lists as likely as short ones. */
const steps = fc.array(
  fc.oneof(
    fc.nat({ max: 9 }).map((latencyMs) => call('note', latencyMs)),
    fc.constant(call('highest')),
  ),
  { maxLength: 20, size: 'max' },
);
const asked = (...operations: Operation[]) => [create('Peak'), ...operations];

export const checks: Checks = {
  oracle,
  // Worked by hand first, one for each rule that chance seldom meets; then any sequence.
  checks: [
    {
      id: 'highest-of-some',
      title: 'remembers the highest',
      objective: 'highest',
      operations: fc.constant(asked(call('note', 5), call('note', 3), call('highest'))),
      runs: 1,
    },
    {
      id: 'nothing-yet',
      title: 'has no highest before the first',
      objective: 'empty',
      operations: fc.constant(asked(call('highest'), call('note', 0), call('highest'))),
      runs: 1,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'highest',
      operations: steps.map((operations) => asked(...operations)),
    },
  ],
};
