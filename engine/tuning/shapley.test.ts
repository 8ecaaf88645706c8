import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designOf, type Cell } from './design.ts';
import { averagedInteraction, interaction, sampledShapley, shapley, type Worth } from './shapley.ts';

describe('caching that saves 70 % and a cheaper model that saves 90 %', () => {
  // Of a bill of 100: caching alone leaves 30, the model alone 10, both 30 % of 10 % = 3.
  const CACHING = 1;
  const MODEL = 2;
  const saved: Worth = (cell) => 100 - (cell & CACHING ? 0.3 : 1) * (cell & MODEL ? 0.1 : 1) * 100;

  it('together save 97, not 160', () => expect(saved(CACHING | MODEL)).toBeCloseTo(97, 10));

  it('share the 97 as 38.5 and 58.5', () => {
    // Caching first adds 70, second 27: (70 + 27) / 2. The model: (90 + 27) / 2.
    const [caching, model] = shapley(2, saved);
    expect(caching).toBeCloseTo(38.5, 10);
    expect(model).toBeCloseTo(58.5, 10);
  });

  it('overlap by 63', () => {
    expect(interaction(saved, 0, 1, 0)).toBeCloseTo(-63, 10);
    expect(averagedInteraction(2, saved, 0, 1)).toBeCloseTo(-63, 10);
  });
});

describe('three strategies', () => {
  /** The glove game: strategy 0 has a left glove, 1 and 2 a right one each; a pair is worth 6. */
  const gloves: Worth = (cell) => (cell & 1 && cell & 6 ? 6 : 0);

  it('share as in the textbook: 4, 1, 1', () => {
    const values = shapley(3, gloves);
    [4, 1, 1].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
  });

  it('interact differently with the third on and off', () => {
    expect(interaction(gloves, 0, 1, 0)).toBe(6); // worthless alone, a pair together
    expect(interaction(gloves, 0, 1, 4)).toBe(0); // there is a pair already
    expect(averagedInteraction(3, gloves, 0, 1)).toBe(3);
    expect(averagedInteraction(3, gloves, 1, 2)).toBe(-3);
  });
});

/** A worth for each of the 2^n settings. */
const game = (n: number) =>
  fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 2 ** n, maxLength: 2 ** n }).map(
    (worths): Worth =>
      (cell) =>
        worths[cell],
  );
const games = fc.integer({ min: 1, max: 6 }).chain((n) => game(n).map((worth) => ({ n, worth })));
/** A game, two of its strategies and the rest of them. */
const pairs = fc
  .integer({ min: 2, max: 6 })
  .chain((n) =>
    fc.tuple(fc.constant(n), game(n), fc.shuffledSubarray([...Array(n).keys()], { minLength: 2 })),
  );

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
const near = (a: number, b: number): void => {
  expect(Math.abs(a - b)).toBeLessThan(1e-8);
};

describe('Shapley values', () => {
  it('sum to what all strategies are worth (efficiency)', () => {
    fc.assert(
      fc.property(games, ({ n, worth }) => near(sum(shapley(n, worth)), worth(2 ** n - 1) - worth(0))),
    );
  });

  it('are equal for strategies that do the same (symmetry)', () => {
    fc.assert(
      fc.property(pairs, ([n, worth, [i, j]]) => {
        const alike: Worth = (cell) => worth(cell) + worth(exchanged(cell, i, j));
        const values = shapley(n, alike);
        near(values[i], values[j]);
      }),
    );
  });

  it('are what it adds for a strategy that adds the same everywhere (dummy)', () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: -9, max: 9, noNaN: true }), ([n, worth, [i, j]], added) => {
        const worthOf: Worth = (cell) => worth(cell & ~(1 << i)) + (cell & (1 << i) ? added : 0);
        near(shapley(n, worthOf)[i], added);
        near(averagedInteraction(n, worthOf, i, j), 0);
      }),
    );
  });

  it('of a sum of figures are the sums of their values (linearity)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(fc.constant(n), game(n), game(n))),
        ([n, a, b]) => {
          const both = shapley(n, (cell) => 2 * a(cell) - 3 * b(cell));
          const [ofA, ofB] = [shapley(n, a), shapley(n, b)];
          both.forEach((value, i) => near(value, 2 * ofA[i] - 3 * ofB[i]));
        },
      ),
    );
  });

  it('are the mean over all orders', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((n) => fc.tuple(fc.constant(n), game(n))),
        ([n, worth]) => {
          const sampled = sampledShapley(n, worth, orders([...Array(n).keys()]));
          shapley(n, worth).forEach((value, i) => near(value, sampled[i]));
        },
      ),
    );
  });
});

describe('sampled Shapley values', () => {
  it('sum to the total, whatever the orders, and ask for no setting beyond the design', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 7, max: 10 }).chain((n) => fc.tuple(fc.constant(n), game(n))),
        fc.nat(),
        ([n, worth], seed) => {
          const design = designOf(n, 2);
          const known = new Set(design.cellsOf(seed));
          const asked: Worth = (cell) => {
            if (!known.has(cell)) throw new Error(`setting ${cell} is not in the design`);
            return worth(cell);
          };
          near(sum(sampledShapley(n, asked, design.ordersOf(seed))), worth(design.allOn) - worth(0));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('come out right on average over seeds', () => {
    // Savings of 10 %, 20 %, … one upon the other, so that each adds less the more are on before it.
    const n = 7;
    const worth: Worth = (cell) => {
      let left = 100;
      for (let i = 0; i < n; i++) if (cell & (1 << i)) left *= 0.9 - i / 10;
      return 100 - left;
    };
    const design = designOf(n);
    const seeds = 400;
    const means = new Array<number>(n).fill(0);
    for (let seed = 1; seed <= seeds; seed++)
      sampledShapley(n, worth, design.ordersOf(seed)).forEach((value, i) => (means[i] += value / seeds));
    shapley(n, worth).forEach((value, i) => expect(Math.abs(means[i] - value)).toBeLessThan(0.3));
  });
});

function exchanged(cell: Cell, i: number, j: number): Cell {
  const [a, b] = [(cell >> i) & 1, (cell >> j) & 1];
  return a === b ? cell : cell ^ (1 << i) ^ (1 << j);
}

function orders(items: number[]): number[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((first) => orders(items.filter((x) => x !== first)).map((rest) => [first, ...rest]));
}
