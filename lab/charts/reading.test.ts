import { expect, test } from 'vitest';
import { primeDay } from '../../engine/scenarios/prime-day.ts';
import { columnNames } from '../../engine/simulation/columns.ts';
import { parseScenario } from '../../engine/simulation/scenario.ts';
import { Series } from '../stores/series.ts';
import { Readings, readingOf } from './reading.ts';

const scenario = parseScenario(primeDay);
const names = columnNames(scenario);

function seriesOf(rows: Record<string, number>[]): Series {
  const series = new Series(names, 1);
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
  const reading = readingOf(
    seriesOf([
      { arrivals: 10, completed: 30, meanMs: 100, p99Ms: 900, 'tier.l1.hits': 15, retries: 2, costUsd: 1 },
      {
        arrivals: 14,
        completed: 10,
        meanMs: 500,
        p99Ms: 700,
        'tier.l2.hits': 5,
        costUsd: 3,
        'station.pool.queue': 8,
        'station.pool.dead': 6,
      },
    ]),
    scenario,
    0,
    2,
  );
  expect(reading.atS).toBe(2);
  expect(reading.arrivalsPerS).toBe(1200); // 24 in 2 s, 100 cells
  expect(reading.meanMs).toBe(200); // (30 × 100 + 10 × 500) / 40
  expect(reading.p99Ms).toBe(900);
  expect(reading.tierShares).toEqual([0, 0.375, 0.125, 0]); // in the path's order: l4, l1, l2, l3
  expect(reading.hitRate).toBe(0.5);
  expect(reading.retriesPerS).toBe(100);
  expect(reading.queue).toBe(800);
  expect(reading.deadShare).toBe(0.75);
  expect(reading.costUsdPerH).toBe((4 * 100 * 3600) / 2);
});

test('an interval in which nothing ended has no mean and no hit rate', () => {
  const reading = readingOf(seriesOf([{ arrivals: 5, meanMs: NaN, p50Ms: NaN }]), scenario, 0, 1);
  expect([reading.meanMs, reading.p50Ms, reading.hitRate]).toEqual([null, null, null]);
});

test('readings grow with the series and start anew when the window asks for wider stretches', () => {
  const series = seriesOf(Array.from({ length: 10 }, () => ({ arrivals: 1, costUsd: 2 })));
  const readings = new Readings();
  readings.update(series, scenario, { fromS: 4, toS: 12 }, 8);
  expect(readings.all.map(({ atS }) => atS)).toEqual([5, 6, 7, 8, 9, 10]);
  expect(readings.latest?.spentUsd).toBe(10 * 2 * 100);
  const { epoch } = readings;
  series.append(
    10,
    1,
    Float64Array.from(names, () => 1),
  );
  readings.update(series, scenario, { fromS: 4, toS: 12 }, 8);
  expect(readings.all).toHaveLength(7);
  expect(readings.epoch).toBe(epoch);
  readings.update(series, scenario, { fromS: 4, toS: 20 }, 8);
  expect(readings.all.map(({ atS }) => atS)).toEqual([6, 8, 10]);
  expect(readings.epoch).toBe(epoch + 1);
});
