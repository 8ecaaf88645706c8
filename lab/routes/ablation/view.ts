import type { AblationRun } from '../../../engine/tuning/ablation.ts';
import type { Attribution, Interaction } from '../../../engine/tuning/attribution.ts';
import { estimate, type Estimate } from '../../../engine/tuning/estimate.ts';
import { isNothing, type Figure } from './figures.ts';

/** A strategy's line in chart and table. A gain is a change for the better, in the figure's unit. */
export interface Row {
  id: string;
  title: string;
  /** The title's beginning, for where there is little room. */
  short: string;
  /** Its part of the whole: the Shapley value. */
  gain: Estimate;
  share: Estimate | null;
  alone: Estimate;
  aloneShare: Estimate | null;
  last: Estimate;
  /** Where its bar begins and ends, as values of the figure. */
  from: number;
  to: number;
}

export type Others = 'averaged' | 'allOff' | 'allOn';

export interface PairView {
  pair: [string, string];
  /** `averaged` is null when not all settings were run. */
  estimates: { averaged: Estimate | null; allOff: Estimate; allOn: Estimate };
}

/** An attribution turned so that more is better, whatever the figure. */
export interface AblationView {
  figure: Figure;
  seeds: number;
  confidence: number;
  off: Estimate;
  on: Estimate;
  gain: Estimate;
  gainShare: Estimate | null;
  /** By how much the gains alone sum to more than the gain together. */
  countedTwice: Estimate;
  rows: Row[];
  /** What the columns of the table sum to: the parts to the whole gain, the others to whatever they do, without an interval. */
  sums: Pick<Row, 'gain' | 'share' | 'alone' | 'aloneShare' | 'last'>;
  pairs: PairView[];
  /** What is smaller is the rounding of sums. */
  least: number;
}

/** One setting of all strategies over the seeds that are complete. */
export interface SettingView {
  /** Ids of the strategies that are on. */
  on: string[];
  value: Estimate;
  /** Seeds that it was run with; all of them, unless only a sample of the settings is run. */
  seeds: number[];
}

export function viewOf(result: Attribution, figure: Figure): AblationView {
  const turn = figure.better === 'more' ? turned : (estimate: Estimate): Estimate => estimate;
  const turnShare = (share: Estimate | null): Estimate | null => share && turn(share);
  const gain = turn(result.saving);
  const alone = gain.mean + turn(result.countedTwice).mean;
  const last = result.strategies.reduce((sum, strategy) => sum + turn(strategy.last).mean, 0);
  let from = result.off.mean;
  return {
    figure,
    seeds: result.seeds,
    confidence: result.confidence,
    off: result.off,
    on: result.on,
    gain,
    gainShare: turnShare(result.savedShare),
    countedTwice: turn(result.countedTwice),
    rows: result.strategies.map(({ id, title, saving, share, alone, aloneShare, last }) => {
      const to = from - saving.mean;
      const row = {
        ...{ id, title, short: shortOf(title), gain: turn(saving), share },
        ...{ alone: turn(alone), aloneShare: turnShare(aloneShare), last: turn(last), from, to },
      };
      from = to;
      return row;
    }),
    sums: {
      gain,
      share: result.strategies[0].share && exactly(1),
      alone: exactly(alone),
      aloneShare: result.savedShare && exactly(alone / result.off.mean),
      last: exactly(last),
    },
    pairs: result.interactions.map(({ pair, averaged, allOn, allOff }: Interaction) => ({
      pair,
      estimates: { averaged: averaged && turn(averaged), allOn: turn(allOn), allOff: turn(allOff) },
    })),
    least: Math.max(Math.abs(result.off.mean), Math.abs(result.on.mean)) * 1e-9,
  };
}

/** What two strategies do to each other. */
export type Reading = 'overlap' | 'help' | 'hinder' | 'none';

export const READING_WORDS: Readonly<Record<Reading, string>> = {
  overlap: 'overlap',
  help: 'help each other',
  hinder: 'hinder each other',
  none: 'next to nothing',
};

/** Of the largest effect of any strategy; below it an effect is not worth a word, even where its sign is certain. */
const WORTH_A_WORD = 0.005;

/**
 * Less together than each by itself is an overlap where both do good by themselves: some of it is the same good. Where one does
 * none, there is nothing to be counted twice, and the word is another.
 */
export function readingOf(view: AblationView, { pair, estimates }: PairView, others: Others): Reading {
  const value = estimates[others] ?? estimates.allOn;
  if (isSlight(view, value)) return 'none';
  if (value.mean > 0) return 'help';
  const gainful = view.rows.filter(({ id, alone }) => pair.includes(id) && alone.mean > view.least);
  return gainful.length === 2 ? 'overlap' : 'hinder';
}

/** Nothing that chance could not have done, or nothing beside what else there is. */
export function isSlight({ rows, least }: Pick<AblationView, 'rows' | 'least'>, effect: Estimate): boolean {
  const largest = Math.max(
    ...rows.map(({ alone, last }) => Math.max(Math.abs(alone.mean), Math.abs(last.mean))),
  );
  return isNothing(effect, least) || Math.abs(effect.mean) < WORTH_A_WORD * largest;
}

/** Every setting that was run with a complete seed: all off first, all on last, in between by how many are on. */
export function settingsOf(run: AblationRun, { name }: Figure, confidence: number): SettingView[] {
  const wanted = new Map(run.seeds.map((seed) => [seed, run.design.cellsOf(seed).length]));
  const records = run.records();
  const found = new Map<number, number>();
  for (const { seed } of records) found.set(seed, (found.get(seed) ?? 0) + 1);
  const settings = new Map<string, { on: string[]; seeds: number[]; values: number[] }>();
  for (const { seed, on, outcome } of records) {
    if (found.get(seed) !== wanted.get(seed)) continue;
    const key = on.join(' ');
    const setting = settings.get(key) ?? { on, seeds: [], values: [] };
    setting.seeds.push(seed);
    setting.values.push(outcome[name]);
    settings.set(key, setting);
  }
  const place = new Map(run.strategies.map(({ id }, i) => [id, i]));
  const order = (on: readonly string[]): number =>
    on.reduce((sum, id) => sum + 2 ** (30 - place.get(id)!), 0);
  return [...settings.values()]
    .map(({ on, seeds, values }) => ({ on, seeds, value: estimate(values, confidence) }))
    .sort((a, b) => a.on.length - b.on.length || order(b.on) - order(a.on));
}

/** "Right-sizing: the model that will do" is "Right-sizing", "Agents by load, on spot capacity" is "Agents by load". */
export const shortOf = (title: string): string => title.split(/[:,;(]/)[0].trim();

const exactly = (mean: number): Estimate => ({ mean, low: null, high: null });

const turned = ({ mean, low, high }: Estimate): Estimate => ({
  mean: 0 - mean,
  low: high === null ? null : 0 - high,
  high: low === null ? null : 0 - low,
});
