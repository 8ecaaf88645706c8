import { beforeEach, expect, test } from 'vitest';
import { modelBill } from '../../engine/scenarios/model-bill.ts';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import type { CostReport } from '../../engine/simulation/cost-report.ts';
import { FakeSimulation } from './fake-simulation.ts';
import { RunStore } from './run.svelte.ts';

let fake: FakeSimulation;
let run: RunStore;
beforeEach(() => {
  fake = new FakeSimulation(primeDay);
  run = new RunStore(fake.connect);
});
const open = () => run.open({ scenario: 'prime-day', seed: 4217 });
const fill = () => fake.frame({ state: 'paused', fromInterval: 0, rows: 960 });

test('it fills the charts up to a minute of the view, then plays by itself', async () => {
  await open();
  expect(fake.requests).toEqual([{ scenario: 'prime-day', seed: 4217 }]);
  expect(fake.commands).toEqual(['skip 960']);
  fake.frame({ state: 'paused', fromInterval: 0, rows: 500 });
  expect(run.leadS).toBe(960);
  expect(fake.commands).toEqual(['skip 960']);
  fake.frame({ state: 'paused', fromInterval: 500, rows: 460 });
  expect(fake.commands).toEqual(['skip 960', 'play 60']);
  expect(run.series.length).toBe(960);
});

test('what a frame leaves out stays as it was', async () => {
  await open();
  fill();
  const levers = { l3: { on: true } };
  fake.frame({ fromInterval: 960, rows: 1, levers, pulls: [{ atS: 960, lever: 'l3', value: true }] });
  fake.frame({ fromInterval: 961, rows: 1, events: [{ atS: 961, kind: 'slow', data: {} }] });
  expect(run.levers).toEqual(levers);
  expect(run.pulls).toHaveLength(1);
  expect(run.events.map(({ kind }) => kind)).toEqual(['slow']);
  expect(run.nowS).toBe(962);
});

test('frames of an earlier run are dropped', async () => {
  await open();
  const sendToFirst = fake.sender;
  await run.open({ scenario: 'prime-day', seed: 7 });
  sendToFirst({ rows: 3 });
  expect(run.series.length).toBe(0);
  fake.frame({ rows: 3 });
  expect(run.series.length).toBe(3);
});

test('pause, step and speed', async () => {
  await open();
  fill();
  fake.commands.length = 0;
  fake.frame({ fromInterval: 960, rows: 1 });
  await run.setSpeed('max');
  await run.step(1);
  await run.setSpeed(10);
  await run.play();
  expect(fake.commands).toEqual(['play max', 'pause', 'skip 1', 'play 10']);
});

test('several levers are pulled at one time: the run stands still meanwhile', async () => {
  await open();
  fill();
  fake.frame({ fromInterval: 960, rows: 1 });
  fake.commands.length = 0;
  expect(await run.pullAll({ l3: true, retries: 0 })).toBeUndefined();
  expect(fake.commands).toEqual(['pause', 'pull l3 true', 'pull retries 0', 'play 60']);
});

test('a refused pull says why and the run goes on', async () => {
  await open();
  fill();
  fake.refuse = 'lever shed: expected a number from 0 to 100 (%), got 900.';
  expect(await run.pull('shed', 900)).toBe(fake.refuse);
  expect(run.failure).toBeUndefined();
});

test('a scenario that cannot be opened is a failure with its words', async () => {
  fake.refuse = 'scenario: expected one of prime-day, got "x".';
  await open();
  expect(run.failure).toBe(fake.refuse);
  expect(run.state).toBe('failed');
  expect(fake.ended).toBe(1);
});

test('a worker that dies is a failure; a restart begins with a new one', async () => {
  await open();
  fill();
  fake.die('boom');
  expect(run.failure).toBe('boom');
  expect(run.series.length).toBe(960);
  await run.restart();
  expect(run.failure).toBeUndefined();
  expect(fake.requests).toHaveLength(2);
  fill();
  expect(fake.commands.at(-1)).toBe('play 60');
});

