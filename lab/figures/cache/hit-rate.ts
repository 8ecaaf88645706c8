import { newFlowCounts, newTierFlow } from '../../../engine/cache/flow/flow-stats.ts';
import { cacheReport, type CacheReport } from '../../../engine/cache/stats.ts';
import type { CurveFigure, KnobValues } from '../format.ts';

/** Never rounded to all. */
const percent = (rate: number): string => `${(100 * rate).toFixed(rate > 0.99 ? 2 : 0)} %`;

const REQUESTS = 10_000;
/** Where the title reads the curves. */
const L1_PERCENT = 50;

/** A report of requests that ask every level in turn until one has the answer; the levels behind L1 answer the same share of what they are asked. */
export function reportAt(firstPercent: number, { behind, levels }: KnobValues): CacheReport {
  let asked = REQUESTS;
  const tiers = Array.from({ length: levels }, (_, i) => {
    const hits = (asked * (i === 0 ? firstPercent : behind)) / 100;
    const flow = { ...newTierFlow(), hits, misses: asked - hits };
    asked = flow.misses;
    return { name: `l${i + 1}`, level: `l${i + 1}`, flow };
  });
  const counts = { ...newFlowCounts(), requests: REQUESTS, answeredFresh: REQUESTS - asked };
  return cacheReport(counts, tiers);
}

export const figure: CurveFigure = {
  kind: 'curve',
  knobs: [
    { name: 'behind', label: 'A level behind L1 has', unit: '%', min: 10, max: 95, step: 1, value: 90 },
    { name: 'levels', label: 'Levels', unit: '', min: 2, max: 4, step: 1, value: 2 },
  ],
  x: { label: 'requests that L1 answers', unit: '%', from: 0, to: 95, points: 95 },
  y: { label: 'overall hit rate', unit: '%', max: 100 },
  lines: [
    {
      label: 'of requests',
      tier: 'l1',
      of: (first, knobs) => 100 * reportAt(first, knobs).hitRatePerRequest!,
    },
    {
      label: 'of look-ups, as the module counts',
      tier: 'trouble',
      of: (first, knobs) => 100 * reportAt(first, knobs).hitRatePerProbe!,
    },
  ],
  marks: (knobs) => {
    const { hitRatePerRequest, hitRatePerProbe, band } = reportAt(L1_PERCENT, knobs);
    return [
      {
        x: L1_PERCENT,
        y: 100 * hitRatePerRequest!,
        words: `${percent(hitRatePerRequest!)}, ${band!}`,
      },
      { x: L1_PERCENT, y: 100 * hitRatePerProbe!, words: percent(hitRatePerProbe!) },
    ];
  },
  title: ({ knobs }) => {
    const { hitRatePerRequest, hitRatePerProbe } = reportAt(L1_PERCENT, knobs);
    return `Of these requests ${percent(hitRatePerRequest!)} need no model. The module’s formula shows ${percent(hitRatePerProbe!)}.`;
  },
  caption:
    'Every request asks L1 first, and then the levels behind it until one has the answer. The points stand where L1 answers half.',
  open: { href: '#/cache', words: 'Set the two hit rates side by side' },
};
