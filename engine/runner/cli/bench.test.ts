import { describe, expect, it } from 'vitest';
import { parseBenchArguments } from './bench/arguments.ts';
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
