import { figuresOf, type Compared, type Verdict } from '../../tuning/comparison.ts';
import { assignments, simCommand, timeOf } from '../../tuning/as-command.ts';
import type { Estimate } from '../../tuning/estimate.ts';
import { keepsBounds, type Goal } from '../../tuning/score.ts';
import type { Setting } from '../../tuning/search-space.ts';
import { isPull, meanOf, type Standing } from '../../tuning/standing.ts';
import type { Tuner } from '../../tuning/tuner.ts';
import type { StoredSearch } from './tune-file.ts';

/** Settings in the table of the best. */
const SHOWN = 10;

/** The result as a person reads it on a terminal. */
export function tuneReport(
  tuner: Tuner,
  search: Pick<StoredSearch, 'scenario' | 'overrides'>,
  check: readonly Compared[] | null,
  wallMs: number,
): string {
  const { scenario, goal, atS, best, baseline, progress } = tuner;
  const lines = [
    `${scenario.title ?? scenario.name} · levers pulled at ${timeOf(scenario, atS)} · ${progress.runs} runs in ${(wallMs / 1000).toFixed(0)} s`,
    `Goal: ${goalText(goal)}`,
  ];
  if (tuner.phase !== 'done') lines.push('Interrupted: this is the best so far, on the runs that it had.');
  if (!best || !baseline) {
    lines.push('No setting has finished its runs.');
    return lines.join('\n');
  }
  lines.push('', 'The best', '', table(standingRows(tuner, trialsToShow(tuner))));
  if (tuner.failures.length > 0)
    lines.push(
      '',
      `${tuner.failures.length} settings could not be run, the first of them: ${tuner.failures[0]!.message}`,
    );
  if (check) lines.push('', ...checkLines(check, goal));
  const command = simCommand(search.scenario, scenario, {
    setting: best.setting,
    atS,
    overrides: search.overrides,
  });
  lines.push(
    '',
    isPull(best.setting) ? 'Run it' : 'Nothing that was tried beats leaving all levers alone',
    '',
    `  ${command}`,
  );
  return lines.join('\n');
}

export function goalText({ figure, direction, constraints = [] }: Goal): string {
  const bounds = constraints.flatMap((bound) => [
    ...(bound.atMost === undefined ? [] : [`${bound.figure} ≤ ${bound.atMost}`]),
    ...(bound.atLeast === undefined ? [] : [`${bound.figure} ≥ ${bound.atLeast}`]),
  ]);
  const wanted = `${direction} ${figure}`;
  return bounds.length === 0 ? wanted : `${wanted}, with ${bounds.join(' and ')}`;
}

export function settingText(setting: Setting, levers: Tuner['scenario']['levers']): string {
  return assignments(setting, levers).join(' ') || 'nothing pulled';
}

/** The winner, the next best on the same rung, and the scenario as it is. */
function trialsToShow(tuner: Tuner): Standing[] {
  const { best, baseline } = tuner;
  const others = tuner.trials().filter((s) => s !== best && isPull(s.setting));
  return [best!, ...others.slice(0, SHOWN - 1), ...(isPull(best!.setting) ? [baseline!] : [])];
}

function standingRows(tuner: Tuner, standings: readonly Standing[]): string[][] {
  const { goal, scenario, rungs } = tuner;
  const figures = figuresOf(goal);
  return [
    ['setting', ...figures, 'bounds', 'until', 'seeds'],
    ...standings.map((standing) => [
      settingText(standing.setting, scenario.levers),
      ...figures.map((figure) => plain(meanOf(standing, figure))),
      boundsText(
        standing.outcomes.filter((o) => keepsBounds(o, goal)).length,
        standing.outcomes.length,
        goal,
      ),
      timeOf(scenario, rungs[standing.rung]!.untilS),
      String(standing.outcomes.length),
    ]),
  ];
}

function checkLines(check: readonly Compared[], goal: Goal): string[] {
  const figures = figuresOf(goal);
  const { seeds } = check[0]!;
  const rows = check.map((one) => [
    one.id,
    ...figures.map((figure) => plusMinus(one.figures[figure]!)),
    boundsText(one.kept, one.seeds, goal),
    one.difference ? plusMinus(one.difference) : '',
    one.verdict ? WORDS[one.verdict] : '',
  ]);
  return [
    seeds === 1
      ? 'Check with a seed that the search did not see; one seed gives no interval.'
      : `Check with ${seeds} seeds that the search did not see; ± is half the 95 % confidence interval.`,
    '',
    table([['', ...figures, 'bounds', `${goal.figure} beyond the found one`, 'the found one is'], ...rows]),
    '',
    ...check.slice(1).map((one) => `  ${sentence(one)}`),
  ];
}

const WORDS: Record<Verdict, string> = {
  better: 'better',
  worse: 'worse',
  same: 'equal',
  'as-good': 'as good, within 1 %',
  open: 'not to be told apart',
};

function sentence({ id, title, verdict, pulls, seeds }: Compared): string {
  const name = pulls.length === 0 ? 'leaving all levers alone' : `the preset "${id}" (${title})`;
  switch (verdict!) {
    case 'better':
      return `It is better than ${name}.`;
    case 'same':
      return `It is as good as ${name}: equal with each of ${seeds} seeds.`;
    case 'as-good':
      return `It is at least as good as ${name}, to within 1 %.`;
    case 'open':
      return `Whether it is better than ${name} these seeds do not tell; --check takes more.`;
    case 'worse':
      return `It is worse than ${name}: search longer, with --brackets or --starts.`;
  }
}

const boundsText = (kept: number, of: number, { constraints = [] }: Goal): string =>
  constraints.length === 0 ? '–' : kept === of ? 'kept' : kept === 0 ? 'missed' : `kept ${kept} of ${of}`;

/** Four figures. */
export const plain = (n: number): string =>
  Number.isNaN(n)
    ? '–'
    : Math.abs(n) >= 1000
      ? Math.round(n).toLocaleString('en-US')
      : String(Number(n.toPrecision(4)));

function plusMinus({ mean, high }: Estimate): string {
  if (high === null || Number.isNaN(mean)) return plain(mean);
  const half = high - mean;
  return `${plain(mean)} ± ${half < Math.abs(mean) * 1e-9 ? '0' : String(Number(half.toPrecision(2)))}`;
}

/** Columns aligned, the first to the left, the others to the right. */
function table(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((r) => r[c]!.length)));
  return rows
    .map((r) =>
      `  ${r.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}
