import { DIMENSIONS, type Dimension, type LedgerRow } from '../cost/spend-ledger.ts';
import type { ForecastComparison } from '../cost/forecast.ts';
import type { BudgetState } from '../cost/budget.ts';
import type { World } from './world.ts';

/** A row of the table "who spent what", plain data. Of the one simulated cell. */
export interface SpendRow {
  name: string;
  calls: number;
  inputTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  outputTokens: number;
  costUsd: number;
  /** Exact, whole pico-dollars in decimal. */
  costPico: string;
  /** What the same tokens would have cost on the model of the fixed route. */
  baselineUsd: number;
}

/** What a run has cost, and whom. Plain data: it crosses a thread boundary. */
export interface CostReport {
  total: SpendRow;
  by: Record<Dimension, SpendRow[]>;
  /** In their present windows. */
  budgets: BudgetState[];
  /** Earlier windows in which something was spent. */
  past: BudgetState[];
  counts: Record<string, number>;
  /** Null without an agent pool. */
  agents: {
    usd: number;
    onDemandUsd: number;
    spotUsd: number;
    launched: number;
    interrupted: number;
    lost: number;
    /** Null without a forecast. */
    forecast: ForecastComparison | null;
  } | null;
}

/** Null for a world without a gateway. */
export function costReport(world: World): CostReport | null {
  if (!world.gateway) return null;
  const { ledger, budgets, counts } = world.gateway.gateway;
  const pool = world.controls.agents?.pool;
  const endMs = world.gateway.epochMs(Math.max(0, world.nowMs - 1));
  const now = world.gateway.budgetStates(world.nowMs);
  return {
    total: spendRow(ledger.total),
    by: Object.fromEntries(DIMENSIONS.map((d) => [d, ledger.rows(d).map(spendRow)])) as CostReport['by'],
    budgets: now,
    past: budgets
      .pastStates(endMs)
      .filter((past) => !now.some((b) => b.name === past.name && b.startMs === past.startMs)),
    counts: { ...counts },
    agents: pool
      ? {
          usd: pool.cost.onDemand.usd + pool.cost.spot.usd,
          onDemandUsd: pool.cost.onDemand.usd,
          spotUsd: pool.cost.spot.usd,
          launched: pool.counts.launched,
          interrupted: pool.counts.interrupted,
          lost: pool.counts.lost,
          forecast: world.controls.agents!.forecast.comparison(pool.settings.usdPerHour),
        }
      : null,
  };
}

function spendRow(row: LedgerRow): SpendRow {
  const { name, calls, inputTokens, cachedTokens, cacheWriteTokens, outputTokens, costUsd } = row;
  return {
    name,
    calls,
    inputTokens,
    cachedTokens,
    cacheWriteTokens,
    outputTokens,
    costUsd,
    costPico: row.cost.toPicoText(),
    baselineUsd: row.baseline.usd,
  };
}
