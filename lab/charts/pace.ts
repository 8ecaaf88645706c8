/** What is known of a budget at a time of the run. */
export interface BudgetPoint {
  atS: number;
  limitUsd: number;
  spentUsd: number;
}

/** Where a budget is going. */
export interface BudgetPace {
  usdPerH: number;
  /** Limit less what is spent; below 0 when it is overspent. */
  remainingUsd: number;
  /** When nothing is left at this pace; Infinity when nothing is spent. */
  goneAtS: number;
  /** What is left when the window ends; 0 when it is gone before. */
  leftAtEndUsd: number;
}

/** The pace is that of the last half hour. */
export const PACE_S = 1800;

/**
 * The pace of the last half hour, continued. A new window starts it anew: what was spent yesterday says nothing. Undefined while
 * there are no two points to compare.
 * @param points in the order of time
 * @param windowEndS end of the budget's present window
 */
export function budgetPace(points: readonly BudgetPoint[], windowEndS: number): BudgetPace | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  let first = points.length - 1;
  while (
    first > 0 &&
    points[first - 1].atS >= last.atS - PACE_S &&
    points[first - 1].spentUsd <= points[first].spentUsd
  )
    first--;
  const from = points[first];
  if (from.atS === last.atS) return undefined;
  const usdPerH = ((last.spentUsd - from.spentUsd) * 3600) / (last.atS - from.atS);
  const remainingUsd = last.limitUsd - last.spentUsd;
  const hours = usdPerH > 0 ? Math.max(0, remainingUsd) / usdPerH : Infinity;
  return {
    usdPerH,
    remainingUsd,
    goneAtS: remainingUsd <= 0 ? last.atS : last.atS + hours * 3600,
    leftAtEndUsd: Math.max(0, remainingUsd - (usdPerH * Math.max(0, windowEndS - last.atS)) / 3600),
  };
}
