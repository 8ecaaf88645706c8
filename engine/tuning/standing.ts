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
export const compareStandings = (a: Standing, b: Standing): number =>
  compareScores(a.score, b.score) || leversOf(a) - leversOf(b) || byKey(a, b);

/** Who goes on: of equals the one of more levers. What does nothing is left out at the end; what is missing then does not come back. */
export const comparePromising = (a: Standing, b: Standing): number =>
  compareScores(a.score, b.score) || leversOf(b) - leversOf(a) || byKey(a, b);

const leversOf = ({ setting }: Standing): number => Object.keys(setting).length;
const byKey = (a: Standing, b: Standing): number => (settingKey(a.setting) < settingKey(b.setting) ? -1 : 1);

/** As good as another, but for what a lever less is worth. */
export const asGood = (score: Score, as: Score): boolean =>
  score.missed <= as.missed && score.value <= as.value + TOLERANCE * Math.abs(as.value);

/** Mean over the seeds; NaN when some run had no value. */
export const meanOf = ({ outcomes }: Pick<Standing, 'outcomes'>, figure: string): number =>
  outcomes.reduce((sum, outcome) => sum + (outcome[figure] ?? NaN), 0) / outcomes.length;

export const isPull = (setting: Setting): boolean => Object.keys(setting).length > 0;

export const without = (setting: Setting, ids: readonly string[]): Setting =>
  Object.fromEntries(Object.entries(setting).filter(([id]) => !ids.includes(id)));