test('a frame that does not follow on is a failure, not a wrong chart', async () => {
  await open();
  fake.frame({ fromInterval: 5, rows: 1 });
  expect(run.failure).toMatch(/from interval 0 on/);
});

test('a failed run tells its reason; a run that is over starts again on play', async () => {
  await open();
  fill();
  fake.frame({ state: 'done', fromInterval: 960, rows: 1, fingerprint: 'abc', recoveredAfterS: null });
  expect(run.fingerprint).toBe('abc');
  expect(run.recoveredAfterS).toBeNull();
  await run.play();
  expect(fake.requests).toHaveLength(2);
  fake.frame({ state: 'failed', error: { message: 'queue: expected room, got none.' } });
  expect(run.failure).toBe('queue: expected room, got none.');
});

test('what a run costs comes with its frames, and goes with it', async () => {
  await open();
  fill();
  const cost = { total: { costUsd: 12 } } as unknown as CostReport;
  fake.frame({ fromInterval: 960, rows: 1, cost });
  fake.frame({ fromInterval: 961, rows: 1 });
  expect(run.cost).toBe(cost);
  await open();
  expect(run.cost).toBeUndefined();
});

test('a run with levers pulled at their times; the one after it has none', async () => {
  await open();
  fill();
  await run.restartWith({ l3: true, retries: 0 }, 1140);
  expect(fake.requests.at(-1)).toEqual({
    scenario: 'prime-day',
    seed: 4217,
    pulls: [
      { atS: 1140, lever: 'l3', value: true },
      { atS: 1140, lever: 'retries', value: 0 },
    ],
  });
  await run.restart();
  expect(fake.requests.at(-1)).toEqual({ scenario: 'prime-day', seed: 4217 });
});

test('a day takes a minute, unless a pace was chosen', async () => {
  const day = new FakeSimulation(modelBill);
  run = new RunStore(day.connect);
  await run.open({ scenario: 'model-bill', seed: 1 });
  expect(run.speed).toBe(1440);
  expect(day.commands).toEqual(['play 1440']);
  await run.setSpeed(60);
  expect(run.speed).toBe(60);
});

test('a request that is wrong is no run that stopped: it offers the scenario without the changes', async () => {
  fake.refuse = '--set load.factr: expected a setting of load, got "factr".';
  fake.refuseAs = 'InputError';
  await run.open({ scenario: 'prime-day', seed: 7, overrides: [{ path: 'load.factr', value: 2 }] });
  expect(run.failure).toBe('?set load.factr: expected a setting of load, got "factr".');
  expect(run.refused).toBe(true);
  expect(run.plain).toEqual({ scenario: 'prime-day', seed: 7 });
  fake.refuse = undefined;
  await open();
  expect([run.refused, run.plain]).toEqual([false, undefined]);
});

test('the request of a run has the levers pulled since; it is the run that is here', async () => {
  const overrides = [{ path: 'load.factor', value: 2 }];
  const pulls = [{ atS: 60, lever: 'l3', value: true }];
  await run.open({ scenario: 'prime-day', seed: 7, overrides, pulls });
  expect(run.request).toEqual({ scenario: 'prime-day', seed: 7, overrides, pulls });
  const more = [...pulls, { atS: 961, lever: 'shed', value: 20 }];
  fake.frame({ rows: 961, pulls: more });
  expect(run.holds({ scenario: 'prime-day', seed: 7, overrides, pulls: more })).toBe(true);
  expect(run.holds({ scenario: 'prime-day', seed: 7, overrides, pulls })).toBe(false);
  expect(run.holds({ scenario: 'prime-day', seed: 7, pulls: more })).toBe(false);
  await run.restart();
  expect(fake.requests.at(-1)).toEqual({ scenario: 'prime-day', seed: 7, overrides });
});
