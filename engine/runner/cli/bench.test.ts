import { describe, expect, it } from 'vitest';
import { parseBenchArguments } from './bench/arguments.ts';
import { sizeRows } from './bench/first-load.ts';
import { markIn } from './bench/lighthouse.ts';
import { paired, spread } from './bench/paired.ts';
import { markdown, textTable } from './bench/report.ts';

const names = ['live-l1', 'replay'];
const row = { case: 'a', value: 1234.5, unit: 'M/s', peer: 'b 1.0', target: '>= 2' };

describe('arguments of bench', () => {
  it('reads a name and options', () => {
    expect(parseBenchArguments(['replay', '--json', '--pairs=7'], names)).toEqual({
      name: 'replay',
      json: true,
      quick: false,
      pairs: 7,
      help: false,
    });
  });

  it.each([
    [['reply'], 'one of live-l1, replay'],
    [['replay', 'live-l1'], 'one name'],
    [['--json'], 'live-l1, replay'],
    [['--pairs', '4'], '5 or more'],
    [['--jsn'], 'Did you mean --json?'],
  ])('refuses %j', (argv, part) => {
    expect(() => parseBenchArguments(argv, names)).toThrow(part);
  });
});

describe('paired runs', () => {
  it('go A B B A after one run of each, and compare within a pair', async () => {
    const order: string[] = [];
    const drift = [1, 1, 8, 2, 3, 9, 10, 5];
    const work = (name: string) => () => drift[order.push(name) - 1]!;
    const { ours, ratio } = await paired(work('a'), work('b'), 3);
    expect(order.join('')).toBe('ababbaab');
    expect(ours).toBe(9); // of 8, 9, 10
    expect(ratio).toEqual({ min: 2, median: 3, max: 4 }); // 8/2, 9/3, 10/5
  });

  it('take the mean of the two in the middle of an even count', () => {
    expect(spread([4, 1, 3, 10])).toEqual({ min: 1, median: 3.5, max: 10 });
  });
});

describe('report of bench', () => {
  it.each([
    [1.99, 'no'],
    [2, 'yes'],
  ])('judges the median %d against >= 2: %s', (median, verdict) => {
    const table = textTable([{ ...row, ratio: { min: 1, median, max: 3 } }]);
    expect(table.split('\n')[1]).toMatch(new RegExp(`^a +1235 M/s .*${verdict}$`));
  });

  it('calls a figure without a peer that ran not measured, unless the target has a unit', () => {
    const lines = textTable([
      { ...row, ratio: null },
      { ...row, ratio: null, target: '<= 5 ms', value: 4 },
    ]).split('\n');
    expect(lines[1]).toMatch(/not measured$/);
    expect(lines[2]).toMatch(/yes$/);
  });

  it('names machine, date and versions', () => {
    const text = markdown([{ name: 'x', summary: 'Y.', rows: [{ ...row, ratio: null }] }], {
      date: '2026-01-02',
      cores: 2,
      cpu: 'Some CPU',
      versions: ['Node 20'],
      pairs: 5,
    });
    for (const part of ['2026-01-02', '2 cores, Some CPU', 'Node 20', '## x', '| a | 1235 M/s | b 1.0 |'])
      expect(text).toContain(part);
  });
});

describe('what a first visit fetches', () => {
  const home = [
    { path: '', gzipBytes: 1000 },
    { path: 'assets/index-a.js', gzipBytes: 50_000 },
    { path: 'assets/index-a.css', gzipBytes: 4000 },
    { path: 'assets/inter-a.woff2', gzipBytes: 30_000 },
    { path: 'assets/icon-a.svg', gzipBytes: 200 },
  ];
  const lab = [
    ...home,
    { path: 'assets/LabPage-a.js', gzipBytes: 25_000 },
    { path: 'assets/worker-a.js', gzipBytes: 140_000 },
  ];
  const valuesOf = (rows: ReturnType<typeof sizeRows>) => rows.map(({ value }) => value);

  it('counts code and fonts apart, and of the lab only what it adds', () => {
    expect(valuesOf(sizeRows(home, lab))).toEqual([55, 30, 165, 140, 0, 0]);
  });

  it('finds the editor and the encoder among what nobody asked for', () => {
    const early = ['assets/code-editor-a.js', 'assets/ort-wasm-simd-a.wasm'].map((path) => ({
      path,
      gzipBytes: 1,
    }));
    expect(valuesOf(sizeRows(home, [...lab, ...early])).at(-1)).toBe(2);
  });
});

describe('a report of Lighthouse', () => {
  it('has a mark from 0 to 100', () => {
    expect(markIn('{"categories":{"performance":{"score":0.956}}}')).toBe(96);
  });

  it('without one tells why', () => {
    const report = '{"categories":{"performance":{"score":null}},"runtimeError":{"message":"NO_FCP"}}';
    expect(() => markIn(report)).toThrow('NO_FCP');
  });
});
