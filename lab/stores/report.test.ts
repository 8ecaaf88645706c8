import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../engine/runner/protocol.ts';
import { loadReport } from '../../engine/simulation/load-report.ts';
import type { ScenarioInput } from '../../engine/simulation/scenario.ts';
import { Simulation } from '../../engine/simulation/simulation.ts';
import { FakeSimulation } from './fake-simulation.ts';
import { ReportStore } from './report.svelte.ts';
import { RunStore } from './run.svelte.ts';

const DESK: ScenarioInput = {
  name: 'desk',
  durationS: 100,
  load: { ratePerS: 5 },
  path: ['desk'],
  stations: { desk: { service: { law: 'constant', meanMs: 10 } } },
};
const choice = { scenario: 'prime-day', seed: 3, preset: 'rescue' };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const reportOf = (done: boolean): RunReport => ({
  report: loadReport(new Simulation(DESK, 1).run()),
  overrides: [],
  startS: 0,
  durationS: 100,
  done,
});

function started(): { fake: FakeSimulation; store: ReportStore } {
  const fake = new FakeSimulation(DESK);
  fake.report = reportOf(true);
  const store = new ReportStore(fake.connect);
  void store.start(choice);
  return { fake, store };
}

describe('a load test', () => {
  it('runs to its end with the preset pulled, tells how far it is, and shows the report', async () => {
    const { fake, store } = started();
    await settled();
    expect(fake.requests[0]).toMatchObject({ scenario: 'prime-day', seed: 3 });
    expect(fake.requests[0].pulls).toContainEqual({ atS: 1140, lever: 'l3', value: true });
    expect(fake.commands).toEqual(['play max']);
    fake.frame({ nowS: 25 });
    expect([store.phase, store.share, store.shown]).toEqual(['running', 0.25, undefined]);
    fake.frame({ nowS: 100, state: 'done' });
    await settled();
    expect(store.phase).toBe('done');
    expect(store.shown).toMatchObject({ from: 'own', done: true, scenario: { name: 'desk' } });
    expect(fake.ended).toBe(1);
  });

  it('that is cancelled ends its worker, and keeps the report from before', async () => {
    const { fake, store } = started();
    await settled();
    fake.frame({ nowS: 100, state: 'done' });
    await settled();
    const before = store.shown;
    void store.start(choice);
    await settled();
    const late = fake.sender;
    store.cancel();
    expect([store.phase, fake.ended]).toEqual(['cancelled', 2]);
    late({ nowS: 100, state: 'done' });
    await settled();
    expect([store.phase, store.shown]).toEqual(['cancelled', before]);
  });

  it('that fails says so, whether its worker refuses, dies or stops', async () => {
    const refusing = new FakeSimulation(DESK);
    refusing.refuse = 'seed: expected a whole number of 0 or more, got -1.';
    const store = new ReportStore(refusing.connect);
    await store.start(choice);
    expect([store.phase, store.failure]).toEqual(['failed', refusing.refuse]);

    const dying = started();
    await settled();
    dying.fake.die('no answer');
    expect([dying.store.phase, dying.store.failure]).toEqual(['failed', 'no answer']);

    const stopping = started();
    await settled();
    stopping.fake.frame({ state: 'failed', error: { message: 'a slot is missing' } });
    expect([stopping.store.phase, stopping.store.failure]).toEqual(['failed', 'a slot is missing']);
    expect(stopping.fake.ended).toBe(1);
  });
});

describe('the run in the lab', () => {
  it('shows its report as far as it is, and only while it is there', async () => {
    const fake = new FakeSimulation(DESK);
    fake.report = reportOf(false);
    const run = new RunStore(fake.connect);
    const store = new ReportStore();
    await store.show(run);
    expect([store.phase, store.shown]).toEqual(['idle', undefined]);
    await run.open({ scenario: 'desk', seed: 1 });
    expect(run.holds({ scenario: 'desk', seed: 1 })).toBe(true);
    expect(run.holds({ scenario: 'desk', seed: 2 })).toBe(false);
    await store.show(run);
    expect([store.phase, store.shown?.from, store.shown?.done]).toEqual(['done', 'lab', false]);
    run.end();
    expect([run.alive, run.holds({ scenario: 'desk', seed: 1 })]).toEqual([false, false]);
  });
});
