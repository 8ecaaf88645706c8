import type { PullValue } from '../simulation/levers.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { sinceChange } from './recent-window.ts';
import { cacheRules } from './recommend-caches.ts';
import { capacityRules } from './recommend-capacity.ts';
import { connectionRules } from './recommend-connections.ts';
import { asLever } from './recommend-lever.ts';
import { loadRules } from './recommend-load.ts';
import { memoryRules } from './recommend-memory.ts';
import { moneyRules } from './recommend-money.ts';
import type { Rule } from './recommend-rule.ts';

/** Figures that recommendations speak of. Shares from 0 to 1; rates and dollars of the whole fleet. */
export type EffectFigure =
  'meanMs' | 'hitRate' | 'triesPerRequest' | 'wastedShare' | 'callsPerS' | 'costUsdPerHour' | 'memoryShare';

/** What a change should bring. */
export interface Prediction {
  figure: EffectFigure;
  now: number;
  then: number;
  /** The formula, by its name or written out. */
  by: string;
  /** The same with this run's numbers in it. */
  with: string;
}

/** What to do, why, and what it should bring. */
export interface Recommendation {
  /** Stable for the same advice about the same part. */
  id: string;
  title: string;
  /** What was seen that calls for it. */
  why: string;
  lever: string;
  value: PullValue;
  predicted: Prediction;
  /** Seconds until the change has worked through, when that is more than a minute: entries that live, conversations that are held. */
  settleS?: number;
  /** Larger is more urgent. */
  weight: number;
}

const RULES: readonly Rule[] = [
  ...capacityRules,
  ...connectionRules,
  ...loadRules,
  ...cacheRules,
  ...memoryRules,
  ...moneyRules,
];

/**
 * What to change now, from the last minute of the run, most urgent first (L10). Predictions are closed forms fed with what was measured; each holds
 * under its formula's assumptions, and what came of it is measured after it was taken (`effectOf`).
 */
export function recommend(simulation: Simulation): Recommendation[] {
  const seen = sinceChange(simulation);
  if (seen === null) return [];
  const leftS = simulation.durationMs / 1000 - simulation.nowMs / 1000;
  return (
    RULES.flatMap((rule) => rule(simulation, seen))
      .filter(({ lever }) => simulation.settingNow(lever) !== undefined)
      .filter(({ predicted }) => isBetter(predicted))
      // What would come of it after the end is no advice, but for the next run.
      .filter(({ settleS }) => settleS === undefined || settleS < leftS || simulation.done)
      .map((one) => ({ ...one, ...asLever(simulation.scenario, one.lever, one.value) }))
      .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
  );
}

/** Whether the change is worth a pull: a prediction of next to nothing, or of worse, is none. */
function isBetter({ figure, now, then }: Prediction): boolean {
  return figure === 'hitRate' ? then > now : then < 0.95 * now;
}
