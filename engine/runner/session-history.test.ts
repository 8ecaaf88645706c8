import { describe, expect, it } from 'vitest';
import { narrate } from '../simulation/narrative.ts';
import { Simulation } from '../simulation/simulation.ts';
import { costReport } from '../simulation/cost-report.ts';
import { modelBill } from '../scenarios/model-bill.ts';
import type { Moment } from './protocol.ts';
import { SessionAdvice } from './session-advice.ts';
import { SessionHistory } from './session-history.ts';

const SHOP = {
  name: 'shop',
  durationS: 1200,
  load: { ratePerS: 5 },
  population: { kind: 'zipf', keys: 50 },
  path: ['cache', 'desk'],
  tiers: { cache: { level: 'l1', capacityEntries: 10, ttlS: 20 } },
  stations: { desk: { servers: 2, service: { law: 'exponential', meanMs: 200 } } },
  caller: { timeoutMs: 1000, retries: 1 },
  events: [{ at: 301, label: 'Surge', kind: 'surge', set: { 'load.factor': 4 } }],
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
};
const PULLS = [{ atS: 500.5, lever: 'clerks', value: 8 }];

/** Takes a run on in steps of its own, as a session does. */
function historyOf(simulation: Simulation, stepMs: () => number, untilMs = Infinity): Moment[] {
  const history = new SessionHistory(simulation, new SessionAdvice());
  const moments = history.take();
  while (!simulation.done && simulation.nowMs < untilMs) {
    simulation.advanceTo(Math.min(untilMs, history.nextMs, simulation.nowMs + stepMs()));
    history.look();
    moments.push(...history.take());
  }
  return moments;
}

const shop = (): Simulation => new Simulation(SHOP, 5, { pulls: PULLS });

describe('the history of a run', () => {
  it('is taken at every second of 1200 at most, at the ends of intervals with events, and at the end', () => {
    const moments = historyOf(shop(), () => 250);
    const times = moments.map(({ atS }) => atS);
    expect(times.slice(0, 3)).toEqual([0, 2, 4]);
    expect(times).toContain(301); // The surge: an odd second.
    expect(times).toContain(501); // The pull at 500.5, at the end of its interval.
    expect(times.at(-1)).toBe(1200);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(times.length).toBeLessThan(601 + 40);
  });

  it('does not depend on how the run was cut, nor does it change the run', () => {
    const [slow, fast] = [shop(), shop()];
    let n = 0;
    const odd = historyOf(slow, () => [7, 333.3, 50, 999][n++ % 4]!);
    expect(odd).toEqual(historyOf(fast, () => Infinity));
    expect(slow.fingerprint()).toBe(shop().run().fingerprint());
  });

  it('says what the engine says of a run that has come just so far', () => {
    const moments = historyOf(shop(), () => 250);
    const whole = moments.map((_, i) => Object.assign({}, ...moments.slice(0, i + 1)) as Moment);
    for (const atS of [2, 301, 350, 501, 900]) {
      const there = shop();
      there.advanceTo(atS * 1000);
      const moment = whole.find((one) => one.atS === atS)!;
      expect(moment.objectives).toEqual(there.objectives.states());
      expect(moment.levers).toEqual(there.leverStates());
      const { lede, paragraphs } = narrate(there);
      expect({ ...moment.narrative, atS: 0 }).toEqual({ atS: 0, lede, paragraphs });
    }
    expect(whole.find((one) => one.atS === 501)!.levers).toMatchObject({ clerks: { param: 8 } });
    expect(whole.find((one) => one.atS === 500)!.levers).toMatchObject({ clerks: { param: 2 } });
  });

  it('says a part again only when it has changed, and looks at the money more seldom', () => {
    const moments = historyOf(shop(), () => 250);
    expect(moments.filter(({ levers }) => levers).map(({ atS }) => atS)).toEqual([0, 501]);
    expect(moments.filter(({ monitor }) => monitor).every(({ atS }) => atS % 10 === 0)).toBe(true);
    expect(moments.some(({ cost }) => cost)).toBe(false);
    const day = new Simulation(modelBill, 3);
    const paid = historyOf(day, () => Infinity, 4 * 3_600_000).filter(({ cost }) => cost);
    const last = paid.at(-1)!;
    const there = new Simulation(modelBill, 3);
    there.advanceTo(last.atS * 1000);
    expect(last.cost).toEqual(costReport(there.world));
  });
});
