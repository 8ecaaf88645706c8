import { ENGINE_VERSION } from '../../core/version.ts';
import type { AblationRecord, AblationRun } from '../../tuning/ablation.ts';
import type { Attribution, Interaction } from '../../tuning/attribution.ts';
import type { Estimate } from '../../tuning/estimate.ts';

/**
 * The output of `npm run ablate -- … --json`. An estimate is `{mean, low, high}`; `low` and `high` are the ends of the confidence
 * interval over seeds, null when there was one seed. A saving is by how much the figure is lower with strategies on.
 */
export interface AblateJson {
  engine: string;
  /** The scenario's name. */
  scenario: string;
  strategies: { id: string; title: string }[];
  /** "full": every combination of on and off was run; "sampled": a part of them. */
  design: 'full' | 'sampled';
  /** Seeds that are complete and in the figures; fewer than wanted when the command was interrupted. */
  seeds: number;
  seedsWanted: number;
  confidence: number;
  wallMs: number;
  /**
   * By figure: `off`, `on`, `saving`, `savedShare`, `countedTwice` (what all alone sum to beyond that); for each of `strategies` its `saving` (Shapley value), `share` of the whole
   * saving, `alone`, `aloneShare` (of the figure with all off), `last`; and `interactions`, the largest first, each with `pair`,
   * `averaged`, `allOn`, `allOff`. Shares are null when what they are a share of cannot be told from 0.
   */
  attributions: Record<string, Attribution>;
  /** Every run: seed, ids of the strategies that were on, and its figures (null where there is no value). */
  runs: AblationRecord[];
}

export function ablateJson(
  run: AblationRun,
  scenario: string,
  results: readonly Attribution[],
  wallMs: number,
): string {
  const { seeds, confidence } = results[0];
  const json: AblateJson = {
    engine: ENGINE_VERSION,
    scenario,
    strategies: run.strategies.map(({ id, title }) => ({ id, title })),
    design: run.design.full ? 'full' : 'sampled',
    seeds,
    seedsWanted: run.seeds.length,
    confidence,
    wallMs: Math.round(wallMs),
    attributions: Object.fromEntries(results.map((result) => [result.figure, result])),
    runs: run.records(),
  };
  return JSON.stringify(json);
}

/** The result as a person reads it on a terminal. */
export function ablateReport(
  run: AblationRun,
  title: string,
  results: readonly Attribution[],
  wallMs: number,
): string {
  const { seeds, confidence } = results[0];
  const lines = [
    `${title} · ${seedsText(seeds, run.seeds)} · ${run.progress.done} runs in ${(wallMs / 1000).toFixed(1)} s`,
    run.design.full
      ? `Every one of ${2 ** run.strategies.length} combinations was run with each seed.`
      : `With each seed a sample of the ${2 ** run.strategies.length} combinations was run; the intervals cover what that adds.`,
    seeds === 1
      ? 'One seed gives no confidence interval.'
      : `± is half the ${confidence * 100} % confidence interval over the seeds.`,
  ];
  for (const result of results) lines.push('', ...section(result));
  lines.push(
    '',
    `${wordFor(results[0].figure)}: its part of the whole, what it adds when it is turned on, averaged over all orders (Shapley); they sum to the whole`,
    'alone: with nothing else on; last: lost when it alone is turned off, all others on',
    'interaction: what two do together beyond the sum of each; below 0 they overlap, above 0 they strengthen each other',
  );
  return lines.join('\n');
}

function seedsText(complete: number, wanted: readonly number[]): string {
  if (complete < wanted.length) return `${complete} of ${wanted.length} seeds from ${wanted[0]} on`;
  return complete === 1 ? `seed ${wanted[0]}` : `seeds ${wanted[0]}–${wanted.at(-1)}`;
}

/** Of money it is a saving; of quality or hits less is not one. */
const wordFor = (figure: string): string => (figure.endsWith('Usd') ? 'saving' : 'decrease');

function section(result: Attribution): string[] {
  const { figure, off, on, saving, savedShare, strategies, interactions } = result;
  const word = wordFor(figure);
  // What is smaller is the rounding of sums, and no effect.
  const least = Math.max(Math.abs(off.mean), Math.abs(on.mean)) * 1e-9;
  const pm = (estimate: Estimate): string => plusMinus(estimate, least);
  const lines = [
    `${figure}: ${pm(off)} with all off, ${pm(on)} with all on; ${word} ${pm(saving)}${savedShare ? ` (${share(savedShare)})` : ''}`,
    '',
    table([
      ['strategy', word, 'of the whole', 'alone', 'of all off', 'last'],
      ...strategies.map((s) => [
        s.title,
        pm(s.saving),
        share(s.share),
        pm(s.alone),
        share(s.aloneShare),
        pm(s.last),
      ]),
      ['together', pm(saving), strategies[0].share ? '100 %' : '–', '', '', ''],
    ]),
  ];
  if (interactions.length === 0) return lines;
  const titles = new Map(strategies.map(({ id, title }) => [id, title]));
  const rows = interactions.map((i) => {
    const name = i.pair.map((id) => titles.get(id)!).join(' × ');
    // Of two strategies there are no others to be on or off.
    if (strategies.length === 2) return [name, pm(i.allOn), reading(i, least)];
    return [name, ...(i.averaged ? [pm(i.averaged)] : []), pm(i.allOn), pm(i.allOff), reading(i, least)];
  });
  const heads =
    strategies.length === 2
      ? ['']
      : [...(interactions[0].averaged ? ['averaged'] : []), 'others on', 'others off'];
  lines.push('', table([['interaction', ...heads, ''], ...rows]));
  return lines;
}

function reading({ averaged, allOn }: Interaction, least: number): string {
  const { mean, low, high } = averaged ?? allOn;
  if (Math.abs(mean) <= least || (low !== null && low <= 0 && high! >= 0)) return 'none to be seen';
  return mean < 0 ? 'overlap' : 'strengthen';
}

function share(estimate: Estimate | null): string {
  if (estimate === null) return '–';
  const { mean, high } = estimate;
  const half = high === null ? '' : ` ± ${decimal(100 * (high - mean), 1)}`;
  return `${decimal(100 * mean, 1)}${half} %`;
}

/** Mean ± half interval, with as many places as show two figures of the half interval. */
function plusMinus({ mean, high }: Estimate, least: number): string {
  const half = high === null ? 0 : high - mean;
  const certain = half <= least;
  const p = Math.abs(mean) <= least && certain ? 0 : places(certain ? mean / 100 : half);
  return `${decimal(mean, p)}${high === null ? '' : ` ± ${certain ? 0 : decimal(half, p)}`}`;
}

/** Decimal places that show two figures of a number. */
const places = (n: number): number =>
  n === 0 ? 0 : Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(Math.abs(n)))));

const decimal = (n: number, decimals: number): string =>
  n.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative',
  });

/** Columns aligned, the first to the left, the others to the right. */
function table(rows: readonly string[][]): string {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((r) => r[c].length)));
  return rows
    .map((r) =>
      `  ${r.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}
