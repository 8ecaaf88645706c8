import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { near, returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Answer, Operation } from '../grader/protocol.ts';

interface Entry {
  key: string;
  value: unknown;
  reads: number;
  usedMs: number;
}

/** A list in the order of setting, and the worst is looked for again for each that goes. Scores are compared as fractions, without rounding. */
function oracle(): Oracle {
  let entries: Entry[] = [];
  const why = new Map<string, string>();
  let capacity = 0;

  const find = (key: string) => entries.find((entry) => entry.key === key);
  const worst = (nowMs: number) => {
    let [high] = entries;
    for (const entry of entries)
      if ((nowMs - entry.usedMs) * (high.reads + 1) > (nowMs - high.usedMs) * (entry.reads + 1)) high = entry;
    return high;
  };
  const set = (key: string, value: unknown, nowMs: number) => {
    const known = find(key);
    const many = Math.max(1, Math.ceil(capacity / 5));
    const full = !known && entries.length >= capacity;
    const scores = entries.map((entry) => `${entry.key} ${text(entry, nowMs)}`).join(', ');
    const gone: string[] = [];
    while (full && gone.length < many) {
      const victim = worst(nowMs);
      gone.push(victim.key);
      why.set(
        victim.key,
        `"${victim.key}" went when "${key}" did not fit: its score was ${text(victim, nowMs)}.`,
      );
      entries = entries.filter((entry) => entry !== victim);
    }
    if (known) entries = entries.filter((entry) => entry !== known);
    entries.push({ key, value, reads: 0, usedMs: nowMs });
    if (known) return { gone, note: `"${key}" is there already, so its new value takes no more room.` };
    if (!full) return { gone, note: `There is still room among ${capacity}.` };
    const share = `20 % of ${capacity}, rounded up, is ${many}`;
    return {
      gone,
      note: `Scores in the order of setting: ${scores}. ${share}: the highest go, and of two with the same score the one set earlier.`,
    };
  };

  return (operation, answer) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      [capacity] = args as [number];
      return returns(undefined);
    }
    const method = operation.do === 'call' ? operation.method : '';
    if (method === 'set') {
      const { gone, note } = set(...(args as [string, unknown, number]));
      return returns(gone, { note });
    }
    const [key, nowMs] = args as [string, number];
    const entry = find(key);
    if (!entry)
      return returns(undefined, { note: (why.get(key) ?? `"${key}" was never set.`) + nullForAMiss(answer) });
    if (method === 'score')
      return near((nowMs - entry.usedMs) / (entry.reads + 1), 1e-9, {
        note:
          `Last used at ${entry.usedMs} ms and read ${times(entry.reads)} since it was set: ${text(entry, nowMs)}. ` +
          'Setting is a use and no read; a new value starts again from no reads.',
      });
    entry.reads += 1;
    entry.usedMs = nowMs;
    const falsy = `What is stored under "${key}" is ${JSON.stringify(entry.value)}: a value, not a miss.`;
    return returns(entry.value, { note: entry.value ? `"${key}" is still there.` : falsy });
  };
}

const text = ({ usedMs, reads }: Entry, nowMs: number) =>
  `${nowMs - usedMs}/${reads + 1} = ${Number(((nowMs - usedMs) / (reads + 1)).toFixed(2))}`;
const nullForAMiss = ({ value }: Answer) =>
  value === null ? ' A miss is undefined, and not null, which is a value.' : '';
const times = (reads: number) => (reads === 1 ? 'once' : `${reads} times`);

const step = fc.record({
  what: fc.constantFrom('get', 'get', 'set', 'set', 'score'),
  key: fc.nat(11),
  value: fc.constantFrom<unknown>('A', 'B', 1, 0, '', false, null),
  laterMs: fc.constantFrom(0, 0, 10, 20, 30),
});
const sequences = (capacity: fc.Arbitrary<number>, keys: number, longest: number) =>
  fc
    .tuple(capacity, fc.array(step, { maxLength: longest, size: 'max' }))
    .map(([size, steps]): Operation[] => {
      let nowMs = 0;
      const asked = steps.map(({ what, key: number, value, laterMs }) => {
        nowMs += laterMs;
        const key = 'abcdefghijkl'[number % keys];
        return what === 'set' ? call('set', key, value, nowMs) : call(what, key, nowMs);
      });
      return [create('ScoreCache', size), ...asked];
    });
const filled = (capacity: number) =>
  Array.from({ length: capacity }, (_, i) => call('set', 'abcdefghijkl'[i], i, i * 10));

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'the-score',
      title: 'scores by the time since the last use and the reads since it was set',
      objective: 'score',
      operations: fc.constant([
        create('ScoreCache', 5),
        call('set', 'a', 'A', 0),
        call('score', 'a', 60),
        call('get', 'a', 60),
        call('get', 'a', 100),
        call('score', 'a', 160),
        call('set', 'a', 'A2', 160),
        call('score', 'a', 200),
        call('score', 'b', 200),
      ]),
      runs: 1,
    },
    {
      id: 'small-caches',
      title: 'throws one out of four, whose 20 % are less than one',
      objective: 'share',
      operations: fc.constant([
        create('ScoreCache', 4),
        ...filled(4),
        call('get', 'a', 40),
        call('set', 'e', 'E', 100),
        call('get', 'a', 110),
        call('get', 'b', 110),
      ]),
      runs: 1,
    },
    {
      id: 'several-at-once',
      title: 'throws a fifth out at once, rounded up, the highest score first',
      objective: 'share',
      operations: fc.constant([
        create('ScoreCache', 6),
        ...filled(6),
        call('get', 'a', 60),
        call('set', 'g', 'G', 80),
        call('set', 'h', 'H', 90),
        call('set', 'i', 'I', 100),
      ]),
      runs: 1,
    },
    {
      id: 'replaces',
      title: 'throws nothing out for a key that is there already',
      objective: 'share',
      operations: fc.constant([
        create('ScoreCache', 2),
        ...filled(2),
        call('set', 'b', 'B2', 50),
        call('get', 'a', 60),
        call('get', 'b', 60),
      ]),
      runs: 1,
    },
    {
      id: 'same-score',
      title: 'of two with the same score, throws out the one set earlier',
      objective: 'ties',
      operations: fc.constant([
        create('ScoreCache', 2),
        call('set', 'a', 'A', 0),
        call('set', 'b', 'B', 0),
        call('set', 'a', 'A2', 0),
        call('set', 'c', 'C', 40),
        call('get', 'a', 60),
        call('set', 'd', 'D', 80),
      ]),
      runs: 1,
    },
    {
      id: 'four-entries',
      title: 'is right in any sequence on up to four entries',
      objective: 'score',
      operations: sequences(fc.integer({ min: 1, max: 4 }), 6, 30),
    },
    {
      id: 'ten-entries',
      title: 'is right in any sequence on five to ten entries',
      objective: 'ties',
      operations: sequences(fc.integer({ min: 5, max: 10 }), 12, 60),
    },
  ],
};
