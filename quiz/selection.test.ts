import { expect, it } from 'vitest';
import { drawn } from './selection.ts';

const letters = [...'abcdefghij'];

it('draws different ones, the same for a seed', () => {
  const one = drawn(letters, 8, 4);
  expect(new Set(one).size).toBe(8);
  expect(drawn(letters, 8, 4)).toEqual(one);
  expect(drawn(letters, 8, 5)).not.toEqual(one);
});

it('gives all when there are fewer, and takes nothing from the list', () => {
  expect(drawn(letters, 20, 1).sort()).toEqual(letters);
  expect(drawn([], 8, 1)).toEqual([]);
  expect(letters).toHaveLength(10);
});
