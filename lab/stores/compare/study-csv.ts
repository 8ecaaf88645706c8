import type { Outcome } from '../../../engine/tuning/outcome.ts';

/**
 * A row for each run: its setting, its seed, and its figures of the whole run.
 * @param settings what the outcomes are of, and their names; none where there is one only
 */
export function studyCsv(
  settings: { title: string; names: readonly string[] } | undefined,
  seeds: readonly number[],
  outcomes: readonly (readonly Outcome[])[],
): string {
  const figures = [...new Set(outcomes.flatMap((of) => Object.keys(of[0] ?? {})))].filter(
    (name) => !name.includes('@'),
  );
  const head = [...(settings ? [settings.title] : []), 'seed', ...figures];
  const rows = outcomes.flatMap((of, v) =>
    of.map((outcome, s) => [
      ...(settings ? [settings.names[v]!] : []),
      seeds[s]!,
      ...figures.map((name) => (Number.isFinite(outcome[name]) ? outcome[name]! : '')),
    ]),
  );
  return `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
