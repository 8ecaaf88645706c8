import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyDesk } from '../../tuning/tiny-desk.fixture.ts';
import { parseTuneArguments } from './tune-arguments.ts';
import type { TuneJson } from './tune-file.ts';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const COMMAND = ['--import', 'tsx', 'engine/runner/cli/tune.ts'];

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line in a process of its own, as `npm run tune --` starts it. */
function tune(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...COMMAND, ...args],
      { cwd: TOP, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

let folder = '';
let desk = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tune-'));
  desk = join(folder, 'desk.json');
  writeFileSync(desk, JSON.stringify(tinyDesk));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = ['--starts', '9', '--brackets', '1', '--seeds', '3', '--check', '3', '--jobs', '1'];
const readSearch = (file: string): TuneJson => JSON.parse(readFileSync(file, 'utf8')) as TuneJson;

describe('tune', () => {
  it('finds the clerks, checks them against the preset on fresh seeds, and says how to run them', async () => {
    const out = join(folder, 'out.json');
    const { code, stdout, stderr } = await tune(desk, ...SMALL, '--out', out);
    expect(code).toBe(0);
    expect(stdout).toContain('Goal: least meanMs, with errorRate ≤ 0.03');
    expect(stdout).toMatch(/Check with 3 seeds that the search did not see/);
    expect(stdout).toMatch(/the preset "more" \(Twelve clerks\)/);
    expect(stdout).toMatch(/It is better than leaving all levers alone\./);
    expect(stdout).toMatch(/npm run --silent sim -- \S+desk\.json --at 00:00:00 clerks=\d+$/m);
    expect(stderr).toMatch(/bracket 1 of 1, rung 2 of 4 · best meanMs/);

    const json = readSearch(out);
    expect(json.phase).toBe('done');
    expect(Object.keys(json.best!.setting)).toEqual(['clerks']);
    expect(json.baseline!.missed).toBeGreaterThan(0);
    expect(json.check!.map(({ id, seeds }) => [id, seeds])).toEqual([
      ['found', 3],
      ['more', 3],
      ['untouched', 3],
    ]);
    const searched = new Set(json.records.map(({ seed }) => seed));
    expect([...searched].sort()).toEqual([1, 2, 3]);

    // Of a search that is done nothing is left to run; a wider one begins with what is there.
    const again = await tune('--resume', out, '--json', '--check', '1', '--out', join(folder, 'again.json'));
    expect(JSON.parse(again.stdout)).toMatchObject({ best: json.best, trials: json.trials });
    expect(readSearch(join(folder, 'again.json')).records).toHaveLength(json.records.length);
  });

  it('on Ctrl-C says what it has and keeps it; --resume ends as if nothing had been', async () => {
    const out = join(folder, 'half.json');
    const args = [desk, ...SMALL, '--out', out];
    const interrupted = await new Promise<Ended>((resolve) => {
      const child = spawn(process.execPath, [...COMMAND, ...args], { cwd: TOP });
      let [stdout, stderr] = ['', ''];
      let asked = false; // a second Ctrl-C ends it without a word
      child.stdout.on('data', (data: Buffer) => (stdout += String(data)));
      child.stderr.on('data', (data: Buffer) => {
        stderr += String(data);
        if (!asked && stderr.includes('rung 2 of')) asked = child.kill('SIGINT');
      });
      child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stdout).toContain('Interrupted: this is the best so far');
    expect(interrupted.stderr).toContain(`go on with --resume ${out}`);
    const half = readSearch(out);
    expect(half.phase).not.toBe('done');
    expect(half.check).toBeNull();

    const { code, stdout } = await tune('--resume', out, '--json', '--check', '1');
    expect(code).toBe(0);
    const whole = JSON.parse((await tune(desk, ...SMALL, '--json')).stdout) as TuneJson;
    expect(JSON.parse(stdout)).toMatchObject({ best: whole.best, trials: whole.trials, goal: whole.goal });
    expect(readSearch(out).phase).toBe('done');
  });

  it.each([
    [['no-such'], /tune: scenario: expected one of prime-day/],
    [['mmc'], /levers: expected at least one lever/],
    [['prime-day', '--levers', 'l3,retrybudget'], /Did you mean "retryBudget"/],
    [['prime-day', '--goal', 'cost=least'], /figure: expected one of/],
    [['prime-day', '--keep', 'meanMs<=9'], /--keep: expected --goal beside it/],
    [['prime-day', '--at', '01:00:00'], /02:00:00/],
    [['prime-day', '--until', '02:18:00'], /until: expected a time after the pull at 1140 s/],
    [['--resume', '/nowhere.json'], /--resume: expected a file that can be read/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await tune(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses to go on with what was made by another engine, or for another scenario or time', async () => {
    const file = join(folder, 'old.json');
    const search = readSearch(join(folder, 'out.json'));
    writeFileSync(file, JSON.stringify({ ...search, engine: '0.0.1' }));
    expect((await tune('--resume', file)).stderr).toMatch(/old\.json: expected runs of this engine/);
    writeFileSync(file, JSON.stringify(search));
    expect((await tune('prime-day', '--resume', file)).stderr).toMatch(
      /scenario: expected the one of the file/,
    );
    expect((await tune('--resume', file, '--at', '3')).stderr).toMatch(
      /--at: expected nothing beside --resume/,
    );
  });
});

describe('the arguments', () => {
  it('are read', () => {
    expect(
      parseTuneArguments([
        ...['prime-day', '--goal', 'hitRate=most', '--keep', 'endMeanMs<=94,errorRate>=0.5'],
        ...['--levers=l3,l1', '--set', 'load.factor=2', '--at', '02:19:00', '--search-seed', '4'],
      ]),
    ).toMatchObject({
      scenario: 'prime-day',
      goal: { figure: 'hitRate', direction: 'most' },
      keep: [
        { figure: 'endMeanMs', atMost: 94 },
        { figure: 'errorRate', atLeast: 0.5 },
      ],
      levers: ['l3', 'l1'],
      overrides: [{ path: 'load.factor', value: 2 }],
      at: '02:19:00',
      searchSeed: 4,
      check: 8,
    });
  });
  it.each([
    [[], /scenario: expected a name or a file/],
    [['a', 'b'], /one scenario/],
    [['a', '--goal', 'cost'], /FIGURE=least or FIGURE=most/],
    [['a', '--keep', 'cost<5'], /FIGURE<=NUMBER/],
    [['a', '--keep', 'cost<=x'], /FIGURE<=NUMBER/],
    [['a', '--starts', '0'], /a whole number of 1 or more/],
    [['a', '--bracket', '2'], /Did you mean --brackets/],
  ])('%j are refused', (argv, message) => {
    expect(() => parseTuneArguments(argv)).toThrow(message);
  });
});
