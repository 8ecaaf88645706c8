import type { MoneySum } from './money.ts';
import { DIMENSIONS, type Dimension, type LedgerRow, type SpendLedger } from './spend-ledger.ts';

const COLUMNS = [
  'by',
  'name',
  'calls',
  'input_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'output_tokens',
  'cost_usd',
] as const;
const BASELINE_COLUMNS = ['baseline_usd', 'saved_usd'] as const;

/**
 * The ledger as CSV (RFC 4180: commas, CRLF, quotes doubled), one line for each row of each dimension and one for the total.
 * Dollars are exact decimals. The columns of the baseline are there when the ledger has one.
 */
export function ledgerCsv(ledger: SpendLedger, dimensions: readonly Dimension[] = DIMENSIONS): string {
  const compared = ledger.baselineModel !== null;
  const line = (by: string, row: LedgerRow): string =>
    [
      textCell(by),
      textCell(row.name),
      row.calls,
      row.inputTokens,
      row.cachedTokens,
      row.cacheWriteTokens,
      row.outputTokens,
      decimalUsd(row.cost),
      ...(compared ? [decimalUsd(row.baseline), decimalUsd(row.baseline.copy().addSum(row.cost, -1))] : []),
    ].join(',');
  return [
    [...COLUMNS, ...(compared ? BASELINE_COLUMNS : [])].join(','),
    ...dimensions.flatMap((by) => ledger.rows(by).map((row) => line(by, row))),
    line('total', ledger.total),
    '',
  ].join('\r\n');
}

/** A sum in dollars with every digit there is, and no more: `12.000000000001`, `-0.5`, `0`. */
export function decimalUsd(sum: MoneySum): string {
  const pico = sum.toPicoText();
  const digits = pico.replace('-', '').padStart(13, '0');
  const decimals = digits.slice(-12).replace(/0+$/, '');
  return `${pico.startsWith('-') ? '-' : ''}${digits.slice(0, -12)}${decimals && `.${decimals}`}`;
}

/**
 * Text as a cell. An apostrophe goes in front of what a spreadsheet would take for a formula (OWASP, "CSV Injection"), since
 * tenants choose their own names.
 */
export function textCell(text: string): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
