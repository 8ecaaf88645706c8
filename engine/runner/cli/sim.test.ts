import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { primeDay } from '../../scenarios/prime-day.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { BASE_COLUMNS } from '../../simulation/columns.ts';
import type { RunResult } from '../result.ts';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line in a process of its own, as `npm run sim --` starts it. */
function sim(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'engine/runner/cli/sim.ts', ...args],
      { cwd: TOP, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sim-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = {
  name: 'small',
  durationS: 120,
  warmupS: 20,
  load: { ratePerS: 5 },
  path: ['cache', 'desk'],
  population: { kind: 'zipf', keys: 100 },
  tiers: { cache: { level: 'l1', capacityEntries: 10 } },
  stations: { desk: { servers: 3, service: { law: 'exponential', meanMs: 200 } } },
};
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('sim --json', () => {
  it('prints one object with everything that the manual names', async () => {
    const { code, stdout, stderr } = await sim(file('small.json', SMALL), '--seed', '7', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const result = JSON.parse(stdout) as RunResult;
    expect(result.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(result).toMatchObject({ engine: expect.any(String), scenario: 'small', seed: 7, pulls: [] });
    for (const name of ['requests', 'wallMs', 'requestsPerSecond'] as const)
      expect(result[name], name).toBeGreaterThan(0);
    for (const window of ['before', 'worst', 'after'] as const)
      expect(Object.keys(result.summary[window])).toEqual(
        expect.arrayContaining(['meanMs', 'p50Ms', 'p95Ms', 'p99Ms', 'hitRate', 'errorRate']),
      );
    expect(result.summary).toMatchObject({ costUsd: 0, recoveredAfterS: null });
    expect(Object.keys(result.stations)).toEqual(['desk']);
    expect(Object.keys(result.stations['desk']!)).toEqual(
      expect.arrayContaining([
        'arrivals',
        'completed',
        'meanWaitMs',
        'meanServiceMs',
        'meanResponseMs',
        'waitProbability',
        'utilisation',
        'p50WaitMs',
        'p95WaitMs',
        'p99WaitMs',
        'meanQueue',
        'rejected',
        'abandoned',
      ]),
    );
    expect(Object.keys(result.tiers)).toEqual(['cache']);
    expect(result.series.intervalS).toBe(1);
    expect(Object.keys(result.series.columns)).toEqual(expect.arrayContaining([...BASE_COLUMNS]));
    for (const column of Object.values(result.series.columns)) expect(column).toHaveLength(120);
    expect(result.fingerprint).toBe(new Simulation(SMALL, 7).run().fingerprint());
  });

  it('takes settings, levers, a preset and an end', async () => {
    const { code, stdout } = await sim(
      ...['prime-day', '--json', '--seed', '3', '--until', '02:20:00', '--set', 'stations.pool.servers=52'],
      ...[
        '--set',
        'historyS=60',
        '--at',
        '02:18:30',
        'shed=20',
        '--at',
        '1100',
        'l4=on',
        '--preset',
        'rescue',
      ],
    );
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as RunResult;
    const rescue = Object.entries(primeDay.presets!['rescue']!.pulls).map(([lever, value]) => ({
      atS: 1140,
      lever,
      value,
    }));
    expect(result.pulls).toEqual([
      ...rescue,
      { atS: 1110, lever: 'shed', value: 20 },
      { atS: 1100, lever: 'l4', value: true },
    ]);
    expect(result.events.filter((e) => e.kind === 'pull').map((e) => e.atS)).toEqual([
      1100,
      1110,
      ...rescue.map(() => 1140),
    ]);
    expect(result.series.columns['arrivals']).toHaveLength(1200);
    const overrides = [
      { path: 'stations.pool.servers', value: 52 },
      { path: 'historyS', value: 60 },
      { path: 'durationS', value: 1200 },
    ];
    const same = new Simulation(primeDay, 3, { overrides, pulls: result.pulls }).run();
    expect(result.fingerprint).toBe(same.fingerprint());
  });

  it('writes to a file instead, or beside the report', async () => {
    const scenario = file('small.json', SMALL);
    const out = join(folder, 'out.json');
    const quiet = await sim(scenario, '--json', '--out', out);
    expect([quiet.code, quiet.stdout]).toEqual([0, '']);
    const first = JSON.parse(readFileSync(out, 'utf8')) as RunResult;
    const loud = await sim(scenario, '--out', out);
    expect(loud.stdout).toContain(first.fingerprint);
    expect((JSON.parse(readFileSync(out, 'utf8')) as RunResult).fingerprint).toBe(first.fingerprint);
  });
});

describe('sim', () => {
  it('reports to people: minutes, stations, tiers, and no progress bar where there is no terminal', async () => {
    const { code, stdout, stderr } = await sim(file('small.json', SMALL));
    expect([code, stderr]).toEqual([0, '']);
    for (const word of ['small', 'seed 1', 'fingerprint', 'before', 'worst', 'after', 'desk', 'cache'])
      expect(stdout).toContain(word);
    expect(stdout).not.toContain('[[');
    expect(stdout).not.toContain('█');
  });

  it('lists its options and its scenarios', async () => {
    const { code, stdout } = await sim('--help');
    expect(code).toBe(0);
    for (const word of [
      '--seed',
      '--set',
      '--at',
      '--preset',
      '--until',
      '--json',
      '--out',
      'prime-day',
      'mmc',
    ])
      expect(stdout).toContain(word);
  });
});

describe('bad input ends with 2 and says what was wrong', () => {
  const small = (change: object) =>
    file(`bad-${JSON.stringify(change).length}.json`, { ...SMALL, ...change });
  const cases: [string, () => string[], string][] = [
    [
      'an unknown scenario',
      () => ['prime-dya'],
      'mmc, or the path of a scenario file, got "prime-dya". Did you mean "prime-day"?',
    ],
    [
      'no such file',
      () => ['no/such.json'],
      'scenario file: expected a file that can be read, got no/such.json (ENOENT)',
    ],
    ['a folder', () => [folder], 'scenario file: expected a file that can be read, got '],
    [
      'a file that is not JSON',
      () => [file('bad.json', '{"name": ')],
      'bad.json: expected a JSON object, got text that is not JSON',
    ],
    ['an empty file', () => [file('empty.json', '')], 'empty.json: expected a JSON object'],
    [
      'a negative rate',
      () => [small({ load: { ratePerS: -8 } })],
      'load.ratePerS: expected a number of 0 or more, got -8.',
    ],
    [
      'a setting misspelt',
      () => [small({ duration: 5 })],
      'duration: expected a known setting, got the unknown name "duration". Did you mean "durationS"?',
    ],
    [
      '--set on a path that does not exist',
      () => ['mmc', '--set', 'stations.desk.server=3'],
      '--set stations.desk.server: expected a setting of stations.desk, got "server". Did you mean "servers"?',
    ],
    [
      '--set to a value that cannot be',
      () => ['mmc', '--set', 'stations.desk.servers=-3'],
      'stations.desk.servers: expected a whole number of 1 or more, got -3.',
    ],
    [
      'a lever out of range',
      () => ['prime-day', '--at', '02:19:00', 'poolSize=99999'],
      'lever poolSize: expected a number from 1 to 2000 (slots), got 99999.',
    ],
    [
      'an unknown lever',
      () => ['prime-day', '--at', '02:19:00', 'coalesing=on'],
      'Did you mean "coalescing"?',
    ],
    [
      'a time before the start',
      () => ['prime-day', '--at', '01:00:00', 'l3=on'],
      '--at: expected a time from 02:00:00 on, got "01:00:00".',
    ],
    [
      'a time after the end',
      () => ['prime-day', '--at', '04:00:00', 'l3=on'],
      '--at: expected a time within the run of 3600 s, got 7200 s for l3.',
    ],
    [
      'a negative time',
      () => ['prime-day', '--at', '-5', 'l3=on'],
      '--at: expected a time of 0 or more, got -5.',
    ],
    [
      'no time',
      () => ['prime-day', '--at', 'noon', 'l3=on'],
      '--at: expected a time of day as HH:MM:SS, got "noon".',
    ],
    [
      'an end at the start',
      () => ['prime-day', '--until', '02:00:00'],
      'durationS: expected a number above 0, got 0.',
    ],
    [
      'an unknown preset',
      () => ['prime-day', '--preset', 'miracle'],
      '--preset: expected one of rescue, got "miracle".',
    ],
    [
      'a preset where there are none',
      () => ['mmc', '--preset', 'rescue'],
      '--preset: expected one of the presets of the scenario (it has none), got "rescue".',
    ],
    [
      'an option it does not know',
      () => ['mmc', '--sed', '3'],
      'option: expected one that --help lists, got "--sed".',
    ],
    [
      'a file it cannot write',
      () => [
        'mmc',
        '--until',
        '60',
        '--set',
        'warmupS=0',
        '--json',
        '--out',
        join(folder, 'no', 'such', 'place.json'),
      ],
      '--out: expected a file that can be written, got',
    ],
  ];
  it.each(cases)('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await sim(...args());
    expect(stderr).toContain(`sim: `);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });
});
