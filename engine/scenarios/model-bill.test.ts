import { describe, expect, it } from 'vitest';
import { costReport } from '../simulation/cost-report.ts';
import { Simulation, type Pull } from '../simulation/simulation.ts';
import { modelBill } from './model-bill.ts';

const HOUR_S = 3600;

function pullsOf(preset: 'manager' | 'brake', atS: number): Pull[] {
  return Object.entries(modelBill.presets![preset]!.pulls).map(([lever, value]) => ({ atS, lever, value }));
}

/** Runs from midnight to `toH` o'clock. */
function run(seed: number, toH: number, pulls: Pull[] = []): Simulation {
  return new Simulation(modelBill, seed, {
    overrides: [{ path: 'durationS', value: toH * HOUR_S }],
    pulls,
  }).run();
}

const usdPerHour = (run: Simulation, column: string, fromH: number, toH: number): number => {
  const rows = run.world.recorder.column(column).subarray(fromH * 60, toH * 60);
  return rows.reduce((a, b) => a + b, 0) / (toH - fromH);
};

describe('the runaway model bill', () => {
  it.each([1, 2, 3])('untouched, one agent type spends the day’s money of all (seed %i)', (seed) => {
    const day = run(seed, 12);
    const calm = usdPerHour(day, 'spend.agent.research', 9, 10);
    const runaway = usdPerHour(day, 'spend.agent.research', 10, 10.5);
    // Ten times as many requests in a conversation: far more than ten times the money, until contexts are full.
    expect(runaway).toBeGreaterThan(15 * calm);
    const alerts = day.events.filter((e) => e.kind === 'alert' && e.data['budget'] === 'company');
    expect(alerts.map((e) => e.data['threshold'])).toEqual([0.5, 0.8, 0.9, 1]);
    const goneS = alerts.at(-1)!.atS;
    expect(goneS).toBeGreaterThan(10.5 * HOUR_S);
    expect(goneS).toBeLessThan(11.2 * HOUR_S);
    // Check-then-spend: what is under way when the limit is reached comes on top.
    const company = costReport(day.world)!.budgets.find((b) => b.name === 'company')!;
    expect(company.overshootUsd).toBeGreaterThan(5);
    expect(company.overshootUsd).toBeLessThanOrEqual(company.inFlightAtCrossing! * 1.1);
    // From then on nobody is served, customers first of all.
    const after = day.world.recorder;
    const ended = after.column('class.critical.ended').subarray(11.3 * 60);
    const givenUp = after.column('class.critical.givenUp').subarray(11.3 * 60);
    expect(givenUp.reduce((a, b) => a + b, 0)).toBe(ended.reduce((a, b) => a + b, 0));
  });

  it('is stopped by a wall around one agent type, twenty minutes in, and nobody else notices', () => {
    const day = run(1, 12, pullsOf('brake', (10 + 1 / 3) * HOUR_S));
    const critical = day.objectives.states().find((o) => o.id === 'criticalServed')!;
    expect(critical.value).toBe(1);
    expect(usdPerHour(day, 'spend.agent.research', 10.5, 12)).toBeLessThan(1);
  });

  it('costs a fraction with a cost manager from the start, and reserved budgets are not overspent', () => {
    const plain = run(2, 10);
    const managed = run(2, 12, pullsOf('manager', 0));
    expect(usdPerHour(managed, 'costUsd', 0, 10)).toBeLessThan(0.4 * usdPerHour(plain, 'costUsd', 0, 10));
    const report = costReport(managed.world)!;
    for (const budget of report.budgets) expect(budget.overshootUsd).toBe(0);
    const research = report.budgets.find((b) => b.name === 'research')!;
    expect(research.share).toBeGreaterThan(0.95);
    expect(research.spentUsd + research.reservedUsd).toBeLessThanOrEqual(research.limitUsd);
    expect(managed.objectives.states().find((o) => o.id === 'criticalServed')!.value).toBe(1);
  });

  it('adds up: the ledger, its rows, the budgets and the series say the same', () => {
    const day = run(3, 11);
    const report = costReport(day.world)!;
    for (const rows of Object.values(report.by))
      expect(rows.reduce((sum, row) => sum + BigInt(row.costPico), 0n)).toBe(BigInt(report.total.costPico));
    expect(day.world.recorder.total.cost.toPicoText()).toBe(report.total.costPico);
    expect(report.budgets.find((b) => b.name === 'company')!.spentUsd).toBe(report.total.costUsd);
    const column = day.world.recorder.column('costUsd').reduce((a, b) => a + b, 0);
    expect(column).toBeCloseTo(report.total.costUsd, 6);
  });

  it('tells the story of the money', async () => {
    const { narrate } = await import('../simulation/narrative.ts');
    const day = new Simulation(modelBill, 1, {});
    day.advanceTo(9.5 * HOUR_S * 1000);
    expect(narrate(day).lede).toMatch(/^\$\d.* so far, .* by the end at this pace\.$/);
    day.advanceTo(10.6 * HOUR_S * 1000);
    expect(narrate(day).lede).toMatch(/^Research spends \d+ times what it did\.$/);
    expect(narrate(day).paragraphs.join(' ')).toMatch(/60 requests instead of 6/);
    day.advanceTo(11.5 * HOUR_S * 1000);
    expect(narrate(day).lede).toMatch(/^The company budget is overspent by \$/);
    expect(narrate(day).paragraphs.join(' ')).toMatch(/100 % of critical requests/);
  });
});
