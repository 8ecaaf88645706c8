import { describe, expect, it } from 'vitest';
import { designOf } from './design.ts';

describe('a design of three strategies', () => {
  const design = designOf(3);

  it('has every setting once, the ends first, then all but one, one alone', () => {
    expect(design.cellsOf(1)).toEqual([0b000, 0b111, 0b110, 0b101, 0b011, 0b001, 0b010, 0b100]);
    expect([design.full, design.allOn]).toEqual([true, 0b111]);
  });

  it('is the same for every seed', () => expect(design.cellsOf(2)).toEqual(design.cellsOf(1)));
});

it.each([1, 2, 4, 5, 6])('a design of %i strategies has all 2^n settings', (n) => {
  const cells = designOf(n).cellsOf(1);
  expect([...cells].sort((a, b) => a - b)).toEqual(Array.from({ length: 2 ** n }, (_, i) => i));
  expect(cells.slice(0, 2)).toEqual([0, 2 ** n - 1]);
});

describe('a design of eight strategies', () => {
  const design = designOf(8, 3);

  it('has far fewer than 256 settings, each once, the ends and their neighbours among them', () => {
    const cells = design.cellsOf(5);
    expect(design.full).toBe(false);
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBeLessThan(128);
    expect(cells).toEqual(expect.arrayContaining([0, 255, 1, 128, 254, 127, 0b11, 255 ^ 0b11, 0b10000001]));
  });

  it('has orders that are permutations, each with its reverse', () => {
    const orders = design.ordersOf(5);
    expect(orders).toHaveLength(6);
    for (const order of orders) expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(orders[1]).toEqual(orders[0].toReversed());
    expect(new Set(orders.map(String)).size).toBe(6);
  });

  it('is the same whenever it is asked, and another for another seed', () => {
    expect(design.ordersOf(5)).toEqual(designOf(8, 3).ordersOf(5));
    expect(design.ordersOf(6)).not.toEqual(design.ordersOf(5));
  });
});

it.each([0, 17, 2.5, NaN])('%f strategies are refused', (n) => {
  expect(() => designOf(n)).toThrow('strategies: expected 1 to 16 strategies');
});
it('no pairs are refused', () => expect(() => designOf(8, 0)).toThrow('pairs: expected'));
