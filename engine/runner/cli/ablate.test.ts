import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AblationRun } from '../../tuning/ablation.ts';
import { shop, shopStrategies } from '../../tuning/hand-worked.ts';
import { outcomeOf } from '../../tuning/outcome.ts';
import { openTrial } from '../../tuning/trial.ts';
import { secondsFrom } from '../run-text.ts';
import { parseAblateArguments } from './ablate-arguments.ts';
import type { AblateJson } from './ablate-report.ts';
import { jsonFrom, scenarioFrom } from './scenario-input.ts';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line in a process of its own, as `npm run ablate --` starts it. */
function ablate(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'engine/runner/cli/ablate.ts', ...args],
      { cwd: TOP, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ablate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('ablate --json', () => {
  it('comes to what the runs come to, over threads and for more than one figure', async () => {
    const { code, stdout, stderr } = await ablate(
      file('shop.json', { ...shop, strategies: shopStrategies }),
      ...['--seeds', '2', '--first-seed=5', '--until', '00:00:20', '--set', 'load.ratePerS=10'],
      ...['--figure', 'costUsd', '--figure', 'tier.cache.hits', '--jobs', '2', '--json'],
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const json = JSON.parse(stdout) as AblateJson;

    const run = new AblationRun({
      scenario: { ...shop, durationS: 20, load: { ratePerS: 10 } },
      strategies: shopStrategies,
      seeds: 2,
      firstSeed: 5,
    });
    for (let trial = run.next(); trial; trial = run.next())
      run.done(trial, outcomeOf(openTrial(trial.request).run(), ['tier.cache.hits']));
    expect(json).toEqual({
      engine: expect.stringMatching(/^\d/) as string,
      scenario: 'shop',
      strategies: shopStrategies.map(({ id, title }) => ({ id, title })),
      design: 'full',
      seeds: 2,
      seedsWanted: 2,
      confidence: 0.95,
      wallMs: expect.any(Number) as number,
      attributions: {
        costUsd: run.result('costUsd'),
        'tier.cache.hits': run.result('tier.cache.hits'),
      },
      runs: run.records(),
    });
  });
});

describe('the report', () => {
  const reported = (...args: string[]): Promise<Ended> =>
    ablate(file('plain.json', shop), '--strategies', file('two.json', shopStrategies), ...args);

  it('is a table whose savings add up, and the interactions', async () => {
    const { code, stdout, stderr } = await reported('--seeds', '3', '--until', '30');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Shop · seeds 1–3 · 12 runs in');
    expect(stdout).toContain('Every one of 4 combinations was run with each seed.');
    expect(stdout).toContain('95 % confidence interval');
    const row = (name: string): string[] =>
      stdout
        .split('\n')
        .find((line) => line.startsWith(`  ${name}`))!
        .trim()
        .split(/ {2,}/);
    expect(row('strategy')).toEqual(['strategy', 'saving', 'of the whole', 'alone', 'of all off', 'last']);
    expect(row('Small model')[4]).toBe('90.0 ± 0.0 %');
    const saving = (name: string): number => Number(row(name)[1].split(' ± ')[0]);
    expect(saving('Caching') + saving('Small model')).toBeCloseTo(saving('together'), 1);
    expect(row('Caching × Small model')[1]).toMatch(/^-\d+\.\d+ ± \d/);
    expect(row('Caching × Small model')[2]).toBe('overlap');
  });

  it('does not take the rounding of sums for an effect, nor less of a good thing for a saving', async () => {
    const { stdout } = await reported(
      '--seeds',
      '2',
      '--until',
      '10',
      '--figure',
      'calls',
      '--figure',
      'hitRate',
    );
    const model = stdout.split('\n').filter((line) => line.startsWith('  Small model'));
    for (const line of model)
      expect(line.trim().split(/ {2,}/)).toEqual([
        'Small model',
        '0 ± 0',
        '0.0 ± 0.0 %',
        '0 ± 0',
        expect.any(String),
        '0 ± 0',
      ]);
    expect(model).toHaveLength(2);
    expect(stdout.match(/none to be seen/g)).toHaveLength(2);
    expect(stdout).toMatch(/hitRate: 0 ± 0 with all off, .* with all on; decrease -0\.\d+/);
    expect(stdout).not.toContain('saving');
  });

  it('of one seed has no intervals and says so', async () => {
    const { stdout } = await reported('--seeds', '1', '--until', '10', '--jobs', '1');
    expect(stdout).toContain('Shop · seed 1 · 4 runs in');
    expect(stdout).toContain('One seed gives no confidence interval.');
    expect(stdout).not.toContain('±');
  });
});

describe('what is wrong', () => {
  it.each<[string, () => string[], RegExp]>([
    [
      'a scenario without strategies',
      () => ['mmc'],
      /strategies: expected a scenario that names strategies, got none in mmc\./,
    ],
    [
      'a path that the scenario does not have',
      () => ['mmc', '--strategies', file('path.json', shopStrategies)],
      /strategies\.caching\.off, tiers\.cache\.on: expected no further name, as tiers is \{\}/,
    ],
  ])('%s: exit 2 and one line that says so', async (_, args, message) => {
    const { code, stdout, stderr } = await ablate(...args());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^ablate: /);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('in a run: exit 2, too', async () => {
    // The lever's path is looked at when the run is set up, not before.
    const lever = {
      id: 'x',
      group: 'cost',
      label: 'X',
      reason: 'X',
      control: { kind: 'number', path: 'load.fctor' },
    };
    const { code, stderr } = await ablate(
      file('lever.json', { ...shop, levers: [lever], strategies: shopStrategies }),
      ...['--seeds', '1', '--jobs', '2'],
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^ablate: levers\.x: expected .*\n$/);
  });
});

describe('its files', () => {
  it('are scenarios by name or by path', () => {
    expect(scenarioFrom('mmc')).toBe('mmc');
    expect(scenarioFrom(file('plain.json', shop))).toEqual(shop);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['an unknown name', () => scenarioFrom('mcm'), /^scenario: expected one of .*, got "mcm"/],
    [
      'no such file',
      () => scenarioFrom('none.json'),
      /^scenario file: expected a file that can be read, got none\.json \(ENOENT\)/,
    ],
    [
      'a file without an object',
      () => scenarioFrom(file('number.json', 7)),
      /number\.json: expected a JSON object, got 7/,
    ],
    [
      'a file that is not JSON',
      () => jsonFrom(file('bad.json', '[{'), '--strategies', 'See --help.'),
      /bad\.json: expected JSON, got text .* See --help\.$/,
    ],
    [
      'a time before the start',
      () => secondsFrom('-1', { startsAt: '00:00:00' }, '--until'),
      /^--until: expected a time of 0 or more/,
    ],
  ])('%s is refused', (_, read, message) => {
    expect(read).toThrow(message);
  });

  it('have times of day and seconds', () => {
    expect(secondsFrom('02:10:00', { startsAt: '02:00:00' }, '--until')).toBe(600);
    expect(secondsFrom('90', { startsAt: '02:00:00' }, '--until')).toBe(90);
  });
});

describe('its arguments', () => {
  it('in any order, with = too', () => {
    expect(
      parseAblateArguments([
        '--json',
        '--seeds=4',
        'prime-day',
        '--set',
        'a.b=3',
        '--set=c=x y',
        '--until',
        '02:20:00',
      ]),
    ).toEqual({
      scenario: 'prime-day',
      seeds: 4,
      firstSeed: 1,
      figures: ['costUsd'],
      until: '02:20:00',
      overrides: [
        { path: 'a.b', value: 3 },
        { path: 'c', value: 'x y' },
      ],
      jobs: null,
      strategies: null,
      json: true,
      help: false,
    });
    expect(
      parseAblateArguments(['x', '--figure', 'calls', '--figure=meanMs', '--figure', 'calls']).figures,
    ).toEqual(['calls', 'meanMs']);
    expect(parseAblateArguments(['--help']).help).toBe(true);
  });

  it.each([
    [[], 'scenario: expected a name or a file, got nothing'],
    [['x', 'y'], 'expected one scenario, got "x" and "y"'],
    [['x', '--seeds', '0'], '--seeds: expected a whole number of 1 or more, got "0"'],
    [['x', '--seeds', 'many'], 'got "many"'],
    [['x', '--seeds'], 'got nothing'],
    [['x', '--seeds', '--json'], 'got "--json"'],
    [['x', '--first-seed', '-1'], '--first-seed: expected a whole number of 0 or more, got "-1"'],
    [['x', '--jobs', '1.5'], '--jobs: expected'],
    [['x', '--figure='], '--figure: expected the name of a figure, got nothing'],
    [['x', '--set', 'a'], '--set: expected NAME=VALUE, got "a"'],
    [['x', '--startegies', 'f'], 'Did you mean --strategies?'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseAblateArguments(argv)).toThrow(message);
  });
});
