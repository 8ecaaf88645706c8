import type { Remote } from 'comlink';
import { beforeEach, describe, expect, test } from 'vitest';
import { KNOWN } from '../../engine/rescue/known.ts';
import { playOut } from '../../engine/rescue/play-out.ts';
import { endSOf, incidentById, PULLS_ALLOWED } from '../../engine/rescue/rules.ts';
import type { SimulationWorker } from '../../engine/runner/protocol.ts';
import { Session } from '../../engine/runner/session.ts';
import type { Connect } from './connection.ts';
import type { RunRecord } from './progress/run-records.ts';
import { playGame } from './rescue-game.ts';
import { readGame } from './rescue-saved.ts';
import { RescueStudy } from './rescue-study.svelte.ts';
import { RescueStore } from './rescue.svelte.ts';

const incident = incidentById('cold-cache');
const SEED = 7;

/** A real session in this thread; what it simulates depends on no clock. */
const connect: Connect = () => {
  const later = () => new Promise<void>((resolve) => setImmediate(resolve));
  const session = new Session({ nowMs: () => performance.now(), yield: later, sleep: later });
  return { simulation: session as unknown as Remote<SimulationWorker>, end: () => void session.close() };
};

class MemoryStorage {
  private readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
}

let storage: Storage;
let records: RunRecord[];
let store: RescueStore;
const newStore = () =>
  new RescueStore({
    connect,
    storage,
    saved: { put: (record) => Promise.resolve(void records.push(record)) },
    nowMs: () => 1000,
  });
beforeEach(() => {
  storage = new MemoryStorage() as unknown as Storage;
  records = [];
  store = newStore();
});

