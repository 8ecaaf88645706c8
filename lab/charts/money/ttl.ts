import type { ChartContext, ChartDefinition, LegendItem } from '../definition.ts';
import { greatest } from '../definition.ts';

const SPLITS = [1, 10, 60, 600, 3600, 14_400, 86_400];

/** 90 s, 10 min, 2.5 h. */
export function ttlText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1).replace('.0', '')} h`;
}

const tiersOf = ({ scenario }: Pick<ChartContext, 'scenario'>): string[] =>
  scenario.controls.ttl?.tiers ?? [];

export const ttl: ChartDefinition = {
  id: 'ttl',
  title: 'How long answers are kept',
  note: ({ setting }) =>
    setting('controls.ttl.tuner.on') === true ? 'TTL, tuned towards the target' : 'TTL, not tuned',
  heightPx: { wide: 80, narrow: 100 },
  log: true,
  // Two lines may lie on each other, so the second is dashed.
  series: (palette) => [
    { stroke: palette.l1, width: 2 },
    { stroke: palette.l2, width: 2, dash: [6, 4] },
    { stroke: palette.l3, width: 2, dash: [2, 3] },
    { stroke: palette.l4, width: 1.5 },
  ],
  values: ({ money }) => [0, 1, 2, 3].map((i) => money?.ttlS[i] ?? null),
  ranges: (context) => {
    const most = greatest(context.readings, ({ money }) => Math.max(0, ...(money?.ttlS ?? [])));
    return { y: [60, Math.max(14_400, most * 1.2)] };
  },
  splits: (low, high) => SPLITS.filter((s) => s >= low && s <= high),
  axisText: (value) => ttlText(value),
  legend: ({ money }, { scenario }) =>
    tiersOf({ scenario }).map((tier, i): LegendItem => ({
      name: scenario.tiers[tier]?.level.toUpperCase() ?? tier,
      value: ttlText(money?.ttlS[i]),
      ...(scenario.tiers[tier] ? { tier: scenario.tiers[tier].level } : {}),
    })),
  describe: ({ money }, { scenario }) =>
    `How long answers are kept. Now ${tiersOf({ scenario })
      .map((tier, i) => `${scenario.tiers[tier]?.title ?? tier} ${ttlText(money?.ttlS[i])}`)
      .join(', ')}.`,
};
