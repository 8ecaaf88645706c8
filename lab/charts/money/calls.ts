import { percent } from '../../format.ts';
import { FINE, greatest, roomFor, type ChartDefinition } from '../definition.ts';
import type { Reading } from '../reading.ts';
import { amount, perSecond } from '../small-rate.ts';

/** Share of the requests that no call was made for; null while deferred work, retries or cascades make more calls than there are requests. */
const avoided = ({ money }: Reading): number | null =>
  money && money.requestsPerS > 0 && money.callsPerS <= money.requestsPerS
    ? 1 - money.callsPerS / money.requestsPerS
    : null;

export const calls: ChartDefinition = {
  id: 'calls',
  title: 'Requests and calls',
  note: ({ narrow }) => (narrow ? '' : 'the gap: caches, batches, refusals'),
  heightPx: { wide: 96, narrow: 120 },
  series: (palette) => [
    { stroke: palette['ink-3'], width: 1, fill: palette.hover },
    { stroke: palette.ink, width: 2, fill: `${palette.model}55` },
    { stroke: palette.trouble, width: 1.5, dash: [6, 3] },
  ],
  values: ({ money }) => [money?.requestsPerS ?? null, money?.callsPerS ?? null, money?.refusedPerS ?? null],
  ranges: ({ readings }) => ({
    y: [
      0,
      roomFor(
        Math.max(
          greatest(readings, ({ money }) => money?.requestsPerS ?? 0),
          greatest(readings, ({ money }) => money?.callsPerS ?? 0),
          greatest(readings, ({ money }) => money?.refusedPerS ?? 0),
        ) * 1.05,
        1,
        FINE,
      ),
    ],
  }),
  splits: (_, high) => [0, high / 2, high],
  axisText: (value) => `${amount(value).replace('.0', '')}/s`,
  labels: (pen, { readings, palette, latest, nowS }) => {
    const early = readings.find(({ atS }) => pen.x(atS) >= pen.left + 4);
    if (early?.money) {
      const x = pen.left + 6;
      pen.label('requests', [{ x, y: pen.y(early.money.requestsPerS) - 8 }], palette['ink-2']);
      pen.label(
        'calls',
        [
          { x, y: pen.y(early.money.callsPerS) - 9 },
          { x: x + 56, y: pen.y(early.money.callsPerS) - 9 },
        ],
        palette.ink,
        600,
      );
    }
    const refused = latest?.money?.refusedPerS ?? 0;
    if (latest?.money && refused > 0.02 * latest.money.requestsPerS) {
      const y = Math.max(pen.top + 8, pen.y(refused) - 9);
      pen.label(
        `${perSecond(refused)} refused`,
        [
          { x: pen.x(nowS) + 8, y },
          { x: pen.x(nowS) - 8, y, align: 'right' },
        ],
        palette['trouble-ink'],
        600,
      );
    }
  },
  legend: (reading) => [
    { name: 'requests', value: perSecond(reading.money?.requestsPerS) },
    { name: 'calls', value: perSecond(reading.money?.callsPerS) },
    { name: 'spared', value: percent(avoided(reading), 0) },
    { name: 'refused', value: perSecond(reading.money?.refusedPerS), tier: 'trouble' },
  ],
  describe: (reading) =>
    `Requests and calls. Now ${perSecond(reading.money?.requestsPerS)} requests and ${perSecond(reading.money?.callsPerS)} calls to models: ${percent(avoided(reading), 0)} spared by caches, batches and refusals; ${perSecond(reading.money?.refusedPerS)} refused.`,
};
