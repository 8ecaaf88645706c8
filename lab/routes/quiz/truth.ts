/** What runs came to, in words and with units. Unlike a live figure, a truth is written finely enough to be held to an option. */
import type { PredictQuestion } from '../../../quiz/format.ts';
import { NOTHING } from '../../format.ts';
import { figureNamed, type Figure } from '../tune/figures.ts';

const TIERS: Record<string, string> = { l1: 'L1', l2: 'L2', l3: 'L3', l4: 'L4' };
const NBSP = '\u00a0';

/** A figure of a run or a column of the recorder, as a learner would call it. */
export function figureOf(name: string): Pick<Figure, 'label' | 'unit'> {
  const [kind, of = '', what = ''] = name.split('.');
  if (name === 'failed') return { label: 'Failed requests', unit: 'count' };
  if (name === 'memory.live') return { label: 'Live share of memory', unit: 'share' };
  if (kind === 'station' && what === 'arrivals') return { label: `Calls to the ${of}`, unit: 'count' };
  if (kind === 'tier' && what === 'hits') return { label: `Hits in ${TIERS[of] ?? of}`, unit: 'count' };
  if (kind === 'spend') return { label: `Spent by “${what}”`, unit: 'usd' };
  return figureNamed(name);
}

const number = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: digits }).replace('-', '−');

/** 50.3 %, 0.0086 %, $301.71, 11,640, 241 ms, 3.18 s. */
export function finely(value: number, { unit }: Pick<Figure, 'unit'>): string {
  if (!Number.isFinite(value)) return NOTHING;
  switch (unit) {
    case 'share':
      return `${number(value * 100, Math.abs(value) < 0.001 ? 2 : 3)}${NBSP}%`;
    case 'usd':
      return `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
    case 'count':
      return Math.round(value).toLocaleString('en-US');
    case 'ms':
      return value >= 1000 ? `${number(value / 1000, 3)}${NBSP}s` : `${number(value, 3)}${NBSP}ms`;
    case 's':
      return `${number(value, 3)}${NBSP}s`;
    case 'score':
      return number(value, 4);
  }
}

/** The figure that the options speak of: "40 % of the requests are hits", "0.22 times as many calls", "Model cost × 1.13". */
export function truthText({ measure }: PredictQuestion, value: number): string {
  const figure = figureOf(measure.figure);
  if (!Number.isFinite(value)) return `${figure.label}: ${NOTHING}`;
  const words = ['×', '$', 'ms', 's'].includes(measure.unit) ? '' : ` ${measure.unit}`;
  if (measure.of === 'value')
    return words ? finely(value, figure) + words : `${figure.label} ${finely(value, figure)}`;
  if (measure.of === 'ratio')
    return words ? number(value, 3) + words : `${figure.label} × ${number(value, 3)}`;
  const change =
    figure.unit === 'share' ? `${number(value * 100, 3)} percentage points` : finely(value, figure);
  return change + words;
}
