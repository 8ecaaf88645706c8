import { expect, test } from 'vitest';
import { decadesOf, requestsPerDot, rowsOf } from './dots.ts';
import { lane } from './lane.ts';
import { Marks } from './marks.ts';

test('a dot stands for a round number of requests, so that an ordinary second is about four of them', () => {
  expect(requestsPerDot(28_500)).toBe(10_000);
  expect(requestsPerDot(8)).toBe(2);
  expect(requestsPerDot(2)).toBe(0.5);
  expect(requestsPerDot(0)).toBe(1);
});

test('rows grow with the rate: ten dots a second at 40 px a second, 4 px apart, fill one', () => {
  expect(rowsOf(100_000, 10_000)).toBe(1);
  expect(rowsOf(5000, 10_000)).toBeCloseTo(0.05);
});

test('a pile grows by one block with each power of ten', () => {
  expect([0, 9, 99, 999_999].map(decadesOf)).toEqual([0, 1, 2, 6]);
});

const way = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
];
const marksAt = (rows: number, timeS: number): [number, number, number][] => {
  const marks = new Marks();
  marks.add(
    lane(way, [
      { kind: 'first', rows: rows / 2 },
      { kind: 'retry', rows: rows / 2 },
    ]),
    timeS,
  );
  return Array.from({ length: marks.count }, (_, i) => [marks.x[i]!, marks.y[i]!, marks.kind[i]!]);
};

test('a full row has a mark each 4 px, half of them of each stream; none flows, no mark', () => {
  const full = marksAt(1, 0);
  expect(full.map(([x]) => x).slice(0, 3)).toEqual([4, 8, 12]);
  expect(full).toHaveLength(24);
  expect(Math.abs(full.filter(([, , kind]) => kind === 1).length - 12)).toBeLessThanOrEqual(1);
  expect(marksAt(0, 0)).toEqual([]);
});

test('marks go 40 px a second, a tiny flow still has one mark, and two rows stand beside each other', () => {
  expect(marksAt(1, 0.05)[0]![0]).toBe(2);
  expect(marksAt(0.001, 0)).toHaveLength(1);
  expect([...new Set(marksAt(2, 0).map(([, y]) => y))].sort((a, b) => a - b)).toEqual([-2, 2]);
});
