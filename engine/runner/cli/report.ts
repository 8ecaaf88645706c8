import { formatClock, parseClock } from '../../core/clock.ts';
import { narrate } from '../../simulation/narrative.ts';
import type { CostReport } from '../../simulation/cost-report.ts';
import type { WindowSummary } from '../../simulation/recorder.ts';
import type { Simulation } from '../../simulation/simulation.ts';
import { amount, duration, percent, time } from '../../simulation/wording.ts';
import type { RunResult } from '../result.ts';

/** The result as a person reads it on a terminal. */
export function report(simulation: Simulation, result: RunResult): string {
  const { scenario } = simulation;
  const startS = parseClock(scenario.startsAt, 'startsAt');
  const { fleet, summary } = result;
  const lines = [
    `${scenario.title ?? scenario.name} · seed ${result.seed} · engine ${result.engine} · fingerprint ${result.fingerprint}`,
    `${amount(result.requests)} requests simulated one by one in ${(result.wallMs / 1000).toFixed(2)} s (${amount(result.requestsPerSecond)} a second)`,
  ];
  if (fleet.cells > 1)
    lines.push(
      `One of ${fleet.cells} equal cells; the fleet's totals: ${amount(fleet.requests)} requests, $${amount(fleet.costUsd)}`,
    );
  lines.push('', table(windowRows(summary, startS)));
  if (simulation.objectives.surgeS !== null)
    lines.push(
      '',
      summary.recoveredAfterS === null
        ? 'Not recovered.'
        : `Recovered ${duration(summary.recoveredAfterS)} after the first event.`,
    );
  const stations = Object.entries(result.stations).map(([name, s]) => [
    name,
    amount(s.arrivals),
    amount(s.completed),
    time(s.meanWaitMs),
    time(s.meanServiceMs),
    s.utilisation === null ? '–' : percent(s.utilisation),
    amount(s.meanQueue),
    amount(s.rejected),
    amount(s.abandoned),
  ]);
  lines.push(
    '',
    table([
      ['station', 'arrivals', 'completed', 'mean wait', 'service', 'busy', 'queue', 'rejected', 'abandoned'],
      ...stations,
    ]),
  );
  const tiers = Object.entries(result.tiers).map(([name, t]) => [
    name,
    amount(t.lookups),
    amount(t.hits),
    percent(t.hitRatePerLookup),
    percent(t.hitRatePerRequest),
  ]);
  if (tiers.length > 0)
    lines.push('', table([['tier', 'lookups', 'hits', 'of lookups', 'of requests'], ...tiers]));
  if (result.cost) lines.push('', ...costLines(result.cost, fleet.cells));
  const events = result.events.map(
    (e) =>
      `  ${formatClock(startS + e.atS)}  ${e.kind}  ${Object.values(e.data)
        .map((d) => (typeof d === 'number' ? Number(d.toPrecision(4)) : d))
        .join(' ')}`,
  );
  if (events.length > 0) lines.push('', 'What happened', ...events);
  const story = narrate(simulation);
  const plain = (text: string): string => text.replace(/\[\[[^|]*\|([^\]]*)\]\]/g, '$1');
  lines.push('', plain(story.lede), ...story.paragraphs.map((p) => `  ${plain(p)}`));
  return lines.join('\n');
}

/** Who spent what, and where the budgets stand. */
function costLines(cost: CostReport, cells: number): string[] {
  const usd = (x: number): string => `$${amount(x * cells)}`;
  const rows = (['agentType', 'model', 'tenant'] as const).flatMap((dimension) =>
    cost.by[dimension].map((row) => [
      `${dimension === 'agentType' ? 'agent' : dimension} ${row.name}`,
      amount(row.calls),
      amount(row.inputTokens),
      amount(row.cachedTokens),
      amount(row.outputTokens),
      usd(row.costUsd),
      row.baselineUsd > 0 ? percent(1 - row.costUsd / row.baselineUsd) : '–',
    ]),
  );
  const budgets = cost.budgets.map((b) => [
    b.name,
    usd(b.limitUsd),
    usd(b.spentUsd),
    percent(b.share),
    usd(Math.max(0, b.remainingUsd)),
    usd(b.overshootUsd),
    amount(b.refused),
  ]);
  const lines = [
    `Models ${usd(cost.total.costUsd)}${cost.agents ? `, agents ${usd(cost.agents.usd)} (${usd(cost.agents.spotUsd)} of it spot, ${cost.agents.interrupted} reclaimed)` : ''}`,
    table([['spent by', 'requests', 'input', 'cached', 'output', 'cost', 'saved'], ...rows]),
  ];
  const forecast = cost.agents?.forecast;
  if (forecast)
    lines.push(
      '',
      `Agents by forecast: ${forecast.mape === null ? 'nothing came' : `off by ${percent(forecast.mape)} on average`}, too few in ${forecast.underProvisionedSlots} of the ten-minute slots, ${amount(forecast.missingAgentHours)} agent-hours missing and ${amount(forecast.wastedAgentHours)} to spare`,
    );
  if (budgets.length > 0)
    lines.push('', table([['budget', 'limit', 'spent', '', 'left', 'overspent', 'refused'], ...budgets]));
  return lines;
}

function windowRows(summary: RunResult['summary'], startS: number): string[][] {
  const row = (name: string, w: WindowSummary): string[] => [
    name,
    formatClock(startS + w.fromS),
    time(w.meanMs),
    time(w.p50Ms),
    time(w.p95Ms),
    time(w.p99Ms),
    percent(w.hitRate),
    percent(w.errorRate),
  ];
  return [
    ['minute', 'from', 'mean', 'p50', 'p95', 'p99', 'hits', 'errors'],
    row('before', summary.before),
    row('worst', summary.worst),
    row('after', summary.after),
  ];
}

/** Columns aligned, the first to the left, the others to the right. */
function table(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((r) => r[c]!.length)));
  return rows
    .map(
      (r) =>
        '  ' + r.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  '),
    )
    .join('\n');
}
