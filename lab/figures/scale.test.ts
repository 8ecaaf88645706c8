import { describe, expect, it } from 'vitest';
import type { FigureData, FigureFrame } from './format.ts';
import {
  figure,
  figures,
  knobWords,
  pathOf,
  roundTop,
  ticksOf,
  timeTicks,
  timeWords,
  topOf,
  unbroken,
  withUnit,
} from './scale.ts';

const line = (...y: number[]) => ({ label: 'a', style: 'line' as const, y: Float64Array.from(y) });

describe('where things stand in a figure', () => {
  it.each([
    [0, 1],
    [0.07, 0.08],
    [1, 1],
    [104, 150],
    [251, 300],
  ])('takes above %d the round top %d', (value, top) => expect(roundTop(value)).toBeCloseTo(top, 12));

  it('has one top for all panels, of what is finite', () => {
    const frame = { y: { label: 'y', unit: '' } } as FigureFrame;
    const data = {
      panels: [
        { title: 'a', x: Float64Array.of(0), lines: [line(3, NaN, 104)] },
        { title: 'b', x: Float64Array.of(0), lines: [line(7, Infinity)] },
      ],
      levels: [{ label: 'l', y: 180 }],
    } as unknown as FigureData;
    expect(topOf(frame, data)).toBe(200);
    expect(topOf({ ...frame, y: { label: 'y', unit: '', max: 250 } }, data)).toBe(250);
  });

  it('has ticks at round values within the ends', () => {
    expect(ticksOf(0, 250, 5)).toEqual([0, 50, 100, 150, 200, 250]);
    expect(ticksOf(0.3, 0.97, 4)).toEqual([0.4, 0.6, 0.8]);
    expect(ticksOf(5, 5)).toEqual([5]);
    expect(timeTicks(0, 359)).toEqual([0, 60, 120, 180, 240, 300]);
    expect(timeTicks(50, 100)).toEqual([50, 60, 70, 80, 90, 100]);
  });

  it('draws a gap where there is no value, and closes an area on both sides of it', () => {
    const x = Float64Array.of(0, 1, 2, 3, 4);
    const same = (value: number): number => value;
    expect(pathOf({ x }, [5, 6, NaN, 7, 8], same, same)).toBe('M0 5L1 6M3 7L4 8');
    expect(pathOf({ x }, [5, 6, NaN, 7, 8], same, same, 9)).toBe('M0 5L1 6L1 9L0 9ZM3 7L4 8L4 9L3 9Z');
    expect(pathOf({ x }, [NaN, NaN, NaN, NaN, NaN], same, same, 9)).toBe('');
  });
});

describe('how a figure writes numbers', () => {
  it.each([
    [0, '0'],
    [45, '45\u00a0s'],
    [60, '1\u00a0min'],
    [360, '6\u00a0min'],
    [150, '2.5\u00a0min'],
    [7200, '2\u00a0h'],
  ])('%d s', (seconds, words) => expect(timeWords(seconds)).toBe(words));

  it.each([
    [1234.5, '1,235'],
    [0.1234, '0.123'],
    [-5, '−5'],
    [NaN, '–'],
  ])('%d', (value, words) => expect(figure(value)).toBe(words));

  it('gives values in a column the same decimals', () => {
    expect(figures([93.9, 9.592, 41, NaN])).toEqual(['93.9', '9.6', '41.0', '–']);
    expect(figures([2006, 63.9])).toEqual(['2,006', '64']);
    expect(figures([41, 7, -3])).toEqual(['41', '7', '−3']);
    expect(figures([0.5, 0.0625])).toEqual(['0.500', '0.063']);
  });

  it('keeps a figure and its unit on one line', () =>
    expect(unbroken('20 s of 300, 5 servers, 3 %')).toBe('20\u00a0s of 300, 5 servers, 3\u00a0%'));

  it('puts units where they stand', () => {
    expect([
      withUnit(3, '%'),
      withUnit(3, '×'),
      withUnit(3, '$'),
      withUnit(3, '/s'),
      withUnit(3, ''),
    ]).toEqual(['3\u00a0%', '×\u00a03', '$3', '3/s', '3']);
    expect(knobWords(3, 0.1, '×')).toBe('×\u00a03.0');
    expect(knobWords(1500, 10, 'ms')).toBe('1,500\u00a0ms');
  });
});
