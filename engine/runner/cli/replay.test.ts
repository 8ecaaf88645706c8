import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseReplayArguments } from './replay-arguments.ts';

const script = fileURLToPath(new URL('./replay.ts', import.meta.url));
const top = fileURLToPath(new URL('../../../', import.meta.url));

function replay(...args: string[]): { out: string; err: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    encoding: 'utf8',
    cwd: top,
  });
  return { out: stdout, err: stderr, code: status };
}

describe('the command', () => {
  let folder = '';
  const file = (name: string): string => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'replay-'));
    writeFileSync(file('trace.txt.gz'), gzipSync('a\nb\nc\na\nb\nc\na\na\n'));
    writeFileSync(file('bad.tr'), '1 7 100\n2 8 200\n3 9\n4 7 100\n');
    writeFileSync(file('sized.csv'), 'time,id,size\n1,7,100\n2,8,300\n3,7,100\n4,8,300\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('--json prints one object, policy by policy', () => {
    const { out, err, code } = replay(
      file('trace.txt.gz'),
      '--policy',
      'lru,opt',
      '--capacity',
      '2,100%',
      '--json',
    );
    expect([err, code]).toEqual(['', 0]);
    expect(JSON.parse(out)).toEqual({
      trace: { requests: 8, unique: 3 },
      results: [
        { policy: 'lru', capacity: 2, misses: 7, hitRatio: 1 / 8 },
        { policy: 'lru', capacity: 3, misses: 3, hitRatio: 5 / 8 },
        { policy: 'opt', capacity: 2, misses: 5, hitRatio: 3 / 8 },
        { policy: 'opt', capacity: 3, misses: 3, hitRatio: 5 / 8 },
      ],
    });
  });

  test('the table has OPT as its last line', () => {
    const { out, code } = replay(file('trace.txt.gz'), '--policy', 'opt,lru', '--capacity', '2');
    expect(code).toBe(0);
    expect(out).toMatch(/trace\.txt\.gz \(keys\): 8 requests, 3 different keys/);
    expect(out.trimEnd().split('\n').slice(-3)).toEqual([
      '  policy             2',
      '  lru            12.50',
      '  opt (ceiling)  37.50',
    ]);
  });

  test('bytes, where the trace has sizes', () => {
    const { out } = replay(file('sized.csv'), '--policy', 'gdsf', '--bytes', '300,100%', '--json');
    expect(JSON.parse(out)).toEqual({
      trace: { requests: 4, unique: 2, uniqueBytes: 400 },
      results: [
        { policy: 'gdsf', capacity: 300, unit: 'bytes', misses: 4, hitRatio: 0, byteHitRatio: 0 },
        { policy: 'gdsf', capacity: 400, unit: 'bytes', misses: 2, hitRatio: 0.5, byteHitRatio: 0.5 },
      ],
    });
  });

  test('a workload instead of a file', () => {
    const { out } = replay(
      '--generate',
      'loop:keys=10,requests=100',
      '--policy',
      'lru',
      '--capacity',
      '5',
      '--json',
    );
    expect(JSON.parse(out)).toEqual({
      trace: { requests: 100, unique: 10 },
      results: [{ policy: 'lru', capacity: 5, misses: 100, hitRatio: 0 }],
    });
  });

  test.each([
    ['a malformed line', ['bad.tr'], /^replay: bad\.tr, line 3: expected time id size/],
    [
      'no such file',
      ['none.txt'],
      /^replay: trace: expected a file that can be read, got .*none\.txt \(there is none\)\.\n$/,
    ],
    ['a folder', ['.'], /a directory/],
    [
      'bytes without sizes',
      ['trace.txt.gz', '--bytes', '10'],
      /^replay: --bytes: expected a trace with sizes/,
    ],
  ])('%s: exit 2 and one line that says so', (_, [name, ...args], message) => {
    const { out, err, code } = replay(file(name), ...args, '--json');
    expect([out, code]).toEqual(['', 2]);
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

describe('its arguments', () => {
  test('in any order, with = too', () => {
    expect(
      parseReplayArguments([
        '--json',
        '--policy=LRU,arc',
        'x',
        '--policy',
        'lru',
        '--capacity=10,0.5%',
        '--bytes',
        '64MB,1KiB',
      ]),
    ).toMatchObject({
      file: 'x',
      json: true,
      policies: ['lru', 'arc'],
      capacities: [
        { unit: 'entries', value: 10, relative: false },
        { unit: 'entries', value: 0.005, relative: true },
        { unit: 'bytes', value: 64_000_000, relative: false },
        { unit: 'bytes', value: 1024, relative: false },
      ],
    });
    expect(parseReplayArguments(['x', '--columns', 'id=2,size=bytes']).columns).toEqual({
      id: '2',
      size: 'bytes',
    });
    expect(parseReplayArguments(['x', '--policy', 'all']).policies).toHaveLength(17);
  });

  test.each([
    [[], 'trace: expected a file or --generate, got nothing'],
    [['x', 'y'], 'expected one file, got "x" and "y"'],
    [['x', '--generate', 'zipf'], 'expected a file or --generate, got both'],
    [['x', '--policy', 'lur'], 'got "lur". Did you mean lru?'],
    [['x', '--policy', 's3fifo'], 'Did you mean s3-fifo?'],
    [['x', '--policy', 'lru,'], 'got nothing'],
    [['x', '--policy'], 'got nothing'],
    [['x', '--policy', '--json'], 'got "--json"'],
    [
      ['x', '--capacity', '0'],
      '--capacity: expected a whole number of entries from 1, or a share such as 1%, got "0"',
    ],
    [['x', '--capacity', '-5'], 'got "-5"'],
    [['x', '--capacity', '1.5'], 'got "1.5"'],
    [['x', '--capacity', '0%'], 'expected a share above 0 % and up to 100 %'],
    [['x', '--capacity', '101%'], 'expected a share above 0 %'],
    [['x', '--capacity', '1e3'], 'got "1e3"'],
    [['x', '--bytes', '3 apples'], '--bytes: expected a number of bytes'],
    [['x', '--format', 'arcc'], 'Did you mean arc?'],
    [['x', '--columns', 'size=3'], 'expected the column of the key'],
    [['x', '--capacities=1', '--polcy', 'lru'], 'got "--polcy". Did you mean --policy?'],
    [['x', '--seed', 'a'], 'expected a whole number of 0 or more'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseReplayArguments(argv)).toThrow(message);
  });
});
