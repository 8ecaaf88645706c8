import { describe, expect, it } from 'vitest';
import { bestAt, linesOf, ratioRange, spread, type PolicyLine } from './chart.ts';

const line = (policy: PolicyLine['policy'], ...misses: number[]): PolicyLine => ({
  policy,
  points: misses.map((m, i) => ({ capacity: i + 1, misses: m, hitRatio: 1 - m / 100, byteHitRatio: null })),
});

it('makes a line of each policy', () => {
  const result = (misses: number) => ({
    requests: 10,
    misses,
    hitRatio: 0.5,
    missedBytes: null,
    byteHitRatio: null,
  });
  const lines = linesOf({
    info: { name: 't', format: null, requests: 10, unique: 5, uniqueBytes: null },
    unit: 'entries',
    runs: [
      { policy: 'lru', capacity: { entries: 1 } },
      { policy: 'opt', capacity: { entries: 1 } },
    ],
    results: [result(5), result(3)],
    tookMs: 1,
  });
  expect(lines.map(({ policy, points }) => [policy, points[0].misses])).toEqual([
    ['lru', 5],
    ['opt', 3],
  ]);
});

it('the best is the best of those that do not see the future, ties included', () => {
  const lines = [line('lru', 50, 30), line('arc', 50, 20), line('opt', 10, 10)];
  expect(bestAt(lines, 0)).toEqual(['lru', 'arc']);
  expect(bestAt(lines, 1)).toEqual(['arc']);
});

it('the axis goes from tenth to tenth', () => {
  expect(ratioRange([line('lru', 67, 35)])).toEqual([0.3, 0.7]);
  expect(ratioRange([line('lru', 100)])).toEqual([0, 0.1]);
  expect(ratioRange([line('lru', 0)])).toEqual([0.9, 1]);
});

describe('labels', () => {
  it('are moved apart and stay in their order, within their bounds', () => {
    expect(spread([10, 10, 12], 10, 0, 100)).toEqual([10, 20, 30]);
    expect(spread([99, 98], 10, 0, 100)).toEqual([100, 90]);
    expect(spread([5, 50], 10, 0, 100)).toEqual([5, 50]);
  });
});
