import type { Cell } from './design.ts';

/** What a setting of n strategies is worth; here: what it saves against all off. */
export type Worth = (cell: Cell) => number;

/**
 * Each strategy's Shapley value: what it adds when it is switched on, averaged over all n! orders of switching on. The values sum to
 * worth(all on) − worth(all off). Every setting is asked. Source: Shapley 1953.
 */
export function shapley(n: number, worth: Worth): number[] {
  const weights = orderWeights(n);
  return Array.from({ length: n }, (_, i) => {
    let value = 0;
    for (let cell = 0; cell < 2 ** n; cell++)
      if (!(cell & (1 << i))) value += weights[bits(cell)] * (worth(cell | (1 << i)) - worth(cell));
    return value;
  });
}

/**
 * The same over a sample of the orders; unbiased when they are drawn evenly, and summing to the total whatever they are.
 * Source: Castro, Gómez and Tejada 2009; antithetic pairs: Mitchell et al. 2022.
 */
export function sampledShapley(n: number, worth: Worth, orders: readonly (readonly number[])[]): number[] {
  const sums = new Array<number>(n).fill(0);
  for (const order of orders) {
    let cell = 0;
    for (const i of order) {
      sums[i] += worth(cell | (1 << i)) - worth(cell);
      cell |= 1 << i;
    }
  }
  return sums.map((sum) => sum / orders.length);
}

/**
 * How far two strategies together are from the sum of each: the difference in differences, with the others as in `others`.
 * Negative: they overlap. Positive: they strengthen each other.
 */
export function interaction(worth: Worth, i: number, j: number, others: Cell): number {
  const [a, b] = [1 << i, 1 << j];
  return worth(others | a | b) - worth(others | a) - worth(others | b) + worth(others);
}

/** The interaction averaged over every setting of the other strategies, as in the analysis of a 2^n factorial design. */
export function averagedInteraction(n: number, worth: Worth, i: number, j: number): number {
  const pair = (1 << i) | (1 << j);
  let sum = 0;
  for (let cell = 0; cell < 2 ** n; cell++) if (!(cell & pair)) sum += interaction(worth, i, j, cell);
  return sum / 2 ** (n - 2);
}

/** By how many are on: the share of orders in which exactly those come before the one in question. */
function orderWeights(n: number): number[] {
  const weights: number[] = [];
  let choices = 1; // n − 1 over `on`
  for (let on = 0; on < n; on++) {
    weights.push(1 / (n * choices));
    choices = (choices * (n - 1 - on)) / (on + 1);
  }
  return weights;
}

function bits(cell: Cell): number {
  let count = 0;
  for (let rest = cell; rest !== 0; rest &= rest - 1) count++;
  return count;
}
