import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../../engine/runner/learner-protocol.ts';
import {
  axisFor,
  decisionTime,
  differenceOf,
  halfWidth95,
  mean,
  metricOf,
  rankOf,
  signed,
} from './figures.ts';

const figures = (over: Partial<Figures>): Figures => ({
  requests: 1000,
  meanMs: 100,
  p50Ms: 10,
  p99Ms: 2000,
  hitRate: 0.95,
  errorRate: 0,
  costUsd: 1000,
  quality: null,
  ...over,
});
const means = (...values: (number | null)[]): Figures[] => values.map((meanMs) => figures({ meanMs }));

describe('the difference of two contestants', () => {
  it('of one seed is what one is more than the other', () => {
    const found = differenceOf(metricOf('meanMs'), means(80), means(100));
    expect(found).toEqual({ yours: 80, other: 100, by: -20, halfWidth: null, says: 'wins' });
    expect(signed(metricOf('meanMs'), found.by)).toBe('−20\u00a0ms');
  });

  it('knows which figures are the better the more they are', () => {
    const more = differenceOf(metricOf('hitRate'), [figures({ hitRate: 0.9 })], [figures({ hitRate: 0.7 })]);
    expect(more.says).toBe('wins');
    expect(signed(metricOf('hitRate'), more.by)).toBe('+20.0\u00a0%');
    const fewer = differenceOf(metricOf('errorRate'), [figures({ errorRate: 0.1 })], [figures({})]);
    expect(fewer.says).toBe('loses');
  });

  it('is none within a hundredth', () => {
    expect(differenceOf(metricOf('meanMs'), means(100.9), means(100)).says).toBe('even');
    expect(differenceOf(metricOf('meanMs'), means(102), means(100)).says).toBe('loses');
  });

  it('of several seeds is taken seed by seed, with Student’s t', () => {
    // By hand: differences −10, −12, −14: mean −12, standard deviation 2, t = 4.303, 4.303 × 2 / √3 = 4.969.
    const found = differenceOf(metricOf('meanMs'), means(90, 188, 286), means(100, 200, 300));
    expect(found.by).toBeCloseTo(-12, 9);
    expect(found.halfWidth).toBeCloseTo(4.969, 3);
    expect(found.says).toBe('wins');
    // Differences −30, 2, −8: mean −12, standard deviation 16.4, interval ± 40.7.
    expect(differenceOf(metricOf('meanMs'), means(70, 202, 292), means(100, 200, 300)).says).toBe('even');
  });

  it('is unknown where one has no figure', () => {
    const found = differenceOf(metricOf('meanMs'), means(null), means(100));
    expect(found).toMatchObject({ yours: null, other: 100, by: null, says: 'unknown' });
    expect(signed(metricOf('meanMs'), found.by)).toBe('–');
  });
});

describe('an axis', () => {
  it('is logarithmic for times: ten times as much is as far everywhere', () => {
    const { place, ticks } = axisFor(metricOf('meanMs'), [100, 12_000]);
    expect(place(1000) - place(100)).toBeCloseTo(place(10_000) - place(1000), 9);
    expect(place(100)).toBeGreaterThan(0);
    expect(place(12_000)).toBeLessThan(1);
    expect(ticks.map(({ text }) => text)).toEqual(['100\u00a0ms', '1\u00a0s', '10\u00a0s']);
  });

  it('is straight for shares', () => {
    const { place, ticks } = axisFor(metricOf('hitRate'), [0.5, 0.7]);
    expect(place(0.6)).toBeCloseTo(0.5, 9);
    expect(ticks.length).toBeGreaterThan(1);
  });

  it('of one value, or of none, is one all the same', () => {
    expect(axisFor(metricOf('hitRate'), [0.7]).place(0.7)).toBeCloseTo(0.5, 9);
    expect(axisFor(metricOf('errorRate'), [0]).place(0)).toBeCloseTo(0.5, 9);
    expect(axisFor(metricOf('meanMs'), []).ticks).toEqual([]);
  });
});

it('ranks by what is better; equals share the better place', () => {
  expect(rankOf(metricOf('meanMs'), 100, [100, 90, 100, 300])).toBe(2);
  expect(rankOf(metricOf('hitRate'), 0.9, [0.9, 0.8, 0.95])).toBe(2);
});

it('means leave out what is not there', () => {
  expect(mean([1, null, 3])).toBe(2);
  expect(mean([null])).toBeNull();
  expect(halfWidth95([5])).toBeNull();
  expect(halfWidth95([5, 5])).toBe(0);
});

it('a decision shorter than the clock can tell has no digits', () => {
  expect([0, 0.06, 0.43, 12].map(decisionTime)).toEqual([
    'less than 0.1\u00a0µs',
    'less than 0.1\u00a0µs',
    '0.4\u00a0µs',
    '12.0\u00a0µs',
  ]);
});
