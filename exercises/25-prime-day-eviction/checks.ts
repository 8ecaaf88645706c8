import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { anything, holds } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

/** Hits from which a key counts as one that is asked again and again. */
const OFTEN = 5;

/** Knows what is held, and that a key which is hit often stays while one is there that was never hit. */
function oracle(): Oracle {
  const hits = new Map<number, number>();
  return (operation) => {
    if (operation.do !== 'call') return anything();
    const [key] = argumentsOf(operation) as [number];
    if (operation.method === 'onInsert') hits.set(key, 0);
    if (operation.method === 'onHit') hits.set(key, hits.get(key)! + 1);
    if (operation.method === 'onRemove') hits.delete(key);
    if (operation.method !== 'victim') return anything();
    const held = [...hits.keys()];
    const never = held.filter((one) => hits.get(one) === 0);
    const often = held.filter((one) => hits.get(one)! >= OFTEN);
    if (never.length > 0 && often.length > 0)
      return holds(
        'a key that was not hit again and again',
        (got) => held.includes(got as number) && !often.includes(got as number),
        {
          note: `${often.join(' and ')} were asked again and again, ${never.length} others came once: those go first. A key must be held to go.`,
        },
      );
    return holds(`one of the keys that are held: ${held.join(', ')}`, (got) => held.includes(got as number), {
      note: 'A key that is not held cannot go. What you named stays until onRemove says that it is gone.',
    });
  };
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('insert', 'insert', 'hit', 'remove', 'victim', 'victim'),
    pick: fc.nat(1000),
  }),
  { maxLength: 40, size: 'max' },
);

/** Any order that a cache of four could come to. */
const sequences = steps.map((all): Operation[] => {
  const held: number[] = [];
  let next = 1;
  const operations: Operation[] = [create('Eviction', 4)];
  for (const { what, pick } of all) {
    const at = pick % Math.max(1, held.length);
    if (what === 'insert' && held.length < 4) {
      held.push(next);
      operations.push(call('onInsert', next++));
    } else if (held.length === 0) continue;
    else if (what === 'hit') operations.push(call('onHit', held[at]));
    else if (what === 'remove') operations.push(call('onRemove', ...held.splice(at, 1)));
    else operations.push(call('victim'));
  }
  return operations;
});

const oneTimers = (first: number): Operation[] => [
  create('Eviction', 20),
  ...[1, 2].flatMap((key) => [
    call('onInsert', key),
    ...Array.from({ length: OFTEN }, () => call('onHit', key)),
  ]),
  ...Array.from({ length: 18 }, (_, i) => call('onInsert', first + i)),
  call('victim'),
];

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'names-a-key',
      title: 'names a key that is held',
      objective: 'bookkeeping',
      operations: fc.constant([
        create('Eviction', 2),
        call('onInsert', 1),
        call('onInsert', 2),
        call('victim'),
        call('victim'),
        call('onRemove', 1),
        call('victim'),
      ]),
      runs: 1,
    },
    {
      id: 'any-sequence',
      title: 'stays in step with the cache, whatever happens',
      objective: 'bookkeeping',
      operations: sequences,
    },
    {
      id: 'outlives-one-timers',
      title: 'keeps two keys that are hit again and again when eighteen come once',
      objective: 'one-timers',
      operations: fc.integer({ min: 100, max: 10_000 }).map(oneTimers),
      runs: 10,
    },
  ],
};
