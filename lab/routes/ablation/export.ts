import { ENGINE_VERSION } from '../../../engine/core/version.ts';
import type { AblationRun } from '../../../engine/tuning/ablation.ts';
import type { Attribution } from '../../../engine/tuning/attribution.ts';
import type { Estimate } from '../../../engine/tuning/estimate.ts';
import type { AblationView } from './view.ts';

/** The table of effects, unrounded; a gain is a change of the figure for the better. */
export function effectsCsv({ figure, rows, sums }: AblationView): string {
  const head = ['gain', 'share', 'alone', 'alone_share', 'last'].flatMap((name) => [
    name,
    `${name}_low`,
    `${name}_high`,
  ]);
  return csv([
    ['figure', 'strategy', 'title', ...head],
    ...rows.map((row) => [
      ...[figure.name, row.id, row.title],
      ...[row.gain, row.share, row.alone, row.aloneShare, row.last].flatMap(cells),
    ]),
    [
      ...[figure.name, 'sum', 'Sum'],
      ...[sums.gain, sums.share, sums.alone, sums.aloneShare, sums.last].flatMap(cells),
    ],
  ]);
}

/** Every finished run, one a line: its seed, what was on (1) and off (0), and all its figures. */
export function runsCsv(run: AblationRun): string {
  const records = run.records();
  const figures = Object.keys(records[0]?.outcome ?? {});
  const ids = run.strategies.map(({ id }) => id);
  return csv([
    ['seed', ...ids, ...figures],
    ...records.map(({ seed, on, outcome }) => [
      seed,
      ...ids.map((id) => Number(on.includes(id))),
      ...figures.map((name) => (Number.isFinite(outcome[name]) ? outcome[name] : '')),
    ]),
  ]);
}

/** What `npm run ablate -- … --json` prints, but for the time it took. */
export function ablationJson(run: AblationRun, scenario: string, results: readonly Attribution[]): string {
  const { seeds, confidence } = results[0];
  return `${JSON.stringify(
    {
      engine: ENGINE_VERSION,
      scenario,
      strategies: run.strategies.map(({ id, title }) => ({ id, title })),
      design: run.design.full ? 'full' : 'sampled',
      seeds,
      seedsWanted: run.seeds.length,
      confidence,
      attributions: Object.fromEntries(results.map((result) => [result.figure, result])),
      runs: run.records(),
    },
    null,
    1,
  )}\n`;
}

const cells = (estimate: Estimate | null): (number | string)[] =>
  estimate === null ? ['', '', ''] : [estimate.mean, estimate.low ?? '', estimate.high ?? ''];

/** RFC 4180. */
const csv = (rows: readonly (readonly (number | string)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

const cell = (value: number | string): string =>
  typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