/** Looks as the page does, until it is so. */
async function until(so: () => boolean, of = store): Promise<void> {
  for (let i = 0; i < 100_000; i++) {
    of.look();
    if (so()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('It never came to be so.');
}
const briefed = async () => {
  await store.open(incident, SEED, 'max');
  await until(() => store.ready);
};
/** Starts the clock and stops it at once: what is pulled then is pulled at the start. */
async function begunAndPaused(): Promise<void> {
  await briefed();
  store.begin();
  await store.run.pause();
}

test('the briefing shows how things stand when the clock starts', async () => {
  await briefed();
  expect([store.phase, store.run.state, store.run.nowS]).toEqual(['briefing', 'paused', incident.startS]);
  expect([store.elapsedS, store.leftS, store.pullsLeft]).toEqual([0, 420, PULLS_ALLOWED]);
  expect(store.judgement?.goals.map(({ met }) => met)).toEqual([false, false, false]);
  expect(readGame(storage)).toBeUndefined();
});

test('a game that is left to itself runs out, and is kept with its score', async () => {
  await briefed();
  store.begin();
  await until(() => store.phase === 'over');
  expect(store.result).toEqual(playOut(incident, SEED, []));
  await until(() => records.length > 0);
  expect(records[0]).toMatchObject({
    kind: 'rescue',
    scenario: 'cold-cache',
    seed: SEED,
    score: store.result?.score.total,
    recoveredAfterS: null,
    pulls: [],
  });
  expect(records[0]?.objectives.at(-1)).toMatchObject({ id: 'recovery', met: false, value: 420, bound: 420 });
});

test('goals that hold for long enough end the game, and the rest of the clock is played out', async () => {
  await begunAndPaused();
  expect(await store.run.pull('deadlineMargin', true)).toBeUndefined();
  await until(() => store.pullsLeft === PULLS_ALLOWED - 1);
  await store.toggle();
  await until(() => store.phase === 'closing');
  expect(store.announcement).toContain('held for long enough');
  await until(() => store.phase === 'over');
  const { startS } = incident;
  const pulls = store.run.pulls.map(({ atS, ...pull }) => ({ ...pull, afterS: atS - startS }));
  expect(store.result).toEqual(playOut(incident, SEED, pulls));
  expect(store.result?.score.rescued).toBe(true);
  expect(store.run.nowS).toBeGreaterThanOrEqual(endSOf(incident));
  await until(() => store.replay !== '');
  expect(store.replay).toMatch(/^\?scenario=cold-cache&seed=7&set=.*&at=.*deadlineMargin=on&engine=.*#\/$/);
  expect(records[0]?.address).toBe(store.replay);
});

test('what is pulled too late to hold is still played to the end', async () => {
  await begunAndPaused();
  await store.close();
  expect(store.phase).toBe('closing');
  await until(() => store.phase === 'over');
  expect(store.result?.score.rescued).toBe(false);
});

describe('a game that is left', () => {
  test('is taken up where it was, paused, with its pulls, and ends the same', async () => {
    await begunAndPaused();
    await store.run.pull('shed', 50);
    await store.run.step(30);
    await until(() => store.run.nowS >= incident.startS + 30 && store.run.pulls.length === 1);
    store.leave();
    const left = readGame(storage);
    expect(left).toMatchObject({ incident: 'cold-cache', seed: SEED, pace: 'max', over: false });

    const other = newStore();
    await other.open(incident, SEED);
    expect(other.phase).toBe('playing');
    await until(() => other.ready, other);
    expect(other.resumed).toBe(true);
    expect(other.run.state).toBe('paused');
    expect(Math.abs(other.run.nowS - left!.nowS)).toBeLessThan(0.01);
    expect(other.run.pulls).toEqual(left!.pulls);
    await other.toggle();
    expect(other.resumed).toBe(false);
    await until(() => other.phase === 'over', other);
    const pulls = left!.pulls.map(({ atS, ...pull }) => ({ ...pull, afterS: atS - incident.startS }));
    expect(other.result).toEqual(playOut(incident, SEED, pulls));
  });

  test('and has ended shows what came of it', async () => {
    await begunAndPaused();
    await store.close();
    await until(() => store.phase === 'over');
    store.leave();
    const other = newStore();
    await other.open(incident, SEED);
    await until(() => other.phase === 'over', other);
    expect(other.result).toEqual(store.result);
  });

  test('of another seed leaves the briefing alone, and is offered', async () => {
    await begunAndPaused();
    await store.toggle();
    store.leave();
    const other = newStore();
    await other.open(incident, SEED + 1);
    expect(other.phase).toBe('briefing');
    expect(other.left).toMatchObject({ incident: 'cold-cache', seed: SEED });
  });

  test('that cannot be read is no game', async () => {
    for (const text of ['', '{', '{"form":2}', JSON.stringify({ form: 1, incident: 'gone' })]) {
      storage.setItem('surge-lab.rescue', text);
      expect(readGame(storage)).toBeUndefined();
    }
    await store.open(incident, SEED);
    expect(store.phase).toBe('briefing');
  });
});

test('trying again forgets the game, and runs at once', async () => {
  await begunAndPaused();
  await store.run.pull('shed', 50);
  await store.close();
  await until(() => store.phase === 'over');
  await store.again();
  expect([store.phase, store.result]).toEqual(['playing', undefined]);
  await until(() => store.ready);
  expect(store.run.pulls).toEqual([]);
  await store.giveUp();
  expect([store.phase, readGame(storage)]).toEqual(['briefing', undefined]);
});

test('the time that is left is said at five, three and one minutes, and not more', async () => {
  await begunAndPaused();
  const said: string[] = [];
  for (let i = 0; i < 41; i++) {
    const toS = Math.min(endSOf(incident) - 5, store.run.nowS + 10);
    await store.run.step(toS - store.run.nowS);
    await until(() => store.run.nowS >= toS);
    if (said.at(-1) !== store.announcement) said.push(store.announcement);
  }
  expect(said).toEqual(['The clock runs.', '5 minutes left.', '3 minutes left.', '1 minute left.']);
});

describe('games to compare with', () => {
  test('are the same in a worker as in the search', async () => {
    const { pulls } = KNOWN['cold-cache']!;
    const { signal } = new AbortController();
    const { result } = await playGame(connect, incident, SEED, pulls, signal);
    expect(result).toEqual(playOut(incident, SEED, pulls));
  });

  test('are par, the shortest known, and that without each of its pulls', async () => {
    const study = new RescueStudy(connect);
    await briefed();
    await study.findPar(incident, SEED, store.run.info!.scenario);
    await study.findKnown(incident, SEED);
    expect(study.failure).toBeUndefined();
    expect(study.par?.pulls).toHaveLength(3);
    expect(study.known?.result.score.rescued).toBe(true);
    expect(study.without.map(({ result }) => result.score.rescued)).toEqual([false]);
  });

  test('say what went wrong, and try again when asked', async () => {
    let broken = true;
    const study = new RescueStudy((onFailure) => {
      const connection = connect(onFailure);
      if (broken) queueMicrotask(() => onFailure('simulation: expected its worker to load, got no answer.'));
      return connection;
    });
    await study.findKnown(incident, SEED);
    expect(study.failure).toContain('expected its worker');
    broken = false;
    await study.findKnown(incident, SEED);
    expect(study.failure).toBeUndefined();
    expect(study.known).toBeDefined();
  });

  test('that are not wanted any more stay away', async () => {
    const study = new RescueStudy(connect);
    const under = study.findKnown(incident, SEED);
    study.end();
    await under;
    expect([study.known, study.failure]).toEqual([undefined, undefined]);
  });
});
