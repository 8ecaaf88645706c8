import { beforeEach, describe, expect, it } from 'vitest';
import { ownHand, type TrialHand } from '../../engine/runner/trial-runner.ts';
import { TrialSession } from '../../engine/runner/trial-session.ts';
import { fiveStrategies } from '../../engine/scenarios/five-strategies.ts';
import { mmc } from '../../engine/scenarios/mmc.ts';
import { AblationStore } from './ablation.svelte.ts';
import { ablationScenarios, parseHours, parseSeeds, workersFor } from './ablation-plan.ts';

const wall = {
  nowMs: () => performance.now(),
  yield: () => new Promise<void>((resolve) => setImmediate(resolve)),
};
const choice = { scenario: 'five-strategies', seeds: 1, untilS: 300 };

/** Trials in this thread; `onRun` is asked before each, and may spoil it. */
let runs = 0;
let onRun: (run: number) => void;
const hire = (): TrialHand => {
  const session = new TrialSession(wall);
  const hand = ownHand(session);
  return {
    ...hand,
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
let store: AblationStore;
beforeEach(() => {
  runs = 0;
  onRun = () => undefined;
  store = new AblationStore(hire, 1);
});

describe('the store', () => {
  it('runs all settings, and has every figure without running again', async () => {
    expect(store.result('costUsd')).toBeNull();
    await store.start(choice);
    expect(store.phase).toBe('done');
    expect(store.counts).toEqual({ trials: 32, done: 32, seeds: 1, seedsDone: 1 });
    expect(store.share).toBe(1);
    expect(store.result('costUsd')!.saving.mean).toBeGreaterThan(0);
    expect(store.result('quality')!.seeds).toBe(1);
    expect(() => store.result('costusd')).toThrow('Did you mean "costUsd"?');
    expect(runs).toBe(32);
    expect(store.announcement).toContain('Finished');
  });

  it('keeps what was run when more seeds are wanted, and nothing when the runs are others', async () => {
    await store.start(choice);
    const first = store.result('costUsd')!;
    await store.start({ ...choice, seeds: 2 });
    expect(runs).toBe(64);
    expect(store.result('costUsd')!.seeds).toBe(2);
    await store.start(choice);
    expect(runs).toBe(64);
    expect(store.result('costUsd')).toEqual(first);
    await store.start({ ...choice, untilS: 360 });
    expect(runs).toBe(96);
  });

  it('paused in the second seed it has the first; going on it ends as if nothing had been', async () => {
    onRun = (run) => {
      if (run === 40) store.pause();
    };
    await store.start({ ...choice, seeds: 2 });
    expect(store.phase).toBe('paused');
    expect(store.counts).toMatchObject({ done: 39, seedsDone: 1 });
    expect(store.result('costUsd')!.seeds).toBe(1);
    await store.resume();
    expect(store.phase).toBe('done');
    expect(runs).toBe(65); // the one that was given up is run again
    const other = new AblationStore(hire, 1);
    await other.start({ ...choice, seeds: 2 });
    expect(store.result('costUsd')).toEqual(other.result('costUsd'));
  });

  it('cancelled before a seed is complete it has no result, and what is done is kept', async () => {
    onRun = (run) => {
      if (run === 5) store.cancel();
    };
    await store.start(choice);
    expect(store.phase).toBe('cancelled');
    expect(store.result('costUsd')).toBeNull();
    expect(store.announcement).toBe('Cancelled.');
    await store.start(choice);
    expect(store.phase).toBe('done');
    expect(runs).toBe(33);
  });

  it('a run that fails ends the others; going on tries it again', async () => {
    onRun = (run) => {
      if (run === 35) throw new Error('no memory');
    };
    await store.start({ ...choice, seeds: 2 });
    expect(store.phase).toBe('failed');
    expect(store.failure).toEqual({ message: 'no memory' });
    expect(store.result('costUsd')!.seeds).toBe(1);
    await store.resume();
    expect(store.phase).toBe('done');
    expect(store.failure).toBeUndefined();
    expect(store.counts.done).toBe(64);
  });

  it('refuses a wrong plan before anything changes', async () => {
    await store.start(choice);
    expect(() => store.start({ ...choice, seeds: 0 })).toThrow('seeds');
    expect(store.phase).toBe('done');
    expect(store.choice).toEqual(choice);
  });

  it('tells the time that is left, once a run has ended', async () => {
    let nowMs = 0;
    const slow = new AblationStore(hire, 1, () => (nowMs += 1000));
    const left: (number | undefined)[] = [];
    onRun = () => left.push(slow.leftS);
    await slow.start(choice);
    expect(left[0]).toBeUndefined();
    const told = left.filter((s) => s !== undefined);
    expect(told.length).toBeGreaterThan(10);
    expect(told.at(-1)!).toBeLessThan(told[0]!);
  });
});

describe('what is asked for', () => {
  it('scenarios that have strategies', () => {
    const names = ablationScenarios().map(({ name }) => name);
    expect(names).toContain('five-strategies');
    expect(names).not.toContain('mmc');
  });

  it('leaves one processor to the page', () =>
    expect([undefined, 0, 1, 2, 8].map(workersFor)).toEqual([1, 1, 1, 1, 7]));

  it.each(['0', '31', '2.5', '', 'ten'])('refuses "%s" seeds', (text) =>
    expect(() => parseSeeds(text)).toThrow('a whole number from 1 to 30'),
  );
  it('reads seeds', () => expect(parseSeeds(' 30 ')).toBe(30));

  it('reads hours; all of them are the scenario itself', () => {
    expect(parseHours('2', fiveStrategies)).toBe(7200);
    expect(parseHours('0.5', fiveStrategies)).toBe(1800);
    expect(parseHours('24', fiveStrategies)).toBeNull();
  });
  it.each(['0', '25', '-1', '', 'x', '0.01', 'NaN'])('refuses "%s" hours', (text) =>
    expect(() => parseHours(text, fiveStrategies)).toThrow('a number of hours from 0.08 to 24'),
  );
  it('knows the length of other scenarios', () =>
    expect(parseHours(String(mmc.durationS / 3600), mmc)).toBeNull());
});
