import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../simulation/scenario.ts';
import { outcomeOf } from './outcome.ts';
import { openTrial } from './trial.ts';
import { Tuner, type TunerTrial } from './tuner.ts';
import type { TunerPlan } from './tuner-plan.ts';

/** A desk that is too small by half, a switch that helps nothing, and one that harms. */
const desk: ScenarioInput = {
  name: 'desk',
  durationS: 300,
  load: { ratePerS: 8 },
  path: ['desk'],
  stations: { desk: { servers: 6, service: { law: 'exponential', meanMs: 1000 } } },
  caller: { timeoutMs: 4000, retries: 0 },
  levers: [
    {
      id: 'clerks',
      group: 'latency',
      label: 'Clerks',
      reason: 'Work side by side.',
      control: { kind: 'number', path: 'stations.desk.servers' },
      param: { path: 'stations.desk.servers', unit: 'clerks', min: 1, max: 40 },
    },
    {
      id: 'coalesce',
      group: 'latency',
      label: 'Coalesce',
      reason: 'One key: all share a call.',
      control: { kind: 'switch', path: 'stations.desk.coalesce' },
    },
    {
      id: 'shed',
      group: 'latency',
      label: 'Shed',
      reason: 'Refuses at the door.',
      control: { kind: 'switch', path: 'load.shedShare', off: 0, on: 0.5 },
      param: { path: 'load.shedShare', unit: '%', min: 0, max: 100, scale: 100, initial: 50 },
    },
    {
      id: 'order',
      group: 'latency',
      label: 'Order',
      reason: 'Whom to serve next.',
      control: {
        kind: 'choice',
        path: 'stations.desk.discipline',
        options: [
          { value: 'fifo', label: 'oldest' },
          { value: 'lifo', label: 'newest' },
        ],
      },
    },
  ],
  objectives: { meanMs: 1200 },
};

const PLAN: TunerPlan = {
  scenario: desk,
  levers: ['clerks', 'shed', 'order'],
  goal: {
    figure: 'meanMs',
    direction: 'least',
    constraints: [{ figure: 'errorRate', atMost: 0.03 }],
  },
  starts: 12,
  brackets: 2,
  rungs: [
    { untilS: 60, seeds: 1 },
    { untilS: 300, seeds: 3 },
  ],
};

/** Runs a search with so many trials under way at a time, which end in another order than they began. */
function search(tuner: Tuner, atOnce = 1, most = Infinity): number {
  const underWay: TunerTrial[] = [];
  let runs = 0;
  for (;;) {
    while (underWay.length < atOnce) {
      const trial = tuner.next();
      if (trial === null) break;
      underWay.push(trial);
    }
    if (underWay.length === 0 || runs >= most) {
      for (const trial of underWay) tuner.release(trial);
      return runs;
    }
    const trial = underWay.splice(Math.floor(underWay.length / 2), 1)[0]!;
    tuner.done(trial, outcomeOf(openTrial(trial.request).run()));
    runs++;
  }
}

describe('a search', () => {
  const tuner = new Tuner(PLAN);
  search(tuner);

  it('finds a setting that keeps the bounds and beats the scenario as it is', () => {
    expect(tuner.phase).toBe('done');
    const best = tuner.best!;
    expect(tuner.baseline!.score.missed).toBeGreaterThan(0);
    expect(best.score.missed).toBe(0);
    expect(best.score.value).toBeLessThan(1100); // the service alone takes 1000
    expect(best.setting['clerks']).toBeGreaterThanOrEqual(12);
  });

  it('leaves out what does nothing', () => {
    expect(Object.keys(tuner.best!.setting)).toEqual(['clerks']);
  });

  it('gives most settings a short run and few a long one', () => {
    const byRung = [0, 1].map((rung) => tuner.trials().filter((s) => s.rung === rung).length);
    expect(byRung[0]).toBeGreaterThan(byRung[1]!);
    for (const standing of tuner.trials())
      expect(standing.outcomes).toHaveLength(PLAN.rungs![standing.rung]!.seeds);
  });

  it('comes to the same with any number of workers', () => {
    const other = new Tuner(PLAN);
    search(other, 3);
    expect(other.best!.setting).toEqual(tuner.best!.setting);
    expect(other.trials().map((s) => s.setting)).toEqual(tuner.trials().map((s) => s.setting));
  });

  it('goes on from its records where it was stopped', () => {
    const first = new Tuner(PLAN);
    const before = search(first, 2, 20);
    const stored = JSON.parse(JSON.stringify(first.records()));
    const second = new Tuner(PLAN, stored);
    const after = search(second);
    expect(second.best!.setting).toEqual(tuner.best!.setting);
    expect(before + after).toBe(tuner.progress.runs);
  });

  it('says how far it is', () => {
    const fresh = new Tuner(PLAN);
    expect(fresh.progress.runs).toBe(0);
    expect(fresh.progress.expected).toBeGreaterThan(30);
    expect(tuner.progress.expected).toBeGreaterThanOrEqual(tuner.progress.runs);
  });
});

describe('bad plans', () => {
  it.each([
    [{ levers: ['nothing'] }, /levers: expected at least one lever to search/],
    [{ starts: 0 }, /starts: expected a whole number of 1 or more/],
    [{ rungs: [] }, /rungs: expected at least one/],
    [{ scenario: 'prime-dya' }, /Did you mean "prime-day"/],
  ])('%o', (change, message) => {
    expect(() => new Tuner({ ...PLAN, ...change })).toThrow(message);
  });
  it('an unknown figure', () => {
    const tuner = new Tuner({ ...PLAN, goal: { figure: 'speed', direction: 'least' } });
    expect(() => search(tuner)).toThrow(/goal: expected one of .*meanMs/);
  });
});
