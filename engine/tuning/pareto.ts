/** A value to be as small as possible, or as large. */
export type Wish = 'least' | 'most';

/**
 * Points that no other beats: none is as good in both values and better in one. Of equal points all are on the front.
 * A point with a value that is not a number is not on it.
 * @returns places in `points`, by the first value, best first.
 */
export function paretoFront(
  points: readonly (readonly [number, number])[],
  wishes: readonly [Wish, Wish],
): number[] {
  const cost = points.map(
    ([a, b]) => [wishes[0] === 'least' ? a : -a, wishes[1] === 'least' ? b : -b] as const,
  );
  const order = cost
    .map((_, i) => i)
    .filter((i) => !Number.isNaN(cost[i]![0]) && !Number.isNaN(cost[i]![1]))
    .sort((i, j) => cost[i]![0] - cost[j]![0] || cost[i]![1] - cost[j]![1]);
  const front: number[] = [];
  for (const i of order) {
    const last = front.at(-1);
    if (last === undefined || cost[i]![1] < cost[last]![1]) front.push(i);
    else if (cost[i]![0] === cost[last]![0] && cost[i]![1] === cost[last]![1]) front.push(i);
  }
  return front;
}
