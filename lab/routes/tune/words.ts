import type { Scenario } from '../../../engine/simulation/scenario.ts';
import { assignments, quoted, timeOf } from '../../../engine/tuning/as-command.ts';
import type { Compared, Verdict } from '../../../engine/tuning/comparison.ts';
import { keepsBounds, type Goal } from '../../../engine/tuning/score.ts';
import type { Setting } from '../../../engine/tuning/search-space.ts';
import { SIZES } from '../../../engine/tuning/tuner-plan.ts';
import type { TuneChoice } from '../../stores/tuner-plan.ts';
import { pullWords } from '../lab/pull-words.ts';
import { figureNamed, valueText } from './figures.ts';

/** Each pull of a setting by itself: "L3 on", "Retry budget 4 %". */
export const pullsInWords = (setting: Setting, scenario: Scenario): string[] =>
  Object.entries(setting).map(([lever, value]) => pullWords({ atS: 0, lever, value }, scenario));

export const settingInWords = (setting: Setting, scenario: Scenario): string =>
  pullsInWords(setting, scenario).join(' · ') || 'Nothing pulled';

/** "Last-minute mean at most 94 ms". */
export function boundsInWords({ constraints = [] }: Goal): string[] {
  return constraints.flatMap(({ figure, atMost, atLeast }) => {
    const one = figureNamed(figure);
    return [
      ...(atMost === undefined ? [] : [`${one.label} at most ${valueText(atMost, one)}`]),
      ...(atLeast === undefined ? [] : [`${one.label} at least ${valueText(atLeast, one)}`]),
    ];
  });
}

/** "kept", "missed", "kept with 2 of 3 seeds"; a dash where the goal has no bounds. */
export function keptInWords(kept: number, of: number, { constraints = [] }: Goal): string {
  if (constraints.length === 0) return '–';
  return kept === of ? 'kept' : kept === 0 ? 'missed' : `kept with ${kept} of ${of} seeds`;
}

export const keptSeeds = (outcomes: readonly Record<string, number>[], goal: Goal): number =>
  outcomes.filter((outcome) => keepsBounds(outcome, goal)).length;

export const VERDICTS: Record<Verdict, string> = {
  better: 'better',
  worse: 'worse',
  same: 'equal with every seed',
  'as-good': 'as good, within 1 %',
  open: 'not to be told apart',
};

/** What the check comes to, against the presets, from its numbers. */
export function headline(check: readonly Compared[]): string {
  const presets = check.slice(1).filter(({ pulls }) => pulls.length > 0);
  if (presets.length === 0) {
    return check.at(-1)!.verdict === 'better'
      ? 'What the search found is better than leaving the levers alone.'
      : 'Whether what the search found is better than leaving the levers alone, fresh seeds do not say.';
  }
  const name = presets.length === 1 ? `the preset “${presets[0]!.id}”` : 'each preset';
  const all = (...verdicts: Verdict[]): boolean =>
    presets.every(({ verdict }) => verdicts.includes(verdict!));
  if (all('better')) return `What the search found is better than ${name}.`;
  if (all('same')) return `What the search found is as good as ${name}, with every fresh seed.`;
  if (all('better', 'same')) return `What the search found is at least as good as ${name}.`;
  if (all('better', 'same', 'as-good'))
    return `What the search found is at least as good as ${name}, to within 1 %.`;
  if (presets.some(({ verdict }) => verdict === 'worse'))
    return `A preset made by hand is still better: search longer.`;
  return `Fresh seeds do not tell what the search found from ${name}.`;
}

/** The command that makes the same search. */
export function tuneCommand(choice: TuneChoice, scenario: Scenario): string {
  const { goal, size, levers, untilS } = choice;
  const { starts, brackets, seeds } = SIZES[size];
  const bounds = (goal.constraints ?? []).flatMap(({ figure, atMost, atLeast }) => [
    ...(atMost === undefined ? [] : [`${figure}<=${atMost}`]),
    ...(atLeast === undefined ? [] : [`${figure}>=${atLeast}`]),
  ]);
  return [
    `npm run --silent tune -- ${choice.scenario} --at ${timeOf(scenario, choice.atS)}`,
    ...(levers.length < scenario.levers.length ? [`--levers ${levers.join(',')}`] : []),
    `--goal ${goal.figure}=${goal.direction}`,
    ...(bounds.length > 0 ? [`--keep ${quoted(bounds.join(','))}`] : []),
    `--starts ${starts} --brackets ${brackets} --seeds ${seeds}`,
    ...(untilS === null ? [] : [`--until ${untilS}`]),
  ].join(' ');
}

/** For a file name or a data attribute: `l3=on retryBudget=4`. */
export const settingAsText = (setting: Setting, scenario: Scenario): string =>
  assignments(setting, scenario.levers).join(' ');
