import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { anything, returns, throws, waits, type Besides } from '../grader/expectation.ts';
import { argumentsOf, call, create, fail, fake, fulfil } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { decode } from '../grader/values.ts';

interface Walk {
  key: string;
  nowMs: number;
  /** Levels that had nothing, or something that is over, by index. */
  missed: number[];
  handle: number;
}

interface Entry {
  value: unknown;
  untilMs: number;
}

const getOf = (level: number) => `L${level + 1}.get`;
const setOf = (level: number) => `L${level + 1}.set`;

/**
 * No promises here: each request is a note of how far it has come, and each answer of a level moves it on. `open` holds the calls that have
 * no answer yet, as `fake name` and number; the sequences below are made with it, too.
 */
class Walks {
  readonly open: { fake: string; nth: number; level: number; walk?: Walk }[] = [];
  private readonly counts = new Map<string, number>();
  constructor(readonly levels: number) {}

  begin(walk: Walk): Besides {
    return { calls: [this.ask(0, walk)], note: 'The fastest level is asked first, and none beside it.' };
  }

  /** What a level's answer brings about. `entry` is null when it failed. */
  answered(fake: string, nth: number, entry: Entry | undefined | null): Besides {
    const at = this.open.findIndex((one) => one.fake === fake && one.nth === nth);
    const [{ level, walk }] = this.open.splice(at, 1);
    if (!walk)
      return { calls: [], settled: [], note: 'Nobody waits for a promotion, and its failure harms nobody.' };
    const { key, nowMs, missed, handle } = walk;
    const name = `L${level + 1}`;
    if (entry && nowMs < entry.untilMs) {
      const leftMs = entry.untilMs - nowMs;
      return {
        calls: missed.map((to) => this.call(setOf(to), to, undefined, [key, entry.value, leftMs])),
        settled: [{ handle, value: entry.value }],
        note: found(name, entry, nowMs, missed),
      };
    }
    if (entry !== null) missed.push(level);
    const why =
      entry === null
        ? `${name} failed, so it is passed by.`
        : entry
          ? `${name}’s entry is over from ${entry.untilMs} ms on, and it is asked for at ${nowMs} ms: a miss.`
          : `${name} has nothing.`;
    if (level + 1 < this.levels)
      return { calls: [this.ask(level + 1, walk)], settled: [], note: `${why} The next level is asked.` };
    const note = `${why} No level is left, so there is no value; that is undefined, and no error.`;
    return { calls: [], settled: [{ handle, value: undefined }], note };
  }

  private ask(level: number, walk: Walk) {
    return this.call(getOf(level), level, walk, [walk.key]);
  }

  private call(name: string, level: number, walk: Walk | undefined, args: unknown[]): [string, ...unknown[]] {
    const nth = this.counts.get(name) ?? 0;
    this.counts.set(name, nth + 1);
    this.open.push({ fake: name, nth, level, walk });
    return [name, ...args];
  }
}

function found(name: string, { value, untilMs }: Entry, nowMs: number, missed: number[]): string {
  const falsy = value ? '' : `${name} has ${JSON.stringify(value)}: a value, not a miss. `;
  const to = missed.map((level) => `L${level + 1}`).join(' and ');
  const promotion = to
    ? `${to} had nothing and did not fail, so it is stored there for what is left: ${untilMs} − ${nowMs} = ${untilMs - nowMs} ms${missed.length > 1 ? ', the fastest first' : ''}. The answer waits for no promotion. `
    : 'No faster level has said that it has nothing, so nothing is promoted. ';
  return `${falsy}${promotion}No level behind ${name} is asked.`;
}

function oracle(): Oracle {
  let walks = new Walks(0);
  return (operation, answer) => {
    if (operation.do === 'new') {
      walks = new Walks((argumentsOf(operation)[0] as unknown[]).length);
      return returns(undefined);
    }
    if (operation.do === 'settle') {
      const entry = operation.error ? null : (decode(operation.value) as Entry | undefined);
      return anything(walks.answered(operation.fake, operation.call, entry));
    }
    const [key, nowMs] = argumentsOf(operation) as [string, number];
    if (key === '')
      return throws('empty', { calls: [], note: 'An empty key is refused before any level is asked.' });
    return waits(walks.begin({ key, nowMs, missed: [], handle: answer.handle ?? -1 }));
  };
}

