import { exp } from '../../../engine/core/exact-math.ts';
import { ttlHitRate } from '../../../engine/simulation/theory.ts';
import type { CurveFigure, KnobValues } from '../format.ts';

/**
 * Share of all requests that are answered with a value that has been replaced since it was stored. Reads and changes come at random, so a
 * hit finds an entry of any age up to the time to live, and it has changed within an age a with probability 1 − e^(−a × rate).
 * @param lifeMin from the fill
 */
export function outdatedShare(lifeMin: number, { reads, changes }: KnobValues): number {
  const expected = (changes / 60) * lifeMin;
  if (expected === 0) return 0;
  return ttlHitRate(reads, lifeMin, 'fixed') * (1 - (1 - exp(-expected)) / expected);
}

const SHORT_MIN = 10;
const LONG_MIN = 60;
const at = (lifeMin: number, knobs: KnobValues) => ({
  hits: (100 * ttlHitRate(knobs['reads'], lifeMin, 'fixed')).toFixed(0),
  outdated: (100 * outdatedShare(lifeMin, knobs)).toFixed(0),
});

export const figure: CurveFigure = {
  kind: 'curve',
  knobs: [
    { name: 'reads', label: 'The key is read', unit: '/min', min: 0.1, max: 10, step: 0.1, value: 1 },
    { name: 'changes', label: 'Its value changes', unit: '/h', min: 0.1, max: 12, step: 0.1, value: 1 },
  ],
  x: { label: 'time to live', unit: 'min', from: 0, to: LONG_MIN },
  y: { label: 'share of the requests', unit: '%', max: 100 },
  lines: [
    {
      label: 'answered by the cache',
      tier: 'l1',
      of: (lifeMin, { reads }) => 100 * ttlHitRate(reads, lifeMin, 'fixed'),
    },
    {
      label: 'answered with what has been replaced',
      tier: 'trouble',
      of: (lifeMin, knobs) => 100 * outdatedShare(lifeMin, knobs),
    },
  ],
  marks: (knobs) => {
    const { hits, outdated } = at(SHORT_MIN, knobs);
    return [
      { x: SHORT_MIN, y: 100 * ttlHitRate(knobs['reads'], SHORT_MIN, 'fixed'), words: `${hits} % hits` },
      { x: SHORT_MIN, y: 100 * outdatedShare(SHORT_MIN, knobs), words: `${outdated} % outdated` },
    ];
  },
  title: ({ knobs }) => {
    const [short, long] = [at(SHORT_MIN, knobs), at(LONG_MIN, knobs)];
    return `From ten minutes to an hour of life, hits go from ${short.hits} to ${long.hits} %, and outdated answers from ${short.outdated} to ${long.outdated} %.`;
  },
  caption: 'One key, read and changed at random, kept for a fixed time from the moment that it was stored.',
  open: { href: '?scenario=prime-day#/', words: 'Give L1 a longer life on Prime Day' },
};
