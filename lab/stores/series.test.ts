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

test('the run as it was ends at the last interval that had ended, and copies nothing', () => {
  const series = new Series(names, 2);
  const rows: [number, number][] = [
    [10, 90],
    [20, 91],
    [30, 92],
  ];
  series.append(0, 3, frame(rows));
  const past = series.until(5.9);
  expect([past.length, past.endS, past.intervalS]).toEqual([2, 4, 2]);
  expect([...past.column('arrivals')]).toEqual([10, 20]);
  expect(past.sum('arrivals', 0, 9)).toBe(30);
  expect(past.at('meanMs', 2)).toBeNaN();
  expect(past.column('arrivals').buffer).toBe(series.column('arrivals').buffer);
  // At its end, and beyond it, it is the run itself.
  expect(series.until(6)).toBe(series);
  expect(series.until(99)).toBe(series);
  expect(series.until(0).length).toBe(0);
  // A tenth of a second is no whole number of a computer.
  const fine = new Series(names, 0.1);
  fine.append(0, 5, new Float64Array(10));
  expect(fine.until(0.3).length).toBe(3);
});

test('what comes later does not reach into the past that is looked at', () => {
  const series = new Series(names, 1);
  for (let i = 0; i < 300; i++) series.append(i, 1, frame([[i, i]]));
  const past = series.until(200);
  for (let i = 300; i < 3000; i++) series.append(i, 1, frame([[i, i]]));
  expect(past.length).toBe(200);
  expect(past.at('arrivals', 199)).toBe(199);
  expect(past.sum('arrivals', 0, 9999)).toBe((199 * 200) / 2);
});

test('a gap, a wrong size and an unknown column are errors that say what is wrong', () => {
  const series = new Series(names, 1);
  expect(() => series.append(1, 1, frame([[1, 1]]))).toThrow(
    /from interval 0 on, got 2 numbers for 1 rows from interval 1/,
  );
  expect(() => series.append(0, 2, frame([[1, 1]]))).toThrow(/2 rows/);
  expect(() => series.column('cost')).toThrow(/no column "cost"; there are arrivals, meanMs/);
});
