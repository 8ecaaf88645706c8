import { expect, test } from 'vitest';
import { Series } from './series.ts';

const names = ['arrivals', 'meanMs'];
/** Rows of [arrivals, meanMs] in the order of a frame: column after column. */
const frame = (rows: [number, number][]): Float64Array =>
  Float64Array.from([...rows.map((r) => r[0]), ...rows.map((r) => r[1])]);

test('frames follow each other', () => {
  const series = new Series(names, 2);
  series.append(
    0,
    2,
    frame([
      [10, 90],
      [20, 91],
    ]),
  );
  series.append(2, 1, frame([[30, 92]]));
  series.append(3, 0, new Float64Array());
  expect([...series.column('arrivals')]).toEqual([10, 20, 30]);
  expect([...series.column('meanMs')]).toEqual([90, 91, 92]);
  expect(series.length).toBe(3);
  expect(series.endS).toBe(6);
  expect(series.at('meanMs', 1)).toBe(91);
  expect(series.at('meanMs', 3)).toBeNaN();
  expect(series.sum('arrivals', 1, 9)).toBe(50);
  expect(series.sum('arrivals', -5, 1)).toBe(10);
});

test('the arrays grow beyond their first size and keep what they hold', () => {
  const series = new Series(names, 1);
  const rows = 1000;
  for (let i = 0; i < rows; i++) series.append(i, 1, frame([[i, -i]]));
  expect(series.column('arrivals').length).toBe(rows);
  expect(series.sum('arrivals', 0, rows)).toBe((rows * (rows - 1)) / 2);
  expect(series.at('meanMs', 999)).toBe(-999);
});

test('a gap, a wrong size and an unknown column are errors that say what is wrong', () => {
  const series = new Series(names, 1);
  expect(() => series.append(1, 1, frame([[1, 1]]))).toThrow(
    /from interval 0 on, got 2 numbers for 1 rows from interval 1/,
  );
  expect(() => series.append(0, 2, frame([[1, 1]]))).toThrow(/2 rows/);
  expect(() => series.column('cost')).toThrow(/no column "cost"; there are arrivals, meanMs/);
});