const cacheOf = (levels: number) =>
  create(
    'TieredCache',
    Array.from({ length: levels }, (_, i) => ({ get: fake(getOf(i)), set: fake(setOf(i)) })),
  );
const entry = (value: unknown, untilMs: number, ttlMs = 600) => ({ value, ttlMs, untilMs });

const step = fc.record({
  what: fc.constantFrom('ask', 'answer', 'answer', 'answer'),
  key: fc.constantFrom('a', 'a', 'b', ''),
  laterMs: fc.constantFrom(0, 20, 50),
  /** Which of the open calls gets its answer. */
  which: fc.nat(5),
  /** undefined: nothing; null: it fails; else an entry with so much left. */
  leftMs: fc.constantFrom(undefined, undefined, null, 1, 40, 300, 0, -10),
  value: fc.constantFrom<unknown>('A', 'B', 1, 0, '', false, null),
});
/** `together`: how many calls may be open when the next request comes. */
const sequences = (together: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 24, size: 'max' }))
    .map(([levels, steps]): Operation[] => {
      const walks = new Walks(levels);
      const operations = [cacheOf(levels)];
      let nowMs = 0;
      for (const { what, key, laterMs, which, leftMs, value } of steps) {
        const { open } = walks;
        if (what === 'ask' && open.length <= together) {
          nowMs += laterMs;
          operations.push(call('get', key, nowMs));
          if (key) walks.begin({ key, nowMs, missed: [], handle: 0 });
        } else if (open.length) {
          const { fake: name, nth, walk } = open[which % open.length];
          const got = walk && typeof leftMs === 'number' ? entry(value, walk.nowMs + leftMs) : undefined;
          operations.push(leftMs === null ? fail(name, nth, 'down') : fulfil(name, nth, got));
          walks.answered(name, nth, leftMs === null ? null : got);
        }
      }
      return operations;
    });

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'first-hit',
      title: 'asks level after level until one has the value',
      objective: 'first-hit',
      operations: fc.constant([
        cacheOf(3),
        call('get', 'a', 0),
        fulfil('L1.get', 0, undefined),
        fulfil('L2.get', 0, entry('A', 600)),
        call('get', 'b', 10),
        fulfil('L1.get', 1, undefined),
        fulfil('L2.get', 1, undefined),
        fulfil('L3.get', 0, undefined),
      ]),
      runs: 1,
    },
    {
      id: 'remaining-life',
      title: 'promotes for the time that is left',
      objective: 'remaining-life',
      operations: fc.constant([
        cacheOf(3),
        call('get', 'a', 500),
        fulfil('L1.get', 0, undefined),
        fulfil('L2.get', 0, entry('old', 500)),
        fulfil('L3.get', 0, entry('A', 600)),
      ]),
      runs: 1,
    },
    {
      id: 'falsy-values',
      title: 'takes 0, "", false and null for values',
      objective: 'first-hit',
      operations: fc
        .constantFrom<unknown>(0, '', false, null)
        .map((value) => [
          cacheOf(2),
          call('get', 'a', 0),
          fulfil('L1.get', 0, undefined),
          fulfil('L2.get', 0, entry(value, 600)),
        ]),
      runs: 10,
    },
    {
      id: 'failing-level',
      title: 'passes by a level that fails, and leaves it alone',
      objective: 'failing-level',
      operations: fc.constant([
        cacheOf(3),
        call('get', 'a', 0),
        fail('L1.get', 0, 'connection lost'),
        fulfil('L2.get', 0, undefined),
        fulfil('L3.get', 0, entry('A', 600)),
        fail('L2.set', 0, 'connection lost'),
        call('get', 'b', 10),
        fail('L1.get', 1, 'connection lost'),
        fail('L2.get', 1, 'connection lost'),
        fail('L3.get', 1, 'connection lost'),
      ]),
      runs: 1,
    },
    {
      id: 'empty-key',
      title: 'refuses an empty key before any level is asked',
      objective: 'first-hit',
      operations: fc.constant([cacheOf(2), call('get', '', 0)]),
      runs: 1,
    },
    {
      id: 'one-at-a-time',
      title: 'is right whatever the levels answer',
      objective: 'remaining-life',
      operations: sequences(0),
      runs: 60,
    },
    {
      id: 'together',
      title: 'is right with several requests on their way',
      objective: 'failing-level',
      operations: sequences(4),
      runs: 100,
    },
  ],
};
