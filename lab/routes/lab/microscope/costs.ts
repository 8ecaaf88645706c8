import { PICO_PER_USD } from '../../../../engine/cost/money.ts';
import type { RequestTrace } from '../../../../engine/simulation/request-trace.ts';
import type { Names } from './names.ts';

export interface CostRow {
  what: string;
  tokens: string;
  /** Since the arrival. */
  afterMs: number;
  /** Paid after the request was over. */
  late: boolean;
  usd: number;
}

export interface Costs {
  rows: CostRow[];
  totalUsd: number;
  /** Part of it that was paid when the request was over. */
  lateUsd: number;
  /** Still to be paid for calls left in queues. */
  owedUsd: number;
}

export function costsOf({ costs, spans, arrivedAtMs, endedAtMs }: RequestTrace, names: Names): Costs {
  const rows = costs.map(({ atMs, of, pico, tokens }) => ({
    what: names.station(of),
    tokens: tokens
      ? `${n(tokens.input)} in${tokens.cached > 0 ? ` (${n(tokens.cached)} cached)` : ''}, ${n(tokens.output)} out`
      : 'one call',
    afterMs: atMs - arrivedAtMs,
    late: endedAtMs !== null && atMs > endedAtMs,
    usd: pico / PICO_PER_USD,
  }));
  const sum = (list: readonly CostRow[]): number => list.reduce((usd, row) => usd + row.usd, 0);
  return {
    rows,
    totalUsd: sum(rows),
    lateUsd: sum(rows.filter((row) => row.late)),
    owedUsd: spans.reduce((usd, span) => usd + (span.kind === 'deadWork' ? (span.owedUsd ?? 0) : 0), 0),
  };
}

const n = (value: number): string => value.toLocaleString('en-US');
