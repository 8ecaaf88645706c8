import type { Alert, BudgetState } from '../../engine/cost/budget.ts';
import type { BudgetScope } from '../../engine/cost/budget-settings.ts';
import type { Measures } from '../../engine/cost/graduated-actions.ts';
import { ledgerCsv } from '../../engine/cost/ledger-csv.ts';
import { DIMENSIONS, type Dimension, type LedgerRow } from '../../engine/cost/spend-ledger.ts';
import type { Spender } from '../../engine/cost/budget.ts';
import type { CostSide } from './live-cost-side.ts';

/** A gateway at a moment, as the page draws it. */
export interface View {
  budgets: readonly BudgetState[];
  /** Earlier windows in which something happened. */
  past: readonly BudgetState[];
  alerts: readonly Alert[];
  /** In force for everybody. */
  measures: Measures;
  asked: number;
  open: number;
  deferred: number;
  total: LedgerRow;
  rows: Readonly<Record<Dimension, readonly LedgerRow[]>>;
  csv: () => string;
}

export function viewOf(side: CostSide, nowMs: number): View {
  const { gateway } = side.live;
  const { budgets, ledger } = gateway;
  return {
    budgets: budgets.states(nowMs),
    past: budgets.pastStates(nowMs),
    alerts: [...side.alerts].reverse(),
    measures: gateway.measures(nowMs),
    asked: side.asked,
    open: side.open,
    deferred: side.deferred,
    total: ledger.total,
    rows: Object.fromEntries(DIMENSIONS.map((name) => [name, ledger.rows(name)])) as unknown as View['rows'],
    csv: () => ledgerCsv(ledger),
  };
}

/** Whether a budget counts a spender. */
export const counts = (scope: BudgetScope, spender: Omit<Spender, 'critical'>): boolean =>
  scope.kind === 'global' || spender[scope.kind] === scope.of;

/** A scope in words: everybody, tenant acme. */
export const scopeInWords = (scope: BudgetScope): string =>
  scope.kind === 'global'
    ? 'everybody'
    : `${{ tenant: 'tenant', agentType: 'agent type', model: 'model' }[scope.kind]} ${scope.of}`;
