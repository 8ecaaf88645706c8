import type { BudgetState } from '../../../../engine/cost/budget.ts';
import { decimalUsd, textCell } from '../../../../engine/cost/ledger-csv.ts';
import { MoneySum } from '../../../../engine/cost/money.ts';
import { DIMENSIONS, type Dimension } from '../../../../engine/cost/spend-ledger.ts';
import { CRITICALITIES, type Criticality } from '../../../../engine/cost/task.ts';
import type { CostReport, SpendRow } from '../../../../engine/simulation/cost-report.ts';
import type { Scenario } from '../../../../engine/simulation/scenario.ts';
import type { Series } from '../../../stores/series.ts';

export const DIMENSION_NAMES: Readonly<Record<Dimension, string>> = {
  tenant: 'Tenant',
  agentType: 'Agent type',
  model: 'Model',
  criticality: 'Criticality',
  day: 'Day',
};

/** A row of "who spent what" as the table shows it. */
export interface SpendingRow extends SpendRow {
  /** Of what all have cost; null while that is nothing. */
  share: number | null;
  /** Baseline less cost. */
  savedUsd: number;
  /** Of the baseline; null where that is nothing. */
  savedShare: number | null;
}

/** Dearest first; days as the calendar has them. Multiplied to the whole fleet. */
export function spendingRows(report: CostReport, by: Dimension, cells: number): SpendingRow[] {
  const rows = report.by[by].map((row) => spendingRow(row, report.total, cells));
  return by === 'day' ? rows : rows.sort((a, b) => b.costUsd - a.costUsd);
}

export const totalRow = (report: CostReport, cells: number): SpendingRow =>
  spendingRow(report.total, report.total, cells);

function spendingRow(row: SpendRow, total: SpendRow, cells: number): SpendingRow {
  const savedUsd = (row.baselineUsd - row.costUsd) * cells;
  return {
    ...row,
    calls: row.calls * cells,
    inputTokens: row.inputTokens * cells,
    cachedTokens: row.cachedTokens * cells,
    cacheWriteTokens: row.cacheWriteTokens * cells,
    outputTokens: row.outputTokens * cells,
    costUsd: row.costUsd * cells,
    baselineUsd: row.baselineUsd * cells,
    share: total.costUsd > 0 ? row.costUsd / total.costUsd : null,
    savedUsd,
    savedShare: row.baselineUsd > 0 ? savedUsd / (row.baselineUsd * cells) : null,
  };
}

/** What a class of requests got. */
export interface ServedRow {
  criticality: Criticality;
  ended: number;
  givenUp: number;
  /** Null where none ended. */
  share: number | null;
}

export function servedRows(series: Series, cells: number): ServedRow[] {
  return CRITICALITIES.map((criticality) => {
    const sum = (column: string): number =>
      series.sum(`class.${criticality}.${column}`, 0, series.length) * cells;
    const ended = sum('ended');
    const givenUp = sum('givenUp');
    return { criticality, ended, givenUp, share: ended > 0 ? givenUp / ended : null };
  });
}

/** Budgets in their present windows, and before them those that have ended. */
export const allBudgets = (report: CostReport): BudgetState[] => [...report.past, ...report.budgets];

const line = (cells: readonly (string | number)[]): string => cells.join(',');
const file = (lines: readonly string[]): string => [...lines, ''].join('\r\n');
/** Sums that were kept as plain numbers, to the nano-dollar: enough for what is a comparison. */
const plainUsd = (usd: number): string => String(Math.round(usd * 1e9) / 1e9);

/** Of one cell, and so exact: every cent of it is in the run. RFC 4180, as the ledger writes it. */
export function spendingCsv(report: CostReport): string {
  const row = (by: string, r: SpendRow): string =>
    line([
      textCell(by),
      textCell(r.name),
      r.calls,
      r.inputTokens,
      r.cachedTokens,
      r.cacheWriteTokens,
      r.outputTokens,
      decimalUsd(MoneySum.ofPicoText(r.costPico, `${by}.${r.name}`)),
      plainUsd(r.baselineUsd),
      plainUsd(r.baselineUsd - r.costUsd),
    ]);
  return file([
    'by,name,calls,input_tokens,cached_tokens,cache_write_tokens,output_tokens,cost_usd,baseline_usd,saved_usd',
    ...DIMENSIONS.flatMap((by) => report.by[by].map((r) => row(by, r))),
    row('total', report.total),
  ]);
}

/** One line for each window of each budget. Times are UTC. */
export function budgetsCsv(report: CostReport): string {
  return file([
    'budget,scope,window,from,to,limit_usd,spent_usd,reserved_usd,remaining_usd,overshoot_usd,refused',
    ...allBudgets(report).map((b) =>
      line([
        textCell(b.name),
        textCell(scopeWords(b.scope)),
        b.window,
        new Date(b.startMs).toISOString(),
        new Date(b.endMs).toISOString(),
        ...[b.limitUsd, b.spentUsd, b.reservedUsd, b.remainingUsd, b.overshootUsd].map(plainUsd),
        b.refused,
      ]),
    ),
  ]);
}

/** Everybody, agents research, tenant shop. */
export function scopeWords(scope: BudgetState['scope']): string {
  if (scope.kind === 'global') return 'everybody';
  return `${{ tenant: 'tenant', agentType: 'agents', model: 'model' }[scope.kind]} ${scope.of}`;
}

export const fileName = (scenario: Pick<Scenario, 'name'>, seed: number, what: string): string =>
  `surge-lab-${scenario.name}-seed-${seed}-${what}.csv`;
