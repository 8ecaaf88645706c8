import { windowAt } from '../../../engine/cost/calendar.ts';
import { formatClock, parseClock } from '../../../engine/core/clock.ts';
import { gatewayClock } from '../../../engine/simulation/gateway-clock.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';
import type { BudgetReading } from '../money-reading.ts';
import { budgetPace, type BudgetPace } from '../pace.ts';
import type { Reading } from '../reading.ts';

/** End of a budget's window at a time of the run, in seconds from the start. A window that ends now is still that of what was just simulated. */
export function windowEndS(scenario: Scenario, budget: number, nowS: number): number {
  const settings = scenario.gateway?.budgets[budget];
  if (!settings) return scenario.durationS;
  const { window, timeZone, weekStart } = settings;
  const clock = gatewayClock(scenario);
  const atMs = clock.epochMs(Math.max(0, nowS * 1000 - 1));
  return (windowAt(window, timeZone, atMs, weekStart).endMs - clock.epochMs(0)) / 1000;
}

export const budgetOf = (reading: Reading | undefined, budget: number): BudgetReading | undefined =>
  reading?.money?.budgets[budget];

/** The pace of the last half hour, from the readings of a chart. */
export function paceNow(
  scenario: Scenario,
  readings: readonly Reading[],
  budget: number,
): BudgetPace | undefined {
  const last = readings.at(-1);
  if (!last) return undefined;
  const points = readings.flatMap((reading) => {
    const state = budgetOf(reading, budget);
    return state ? [{ atS: reading.atS, limitUsd: state.limitUsd, spentUsd: state.spentUsd }] : [];
  });
  return budgetPace(points, windowEndS(scenario, budget, last.atS));
}

const DAY_S = 86_400;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A time of the run by the clock: 14:20, 24:00, and on another day Sat 14:20. */
export function timeOfRun(scenario: Scenario, atS: number): string {
  const s = parseClock(scenario.startsAt, 'startsAt') + atS;
  if (s === DAY_S) return '24:00';
  const days = Math.floor(s / DAY_S);
  const time = formatClock(s - days * DAY_S).slice(0, 5);
  if (days === 0) return time;
  return `${DAYS[(new Date(`${scenario.startDate}T00:00:00Z`).getUTCDay() + days) % 7]} ${time}`;
}
