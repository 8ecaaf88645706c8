import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, type SeedOutcomes } from './attribution.ts';
import { designOf, type Cell } from './design.ts';

const TWO = [
  { id: 'caching', title: 'Caching' },
  { id: 'model', title: 'Cheaper model' },
];

/** A seed whose bill with everything off is `bill`; caching saves 70 % of what comes to it, the model 90 %. */
const seedOf = (seed: number, bill: number): SeedOutcomes => ({
  seed,
  outcomes: new Map(
    [0, 1, 2, 3].map((cell) => [
      cell,
      {
        costUsd: bill * (cell & 1 ? 0.3 : 1) * (cell & 2 ? 0.1 : 1),
        hitRate: cell & 1 ? 0.7 : 0,
        meanMs: NaN,
      },
    ]),
  ),
});

describe('the attribution of a bill of 100', () => {
  const result = attribute(designOf(2), TWO, [seedOf(1, 99), seedOf(2, 100), seedOf(3, 101)], 'costUsd');
  const [caching, model] = result.strategies;

  it('says what was saved', () => {
    expect(result).toMatchObject({ figure: 'costUsd', seeds: 3, confidence: 0.95 });
    expect(result.off.mean).toBeCloseTo(100, 10);
    expect(result.on.mean).toBeCloseTo(3, 10);
    expect(result.saving.mean).toBeCloseTo(97, 10);
    expect(result.savedShare!.mean).toBeCloseTo(0.97, 10);
  });

  it('shares it: 38.5 for caching, 58.5 for the model', () => {
    expect(caching.saving.mean).toBeCloseTo(38.5, 10);
    expect(model.saving.mean).toBeCloseTo(58.5, 10);
    expect(caching.share!.mean).toBeCloseTo(38.5 / 97, 10);
  });

  it('says what each saves alone, and what turning it off would lose', () => {
    expect(caching.alone.mean).toBeCloseTo(70, 10);
    expect(caching.aloneShare!.mean).toBeCloseTo(0.7, 10);
    expect(caching.last.mean).toBeCloseTo(7, 10);
    expect(model.alone.mean).toBeCloseTo(90, 10);
    expect(model.last.mean).toBeCloseTo(27, 10);
  });

  it('counts 63 twice: 70 and 90 alone, 97 together', () =>
    expect(result.countedTwice.mean).toBeCloseTo(63, 10));

  it('shows the overlap of 63', () => {
    const [only] = result.interactions;
    expect(result.interactions).toHaveLength(1);
    expect(only.pair).toEqual(['caching', 'model']);
    for (const estimate of [only.averaged!, only.allOn, only.allOff])
      expect(estimate.mean).toBeCloseTo(-63, 10);
  });

  it('has intervals of the differences within each seed', () => {
    // Bills of 99, 100, 101: standard deviation 1, of their mean 1/√3; t = 4.3027 at 2 degrees of freedom.
    const half = 4.3027 / Math.sqrt(3);
    expect(result.off.high! - 100).toBeCloseTo(half, 3);
    expect(caching.saving.high! - 38.5).toBeCloseTo(0.385 * half, 3);
    expect(model.last.low!).toBeCloseTo(27 - 0.27 * half, 3);
    // The same share in every seed.
    expect(caching.share!.high! - caching.share!.low!).toBeCloseTo(0, 10);
  });

  it('counts more of a figure as a saving below zero', () => {
    const hits = attribute(designOf(2), TWO, [seedOf(1, 100)], 'hitRate');
    expect(hits.saving.mean).toBeCloseTo(-0.7, 10);
    expect(hits.strategies.map((s) => s.saving.mean)).toEqual([expect.closeTo(-0.7, 10), 0]);
    expect(hits.savedShare).toBeNull(); // of nothing
  });

  it('has no intervals from one seed', () => {
    const one = attribute(designOf(2), TWO, [seedOf(1, 100)], 'costUsd');
    expect(one.strategies[0].saving).toEqual({ mean: expect.closeTo(38.5, 10), low: null, high: null });
    expect(one.strategies[0].share).toEqual({ mean: expect.closeTo(38.5 / 97, 10), low: null, high: null });
  });
});

