import { describe, expect, it } from 'vitest';
import { costReport } from '../simulation/cost-report.ts';
import { Simulation } from '../simulation/simulation.ts';
import { budgetDay } from './budget-day.ts';

const graduated = Object.entries(budgetDay.presets!['graduated']!.pulls).map(([lever, value]) => ({
  atS: 0,
  lever,
  value,
}));

const objective = (run: Simulation, id: string): number =>
  run.objectives.states().find((o) => o.id === id)!.value;

describe('budget day', () => {
  it.each([1, 2])(
    'untouched: a forecast that knew nothing of the sale; whoever comes first takes the money, and customers go without (seed %i)',
    (seed) => {
      const run = new Simulation(budgetDay, seed);
      const [before, after] = [11, 15].map((hour) => {
        run.advanceTo(hour * 3_600_000);
        return structuredClone(costReport(run.world)!.agents!.forecast!);
      });
      expect(before!.mape!).toBeLessThan(0.25);
      expect(Math.abs(before!.bias!)).toBeLessThan(0.15);
      expect(after!.bias!).toBeLessThan(before!.bias!);
      expect(after!.underProvisionedSlots).toBeGreaterThan(before!.underProvisionedSlots + 12);

      run.run();
      expect(objective(run, 'criticalServed')).toBeLessThan(0.85);
      expect(objective(run, 'criticalServed')).toBeGreaterThan(0.5);
      const gone = run.events.find((e) => e.kind === 'alert' && e.data['threshold'] === 1)!;
      expect(gone.atS / 3600).toBeGreaterThan(15);
      expect(gone.atS / 3600).toBeLessThan(20);
    },
  );

  it.each([1, 2])(
    'with reserved budgets and graduated actions every customer is served until midnight (seed %i)',
    (seed) => {
      const run = new Simulation(budgetDay, seed, { pulls: graduated }).run();
      expect(objective(run, 'criticalServed')).toBeGreaterThanOrEqual(0.999);
      const report = costReport(run.world)!;
      for (const budget of [...report.budgets, ...report.past]) {
        expect(budget.overshootUsd).toBe(0);
        expect(budget.spentUsd).toBeLessThanOrEqual(budget.limitUsd);
      }
      // Low and normal go without before high and critical do.
      const served = (name: string): number => {
        const sum = (c: string): number =>
          run.world.recorder.column(`class.${name}.${c}`).reduce((a, b) => a + b, 0);
        return 1 - sum('givenUp') / sum('ended');
      };
      expect(served('high')).toBeGreaterThan(0.99);
      expect(served('normal')).toBeLessThan(served('high'));
      expect(report.counts['late']).toBe(0);
    },
  );
});
