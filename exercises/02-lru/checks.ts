import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Answer } from '../grader/protocol.ts';

interface Entry {
  value: unknown;
  sizeBytes: number;
  usedAt: number;
}

/**
 * A diary of uses instead of a list: each use is written down, and a line counts only while it is the last one of its key. The oldest
 * line that counts names the key to throw out. Each line is passed over once, so that a long trace is quick here as well.
 */
function oracle(): Oracle {
  const entries = new Map<string, Entry>();
  const why = new Map<string, string>();
  const diary: string[] = [];
  let [maxEntries, maxBytes, bytes, oldest] = [0, 0, 0, 0];

  const use = (key: string) => diary.push(key) - 1;
  const drop = (key: string, reason: string) => {
    bytes -= entries.get(key)?.sizeBytes ?? 0;
    entries.delete(key);
    why.set(key, reason);
  };
  const get = (key: string) => {
    const entry = entries.get(key);
    if (entry) entry.usedAt = use(key);
    return entry;
  };
  const set = (key: string, value: unknown, sizeBytes: number) => {
    drop(key, '');
    if (sizeBytes > maxBytes) {
      why.set(key, tooLarge(key, sizeBytes, maxBytes));
      return { gone: [], note: tooLarge(key, sizeBytes, maxBytes) };
    }
    entries.set(key, { value, sizeBytes, usedAt: use(key) });
    bytes += sizeBytes;
    const before = entries.size < 10 ? `${inOrder()} ${entries.size} entries, ${bytes} bytes. ` : '';
    const gone: string[] = [];
    for (; entries.size > maxEntries || bytes > maxBytes; oldest++) {
      const victim = diary[oldest];
      if (entries.get(victim)?.usedAt !== oldest) continue;
      gone.push(victim);
      drop(victim, `"${victim}" went when room was made for "${key}": it was not used for the longest time.`);
    }
    const rule = gone.length
      ? 'From the first of them on they go, until both limits hold. get and set count as use, has does not.'
      : 'Both limits hold, so nothing goes. A key that is stored again counts once, with its new size.';
    return { gone, note: `${before}${rule}` };
  };
  const inOrder = () => {
    const byUse = [...entries].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    return `In the order of their last use: ${byUse.map(([key]) => key).join(', ')}.`;
  };

  return (operation, answer) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      [maxEntries, maxBytes] = args as [number, number];
      return returns(undefined);
    }
    const [key, value, sizeBytes] = args as [string, unknown, number];
    switch (operation.do === 'call' ? operation.method : '') {
      case 'set': {
        const { gone, note } = set(key, value, sizeBytes);
        return returns(gone, { note });
      }
      case 'get': {
        const entry = get(key);
        return returns(entry?.value, {
          note: entry ? present(key, entry.value) : absent(key, why) + nullForAMiss(answer),
        });
      }
      case 'has':
        return returns(entries.has(key), {
          note: entries.has(key) ? present(key, entries.get(key)?.value) : absent(key, why),
        });
      case 'bytes':
        return returns(bytes, {
          note: 'The sizes of all that is stored: what has gone, and what was replaced, does not count.',
        });
      default: {
        let hits = 0;
        for (let i = 0; i < (args[0] as number); i++) {
          const asked = i % 2 ? `often ${(i * i) % 9973}` : `once ${i}`;
          if (get(asked)) hits += 1;
          else set(asked, asked, 1);
        }
        return returns(hits, { note: 'As many of the requests find their key.' });
      }
    }
  };
}

const tooLarge = (key: string, sizeBytes: number, maxBytes: number) =>
  `${sizeBytes} bytes for "${key}" would never fit into ${maxBytes}: it is not stored, nothing else goes for it, and what was stored under "${key}" before is gone.`;
const absent = (key: string, why: Map<string, string>) => why.get(key) ?? `"${key}" was never set.`;
const nullForAMiss = ({ value }: Answer) =>
  value === null ? ' A miss is undefined, and not null, which is a value.' : '';
const present = (key: string, value: unknown) =>
  value
    ? `"${key}" is still there.`
    : `What is stored under "${key}" is ${JSON.stringify(value)}: a value, not a miss.`;

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const values = fc.constantFrom<unknown>('A', 'B', 1, 0, '', false, null);
const step = fc.oneof(
  keys.map((key) => call('get', key)),
  keys.map((key) => call('has', key)),
  fc
    .tuple(keys, values, fc.constantFrom(1, 2, 3, 4, 8, 11))
    .map(([key, value, sizeBytes]) => call('set', key, value, sizeBytes)),
  fc.constant(call('bytes')),
);
const sequences = (maxEntries: number, maxBytes: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: maxEntries }), fc.array(step, { maxLength: 30, size: 'max' }))
    .map(([entries, steps]) => [create('LruCache', entries, maxBytes), ...steps]);

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'oldest-goes',
      title: 'throws out what was not used for the longest time',
      objective: 'recency',
      operations: fc.constant([
        create('LruCache', 2, 100),
        call('set', 'a', 'A', 1),
        call('set', 'b', 'B', 1),
        call('get', 'a'),
        call('set', 'c', 'C', 1),
        call('get', 'b'),
        call('get', 'a'),
      ]),
      runs: 1,
    },
    {
      id: 'looking-is-no-use',
      title: 'takes has for a look, not for a use',
      objective: 'recency',
      operations: fc.constant([
        create('LruCache', 2, 100),
        call('set', 'a', 'A', 1),
        call('set', 'b', 'B', 1),
        call('has', 'a'),
        call('set', 'c', 'C', 1),
        call('has', 'a'),
        call('has', 'b'),
      ]),
      runs: 1,
    },
    {
      id: 'bytes-bind',
      title: 'makes room until the bytes fit, also when that takes several entries',
      objective: 'two-limits',
      operations: fc.constant([
        create('LruCache', 10, 10),
        call('set', 'a', 'A', 4),
        call('set', 'b', 'B', 4),
        call('set', 'c', 'C', 2),
        call('bytes'),
        call('set', 'd', 'D', 7),
        call('bytes'),
      ]),
      runs: 1,
    },
    {
      id: 'stored-again',
      title: 'counts a key that is stored again once, with its new size',
      objective: 'two-limits',
      operations: fc.constant([
        create('LruCache', 2, 10),
        call('set', 'a', 'A', 6),
        call('set', 'b', 'B', 2),
        call('set', 'a', 'A2', 8),
        call('bytes'),
        call('set', 'c', 'C', 1),
      ]),
      runs: 1,
    },
    {
      id: 'too-large',
      title: 'refuses what can never fit, and forgets what it would have replaced',
      objective: 'two-limits',
      operations: fc.constant([
        create('LruCache', 2, 10),
        call('set', 'a', 'A', 2),
        call('set', 'b', 'B', 2),
        call('set', 'a', 'A2', 11),
        call('get', 'a'),
        call('get', 'b'),
        call('bytes'),
      ]),
      runs: 1,
    },
    {
      id: 'entries-only',
      title: 'is right in any sequence, where entries are the limit',
      objective: 'recency',
      operations: sequences(3, 1000),
      runs: 50,
    },
    {
      id: 'both-limits',
      title: 'is right in any sequence, where both limits bind',
      objective: 'two-limits',
      operations: sequences(4, 10),
      runs: 80,
    },
    {
      id: 'constant-cost',
      title: 'goes through 100,000 requests on 8,000 entries, one step each instead of a search',
      objective: 'constant-cost',
      operations: fc.constant([create('LruCache', 8000, 1_000_000), call('replay', 100_000)]),
      runs: 1,
    },
  ],
};
