import { describe, expect, it } from 'vitest';
import { decadesOf, quantileName, spectrumAxes } from './load-report-axes.ts';

describe('the axes of a latency spectrum', () => {
  const curve = [
    { p: 0, ms: 2, waitingMs: 2 },
    { p: 0.9, ms: 30, waitingMs: 3 },
    { p: 0.99, ms: 400, waitingMs: 5 },
    { p: 0.9999, ms: 5000, waitingMs: NaN },
  ];
  const axes = spectrumAxes(curve)!;

  it('gives every nine and every power of ten the same room', () => {
    expect([0, 0.9, 0.99, 0.999, 0.9999].map((p) => axes.x(p))).toEqual(
      [0, 0.25, 0.5, 0.75, 1].map((x) => expect.closeTo(x) as number),
    );
    expect(axes.decadesMs).toEqual([1, 10, 100, 1000, 10_000]);
    expect([1, 10, 10_000].map((ms) => axes.y(ms))).toEqual(
      [0, 0.25, 1].map((y) => expect.closeTo(y) as number),
    );
    expect(axes.quantiles).toEqual([0, 0.9, 0.99, 0.999, 0.9999]);
  });

  it('names quantiles without the zeros of rounding', () =>
    expect([0, 0.9, 0.999, 0.999_999].map(quantileName)).toEqual(['0 %', '90 %', '99.9 %', '99.9999 %']));

  it('has nothing to say of fewer than two points', () => {
    expect(spectrumAxes([])).toBeNull();
    expect(spectrumAxes([{ p: 0, ms: 3, waitingMs: NaN }])).toBeNull();
  });

  it('spans less than one decade with one', () => expect(decadesOf(20, 30)).toEqual([10, 100]));
});
