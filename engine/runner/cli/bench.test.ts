import { describe, expect, it } from 'vitest';
import { parseBenchArguments } from './bench/arguments.ts';
import { sizeRows } from './bench/first-load.ts';
import { markIn } from './bench/lighthouse.ts';
import { paired, spread } from './bench/paired.ts';
import { markdown, textTable, withSection } from './bench/report.ts';

const names = ['live-l1', 'replay'];
const row = { case: 'a', value: 1234.5, unit: 'M/s', peer: 'b 1.0', target: '>= 2' };

describe('arguments of bench', () => {
  it('reads a name and options', () => {
    expect(parseBenchArguments(['replay', '--json', '--pairs=7'], names)).toEqual({
      name: 'replay',
      json: true,
      quick: false,
      write: false,
      pairs: 7,
      help: false,
    });
  });

  it.each([
    [['reply'], 'one of live-l1, replay'],
    [['replay', 'live-l1'], 'one name'],
    [['--json'], 'live-l1, replay'],
    [['--write'], 'a name beside it'],
    [['replay', '--write', '--quick'], 'no --quick'],
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

describe('one section of the report', () => {
  const conditions = { date: '2026-01-02', cores: 2, cpu: 'a processor', versions: ['Node 20'], pairs: 5 };
  const caseOf = (name: string, value: number) => ({
    name,
    summary: `About ${name}.`,
    rows: [{ ...row, value, ratio: null }],
  });
  const whole = markdown([caseOf('a', 1), caseOf('c', 3)], conditions);
  const later = { ...conditions, date: '2026-02-03', cores: 8 };

  it('is written anew, and the others stay as they are', () => {
    const text = withSection(whole, caseOf('c', 30), later, ['a', 'b', 'c']);
    expect(text).toContain('About c. Measured apart on 2026-02-03, 5 pairs. Machine: 8 cores');
    expect(text).toContain('| a | 30 M/s |');
    expect(text).not.toContain('| a | 3 M/s |');
    expect(text.split('## c')[0]).toBe(whole.split('## c')[0]);
    expect(withSection(text, caseOf('c', 30), later, ['a', 'b', 'c'])).toBe(text);
  });

  it('is put in its place when it was not there', () => {
    const text = withSection(whole, caseOf('b', 2), later, ['a', 'b', 'c']);
    expect([...text.matchAll(/^## (\w)/gm)].map(([, name]) => name)).toEqual(['a', 'b', 'c']);
    expect(text.startsWith(whole.split('## a')[0]!)).toBe(true);
  });
});
