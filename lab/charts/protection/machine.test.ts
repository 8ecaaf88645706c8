import { describe, expect, it, test } from 'vitest';
import { CATALOGUE } from '../../../engine/scenarios/catalogue.ts';
import { runOf } from '../../../engine/simulation/preset-runs.ts';
import { parseScenario, type ScenarioInput } from '../../../engine/simulation/scenario.ts';
import { Series } from '../../stores/series.ts';
import { hasMachines } from '../../routes/lab/load-machines.ts';
import { machineColumns } from '../../routes/lab/machines/machine-columns.ts';
import { machineNotes } from '../../routes/lab/machines/machine-notes.ts';
import { machineCharts } from './machine-charts.ts';
import { machineMarks } from './machine-marks.ts';
import { machineReading } from './machine-reading.ts';

/** A run as the page has it. */
function shown(input: ScenarioInput, preset?: string) {
  const simulation = runOf(input, 1, preset);
  const { recorder } = simulation.world;
  const series = new Series(recorder.columns, recorder.intervalMs / 1000);
  const data = new Float64Array(recorder.columns.length * recorder.closed);
  recorder.data.forEach((column, c) => data.set(column.subarray(0, recorder.closed), c * recorder.closed));
  series.append(0, recorder.closed, data);
  return { simulation, series, scenario: simulation.scenario };
}

describe('what a scenario has to show', () => {
  const charts = (name: string): string[] =>
    machineCharts(parseScenario(CATALOGUE[name]!)).map(({ id }) => id);

  it.each([
    ['redis-outage', ['breaker']],
    ['concurrency-limit', ['limit', 'work']],
    ['overload-classes', ['shed', 'work']],
    ['standing-queue', ['dropped']],
    ['hedging', ['hedge']],
    ['tied-requests', ['hedge', 'replicas']],
    ['connections', ['connections']],
    ['batching', ['batch']],
    ['retry-budget', ['work', 'replicas']],
    ['deadlines', ['work']],
    ['slow-replica', ['replicas']],
    ['memory-squeeze', ['heap', 'pauses']],
    ['prime-day', []],
    ['model-bill', []],
    ['mmc', []],
  ])('%s: %j', (name, ids) => {
    expect(charts(name)).toEqual(ids);
    expect(hasMachines(parseScenario(CATALOGUE[name]!))).toBe(ids.length > 0);
  });
});

test('a breaker stuck half-open, as chart, note, mark and column', () => {
  const { simulation, series, scenario } = shown(CATALOGUE['redis-outage']!, 'stuck');
  const reading = machineReading(series, scenario, 200, 210);
  expect(reading.breaker!.state).toBe(0.5);
  expect(reading.breaker!.refusedPerS).toBeGreaterThan(80);
  expect(machineNotes(series, scenario, (path) => simulation.settingNow(path))['l2']).toEqual([
    { text: 'breaker half-open', bad: true },
  ]);
  expect(machineMarks(simulation.events).map(({ label }) => label)).toEqual([
    'Breaker open',
    'Breaker half-open',
    'Breaker stuck',
  ]);
  const [state, asked] = machineColumns(scenario).map(({ text }) => text(reading));
  expect(state).toBe('half-open');
  expect(asked).toMatch(/^\d+\/s$/);
});

test('before the first interval there is nothing to say', () => {
  const scenario = parseScenario(CATALOGUE['connections']!);
  expect(machineNotes(new Series([], 1), scenario, () => undefined)).toEqual({});
});

test('connections used up: all open, hundreds wait, every call opens one', () => {
  const { simulation, series, scenario } = shown(CATALOGUE['connections']!);
  const { connections } = machineReading(series, scenario, 200, 220);
  expect(connections!.open).toBe(12);
  expect(connections!.waiting).toBeGreaterThan(250);
  expect(connections!.freshShare).toBeCloseTo(1);
  expect(machineNotes(series, scenario, (path) => simulation.settingNow(path))['model']![0]!.text).toMatch(
    /^12 of 12 open · \d+ wait$/,
  );
});

test('work for nobody, and for somebody, adds up to what is finished', () => {
  const { series, scenario } = shown(CATALOGUE['deadlines']!, 'thin');
  const { work } = machineReading(series, scenario, 90, 110);
  const finished = series.sum('station.pool.completed', 90, 110) / 20;
  expect(work!.wantedPerS + work!.deadPerS).toBeCloseTo(finished);
  expect(work!.deadPerS).toBeGreaterThan(0.9 * finished);
});
