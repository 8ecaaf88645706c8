import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';

interface Settings {
  baseMs: number;
  capMs: number;
  marginMs: number;
}

/** Keeps the whole account, and goes through it from the start each time. Amounts in hundredths of a token. */
function oracle(): Oracle {
  let settings: Settings;
  const account: { atMs: number; amount: number }[] = [];

  function balance(nowMs: number): number {
    let [sum, atMs] = [1000, 0];
    for (const entry of [...account, { atMs: nowMs, amount: 0 }]) {
      sum = Math.min(10_000, sum + entry.atMs - atMs);
      sum = Math.min(10_000, sum + entry.amount);
      atMs = entry.atMs;
    }
    return sum;
  }
  const shown = (nowMs: number) =>
    `At ${nowMs} ms the balance is ${balance(nowMs) / 100}: 10 to begin with, 0.2 for each first try, 0.01 for each millisecond, 1 less for each retry that went, never more than 100. Sums are exact.`;

  function retry(failed: number, deadlineMs: number, nowMs: number, random: number) {
    const { baseMs, capMs, marginMs } = settings;
    let longest = baseMs;
    for (let i = 1; i < failed && longest < capMs; i++) longest += longest;
    longest = Math.min(longest, capMs);
    const wait = Math.floor(random * longest);
    const timing =
      `After failure ${failed} the longest wait is ${longest} ms, and this one ${wait} ms. ` +
      `The retry would start at ${nowMs + wait} ms, and has to start at ${deadlineMs - marginMs} ms or earlier.`;
    if (nowMs + wait > deadlineMs - marginMs)
      return returns(undefined, { note: `${timing} So there is none, and it costs no token.` });
    if (balance(nowMs) < 100)
      return returns(undefined, { note: `${shown(nowMs)} Without a whole token there is no retry.` });
    const note = `${timing} ${shown(nowMs)}`;
    account.push({ atMs: nowMs, amount: -100 });
    return returns(wait, { note });
  }

  return (operation) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      settings = args[0] as Settings;
      return returns(undefined);
    }
    const method = operation.do === 'call' ? operation.method : '';
    if (method === 'retry') return retry(...(args as [number, number, number, number]));
    const [nowMs] = args as [number];
    if (method === 'tokens')
      return returns(Math.floor(balance(nowMs) / 100), { note: `${shown(nowMs)} Whole ones count.` });
    account.push({ atMs: nowMs, amount: 20 });
    return returns(undefined, { note: 'firstTry returns nothing.' });
  };
}

const settings: Settings = { baseMs: 100, capMs: 2000, marginMs: 50 };
const budget = create('RetryBudget', settings);
const tokens = (nowMs: number) => call('tokens', nowMs);
const firstTry = (nowMs: number) => call('firstTry', nowMs);
/** With a deadline far away and the wait at half of the longest. */
const retry = (nowMs: number, { failed = 1, deadlineMs = 1_000_000, random = 0.5 } = {}) =>
  call('retry', failed, deadlineMs, nowMs, random);
const times = (count: number, operation: Operation) => Array.from({ length: count }, () => operation);

const step = fc.record({
  what: fc.constantFrom('retry', 'retry', 'retry', 'firstTry', 'tokens'),
  laterMs: fc.constantFrom(0, 0, 1, 10, 100, 3000),
  failed: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constantFrom(31, 32, 33, 40, 2000)),
  leftMs: fc.constantFrom(100_000, 1000, 150, 100, 50, 0),
  random: fc.constantFrom(0, 0.25, 0.5, 0.999),
});

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'ten-to-begin-with',
      title: 'lets ten retries go, and then none',
      objective: 'retry-budget',
      operations: fc.constant([budget, tokens(0), ...times(11, retry(0)), tokens(0)]),
      runs: 1,
    },
    {
      id: 'share-of-the-load',
      title: 'earns one retry with five first tries',
      objective: 'retry-budget',
      operations: fc.constant([
        budget,
        ...times(10, retry(0)),
        ...times(4, firstTry(0)),
        retry(0),
        firstTry(0),
        tokens(0),
        retry(0),
      ]),
      runs: 1,
    },
    {
      id: 'exact-sums',
      title: 'adds exactly: five first tries are one token',
      objective: 'retry-budget',
      operations: fc.constant([budget, ...times(5, firstTry(0)), tokens(0)]),
      runs: 1,
    },
    {
      id: 'ten-a-second',
      title: 'earns one retry each tenth of a second, evenly',
      objective: 'retry-budget',
      operations: fc.constant([
        budget,
        ...times(10, retry(0)),
        retry(99),
        retry(100),
        tokens(150),
        tokens(200),
        tokens(1100),
      ]),
      runs: 1,
    },
    {
      id: 'saves-a-hundred',
      title: 'saves up no more than a hundred',
      objective: 'retry-budget',
      operations: fc.constantFrom(
        [budget, tokens(60_000), retry(60_000), tokens(60_000)],
        [budget, ...times(5, firstTry(60_000)), retry(60_000), tokens(60_000)],
      ),
      runs: 20,
    },
    {
      id: 'waits-longer',
      title: 'doubles the wait with each failure, up to the cap',
      objective: 'backoff',
      operations: fc.constant([budget, ...[1, 2, 3, 5, 6, 7].map((failed) => retry(0, { failed }))]),
      runs: 1,
    },
    {
      id: 'many-failures',
      title: 'waits no longer than the cap after ever so many failures',
      objective: 'backoff',
      operations: fc.constantFrom(32, 33, 40, 2000).map((failed) => [budget, retry(0, { failed })]),
      runs: 20,
    },
    {
      id: 'jitter',
      title: 'spreads the wait by the random number',
      objective: 'backoff',
      operations: fc.constant([
        budget,
        retry(0, { random: 0 }),
        retry(0, { random: 0.999 }),
        retry(0, { failed: 3, random: 0.333 }),
      ]),
      runs: 1,
    },
    {
      id: 'not-too-late',
      title: 'lets nothing go that would start too late, wait included',
      objective: 'deadline',
      operations: fc.constantFrom(
        [budget, retry(1000, { deadlineMs: 1100 }), retry(1000, { deadlineMs: 1099 })],
        [budget, retry(1000, { deadlineMs: 1000, random: 0 }), retry(1000, { deadlineMs: 1050, random: 0 })],
      ),
      runs: 20,
    },
    {
      id: 'refused-is-free',
      title: 'takes no token for a retry that does not go',
      objective: 'deadline',
      operations: fc.constant([budget, ...times(3, retry(0, { deadlineMs: 60 })), tokens(0)]),
      runs: 1,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'retry-budget',
      operations: fc.array(step, { maxLength: 40, size: 'max' }).map((steps): Operation[] => {
        let nowMs = 0;
        const asked = steps.map(({ what, laterMs, failed, leftMs, random }) => {
          nowMs += laterMs;
          if (what === 'retry') return retry(nowMs, { failed, deadlineMs: nowMs + leftMs, random });
          return what === 'firstTry' ? firstTry(nowMs) : tokens(nowMs);
        });
        return [budget, ...asked];
      }),
      runs: 100,
    },
  ],
};
