import { describe, expect, it } from 'vitest';
import { boundText, estimateText, figureText, printed, verdictText } from './words.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('a figure in words', () => {
  it.each([
    [12_000, 'ms', '12.0 s'],
    [94, 'ms', '94.0 ms'],
    [0.97, 'share', '97.0 %'],
    [-0.78, 'change', '−78.0 %'],
    [0.62, 'change', '+62.0 %'],
    [-0.00001, 'change', '0.0 %'],
    [0.024, 'usd', '$0.0240'],
    [-7500, 'usd', '−$7,500.00'],
    [127_115_000, 'requests', '127 M'],
    [2.4949, 'rps', '2.49/s'],
    [NaN, 'ms', '–'],
  ] as const)('%d %s is %s', (value, unit, text) => expect(plain(figureText(value, unit))).toBe(text));

  it('has half of its interval in its own digits, when there is one to be seen', () => {
    expect(plain(estimateText({ mean: 12_000, low: 11_700, high: 12_300 }, 'ms'))).toBe('12.0 s ± 0.3');
    expect(plain(estimateText({ mean: 0.5, low: 0.48, high: 0.52 }, 'share'))).toBe('50.0 % ± 2.0');
    expect(plain(estimateText({ mean: -0.5, low: -0.52, high: -0.48 }, 'change'))).toBe('−50.0 % ± 2.0');
    expect(plain(estimateText({ mean: 0.5, low: 0.49999, high: 0.50001 }, 'share'))).toBe('50.0 %');
    expect(plain(estimateText({ mean: 3, low: null, high: null }, 'usd'))).toBe('$3.00');
  });

  it('may be at most, at least, between or about', () => {
    const text = (bound: Parameters<typeof boundText>[0]): string => plain(boundText(bound));
    expect(text({ value: 94, unit: 'ms', direction: 'at most' })).toBe('at most 94 ms');
    expect(text({ value: 0.97, unit: 'share', direction: 'at least' })).toBe('at least 97 %');
    expect(text({ value: -0.78, unit: 'change', direction: 'at most' })).toBe('−78 % or lower');
    expect(text({ value: -0.78, to: -0.73, unit: 'change', direction: 'range' })).toBe('−78 % to −73 %');
    expect(text({ value: 12_000, unit: 'ms', direction: 'about' })).toBe('12 s, within a tenth');
    expect(text({ value: 0.94, unit: 'share', direction: 'about', within: 0.01 })).toBe(
      '94 %, within 1 points',
    );
    expect(text({ value: 100, unit: 's', direction: 'at most' })).toBe('at most 100 s');
  });

  it('stays with its unit on a line', () => {
    expect(printed('97 % in 12 s')).toBe('97\u00a0% in 12\u00a0s');
    expect(printed('5 stars')).toBe('5 stars');
  });
});

it('a verdict names its conditions', () => {
  expect(verdictText({ kind: 'only if', conditions: ['it rains', 'it snows'] })).toBe(
    'Only if it rains; or it snows',
  );
  expect(verdictText({ kind: 'not reproduced', conditions: [] })).toBe('Not reproduced');
});
