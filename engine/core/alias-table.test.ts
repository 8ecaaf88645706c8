import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AliasTable, zipfWeights } from './alias-table.ts';
import { RandomStream } from './random.ts';

describe('AliasTable', () => {
  it('draws the only index there is, and never one of weight 0', () => {
    const random = new RandomStream(1, 'alias');
    expect(new AliasTable([7]).draw(random)).toBe(0);
    const table = new AliasTable([0, 1, 0, 0]);
    for (let i = 0; i < 1000; i++) expect(table.draw(random)).toBe(1);
  });

  it.each([1, 127, 128, 300])('draws %i at once as it draws them one by one', (count) => {
    const table = new AliasTable(zipfWeights(1000, 0.8));
    const [at, once] = [new RandomStream(3, 'alias'), new RandomStream(3, 'alias')];
    const block = new Int32Array(count);
    table.draws(at, block);
    expect([...block]).toEqual(Array.from(block, () => table.draw(once)));
    expect(at.uint32()).toBe(once.uint32());
  });

  it('stays at an index whose share of its place leaves out no 32-bit number', () => {
    // 1 − 2^−40 of the place: more than 32 bits can tell from all of it.
    const table = new AliasTable([1 - 2 ** -40, 1 + 2 ** -40]);
    expect(table.draw({ below: () => 0, uint32: () => 0xffffffff, uniform: () => 1 })).toBe(0);
  });

  it('draws in proportion to any weights', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
      .filter((w) => w.some((x) => x > 0));
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 1_000_000 }), (w, seed) => {
        const table = new AliasTable(w);
        const random = new RandomStream(seed, 'alias');
        const counts = new Float64Array(w.length);
        const draws = 5000;
        for (let i = 0; i < draws; i++) counts[table.draw(random)]!++;
        const total = w.reduce((a, b) => a + b, 0);
        w.forEach((weight, i) => {
          const p = weight / total;
          expect(Math.abs(counts[i]! - draws * p)).toBeLessThanOrEqual(
            6 * Math.sqrt(draws * p * (1 - p)) + 1e-9,
          );
        });
      }),
    );
  });

  it('draws a Zipf population in proportion to 1 / rank^exponent', () => {
    const weights = zipfWeights(1000, 0.8);
    expect(weights[0]).toBe(1);
    expect(weights[9]).toBeCloseTo(10 ** -0.8, 12);
    expect([...zipfWeights(3, 0)]).toEqual([1, 1, 1]);
    const total = weights.reduce((a, b) => a + b, 0);
    const table = new AliasTable(weights);
    const random = new RandomStream(9, 'zipf');
    const counts = new Float64Array(1000);
    for (let i = 0; i < 1_000_000; i++) counts[table.draw(random)]!++;
    for (const i of [0, 1, 9, 99, 999]) {
      const expected = (1_000_000 * weights[i]!) / total;
      expect(Math.abs(counts[i]! - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
    }
  });
});
