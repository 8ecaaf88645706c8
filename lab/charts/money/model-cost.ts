import { dollars, dollarsPerHour, percent, plainSpan } from '../../format.ts';
import { drawBands, nameBands, type Band } from '../bands.ts';
import { FINE, greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';
import { FILLS } from '../patterns.ts';
import { costWindowS, type Reading } from '../reading.ts';

const bandsOf = ({ scenario, palette }: ChartContext): Band[] =>
  Object.keys(scenario.models).map((name, i) => ({
    name,
    fill: FILLS[i % FILLS.length],
    color: palette.model,
    valueOf: ({ money }) => money?.byModelUsdPerH[i] ?? null,
  }));

/** Share of the baseline that was saved; null where there is none. */
const saved = ({ money, costUsdPerH }: Reading): number | null =>
  money && money.baselineUsdPerH > 0 && costUsdPerH !== null ? 1 - costUsdPerH / money.baselineUsdPerH : null;

/** Without a minus before nothing. */
const signedPercent = (share: number | null): string =>
  percent(share !== null && Math.abs(share) < 0.005 ? 0 : share, 0).replace('-', '−');

/** The band above the cost is worth words from here on. */
const WORTH_NAMING = 0.02;

export const modelCost: ChartDefinition = {
  id: 'model-cost',
  title: 'Cost per hour',
  note: ({ intervalS, scenario }) =>
    `by model, mean of ${plainSpan(costWindowS(intervalS))} · dashed: the same tokens on ${scenario.gateway?.model ?? ''}`,
  heightPx: { wide: 140, narrow: 150 },
  series: (palette) => [
    { stroke: 'transparent', width: 0 },
    { stroke: palette['ink-2'], width: 1, dash: [4, 3] },
  ],
  values: ({ costUsdPerH, money }) => [costUsdPerH, money?.baselineUsdPerH ?? null],
  ranges: (context) => ({
    y: [
      0,
      roomFor(
        Math.max(
          greatest(context.readings, (r) => r.costUsdPerH),
          greatest(context.readings, (r) => r.money?.baselineUsdPerH ?? 0),
        ) * 1.02,
        1,
        FINE,
      ),
    ],
  }),
  splits: (_, high) => [0, high / 2, high],
  axisText: (value) => (value === 0 ? '$0' : dollars(value).replace('.00', '').replace('.0', '')),
  body: (pen, context) => drawBands(pen, context, bandsOf(context)),
  labels: (pen, context) => {
    const { latest, palette, nowS, narrow, scenario } = context;
    if (latest && latest.costUsdPerH !== null) {
      const x = pen.x(nowS);
      const y = Math.max(pen.top + 8, pen.y(latest.costUsdPerH));
      pen.label(
        narrow ? dollarsPerHour(latest.costUsdPerH) : `${dollars(latest.costUsdPerH)} per hour`,
        [
          { x: x + 8, y },
          { x: x - 8, y: y - 12, align: 'right' },
          { x: x - 8, y: y + 14, align: 'right' },
        ],
        palette.ink,
        600,
      );
      if ((saved(latest) ?? 0) > WORTH_NAMING && latest.money) {
        const top = Math.max(pen.top + 8, pen.y(latest.money.baselineUsdPerH));
        pen.label(
          `on ${scenario.gateway?.model ?? ''} ${dollarsPerHour(latest.money.baselineUsdPerH)}`,
          [
            { x: x + 8, y: top },
            { x: x - 8, y: top - 8, align: 'right' },
          ],
          palette['ink-2'],
        );
      }
    }
    nameBands(pen, context, bandsOf(context));
  },
  legend: (reading) => {
    const share = saved(reading);
    return [
      { name: 'spent', value: dollars(reading.spentUsd) },
      { name: '', value: dollarsPerHour(reading.costUsdPerH) },
      { name: 'saved', value: signedPercent(share) },
    ];
  },
  describe: (reading, { scenario }) => {
    const models = Object.keys(scenario.models)
      .map((name, i) => `${name} ${dollarsPerHour(reading.money?.byModelUsdPerH[i])}`)
      .join(', ');
    return `Cost per hour by model. Now ${dollarsPerHour(reading.costUsdPerH)}: ${models}; the same tokens on ${scenario.gateway?.model ?? ''} would cost ${dollarsPerHour(reading.money?.baselineUsdPerH)}. ${dollars(reading.spentUsd)} spent since the start.`;
  },
};
