import { describe, expect, it } from 'vitest';
import { fiveStrategies } from '../../../engine/scenarios/five-strategies.ts';
import { mmc } from '../../../engine/scenarios/mmc.ts';
import { changeText, estimateText, figuresOf, isNothing, shareText, tickText, valueText } from './figures.ts';

const usd = { unit: 'usd' } as const;
const within = (mean: number, half: number) => ({ mean, low: mean - half, high: mean + half });
const alone = (mean: number) => ({ mean, low: null, high: null });
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('which figures there are', () => {
  it('with a gateway and agents: their own too', () =>
    expect(figuresOf(fiveStrategies).map(({ name }) => name)).toEqual(
      'costUsd infraUsd totalUsd calls meanMs p50Ms p95Ms p99Ms quality hitRate errorRate'.split(' '),
    ));
  it('without them: those that every run has', () =>
    expect(figuresOf(mmc).map(({ name }) => name)).toEqual(
      'costUsd calls meanMs p50Ms p95Ms p99Ms hitRate errorRate'.split(' '),
    ));
});

it.each([
  [5134.4, 'usd', '$5,134'],
  [7.9996, 'usd', '$8.00'],
  [0.04321, 'usd', '$0.0432'],
  [-3.5, 'usd', '−$3.50'],
  [812.4, 'ms', '812 ms'],
  [0.35712, 'share', '35.7 %'],
  [0, 'share', '0 %'],
  [0.95, 'score', '0.950'],
  [13.24, 'ms', '13.2 ms'],
  [32_012, 'count', '32,012'],
] as const)('writes %d %s as %s', (value, unit, text) =>
  expect(plain(valueText(value, { unit }))).toBe(text),
);

it.each([
  [within(5325, 49), 'usd', '$5,325 ± 49'],
  [within(45.47, 0.8), 'usd', '$45.47 ± 0.80'],
  [within(-0.12, 0.18), 'usd', '−$0.12 ± 0.18'],
  [within(102.2, 1.4), 'usd', '$102.20 ± 1.40'], // no $102.2
  [alone(86.17), 'usd', '$86.17'],
  [within(0.00000056, 0.00000077), 'score', '0 ± <0.0001'],
  [within(0.95, 0), 'score', '0.9500 ± 0'],
  [within(0, 0), 'count', '0 ± 0'],
  [within(0.62137, 0.0042), 'share', '62.14 ± 0.42 %'],
] as const)('writes an estimate with its doubt: %o %s', (estimate, unit, text) =>
  expect(plain(estimateText(estimate, { unit }))).toBe(text),
);

it('gives a change its sign, and 0 none', () => {
  expect(plain(changeText(within(0.12, 0.03), usd))).toBe('+$0.120 ± 0.030');
  expect(plain(changeText(within(-102, 35), usd))).toBe('−$102 ± 35');
  expect(plain(changeText(within(0, 0), usd))).toBe('$0 ± 0');
  expect(plain(changeText(within(1e-7, 2e-7), { unit: 'score' }))).toBe('0 ± <0.0001');
});

it('writes shares; one of a whole that cannot be told from 0 is a dash', () => {
  expect(plain(shareText(within(0.769, 0.001)))).toBe('76.9 ± 0.1 %');
  expect(plain(shareText(within(0.0112, 0.0001)))).toBe('1.1 ± <0.1 %');
  expect(plain(shareText(alone(-0.02)))).toBe('−2.0 %');
  expect(plain(shareText(alone(1), 0))).toBe('100 %');
  expect(shareText(null)).toBe('–');
});

it('writes marks of an axis as its step needs', () => {
  expect(tickText(5000, usd, 1000)).toBe('$5,000');
  expect(tickText(0.5, usd, 0.5)).toBe('$0.50');
  expect(tickText(0.88, { unit: 'score' }, 0.02)).toBe('0.88');
  expect(plain(tickText(0.4, { unit: 'share' }, 0.2))).toBe('40 %');
});

it('an interval around 0 and the rounding of sums are nothing; one seed is taken at its word', () => {
  expect(isNothing(within(3, 4), 0)).toBe(true);
  expect(isNothing(within(3, 2), 0)).toBe(false);
  expect(isNothing(alone(1e-12), 1e-9)).toBe(true);
  expect(isNothing(alone(-3), 1e-9)).toBe(false);
});
