import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../scenarios/catalogue.ts';
import { columnNames } from '../simulation/columns.ts';
import { parseScenario } from '../simulation/scenario.ts';
import { Simulation } from '../simulation/simulation.ts';
import { unitOf } from './column-units.ts';
import { runFile } from './run-file.ts';
import { readRunFile } from './run-file-head.ts';
import { seriesCsv } from './series-csv.ts';

const SMALL = {
  name: 'small',
  durationS: 20,
  startsAt: '09:00:00',
  load: { ratePerS: 20 },
  path: ['desk'],
  stations: { desk: { servers: 4, service: { law: 'exponential', meanMs: 100 } } },
};
const overrides = [{ path: 'load.ratePerS', value: 30 }];

function made(untilMs = Infinity) {
  const simulation = new Simulation(SMALL, 3, { overrides });
  simulation.advanceTo(10_000);
  simulation.pull('stations.desk.servers', 5);
  simulation.advanceTo(untilMs);
  const { recorder } = simulation.world;
  const info = {
    ...{ engine: simulation.engine, seed: 3, scenario: simulation.scenario },
    ...{ intervalS: 1, intervals: recorder.intervals, columns: recorder.columns },
  };
  return { simulation, file: runFile(simulation, { scenario: SMALL, seed: 3, overrides }, info) };
}

describe('a run as a file', () => {
  it('holds what reproduces it, and what came of it, with units', () => {
    const { file, simulation } = made();
    expect(file).toMatchObject({
      ...{ format: 'surge-lab-run', version: 1, done: true, nowS: 20, scenario: 'small', seed: 3 },
      fingerprint: simulation.fingerprint(),
      request: { scenario: SMALL, overrides, pulls: [{ atS: 10, lever: 'stations.desk.servers', value: 5 }] },
      series: { intervalS: 1, units: { meanMs: 'ms', arrivals: 'requests', 'station.desk.busy': 'servers' } },
    });
    expect(file.series.columns['meanMs']).toHaveLength(20);
    expect(file.narrative.lede).not.toBe('');
  });

  it('is read again, gives the same run, and so the same file', () => {
    const { file } = made();
    const { request, fingerprint, engine } = readRunFile(JSON.stringify(file), 'run.json');
    expect(engine).toBe(file.engine);
    const again = new Simulation(request.scenario, request.seed, request).run();
    expect(again.fingerprint()).toBe(fingerprint);
    expect(JSON.stringify(runFile(again, request, file.info))).toBe(JSON.stringify(file));
  });

  it('of a run that has not ended has no fingerprint', () =>
    expect(made(15_000).file).toMatchObject({ done: false, fingerprint: null, nowS: 15 }));

  const whole = () => JSON.parse(JSON.stringify(made().file)) as Record<string, unknown>;
  it.each<[string, string, string]>([
    ['no JSON', '{', 'run.json: expected a run in JSON, got text that is not JSON'],
    ['another file', '{"a":1}', 'run.json: expected "format": "surge-lab-run", got {"a":1}.'],
    ['nothing', 'null', 'expected "format": "surge-lab-run", got null.'],
    ['a newer file', JSON.stringify({ ...whole(), version: 2 }), 'run.json, version: expected 1, got 2.'],
    [
      'no request',
      JSON.stringify({ ...whole(), request: undefined }),
      'request: expected a value, got nothing.',
    ],
    [
      'a seed that is none',
      JSON.stringify({ ...whole(), request: { scenario: 'mmc', seed: -1 } }),
      'request.seed: expected a whole number of 0 or more, got -1.',
    ],
    [
      'a lever without a time',
      JSON.stringify({
        ...whole(),
        request: { scenario: 'mmc', seed: 1, pulls: [{ lever: 'x', value: 1 }] },
      }),
      'request.pulls.0.atS: expected a value, got nothing.',
    ],
  ])('%s is refused with the place', (_, text, message) =>
    expect(() => readRunFile(text, 'run.json')).toThrow(message),
  );
});

describe('a series as CSV', () => {
  const clock = { startsAt: '09:00:00', intervalS: 2 };
  it('has units in its header, a row an interval, and nothing where nothing was measured', () =>
    expect(
      seriesCsv(
        ['arrivals', 'meanMs'],
        [
          [3, 0],
          [1.5, NaN],
        ],
        clock,
      ),
    ).toBe('from (s),time of day,arrivals (requests),meanMs (ms)\r\n0,09:00:00,3,1.5\r\n2,09:00:02,0,\r\n'));
  it('puts names with commas and quotes in quotes', () =>
    expect(seriesCsv(['spend.agent.a,"b"'], [[1]], clock).split('\r\n')[0]).toBe(
      'from (s),time of day,"spend.agent.a,""b"" (USD)"',
    ));
});

it('no count of the catalogue is taken for a time, nor a time for a count', () => {
  const names = Object.values(CATALOGUE).flatMap((scenario) => columnNames(parseScenario(scenario)));
  for (const name of names) {
    expect(unitOf(name) === 'ms', name).toBe(name.endsWith('Ms'));
    expect(unitOf(name) === 'USD', name).toBe(/Usd$|^spend\./.test(name));
  }
});
