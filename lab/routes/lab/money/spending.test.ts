import { expect, test } from 'vitest';
import type { BudgetState } from '../../../../engine/cost/budget.ts';
import type { CostReport, SpendRow } from '../../../../engine/simulation/cost-report.ts';
import { exactDollars } from './exact-dollars.ts';
import { budgetsCsv, fileName, spendingCsv, spendingRows, totalRow } from './spending.ts';

const row = (name: string, costUsd: number, more: Partial<SpendRow> = {}): SpendRow => ({
  name,
  calls: 2,
  inputTokens: 100,
  cachedTokens: 10,
  cacheWriteTokens: 5,
  outputTokens: 20,
  costUsd,
  costPico: String(Math.round(costUsd * 1e6) * 1e6),
  baselineUsd: costUsd * 2,
  ...more,
});

const budget: BudgetState = {
  name: '=company, all',
  scope: { kind: 'agentType', of: 'research' },
  window: 'day',
  startMs: Date.UTC(2026, 10, 27),
  endMs: Date.UTC(2026, 10, 28),
  limitUsd: 30,
  spentUsd: 30.5,
  reservedUsd: 0.25,
  remainingUsd: -0.75,
  remainingShare: -0.025,
  share: 1.0166,
  overshootUsd: 0.5,
  inFlight: 1,
  inFlightAtCrossing: 3,
  refused: 7,
};

const report: CostReport = {
  total: row('total', 4, { costPico: '4000000000001' }),
  by: {
    tenant: [row('=HYPERLINK("x")', 1), row('shop, web', 3, { costPico: '3000000000001' })],
    agentType: [row('research', 4)],
    model: [],
    criticality: [],
    day: [row('2026-11-28', 3), row('2026-11-27', 1)],
  },
  budgets: [budget],
  past: [{ ...budget, name: 'yesterday', refused: 1 }],
  counts: {},
  agents: null,
};

test('rows: dearest first, shares of the whole, saving against the baseline, of all cells', () => {
  const rows = spendingRows(report, 'tenant', 10);
  expect(
    rows.map(({ name, costUsd, share, savedUsd, savedShare, calls }) => [
      name,
      costUsd,
      share,
      savedUsd,
      savedShare,
      calls,
    ]),
  ).toEqual([
    ['shop, web', 30, 0.75, 30, 0.5, 20],
    ['=HYPERLINK("x")', 10, 0.25, 10, 0.5, 20],
  ]);
  expect(totalRow(report, 10).costUsd).toBe(40);
  // Days stay in the order of the calendar.
  expect(spendingRows(report, 'day', 1).map(({ name }) => name)).toEqual(['2026-11-28', '2026-11-27']);
});

test('the file: one line a row, exact, quoted, and no formula', () => {
  expect(spendingCsv(report).split('\r\n')).toEqual([
    'by,name,calls,input_tokens,cached_tokens,cache_write_tokens,output_tokens,cost_usd,baseline_usd,saved_usd',
    `tenant,"'=HYPERLINK(""x"")",2,100,10,5,20,1,2,1`,
    'tenant,"shop, web",2,100,10,5,20,3.000000000001,6,3',
    'agentType,research,2,100,10,5,20,4,8,4',
    'day,2026-11-28,2,100,10,5,20,3,6,3',
    'day,2026-11-27,2,100,10,5,20,1,2,1',
    'total,total,2,100,10,5,20,4.000000000001,8,4',
    '',
  ]);
});

test('budgets: earlier windows first, times of the calendar', () => {
  const [head, past, now] = budgetsCsv(report).split('\r\n');
  expect(head).toBe(
    'budget,scope,window,from,to,limit_usd,spent_usd,reserved_usd,remaining_usd,overshoot_usd,refused',
  );
  expect(past).toMatch(/^yesterday,/);
  expect(now).toBe(
    `"'=company, all",agents research,day,2026-11-27T00:00:00.000Z,2026-11-28T00:00:00.000Z,30,30.5,0.25,-0.75,0.5,7`,
  );
});

test('names of files and dollars to the cent', () => {
  expect(fileName({ name: 'model-bill' }, 4217, 'spending')).toBe(
    'surge-lab-model-bill-seed-4217-spending.csv',
  );
  expect([30_041.18064, -41.18, -0.001, 0, NaN].map(exactDollars)).toEqual([
    '$30,041.18',
    '−$41.18',
    '$0.00',
    '$0.00',
    '–',
  ]);
});
