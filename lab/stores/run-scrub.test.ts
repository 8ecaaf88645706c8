import { beforeEach, expect, test } from 'vitest';
import type { Moment } from '../../engine/runner/protocol.ts';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { FakeSimulation } from './fake-simulation.ts';
import { RunStore } from './run.svelte.ts';

let fake: FakeSimulation;
let run: RunStore;
beforeEach(() => {
  fake = new FakeSimulation(primeDay);
  run = new RunStore(fake.connect);
});

const moment = (atS: number): Moment => ({
  atS,
  narrative: { atS, lede: `At ${atS}.`, paragraphs: [] },
  objectives: [{ id: 'meanMs', value: atS, target: 94, met: false }],
  levers: { l3: { on: atS >= 600 } },
});
const pulls = [
  { atS: 300, lever: 'retries', value: 0 },
  { atS: 600, lever: 'l3', value: true },
];
const request = { scenario: 'prime-day', seed: 4217 };

async function played(state: 'playing' | 'paused' | 'done' = 'paused'): Promise<void> {
  await run.open(request);
  fake.frame({
    state,
    fromInterval: 0,
    rows: 1000,
    events: [
      { atS: 400, kind: 'slow', data: {} },
      { atS: 700, kind: 'collapse', data: {} },
    ],
    pulls,
    levers: { l3: { on: true } },
    narrative: { atS: 1000, lede: 'Now.', paragraphs: [] },
    moments: [moment(0), moment(300), moment(600), moment(900)],
  });
  fake.commands.length = 0;
}

test('while nobody looks back, what is shown is the run itself', async () => {
  await played();
  const { shown } = run;
  expect(shown.live).toBe(true);
  for (const part of [
    'nowS',
    'series',
    'levers',
    'pulls',
    'events',
    'objectives',
    'narrative',
    'cost',
    'monitor',
  ] as const)
    expect(shown[part]).toBe(run[part]);
  // The same view all along, so that nothing is drawn anew for it.
  fake.frame({ state: 'paused', fromInterval: 1000, rows: 1 });
  expect(run.shown).toBe(shown);
  expect(shown.nowS).toBe(1001);
});

test('looking back shows the run as the engine saw it then', async () => {
  await played();
  run.scrubTo(650.5);
  const { shown } = run;
  expect(shown).toMatchObject({ live: false, nowS: 650.5, levers: { l3: { on: true } } });
  expect(shown.series.length).toBe(650);
  expect(shown.narrative?.lede).toBe('At 600.');
  expect(shown.objectives.map(({ value }) => value)).toEqual([600]);
  expect(shown.pulls).toEqual(pulls);
  expect(shown.events.map(({ kind }) => kind)).toEqual(['slow']);
  run.scrubTo(300);
  expect(run.shown).toMatchObject({ levers: { l3: { on: false } }, pulls: [pulls[0]], events: [] });
  // The whole run stays where it was.
  expect([run.series.length, run.nowS, run.narrative?.lede]).toEqual([1000, 1000, 'Now.']);
  run.scrubTo(-5);
  expect(run.shown.nowS).toBe(0);
  run.scrubTo(1000);
  expect(run.shown.live).toBe(true);
});

test('a run that plays is held, and goes on from its end', async () => {
  await played('playing');
  run.scrubTo(100);
  run.scrubTo(200);
  expect([run.state, run.held]).toEqual(['paused', true]);
  expect(fake.commands).toEqual(['pause']);
  run.scrubLive();
  expect([run.state, run.held, run.shown.live]).toEqual(['playing', false, true]);
  expect(fake.commands).toEqual(['pause', 'play 60']);
});

test('a run that was paused or is over stays so', async () => {
  await played('done');
  run.scrubTo(100);
  run.scrubLive();
  expect([run.state, fake.commands]).toEqual(['done', []]);
});

test('a branch has the levers pulled by then, and waits at that place', async () => {
  await played('done');
  run.scrubTo(450);
  await run.branch(450);
  expect(fake.requests.at(-1)).toEqual({ ...request, pulls: [pulls[0]] });
  expect(fake.commands).toEqual(['skip 450']);
  expect([run.shown.live, run.ready]).toEqual([true, false]);
  fake.frame({ state: 'paused', fromInterval: 0, rows: 450 });
  expect([run.ready, run.nowS]).toEqual([true, 450]);
  expect(fake.commands).toEqual(['skip 450']); // It is not played by itself.
});

test('a run that is opened at a place is computed to its end, shown from there on, and not played', async () => {
  await run.open(request, true, { atS: 1500 });
  expect(fake.commands).toEqual(['skip 3600']);
  fake.frame({ state: 'paused', fromInterval: 0, rows: 1400 });
  expect(run.ready).toBe(false);
  fake.frame({ state: 'paused', fromInterval: 1400, rows: 200 });
  expect([run.ready, run.shown.live, run.shown.nowS, run.shown.series.length]).toEqual([
    true,
    false,
    1500,
    1500,
  ]);
  expect(fake.commands).toEqual(['skip 3600']);
});

test('as far as the address says, and at its end it is the end', async () => {
  await run.open(request, true, { atS: 800, toS: 800 });
  expect(fake.commands).toEqual(['skip 800']);
  fake.frame({ state: 'paused', fromInterval: 0, rows: 800 });
  expect([run.ready, run.shown.live]).toEqual([true, true]);
});

test('a time that the run does not come to is a wrong address', async () => {
  await run.open(request, true, { atS: 3601 });
  expect(run.failure).toBe(
    '?t: expected a time of the run, from 0 to 3600 (s), got 3601. Correct it in the address.',
  );
  expect(run.refused).toBe(true);
  await run.open(request, true, { toS: 9999 });
  expect(run.failure).toMatch(/^\?to: expected a time of the run/);
});

test('another run is looked at from its end', async () => {
  await played();
  run.scrubTo(10);
  await run.open({ ...request, seed: 7 });
  expect([run.shown.live, run.held]).toEqual([true, false]);
});
