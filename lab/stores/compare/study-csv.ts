import type { Outcome } from '../../../engine/tuning/outcome.ts';
import type { Study } from './study-plan.ts';

/** A row for each run: its value, which seed it was, and its figures of the whole run. */
export function studyCsv(
  { lever, values }: Pick<Study, 'lever' | 'values'>,
  outcomes: readonly (readonly Outcome[])[],
): string {
  const figures = Object.keys(outcomes[0]?.[0] ?? {}).filter((name) => !name.includes('@'));
  const head = [...(values.length > 0 ? [lever] : []), 'run', ...figures];
  const rows = outcomes.flatMap((of, v) =>
    of.map((outcome, s) => [
      ...(values.length > 0 ? [values[v]!] : []),
      s + 1,
      ...figures.map((name) => (Number.isFinite(outcome[name]) ? outcome[name]! : '')),
    ]),
  );
  return `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
