import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownHand, type TrialHand } from '../../engine/runner/trial-runner.ts';
import { TrialSession } from '../../engine/runner/trial-session.ts';
import { parseTime, scenarioOf, tuneScenarios, usualChoice, type TuneChoice } from './tuner-plan.ts';
import { TunerStore } from './tuner.svelte.ts';

const wall = {
  nowMs: () => performance.now(),
  yield: () => new Promise<void>((resolve) => setImmediate(resolve)),
};
const choice: TuneChoice = {
  ...usualChoice('drifting-day'),
  levers: ['ttl', 'poolSize'],
  goal: { figure: 'meanMs', direction: 'least', constraints: [{ figure: 'hitRate', atLeast: 0.5 }] },
  size: 'quick',
  untilS: 1200,
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
let store: TunerStore;
beforeEach(() => {
  runs = 0;
  onRun = () => undefined;
  vi.stubGlobal('indexedDB', new IDBFactory());
  store = new TunerStore(hire, 1);
});
afterEach(() => vi.unstubAllGlobals());

/** The store of a next visit, as soon as what was kept is so: it is written behind the search. */
const reloaded = (so: (offer: TunerStore['offer']) => boolean): Promise<TunerStore> =>
  vi.waitFor(async () => {
    const next = new TunerStore(hire, 1);
    await next.look();
    if (!so(next.offer)) throw new Error('not kept yet');
    return next;
  });

const result = ({ view, check }: TunerStore): unknown => [
  view!.best!.setting,
  view!.trials.map(({ setting, rung }) => [setting, rung]),
  check!.map(({ id, verdict }) => [id, verdict]),
];
let whole: unknown;

describe('the store', () => {
  it('searches, then checks against the preset on fresh seeds', async () => {
    await store.start(choice);
    expect(store.phase).toBe('done');
    expect([store.share, store.counts.runs, store.counts.expected]).toEqual([1, runs, runs]);
    expect(store.check!.map(({ id, seeds }) => [id, seeds])).toContainEqual(['keeper', 6]);
    expect(store.announcement).toContain('Finished');
    whole = result(store);
  });

  it.each([
    ['in the search', 12],
    ['in the check', -3],
  ])('paused %s it goes on to the same end, and makes one run twice', async (_, at) => {
    const first = new TunerStore(hire, 1);
    await first.start(choice);
    const all = runs;
    runs = 0;
    onRun = (run) => {
      if (run === (at > 0 ? at : all + at)) store.pause();
    };
    await store.start(choice);
    expect(store.phase).toBe('paused');
    await store.resume();
    expect(store.phase).toBe('done');
    expect(runs).toBe(all + 1);
    expect(result(store)).toEqual(whole);
  });

  it('after a reload offers what was left, and goes on', async () => {
    onRun = (run) => {
      if (run === 12) store.cancel();
    };
    await store.start(choice);
    expect(store.phase).toBe('cancelled');
    const after = await reloaded((offer) => offer?.records.length === 11);
    expect(after.offer).toMatchObject({ choice, done: false });
    await after.takeUp();
    expect(after.phase).toBe('done');
    expect(result(after)).toEqual(whole);

    // A finished one is shown without a run.
    const again = await reloaded((offer) => offer?.done === true);
    runs = 0;
    await again.takeUp();
    expect([again.phase, runs]).toEqual(['done', 0]);
    expect(result(again)).toEqual(whole);
    // So it is when the same is ordered once more instead.
    const ordered = await reloaded(() => true);
    await ordered.start(choice);
    expect([ordered.phase, runs]).toEqual(['done', 0]);
    await ordered.discard();
    const gone = await reloaded(() => true);
    expect(gone.offer).toBeUndefined();
  });

  it('makes no run twice when only the goal changes, and all when the time does', async () => {
    await store.start(choice);
    const all = runs;
    runs = 0;
    await store.start({ ...choice, goal: { figure: 'p99Ms', direction: 'least' } });
    expect(runs).toBeLessThan(all);
    runs = 0;
    await store.start({ ...choice, atS: 300 });
    expect(runs).toBeGreaterThan(20);
  });

  it('a setting that fails is out; a scenario that fails says so, and can be tried again', async () => {
    onRun = (run) => {
      if (run === 10) throw new Error('no more memory');
    };
    await store.start(choice);
    expect(store.phase).toBe('done');
    expect(store.view!.failures).toMatchObject([{ message: 'no more memory' }]);

    const other = new TunerStore(hire, 1);
    runs = 0;
    onRun = (run) => {
      if (run === 2) throw new Error('no more memory');
    };
    await other.start(choice);
    expect([other.phase, other.failure]).toEqual(['failed', { message: 'no more memory' }]);
    await other.resume();
    expect(other.phase).toBe('done');
    expect(result(other)).toEqual(whole);
  });

  it('goes on when nothing can be kept, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await store.look();
    await store.start(choice);
    await vi.waitFor(() => expect(store.saved).toMatchObject({ ok: false }));
    expect(store.phase).toBe('done');
  });

  it('refuses a choice that is wrong before anything runs', () => {
    expect(() => store.start({ ...choice, levers: [] })).toThrow(/at least one lever/);
    expect([store.phase, runs]).toEqual(['idle', 0]);
  });
});

describe('what is chosen', () => {
  it('begins with what the scenario says', () => {
    expect(tuneScenarios()).toContain('prime-day');
    expect(tuneScenarios()).not.toContain('mmc');
    expect(usualChoice('prime-day')).toMatchObject({
      atS: 1140,
      goal: { figure: 'recoveredAfterS', constraints: [{ atMost: 94 }, { atLeast: 0.97 }] },
    });
    expect(usualChoice('prime-day').levers).toHaveLength(16);
  });
  it('reads times of day and seconds', () => {
    const scenario = scenarioOf('prime-day');
    expect([parseTime('02:19:00', scenario, 'at'), parseTime(' 1140 ', scenario, 'at')]).toEqual([
      1140, 1140,
    ]);
    for (const text of ['', 'soon', '01:00:00', '4000', '-1'])
      expect(() => parseTime(text, scenario, 'at')).toThrow(/at: expected a time/);
  });
});
