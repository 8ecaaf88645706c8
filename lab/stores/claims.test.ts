import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { CLAIMS } from '../../engine/claims/board.ts';
import type { Claim, JudgedClaim } from '../../engine/claims/claim.ts';
import { ownHand, type TrialHand } from '../../engine/runner/trial-runner.ts';
import { TrialSession } from '../../engine/runner/trial-session.ts';
import { objectives } from '../../quiz/objectives.ts';
import { claimAt, passes, tally } from '../routes/claims/filter.ts';
import { ClaimsStore } from './claims.svelte.ts';
import { expectedS } from './claims-time.ts';

const wall = {
  nowMs: () => performance.now(),
  yield: () => new Promise<void>((resolve) => setImmediate(resolve)),
};
/** Trials in this thread; `onRun` is asked before each, and may spoil it. */
let runs = 0;
let onRun: (run: number) => void;
const hire = (): TrialHand => {
  const session = new TrialSession(wall);
  return {
    ...ownHand(session),
    worker: {
      watch: (onProgress) => session.watch(onProgress),
      stop: () => session.stop(),
      run: async (request) => {
        onRun(++runs);
        return session.run(request);
      },
    },
  };
};

const about = { part: 'cache', system: 'C1', where: 'here', section: 'ttl' } as const;
const waits = (id: string, ratePerS: number): JudgedClaim => ({
  ...about,
  id,
  text: 'A second.',
  bound: { value: 1000, unit: 'ms', direction: 'about' },
  quantity: 'mean response',
  seeds: 4,
  cases: [
    {
      condition: null,
      runs: {
        run: { scenario: 'mmc', untilS: 4000, overrides: [{ path: 'load.ratePerS', value: ratePerS }] },
      },
      quantity: ({ run }) => run['meanMs'],
    },
  ],
});
const exact: JudgedClaim = {
  ...about,
  id: 'exact',
  text: 'One.',
  bound: { value: 1, unit: 'usd', direction: 'about' },
  quantity: 'one',
  seeds: 1,
  cases: [{ condition: null, exact: () => 1 }],
};
const outside: Claim = { ...about, id: 'outside', text: 'Joy.', outside: 'No run has it.' };
const calm = waits('calm', 1);
const busy = waits('busy', 9.8);
const few = [calm, busy, exact, outside];

let store: ClaimsStore;
beforeEach(() => {
  runs = 0;
  onRun = () => undefined;
  store = new ClaimsStore(few, hire, 1);
});
const kinds = (): string[] => few.map((claim) => store.stateOf(claim).kind);

describe('the store', () => {
  it('has a verdict for what is outside, and for the rest none before it is run', () => {
    expect(kinds()).toEqual(['idle', 'idle', 'idle', 'done']);
    expect(store.open).toEqual([calm, busy, exact]);
    expect(store.secondsFor([exact])).toBe(0);
  });

  it('measures one, and leaves the others', async () => {
    await store.measure([calm]);
    expect(runs).toBe(4);
    expect(kinds()).toEqual(['done', 'idle', 'idle', 'done']);
    const state = store.stateOf(calm);
    expect(state.kind === 'done' && state.result.verdict.kind).toBe('reproduced');
    expect(store.announcement).toBe('Finished: reproduced.');
    await store.measure([exact]);
    expect(runs).toBe(4);
    expect(kinds()).toEqual(['done', 'idle', 'done', 'done']);
  });

  it('measures all that has no verdict, and nothing twice', async () => {
    await store.measure([calm]);
    await store.measure(store.open);
    expect(runs).toBe(8);
    expect(store.open).toEqual([]);
    expect(store.busy).toBe(false);
    const state = store.stateOf(busy);
    // Ten clerks at 98 %: a queue.
    expect(state.kind === 'done' && state.result.verdict.kind).not.toBe('reproduced');
  });

  it('takes what is asked for meanwhile after the rest', async () => {
    const first = store.measure([calm]);
    expect(store.stateOf(calm)).toEqual({ kind: 'running', done: 0, of: 4 });
    void store.measure([busy]);
    expect(store.counts.of).toBe(8);
    await first;
    expect(kinds().slice(0, 2)).toEqual(['done', 'done']);
  });

  it('can be cancelled, and goes on where it was', async () => {
    onRun = (run) => {
      if (run === 2) queueMicrotask(() => store.cancel());
    };
    await store.measure([calm]);
    expect(store.busy).toBe(false);
    expect(kinds()[0]).toBe('idle');
    expect(store.announcement).toContain('Cancelled');
    onRun = () => undefined;
    await store.measure([calm]);
    expect(kinds()[0]).toBe('done');
    expect(runs).toBe(5);
  });

  it('says which claim failed, goes on with the others, and tries again', async () => {
    onRun = (run) => {
      if (run === 1) throw new Error('out of memory');
    };
    await store.measure([calm, busy]);
    expect(store.stateOf(calm)).toEqual({ kind: 'failed', message: 'out of memory' });
    expect(kinds()[1]).toBe('done');
    await store.measure([calm]);
    expect(kinds()[0]).toBe('done');
  });

  it('says so when there is no worker to be had', async () => {
    store = new ClaimsStore(
      few,
      () => {
        throw new Error('no workers here');
      },
      1,
    );
    await store.measure([calm]);
    expect(store.failure).toBe('no workers here');
    expect(kinds()[0]).toBe('idle');
  });
});

describe('the page’s filters', () => {
  it('are of part and verdict, with what was not run as one', async () => {
    await store.measure([calm]);
    const shown = (part: 'all' | 'cache' | 'cost', verdict: 'all' | 'none' | 'reproduced' | 'outside') =>
      few.filter((claim) => passes(claim, store.stateOf(claim), { part, verdict })).map(({ id }) => id);
    expect(shown('all', 'all')).toHaveLength(4);
    expect(shown('cost', 'all')).toEqual([]);
    expect(shown('cache', 'reproduced')).toEqual(['calm']);
    expect(shown('all', 'none')).toEqual(['busy', 'exact']);
    expect(tally(few.map((claim) => store.stateOf(claim)))).toMatchObject({
      reproduced: 1,
      outside: 1,
      none: 2,
    });
  });

  it('find a claim by its id, or by a scenario that it runs', () => {
    expect(claimAt('bill-calls', CLAIMS)?.id).toBe('bill-calls');
    expect(claimAt('prime-day', CLAIMS)?.id).toBe('prime-day-ordinary');
    expect(claimAt('nothing', CLAIMS)).toBeUndefined();
  });
});

it('the time that runs take goes by their requests, and by the workers there are', () => {
  const day = { scenario: 'prime-day', seed: 1 };
  const whole = expectedS([day], 1);
  expect(expectedS([{ ...day, untilS: 360 }], 1)).toBeCloseTo(whole / 10);
  expect(expectedS([day, { ...day, seed: 2 }], 2)).toBeCloseTo(whole);
  expect(expectedS([day], 8)).toBeCloseTo(whole);
  expect(expectedS([], 2)).toBe(0);
});

it('every claim has its section, and every figure of the module in the reading its claim', () => {
  const sections = new Set(objectives.map(({ id }) => id));
  expect(CLAIMS.filter(({ section }) => !sections.has(section))).toEqual([]);
  const folder = new URL('../../docs/module/', import.meta.url);
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const linked = [...text.matchAll(/\]\(claim:([^)]*)\)/g)].map((match) => match[1]);
  expect(linked.length).toBeGreaterThan(10);
  const ids = new Set(CLAIMS.map(({ id }) => id));
  expect(linked.filter((id) => !ids.has(id))).toEqual([]);
});
