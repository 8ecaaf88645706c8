import type { ReplayResult } from '../../cache/replay/replay.ts';
import type { ReplayRun } from '../../cache/replay/run.ts';
import { uniqueBytes, type Trace } from '../../cache/replay/trace.ts';

const whole = (n: number): string => n.toLocaleString('en-US');

/** The results as one JSON object, in the order in which policies and capacities were given. */
export function replayJson(
  trace: Trace,
  runs: readonly ReplayRun[],
  results: readonly ReplayResult[],
): string {
  return JSON.stringify({
    trace: {
      requests: trace.requests,
      unique: trace.unique,
      ...(trace.sizes === null ? {} : { uniqueBytes: uniqueBytes(trace) }),
    },
    results: results.map(({ misses, hitRatio, byteHitRatio }, i) => {
      const { policy, capacity } = runs[i];
      return {
        policy,
        ...('bytes' in capacity
          ? { capacity: capacity.bytes, unit: 'bytes' }
          : { capacity: capacity.entries }),
        misses,
        hitRatio,
        ...(byteHitRatio === null ? {} : { byteHitRatio }),
      };
    }),
  });
}

/** A table of hit ratios in percent, a line for each policy, a column for each capacity. */
export function replayReport(
  title: string,
  trace: Trace,
  runs: readonly ReplayRun[],
  results: readonly ReplayResult[],
  wallMs: number,
): string {
  const replayed = results.length * trace.requests;
  const lines = [
    `${title}: ${whole(trace.requests)} requests, ${whole(trace.unique)} different keys${
      trace.sizes === null ? '' : `, ${whole(uniqueBytes(trace) ?? 0)} bytes`
    }`,
    `${whole(replayed)} requests replayed in ${(wallMs / 1000).toFixed(2)} s`,
    '',
    'Hit ratio in percent',
    table(runs, results, ({ hitRatio }) => hitRatio),
  ];
  if (trace.sizes !== null)
    lines.push(
      '',
      'Byte hit ratio in percent',
      table(runs, results, ({ byteHitRatio }) => byteHitRatio ?? NaN),
    );
  return lines.join('\n');
}

function table(
  runs: readonly ReplayRun[],
  results: readonly ReplayResult[],
  value: (result: ReplayResult) => number,
): string {
  const capacityOf = ({ capacity }: ReplayRun): string =>
    'bytes' in capacity ? `${whole(capacity.bytes)} B` : whole(capacity.entries);
  const capacities = [...new Set(runs.map(capacityOf))];
  const policies = [...new Set(runs.map((run) => run.policy))];
  const cell = (policy: string, capacity: string): string => {
    const i = runs.findIndex((run) => run.policy === policy && capacityOf(run) === capacity);
    const share = value(results[i]);
    return Number.isNaN(share) ? '–' : (100 * share).toFixed(2);
  };
  const rows = [
    ['policy', ...capacities],
    ...policies.map((policy) => [
      policy === 'opt' ? 'opt (ceiling)' : policy,
      ...capacities.map((capacity) => cell(policy, capacity)),
    ]),
  ];
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows
    .map(
      (row) =>
        '  ' + row.map((text, c) => (c === 0 ? text.padEnd(widths[c]) : text.padStart(widths[c]))).join('  '),
    )
    .join('\n');
}
