import { dollars, dollarsPerHour, percent, plainSpan } from '../../format.ts';
import { FINE, greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';
import type { Pen } from '../pen.ts';
import { costWindowS } from '../reading.ts';

const PACES = [0.5, 0.8, 0.9, 0.95, 1];

/** Dollars an hour that use up the day's budget in exactly a day. */
const fullPace = ({ scenario }: ChartContext): number | undefined =>
  scenario.objectives.budgetUsdPerDay === undefined ? undefined : scenario.objectives.budgetUsdPerDay / 24;

function drawPace(pen: Pen, share: number, pace: number): { share: number; y: number } {
  const { palette } = pen;
  const full = share === 1;
  return {
    share,
    y: pen.horizontal(pace * share, full ? palette.trouble : palette['ink-3'], full ? [] : [1, 3]),
  };
}

export const cost: ChartDefinition = {
  id: 'cost',
  title: 'Cost per hour',
  note: (context) => {
    const budget = context.scenario.objectives.budgetUsdPerDay;
    const mean = `mean of ${plainSpan(costWindowS(context.intervalS))}`;
    return budget === undefined
      ? mean
      : `${mean} · lines: pace that ends the day at that share of ${dollars(budget)}`;
  },
  heightPx: { wide: 122, narrow: 150 },
  series: (palette) => [{ stroke: palette.ink, width: 2 }],
  values: ({ costUsdPerH }) => [costUsdPerH],
  ghost: ({ costUsdPerH }) => costUsdPerH,
  ranges: (context) => ({
    y: [
      0,
      roomFor(
        Math.max(
          greatest(context.readings, (r) => r.costUsdPerH),
          (fullPace(context) ?? 0) * 1.2,
        ),
        1,
        FINE,
      ),
    ],
  }),
  splits: (_, high) => [0, high / 2, high],
  axisText: (value) => (value === 0 ? '$0' : dollars(value)),
  under: (pen, context) => {
    const pace = fullPace(context);
    if (pace !== undefined)
      pen.fill(context.palette['trouble-wash'], 0.7, pen.left, pen.top, pen.right, pen.y(pace));
  },
  labels: (pen, context) => {
    const { palette, latest, nowS, narrow } = context;
    const pace = fullPace(context);
    const lines = pace === undefined ? [] : PACES.map((share) => drawPace(pen, share, pace));
    if (latest && latest.costUsdPerH !== null) {
      const share = pace === undefined ? '' : `, pace ${percent(latest.costUsdPerH / pace, 0)}`;
      const text = narrow
        ? `${dollarsPerHour(latest.costUsdPerH)}${share}`
        : `${dollars(latest.costUsdPerH)} per hour${share}`;
      const y = Math.max(pen.top + 8, pen.y(latest.costUsdPerH));
      const x = pen.x(nowS);
      pen.label(
        text,
        [
          { x: x + 8, y },
          { x: x - 8, y: y - 14, align: 'right' },
          { x: x - 8, y: y + 16, align: 'right' },
        ],
        palette.ink,
        600,
      );
    }
    for (const { share, y } of lines.reverse()) {
      // The upper lines lie closer than their names are high, so these stand side by side.
      const places = [0, 48, 72, 96].map((dx) => ({ x: pen.right - 4 - dx, y, align: 'right' as const }));
      pen.label(
        percent(share, 0),
        places,
        share === 1 ? palette['trouble-ink'] : palette['ink-2'],
        share === 1 ? 600 : 500,
      );
    }
  },
  legend: ({ spentUsd, costUsdPerH }) => [
    { name: 'spent', value: dollars(spentUsd) },
    { name: '', value: dollarsPerHour(costUsdPerH) },
  ],
  describe: ({ costUsdPerH, spentUsd }, context) => {
    const pace = fullPace(context);
    const share =
      pace === undefined || costUsdPerH === null
        ? ''
        : `, a pace of ${percent(costUsdPerH / pace, 0)} of the day’s budget`;
    return `Cost per hour. Now ${dollarsPerHour(costUsdPerH)}${share}; ${dollars(spentUsd)} spent since the start.`;
  },
};
