import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadReport } from '../simulation/load-report.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Frame, RunRequest } from './protocol.ts';
import { Session, type Wall } from './session.ts';

/** A wall clock that goes on by a quarter millisecond whenever it is read, and rests that last until the test lets them pass. */
class HeldWall implements Wall {
  now = 0;
  private resting: { ms: number; wake: () => void }[] = [];

  nowMs(): number {
    return (this.now += 0.25);
  }
  yield(): Promise<void> {
    return this.sleep(0);
  }
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.resting.push({ ms, wake }));
  }
  get atRest(): boolean {
    return this.resting.length > 0;
  }
  /** Lets that many rests pass, fewer if nothing rests any more. */
  async turn(times = 1): Promise<void> {
    for (let i = 0; i < times && this.atRest; i++) {
      const { ms, wake } = this.resting.shift()!;
      this.now += ms;
      wake();
      await settled();
    }
  }
}

/** All promises that can go on have done so. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const SCENARIO = {
  name: 'shop',
  durationS: 300,
  load: { ratePerS: 20 },
  population: { kind: 'zipf', keys: 50 },
  path: ['cache', 'desk'],
  tiers: { cache: { level: 'l1', capacityEntries: 10, ttlS: 20 } },
  stations: { desk: { servers: 2, service: { law: 'exponential', meanMs: 200 } } },
  caller: { timeoutMs: 1000, retries: 1 },
  events: [{ at: 100, label: 'Surge', kind: 'surge', set: { 'load.factor': 2 } }],
  objectives: { meanMs: 500 },
  levers: [
    {
      id: 'clerks',
      group: 'latency',
      label: 'Clerks',
      reason: 'More of them.',
      control: { kind: 'number', path: 'stations.desk.servers' },
      param: { path: 'stations.desk.servers', unit: 'clerks', min: 1, max: 20 },
    },
  ],
} as const;

async function opened(request: Partial<RunRequest> = {}, onFrame?: (frame: Frame) => unknown) {
  const wall = new HeldWall();
  const session = new Session(wall);
  const frames: Frame[] = [];
  const info = await session.open({ scenario: SCENARIO, seed: 5, ...request }, (frame) => {
    frames.push(frame);
    return onFrame?.(frame);
  });
  const last = () => frames.at(-1)!;
  return { wall, session, frames, info, last };
}

const direct = (pulls: RunRequest['pulls'] = []) => new Simulation(SCENARIO, 5, { pulls }).run();

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a session', () => {
  it('opens without simulating anything', async () => {
    const { info, frames, wall } = await opened();
    expect(info).toMatchObject({
      seed: 5,
      intervalS: 1,
      intervals: 300,
      scenario: { name: 'shop', warmupS: 0 },
    });
    expect(info.columns).toContain('station.desk.queue');
    expect([frames.length, wall.atRest]).toEqual([0, false]);
  });

  it('plays to the end, and its frames together are the run', async () => {
    const { session, wall, frames, info, last } = await opened();
    await session.play('max');
    await wall.turn(1000);
    const run = direct();
    expect(last()).toMatchObject({ state: 'done', nowS: 300, requests: run.world.recorder.total.requests });
    expect(last().fingerprint).toBe(run.fingerprint());
    expect(last().recoveredAfterS).toBe(run.objectives.recoveredAfterS);
    expect(frames.length).toBeGreaterThan(2);
    const columns = info.columns.map((_, c) =>
      frames.flatMap(({ series, rows }) => [...series.subarray(c * rows, (c + 1) * rows)]),
    );
    expect(columns).toEqual(run.world.recorder.data.map((column) => [...column]));
    let row = 0;
    for (const frame of frames) {
      expect(frame.fromInterval).toBe(row);
      row += frame.rows;
    }
    expect(frames.flatMap((f) => f.events)).toEqual(run.events);
  });

  it('tells of objectives, levers and what happens, when there is something new', async () => {
    const { session, wall, frames } = await opened();
    await session.play('max');
    await wall.turn(1000);
    expect(frames[0]).toMatchObject({
      state: 'playing',
      levers: { clerks: { on: true, param: 2 } },
      pulls: [],
    });
    expect(frames[0]!.narrative?.lede).toMatch(/./);
    expect(frames[0]!.objectives).toMatchObject([{ id: 'meanMs', target: 500 }]);
    expect(frames.at(-1)!.narrative!.atS).toBe(300);
    const quiet = frames.slice(1).filter((f) => f.events.length === 0);
    for (const frame of quiet) expect(frame.levers).toBeUndefined();
    expect(frames.filter((f) => f.narrative).length).toBeLessThanOrEqual(2 + 300 / 10 + frames.length);
  });

  it('pauses between two slices, and goes on', async () => {
    const { session, wall, last } = await opened();
    await session.play('max');
    await wall.turn(3);
    await session.pause();
    await wall.turn(5);
    expect(last().state).toBe('paused');
    const { nowS } = last();
    expect(nowS).toBeGreaterThan(0);
    expect(nowS).toBeLessThan(300);
    expect(wall.atRest).toBe(false); // nothing runs
    await session.play('max');
    await wall.turn(1000);
    expect(last()).toMatchObject({ state: 'done', fingerprint: direct().fingerprint() });
  });

  it('never works longer than a slice without a look at its messages', async () => {
    const { session, wall } = await opened();
    const work = vi.spyOn(Simulation.prototype, 'advanceTo');
    await session.play('max');
    const before = work.mock.calls.length;
    await wall.turn(1);
    expect(work.mock.calls.length - before).toBeLessThanOrEqual(32); // 8 ms, a look at the clock after each
  });

  it('steps: runs on for some seconds, and rests as it did before', async () => {
    const { session, wall, last } = await opened();
    await session.skip(60);
    await wall.turn(1000);
    expect(last()).toMatchObject({ state: 'paused', nowS: 60 });
    await session.skip(1000);
    await wall.turn(1000);
    expect(last()).toMatchObject({ state: 'done', nowS: 300, fingerprint: direct().fingerprint() });
  });

  it.each([1, 10, 60, 1440] as const)('keeps the pace of %i× of the wall', async (speed) => {
    const { session, wall, last } = await opened();
    await session.play(speed);
    const beganMs = wall.now;
    await wall.turn(speed > 60 ? 8 : 100); // before the five minutes are over
    const wallS = (wall.now - beganMs) / 1000;
    expect(last().nowS).toBeLessThanOrEqual(Math.min(300, speed * wallS));
    // A frame every 33 ms, so the last one is a little old.
    expect(last().nowS).toBeGreaterThan(Math.min(300, speed * (wallS - 0.1)) - 0.001);
    expect(last().state).toBe('playing');
    expect(last().speed).toBe(speed);
  });

  it('skips ahead at once, then goes on at its pace', async () => {
    const { session, wall, last } = await opened();
    await session.play(1);
    await wall.turn(10);
    await session.skip(100);
    await wall.turn(40);
    const { nowS } = last();
    expect(nowS).toBeGreaterThan(100);
    expect(nowS).toBeLessThan(103);
    expect(last().state).toBe('playing');
  });

  it('does not run after a machine that fell behind', async () => {
    const { session, wall, last } = await opened();
    await session.play(1);
    await wall.turn(5);
    wall.now += 3_600_000; // the lid was closed
    await wall.turn(20);
    expect(last().nowS).toBeLessThan(5);
  });

  it('takes a pull at a whole millisecond, and replays from what it recorded', async () => {
    const { session, wall, frames, last } = await opened();
    await session.play(60);
    await wall.turn(40);
    const pull = await session.pull('clerks', 5);
    expect(pull).toMatchObject({ lever: 'clerks', value: 5 });
    expect(Math.round(pull.atS * 1000) / 1000).toBe(pull.atS);
    expect(pull.atS).toBeGreaterThan(0);
    await settled();
    expect(last()).toMatchObject({ levers: { clerks: { param: 5 } }, pulls: [pull] });
    await session.play('max');
    await wall.turn(1000);
    expect(frames.flatMap((f) => f.events)).toContainEqual({
      atS: pull.atS,
      kind: 'pull',
      data: { lever: 'clerks', value: 5 },
    });
    expect(last().fingerprint).toBe(direct([pull]).fingerprint());
    expect(last().fingerprint).not.toBe(direct().fingerprint());
  });

  it('refuses what it cannot do, and stays as it was', async () => {
    const { session, wall, last } = await opened();
    const attempt = (what: () => unknown) => expect((async () => what())()).rejects;
    await attempt(() => session.pull('clerks', 99)).toThrow(
      'lever clerks: expected a number from 1 to 20 (clerks), got 99.',
    );
    await attempt(() => session.pull('clerk', 3)).toThrow('Did you mean "clerks"?');
    await attempt(() => session.play(7 as never)).toThrow(
      'speed: expected one of 1, 10, 60, 1440, max, got 7.',
    );
    await attempt(() => session.skip(-1)).toThrow('seconds: expected a number above 0, got -1.');
    await attempt(() => session.skip(NaN)).toThrow('seconds');
    await session.play('max');
    await wall.turn(1000);
    expect(last().fingerprint).toBe(direct().fingerprint());
  });

  it.each<[Partial<RunRequest>, string]>([
    [{ scenario: 'prime-dya' }, 'Did you mean "prime-day"?'],
    [
      { scenario: { ...SCENARIO, load: { ratePerS: -1 } } },
      'load.ratePerS: expected a number of 0 or more, got -1.',
    ],
    [{ seed: 1.5 }, 'seed: expected a whole number of 0 or more, got 1.5.'],
    [{ overrides: [{ path: 'stations.desk.server', value: 1 }] }, 'Did you mean "servers"?'],
    [{ pulls: [{ atS: 1, lever: 'clerks', value: 0 }] }, 'lever clerks: expected a number from 1 to 20'],
  ])('does not open %j', async (request, message) => {
    await expect(opened(request)).rejects.toThrow(message);
  });

  it('needs an open run', async () => {
    const session = new Session(new HeldWall());
    await expect((async () => session.play('max'))()).rejects.toThrow(
      'run: expected an open run, got none. Open a scenario first.',
    );
  });
});

describe('a load test report', () => {
  it('of a run that is over, or as far as it is, is the one of the same run by itself', async () => {
    const { session, wall } = await opened({ overrides: [{ path: 'stations.desk.servers', value: 3 }] });
    expect((await session.loadReport()).report.requests).toBe(0);
    await session.skip(60);
    await wall.turn(1000);
    const half = await session.loadReport();
    expect(half).toMatchObject({ done: false, durationS: 300, startS: 0, report: { fromS: 0, toS: 60 } });
    await session.play('max');
    await wall.turn(1000);
    const whole = await session.loadReport();
    const overrides = [{ path: 'stations.desk.servers', value: 3 }];
    expect(whole).toMatchObject({ done: true, overrides });
    expect(whole.report).toEqual(loadReport(new Simulation(SCENARIO, 5, { overrides }).run()));
  });

  it('needs an open run', async () => {
    const attempt = (async () => new Session(new HeldWall()).loadReport())();
    await expect(attempt).rejects.toThrow('expected an open run');
  });
});

describe('a slow page', () => {
  it('gets the next frame when it is done with the last, with all that has happened since', async () => {
    const drawn: (() => void)[] = [];
    const { session, wall, frames } = await opened(
      {},
      () => new Promise<void>((resolve) => drawn.push(resolve)),
    );
    await session.play('max');
    await wall.turn(1000);
    expect(frames).toHaveLength(1);
    drawn.shift()!();
    await settled();
    expect(frames).toHaveLength(2);
    const { rows } = frames[0]!;
    expect(frames[1]).toMatchObject({ state: 'done', rows: 300 - rows, fromInterval: rows });
    drawn.shift()!();
    await settled();
    expect(frames).toHaveLength(2);
  });

  it('that has gone does not stop the run', async () => {
    const { session, wall, last } = await opened({}, () => Promise.reject(new Error('page closed')));
    await session.play('max');
    await wall.turn(1000);
    expect(last().state).toBe('done');
  });
});

describe('a session that fails', () => {
  it('says so with the error, stays down, and can be opened anew', async () => {
    const { session, wall, last } = await opened();
    await session.play('max');
    vi.spyOn(Simulation.prototype, 'advanceTo').mockImplementation(() => {
      throw new Error('a slot is missing');
    });
    await wall.turn(3);
    expect(last()).toMatchObject({ state: 'failed', error: { message: 'a slot is missing' } });
    await session.play('max');
    await wall.turn(3);
    expect([last().state, wall.atRest]).toEqual(['failed', false]);
    vi.restoreAllMocks();

    const again: Frame[] = [];
    await session.open({ scenario: SCENARIO, seed: 5 }, (frame) => again.push(frame));
    await session.play('max');
    await wall.turn(1000);
    expect(again.at(-1)).toMatchObject({ state: 'done', fingerprint: direct().fingerprint() });
    expect(again.at(-1)!.error).toBeUndefined();
  });
});

describe('a run that is left', () => {
  it('by opening another sends no more frames and does no more work', async () => {
    const { session, wall, frames } = await opened();
    await session.play('max');
    await wall.turn(2);
    const before = frames.length;
    const second: Frame[] = [];
    await session.open({ scenario: SCENARIO, seed: 6 }, (frame) => second.push(frame));
    await wall.turn(10);
    expect([frames.length, second.length, wall.atRest]).toEqual([before, 0, false]);
    await session.play('max');
    await wall.turn(1000);
    expect(second.at(-1)!.fingerprint).toBe(new Simulation(SCENARIO, 6).run().fingerprint());
    expect(frames.length).toBe(before);
  });

  it('by closing does nothing more', async () => {
    const { session, wall, frames } = await opened();
    await session.play('max');
    await wall.turn(2);
    const before = frames.length;
    await session.close();
    await wall.turn(10);
    expect([frames.length, wall.atRest]).toEqual([before, false]);
  });
});
