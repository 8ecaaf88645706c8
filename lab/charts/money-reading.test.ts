import { expect, test } from 'vitest';
import { budgetDay } from '../../engine/scenarios/budget-day.ts';
import { columnNames } from '../../engine/simulation/columns.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { Series } from '../stores/series.ts';
import { paceNow, timeOfRun, windowEndS } from './money/budget-now.ts';
import { moneyReading } from './money-reading.ts';
import { readingOf, Readings } from './reading.ts';

const scenario = parseScenario(budgetDay);
const names = columnNames(scenario);

function seriesOf(rows: Record<string, number>[]): Series {
  const series = new Series(names, 60);
  rows.forEach((row, i) =>
    series.append(
      i,
      1,
      Float64Array.from(names, (name) => row[name] ?? 0),
    ),
  );
  return series;
}

test('a stretch of two intervals, worked by hand', () => {
  const reading = moneyReading(
    seriesOf([
      {
        arrivals: 300,
        'background.arrivals': 60,
        'gateway.calls': 100,
        'gateway.quality': 0.95,
        'gateway.baselineUsd': 30,
        'spend.model.gpt-4': 6,
        'class.critical.ended': 100,
        'class.critical.givenUp': 1,
      },
      {
        arrivals: 240,
        'gateway.calls': 300,
        'gateway.quality': 0.85,
        'gateway.refusedBudget': 6,
        'gateway.refusedRule': 6,
        'gateway.baselineUsd': 30,
        'gateway.measures': 2,
        'spend.model.gpt-4': 2,
        'spend.model.gpt-4-turbo': 4,
        'class.critical.ended': 100,
        'class.critical.givenUp': 5,
        'class.low.ended': 0,
        'budget.company.limitUsd': 5000,
        'budget.company.spentUsd': 4000,
        'budget.company.reservedUsd': 7,
        'tier.l1.ttlS': 900,
        'tier.l2.ttlS': 1800,
        'agents.ready': 5,
        'agents.starting': 1,
        'agents.spot': 3,
        'agents.infraUsd': 0.1,
        'station.agents.busy': 40,
        'background.waiting': 12,
      },
    ]),
    scenario,
    0,
    2,
  );
  expect(reading).toMatchObject({
    requestsPerS: 5,
    callsPerS: 400 / 120,
    refusedPerS: 0.1,
    waiting: 12,
    byModelUsd: [8, 4, 0],
    baselineUsd: 60,
    byModelUsdPerH: [240, 120, 0], // 8 and 4 dollars in two minutes
    baselineUsdPerH: 1800,
    ttlS: [900, 1800],
    level: 2,
    agents: { ready: 5, starting: 1, spot: 3, atWork: 2, usdPerH: 3 },
  });
  expect(reading.quality).toBeCloseTo((100 * 0.95 + 300 * 0.85) / 400);
  expect(reading.budgets[0]).toEqual({ limitUsd: 5000, spentUsd: 4000, reservedUsd: 7, overshootUsd: 0 });
  expect(reading.givenUp).toEqual([0.03, null, null, null]);
});

test('where nobody answers there is no quality', () => {
  const quiet = seriesOf([{ 'gateway.quality': NaN, arrivals: 1 }]);
  expect(moneyReading(quiet, scenario, 0, 1).quality).toBeNull();
});

test('dollars an hour are a mean of ten intervals, so ten minutes of a day', () => {
  const rows = Array.from({ length: 20 }, (_, i) => ({ costUsd: i < 10 ? 100 : 1 }));
  expect(readingOf(seriesOf(rows), scenario, 19, 20).costUsdPerH).toBe(60);
  expect(readingOf(seriesOf(rows), scenario, 10, 11).costUsdPerH).toBe((901 * 60) / 10);
});

test('readings have the money when there is one to read it, and the rest of a run that is over', () => {
  const series = seriesOf(Array.from({ length: 10 }, () => ({ costUsd: 2 })));
  const readings = new Readings();
  const window = { fromS: 0, toS: 600 };
  readings.update(series, scenario, window, 3);
  expect(readings.all.map(({ atS }) => atS)).toEqual([240, 480]);
  expect(readings.latest?.money).toBeUndefined();
  readings.update(series, scenario, window, 3, { more: moneyReading, ended: true });
  expect(readings.all.map(({ atS }) => atS)).toEqual([240, 480, 600]);
  expect(readings.latest?.money).toBeDefined();
  expect(readings.latest?.spentUsd).toBe(20);
});

test('a budget’s window ends with its day, or with its week beyond the run', () => {
  // The run is Friday the 27th of November 2026.
  expect(windowEndS(scenario, 0, 43_200)).toBe(86_400);
  expect(windowEndS(scenario, 1, 43_200)).toBe(3 * 86_400);
  // What was simulated up to midnight was of the day that ends then.
  expect(windowEndS(scenario, 0, 86_400)).toBe(86_400);
  expect([51_600, 86_400, 140_400].map((s) => timeOfRun(scenario, s))).toEqual([
    '14:20',
    '24:00',
    'Sat 15:00',
  ]);
});

test('the pace on the chart', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    'budget.company.limitUsd': 5000,
    'budget.company.spentUsd': 50 * (i + 1),
  }));
  const readings = new Readings();
  readings.update(seriesOf(rows), scenario, { fromS: 0, toS: 86_400 }, 1440, { more: moneyReading });
  // 50 dollars a minute, 2,000 left: 40 minutes from 01:00.
  expect(paceNow(scenario, readings.all, 0)).toMatchObject({ remainingUsd: 2000, goneAtS: 3600 + 2400 });
});
