import { InputError } from '../core/errors.ts';
import { RandomStream } from '../core/random.ts';

/** A setting of all strategies: bit i is 1 when strategy i is on. */
export type Cell = number;

/** Up to this many strategies every combination is run. */
export const MOST_FULL = 6;
export const MOST_STRATEGIES = 16;

/**
 * Which settings are run with each seed. All settings of a seed share its random numbers (the engine draws them by purpose), so
 * what differs between two settings is what the strategies did.
 *
 * Up to six strategies: all 2^n settings. More: the settings at most two steps from all off and from all on, and those along
 * `pairs` random orders of switching on and the same orders backwards (antithetic). Each seed has orders of its own, so that the
 * interval over seeds covers what the sampling adds.
 */
export interface Design {
  readonly strategies: number;
  readonly full: boolean;
  /** The setting with everything on. */
  readonly allOn: Cell;
  /** In the order in which to run them: the ends first, then what the classic questions need. */
  cellsOf(seed: number): Cell[];
  /** Orders of switching on, each a permutation of the strategies; none where all settings are run. */
  ordersOf(seed: number): number[][];
}

/**
 * @param strategies 1 to 16; @param pairs orders drawn for each seed, each also taken backwards, when not every setting is run
 * @throws InputError
 */
export function designOf(strategies: number, pairs = 4): Design {
  if (!Number.isSafeInteger(strategies) || strategies < 1 || strategies > MOST_STRATEGIES)
    throw new InputError('strategies', `1 to ${MOST_STRATEGIES} strategies`, String(strategies));
  if (!Number.isSafeInteger(pairs) || pairs < 1)
    throw new InputError('pairs', 'a whole number of 1 or more', String(pairs));
  const full = strategies <= MOST_FULL;
  const ordersOf = (seed: number): number[][] => (full ? [] : antitheticOrders(strategies, pairs, seed));
  const allOn = 2 ** strategies - 1;
  const near = cellsNearTheEnds(strategies, allOn);
  return {
    strategies,
    full,
    allOn,
    ordersOf,
    cellsOf: (seed) => {
      const rest = full ? Array.from({ length: allOn + 1 }, (_, cell) => cell) : ordersOf(seed).flatMap(path);
      return [...new Set([...near, ...rest])];
    },
  };
}

/** The settings that switching on in this order passes through, ends included. */
function path(order: readonly number[]): Cell[] {
  let cell = 0;
  return [0, ...order.map((i) => (cell |= 1 << i))];
}

/** All off, all on; all on but one, one alone; all on but two, two alone. */
function cellsNearTheEnds(n: number, allOn: Cell): Cell[] {
  const singles = Array.from({ length: n }, (_, i) => 1 << i);
  const doubles = singles.flatMap((a, i) => singles.slice(i + 1).map((b) => a | b));
  return [0, allOn, ...[singles, doubles].flatMap((few) => [...few.map((cell) => allOn ^ cell), ...few])];
}

function antitheticOrders(n: number, pairs: number, seed: number): number[][] {
  const random = new RandomStream(seed, 'ablation:orders');
  return Array.from({ length: pairs }, () => {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }).flatMap((order) => [order, order.toReversed()]);
}
