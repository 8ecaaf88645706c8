/** The figures of a study in words. */
import type { Estimate } from '../../../engine/tuning/estimate.ts';
import { timeWords } from '../../figures/scale.ts';
import { dollars, milliseconds, NOTHING, percent } from '../../format.ts';
import { points } from '../../stores/compare/figures.ts';
import type { Paired } from '../../stores/compare/paired.ts';

const isShare = (name: string): boolean => name.endsWith('Rate');

export function figureText(name: string, value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  if (name.endsWith('Ms')) return milliseconds(value);
  if (name.endsWith('Usd')) return dollars(value);
  return isShare(name) ? percent(value) : timeWords(value);
}

const changeText = (name: string, by: number): string => (isShare(name) ? points(by) : figureText(name, by));

/** 8.69 s ± 2.2 ms. One run has no interval. */
export function withInterval(name: string, found: Estimate | undefined): string {
  if (!found) return NOTHING;
  const half = found.high === null ? '' : ` ± ${changeText(name, found.high - found.mean)}`;
  return `${figureText(name, found.mean)}${half}`;
}

/** −8.60 s ± 12 ms, better. */
export function pairedWords(name: string, paired: Paired | undefined): string {
  if (!paired) return NOTHING;
  const { found, verdict } = paired;
  if (verdict === 'same') return 'the same in each pair';
  const sign = found.mean < 0 ? '−' : '+';
  const half = found.high === null ? '' : ` ± ${changeText(name, found.high - found.mean)}`;
  const word = verdict === 'open' ? 'may be chance' : verdict;
  return `${sign}${changeText(name, Math.abs(found.mean))}${half}, ${word}`;
}
