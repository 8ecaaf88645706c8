import type { Outcome } from './outcome.ts';
import { compareScores, type Score } from './score.ts';
import type { Setting } from './search-space.ts';
import { settingKey } from './tuner-records.ts';

/** A setting and how it did on a rung, with all of its seeds. */
export interface Standing {
  setting: Setting;
  rung: number;
  score: Score;
  outcomes: Outcome[];
}

/** Levers are left out when the goal is then missed by no more than this share, over all that are left out. */
const TOLERANCE = 0.02;

/** Better first; of equals the one of fewer levers, which is easier to understand. */
export function compareStandings(a: Standing, b: Standing): number {
  return (
    compareScores(a.score, b.score) ||
    Object.keys(a.setting).length - Object.keys(b.setting).length ||
    (settingKey(a.setting) < settingKey(b.setting) ? -1 : 1)
  );
}

/** As good as another, but for what a lever less is worth. */
export const asGood = (score: Score, as: Score): boolean =>
  score.missed <= as.missed && score.value <= as.value + TOLERANCE * Math.abs(as.value);

/** Mean over the seeds; NaN when some run had no value. */
export const meanOf = ({ outcomes }: Pick<Standing, 'outcomes'>, figure: string): number =>
  outcomes.reduce((sum, outcome) => sum + (outcome[figure] ?? NaN), 0) / outcomes.length;

export const isPull = (setting: Setting): boolean => Object.keys(setting).length > 0;

export const without = (setting: Setting, ids: readonly string[]): Setting =>
  Object.fromEntries(Object.entries(setting).filter(([id]) => !ids.includes(id)));
