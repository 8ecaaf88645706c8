import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoFront } from './pareto.ts';

describe('the front', () => {
  // Recovery in seconds and cost: 153 s for $9, 160 s for $5; 200 s for $7 is beaten by the second.
  const points = [
    [200, 7],
    [153, 9],
    [160, 5],
    [153, 12],
  ] as const;

  it('has what no other beats, by the first value', () => {
    expect(paretoFront(points, ['least', 'least'])).toEqual([1, 2]);
  });
  it('goes by what is wanted', () => {
    expect(paretoFront(points, ['most', 'least'])).toEqual([0, 2]);
    expect(paretoFront(points, ['least', 'most'])).toEqual([3]);
  });
  it('has equal points all, and none that is no number', () => {
    const same = [
      [1, 2],
      [1, 2],
      [NaN, 0],
      [0, NaN],
    ] as const;
    expect(paretoFront(same, ['least', 'least'])).toEqual([0, 1]);
    expect(paretoFront([], ['least', 'least'])).toEqual([]);
  });

  it('is what the definition says', () => {
    const coordinate = fc.integer({ min: 0, max: 9 });
    const wish = fc.constantFrom('least' as const, 'most' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate)), fc.tuple(wish, wish), (all, wishes) => {
        const noWorse = (a: number, b: number, i: 0 | 1): boolean =>
          wishes[i] === 'least' ? a <= b : a >= b;
        const beaten = all.map(([x, y]) =>
          all.some(([a, b]) => noWorse(a, x, 0) && noWorse(b, y, 1) && (a !== x || b !== y)),
        );
        const expected = all.flatMap((_, i) => (beaten[i] ? [] : [i]));
        expect(paretoFront(all, wishes).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
});