describe('any attribution', () => {
  const outcomesOf = (cells: Cell[], bill: (cell: Cell) => number): SeedOutcomes['outcomes'] =>
    new Map(cells.map((cell) => [cell, { costUsd: bill(cell) }]));
  const strategies = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `s${i}`, title: `S${i}` }));

  it('has savings that sum to the whole, with all settings and with a sample', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.infiniteStream(fc.double({ min: 0, max: 1e6, noNaN: true })), {
          minLength: 1,
          maxLength: 4,
        }),
        (n, bills) => {
          const design = designOf(n, 1);
          const seeds = bills.map((stream, seed) => ({
            seed,
            outcomes: outcomesOf(design.cellsOf(seed), () => stream.next().value),
          }));
          const { saving, strategies: parts } = attribute(design, strategies(n), seeds, 'costUsd');
          const sum = parts.reduce((total, part) => total + part.saving.mean, 0);
          expect(Math.abs(sum - saving.mean)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('puts the largest interaction first', () => {
    const design = designOf(3);
    // s0 and s2 strengthen each other by 5, s1 and s2 overlap by 8.
    const bill = (cell: Cell): number => 100 - ((cell & 5) === 5 ? 5 : 0) + ((cell & 6) === 6 ? 8 : 0);
    const outcomes = outcomesOf(design.cellsOf(1), bill);
    const { interactions } = attribute(design, strategies(3), [{ seed: 1, outcomes }], 'costUsd');
    expect(interactions.map(({ pair, averaged }) => [...pair, averaged!.mean])).toEqual([
      ['s1', 's2', -8],
      ['s0', 's2', 5],
      ['s0', 's1', 0],
    ]);
  });

  it('tells interactions with the others on from those with the others off', () => {
    const design = designOf(3);
    // Two of three save 6; the third adds nothing. So two strengthen each other, unless the third has done it already.
    const bill = (cell: Cell): number => ([3, 5, 6, 7].includes(cell) ? 4 : 10);
    const outcomes = outcomesOf(design.cellsOf(1), bill);
    const { interactions } = attribute(design, strategies(3), [{ seed: 1, outcomes }], 'costUsd');
    for (const { averaged, allOn, allOff } of interactions)
      expect([averaged!.mean, allOn.mean, allOff.mean]).toEqual([0, -6, 6]);
  });

  it('of a sample has no averaged interactions, but those at both ends', () => {
    const design = designOf(7);
    const outcomes = outcomesOf(design.cellsOf(1), (cell) => ((cell & 3) === 3 ? 1 : 2));
    const { interactions } = attribute(design, strategies(7), [{ seed: 1, outcomes }], 'costUsd');
    expect(interactions).toHaveLength(21);
    expect(interactions[0]).toMatchObject({
      pair: ['s0', 's1'],
      averaged: null,
      allOn: { mean: 1 },
      allOff: { mean: 1 },
    });
  });
});

describe('what cannot be attributed', () => {
  it('is a figure that the runs do not have', () => {
    expect(() => attribute(designOf(2), TWO, [seedOf(1, 1)], 'costusd')).toThrow(
      'figure: expected one of costUsd, hitRate, meanMs, got "costusd". Did you mean "costUsd"?',
    );
  });

  it('is a figure without a value in some run', () => {
    expect(() => attribute(designOf(2), TWO, [seedOf(4, 1)], 'meanMs')).toThrow(
      'got meanMs = NaN with seed 4.',
    );
  });

  it('is nothing', () => {
    expect(() => attribute(designOf(2), TWO, [], 'costUsd')).toThrow(
      'seeds: expected at least one finished seed',
    );
  });
});
