import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { holds, returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Operation } from '../grader/protocol.ts';
import { encode, equal, show } from '../grader/values.ts';

interface Entry {
  value: unknown;
  deltaMs: number;
  expiryMs: number;
  refreshing: boolean;
}

/**
 * The rule from its other side: a reader with r ms left refreshes with the probability e^(−r / (delta · beta)), so it does when its lot is at
 * most that. Where lot and probability are the same but for rounding, both answers are right.
 */
function oracle(): Oracle {
  const entries = new Map<string, Entry>();
  let [ttlMs, staleForMs, beta] = [0, 0, 0];

  return (operation, answer) => {
    const args = argumentsOf(operation);
    if (operation.do === 'new') {
      ({ ttlMs, staleForMs, beta } = args[0] as { ttlMs: number; staleForMs: number; beta: number });
      return returns(undefined);
    }
    const [key] = args as [string];
    const entry = entries.get(key);
    switch (operation.do === 'call' ? operation.method : '') {
      case 'set': {
        const [, value, startedMs, nowMs] = args as [string, unknown, number, number];
        entries.set(key, { value, deltaMs: nowMs - startedMs, expiryMs: nowMs + ttlMs, refreshing: false });
        return returns(undefined, { note: 'set returns nothing.' });
      }
      case 'failed':
        if (entry) entry.refreshing = false;
        return returns(undefined, { note: 'failed returns nothing.' });
    }
    const [, nowMs, u] = args as [string, number, number];
    if (!entry) return returns({ action: 'load' }, { note: `"${key}" was never set.` });
    const { value, deltaMs, expiryMs } = entry;
    const endMs = expiryMs + staleForMs;
    if (nowMs >= endMs)
      return returns(
        { action: 'load' },
        {
          note: `Expiry is ${expiryMs} ms; from ${expiryMs} + ${staleForMs} = ${endMs} ms on it may not even be served stale.`,
        },
      );
    const serve = { action: 'serve', value };
    const refresh = { action: 'refresh', value };
    const stale = nowMs >= expiryMs;
    const probability = deltaMs * beta > 0 ? Math.exp(-(expiryMs - nowMs) / (deltaMs * beta)) : 0;
    const early = u <= probability;
    const why = stale
      ? `Expiry was ${expiryMs} ms, and until ${endMs} ms the value may be served stale while it is refreshed.`
      : reach(entry, beta, u);
    if (entry.refreshing)
      return returns(serve, { note: `${why} A refresh is under way, so this reader just reads.` });
    if (!stale && Math.abs(u - probability) < 1e-9) {
      entry.refreshing = equal(answer.value, encode(refresh));
      return holds(
        'either, for it is exactly the moment',
        (got) => equal(got, encode(serve)) || equal(got, encode(refresh)),
      );
    }
    if (!stale && !early)
      return returns(serve, { note: `${why} It is ${nowMs} ms, so this reader just reads.` });
    entry.refreshing = true;
    return returns(refresh, {
      note: stale ? why : `${why} It is ${nowMs} ms, so this reader refreshes.`,
    });
  };
}

function reach({ deltaMs, expiryMs }: Entry, beta: number, u: number): string {
  const aheadMs = deltaMs * beta * -Math.log(u);
  const round = (x: number) => Number(x.toFixed(3));
  return (
    `Loading took ${deltaMs} ms, so the lot ${show(round(u))} reaches ${deltaMs} · ${beta} · ${round(-Math.log(u))} = ${round(aheadMs)} ms ahead of ` +
    `expiry at ${expiryMs} ms: it refreshes from ${round(expiryMs - aheadMs)} ms on.`
  );
}

const settings = { ttlMs: 10_000, staleForMs: 5000, beta: 1 };
const cache = create('EarlyCache', settings);
/** Loading takes 2 s, so expiry is at 12,000 ms. */
const setA = call('set', 'a', 'A', 0, 2000);

