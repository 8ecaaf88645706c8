import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

interface Entry {
  value: unknown;
  setMs: number;
  usedAt: number;
  /** A key that was set again while the cache was full, and this entry was there. */
  sparedBy?: string;
}

/** The statement word by word, with no thought of speed. */
function oracle(): Oracle {
  const entries = new Map<string, Entry>();
  const lost = new Map<string, string>();
  let [capacity, ttlMs, steps] = [0, 0, 0];

  const dropOld = (nowMs: number) => {
    for (const [key, { setMs }] of entries) if (nowMs >= setMs + ttlMs) drop(key, tooOld(setMs, ttlMs));
  };
  const drop = (key: string, why: string) => {
    entries.delete(key);
    lost.set(key, why);
  };

  return (operation, answer) => {
    const args = argumentsOf(operation);
    steps += 1;
    if (operation.do === 'new') {
      [capacity, ttlMs] = args as [number, number];
      return returns(undefined);
    }
    const method = operation.do === 'call' ? operation.method : '';
    if (method === 'size') {
      const [nowMs] = args as [number];
      dropOld(nowMs);
      return returns(entries.size, {
        note: `size counts what can still be read: one that is too old does not count, and no more than ${capacity} fit.`,
      });
    }
    if (method === 'set') {
      const [key, value, nowMs] = args as [string, unknown, number];
      dropOld(nowMs);
      if (entries.has(key) && entries.size >= capacity)
        for (const entry of entries.values()) entry.sparedBy = key;
      entries.delete(key);
      if (entries.size >= capacity) {
        const [oldest] = [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)[0];
        drop(
          oldest,
          `The cache was full, and "${oldest}" was the one not used for the longest time. A read counts as use.`,
        );
      }
      entries.set(key, { value, setMs: nowMs, usedAt: steps });
      return returns(undefined, { note: 'set returns nothing.' });
    }
    const [key, nowMs] = args as [string, number];
    dropOld(nowMs);
    const entry = entries.get(key);
    if (!entry) {
      const nullForAMiss =
        answer.value === null ? ' A miss is undefined, and not null, which is a value.' : '';
      return returns(undefined, { note: (lost.get(key) ?? `"${key}" was never set.`) + nullForAMiss });
    }
    entry.usedAt = steps;
    return returns(entry.value, { note: present(key, entry, capacity) });
  };
}

const tooOld = (setMs: number, ttlMs: number) =>
  `An entry is too old from the moment its time to live is over: set at ${setMs} ms, it is gone from ${setMs + ttlMs} ms on. ` +
  'Only a write gives an entry a new life.';

function present(key: string, { value, sparedBy }: Entry, capacity: number): string {
  const falsy = value
    ? ''
    : `What was stored under "${key}" is ${JSON.stringify(value)}: a value, not a miss. `;
  const spared = sparedBy ? `"${sparedBy}" was there already, so setting it again needed no more room. ` : '';
  return (
    `${falsy}${spared}"${key}" is still there: of ${capacity} that fit, the one goes that was not used for the longest time, ` +
    'and one that is too old holds no place.'
  );
}

const values = fc.constantFrom<unknown>('A', 'B', 1, 0, '', false, null);
const step = fc.record({
  what: fc.constantFrom('get', 'get', 'set', 'set', 'size'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  value: values,
  laterMs: fc.constantFrom(0, 0, 1, 30, 60),
});
const ttlMs = 100;

const sequences = (capacity: fc.Arbitrary<number>, longest: number) =>
  fc
    .tuple(capacity, fc.array(step, { maxLength: longest, size: 'max' }))
    .map(([size, steps]): Operation[] => {
      let nowMs = 0;
      const asked = steps.map(({ what, key, value, laterMs }) => {
        nowMs += laterMs;
        if (what === 'size') return call('size', nowMs);
        return what === 'get' ? call('get', key, nowMs) : call('set', key, value, nowMs);
      });
      return [create('TtlCache', size, ttlMs), ...asked];
    });

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'reads-what-was-written',
      title: 'reads what was written, up to the last millisecond',
      objective: 'ttl-on-read',
      operations: fc.constant([
        create('TtlCache', 2, ttlMs),
        call('get', 'a', 0),
        call('set', 'a', 'A', 0),
        call('get', 'a', 99),
        call('get', 'a', 100),
        call('size', 100),
      ]),
      runs: 1,
    },
    {
      id: 'least-recently-used-goes',
      title: 'throws out what was not used for the longest time',
      objective: 'capacity',
      operations: fc.constant([
        create('TtlCache', 2, ttlMs),
        call('set', 'a', 'A', 0),
        call('set', 'b', 'B', 1),
        call('get', 'a', 2),
        call('set', 'c', 'C', 3),
        call('get', 'b', 4),
        call('get', 'a', 5),
        call('size', 6),
      ]),
      runs: 1,
    },
    {
      id: 'too-old-goes-first',
      title: 'throws out what is too old before what is not',
      objective: 'capacity',
      operations: fc.constant([
        create('TtlCache', 2, ttlMs),
        call('set', 'a', 'A', 0),
        call('set', 'b', 'B', 50),
        call('get', 'a', 60),
        call('set', 'c', 'C', 110),
        call('get', 'b', 120),
      ]),
      runs: 1,
    },
    {
      id: 'set-again',
      title: 'gives a key that is set again its new value and a new life, and no second place',
      objective: 'capacity',
      operations: fc.constant([
        create('TtlCache', 2, ttlMs),
        call('set', 'a', 'A', 0),
        call('set', 'b', 'B', 20),
        call('set', 'b', 'B again', 60),
        call('get', 'a', 70),
        call('get', 'b', 120),
        call('size', 150),
        call('size', 160),
      ]),
      runs: 1,
    },
    {
      id: 'falsy-values-are-values',
      title: 'gives back 0, "", false and null',
      objective: 'falsy-values',
      operations: values.map((value) => [
        create('TtlCache', 1, ttlMs),
        call('set', 'a', value, 0),
        call('get', 'a', 1),
      ]),
      runs: 20,
    },
    {
      id: 'one-entry',
      title: 'holds its capacity, however small',
      objective: 'capacity',
      operations: sequences(fc.constant(1), 20),
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence of reads and writes',
      objective: 'ttl-on-read',
      operations: sequences(fc.integer({ min: 1, max: 3 }), 40),
      runs: 200,
    },
  ],
};