const step = fc.record({
  what: fc.constantFrom('get', 'get', 'get', 'get', 'set', 'failed'),
  key: fc.constantFrom('a', 'a', 'b'),
  value: fc.constantFrom<unknown>('A', 'B', 0, '', false, null),
  loadMs: fc.constantFrom(0, 100, 1000, 3000),
  /** Near the ends of a life of 10 s more often than anywhere else. */
  laterMs: fc.constantFrom(0, 10, 100, 700, 2000, 6500, 9990, 10_000),
  u: fc.constantFrom(1, 0.97, 0.8, 0.5, 0.3, 0.1, 0.02, 0.0005),
});
const sequences = fc
  .tuple(
    fc.record({
      ttlMs: fc.constant(10_000),
      staleForMs: fc.constantFrom(0, 5000),
      beta: fc.constantFrom(0, 1, 1, 2.5),
    }),
    fc.array(step, { maxLength: 24, size: 'max' }),
  )
  .map(([chosen, steps]): Operation[] => {
    let nowMs = 0;
    const asked = steps.map(({ what, key, value, loadMs, laterMs, u }) => {
      nowMs += laterMs;
      if (what === 'failed') return call('failed', key);
      return what === 'set' ? call('set', key, value, nowMs - loadMs, nowMs) : call('get', key, nowMs, u);
    });
    return [create('EarlyCache', chosen), ...asked];
  });
/** One entry, one reader: no sequence hides what the lot decides. */
const lots = fc
  .record({
    loadMs: fc.constantFrom(50, 400, 3000),
    leftMs: fc.constantFrom(1, 30, 250, 900, 4000),
    beta: fc.constantFrom(0.5, 1, 3),
    u: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  .map(({ loadMs, leftMs, beta, u }) => [
    create('EarlyCache', { ...settings, beta }),
    call('set', 'a', 'A', 0, loadMs),
    call('get', 'a', loadMs + settings.ttlMs - leftMs, u),
  ]);

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'reaches-ahead',
      title: 'refreshes early where the lot reaches ahead of expiry',
      objective: 'early',
      // ln 0.5 = −0.693, so the lot 0.5 reaches 1386 ms ahead of 12,000 ms.
      operations: fc.constant([
        cache,
        call('get', 'a', 0, 0.5),
        setA,
        call('get', 'a', 10_600, 1),
        call('get', 'a', 10_600, 0.5),
        call('get', 'a', 10_620, 0.5),
      ]),
      runs: 1,
    },
    {
      id: 'stale',
      title: 'serves a stale value while it is refreshed, and not for ever',
      objective: 'stale',
      operations: fc.constant([
        cache,
        setA,
        call('get', 'a', 11_999, 1),
        call('get', 'a', 12_000, 1),
        call('failed', 'a'),
        call('get', 'a', 16_999, 1),
        call('get', 'a', 17_000, 0.5),
      ]),
      runs: 1,
    },
    {
      id: 'one-refresh',
      title: 'lets one reader refresh while the others read',
      objective: 'one-refresh',
      operations: fc.constant([
        cache,
        setA,
        call('get', 'a', 12_500, 0.5),
        call('get', 'a', 12_500, 0.5),
        call('get', 'a', 13_000, 0.1),
        call('set', 'a', 'A2', 12_500, 14_500),
        call('get', 'a', 14_600, 0.5),
        call('get', 'a', 24_500, 0.5),
      ]),
      runs: 1,
    },
    {
      id: 'after-failure',
      title: 'tries again after a refresh that failed',
      objective: 'one-refresh',
      operations: fc.constant([
        cache,
        setA,
        call('get', 'a', 12_000, 1),
        call('failed', 'a'),
        call('get', 'a', 13_000, 1),
        call('failed', 'b'),
        call('get', 'a', 13_500, 1),
      ]),
      runs: 1,
    },
    {
      id: 'any-lot',
      title: 'is right for any lot, any time to load and any beta',
      objective: 'early',
      operations: lots,
      runs: 200,
    },
    {
      id: 'any-sequence',
      title: 'is right in any sequence',
      objective: 'stale',
      operations: sequences,
      runs: 150,
    },
  ],
};
