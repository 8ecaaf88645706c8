import { count, percent, rate } from '../../format.ts';
import { greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';
import { poolName } from '../reading.ts';

/** The scales begin with room for this many seconds of everyday arrivals, so that they seldom change. */
const QUEUE_ROOM_S = 30;

const everyday = ({ scenario }: ChartContext): number =>
  Math.max(1, scenario.load.ratePerS * scenario.fleet.cells);

export const queue: ChartDefinition = {
  id: 'queue',
  title: 'Queue and retries',
  note: ({ scenario, narrow }) =>
    narrow
      ? ''
      : `calls waiting for ${scenario.stations[poolName(scenario) ?? '']?.title ?? 'a server'}`.toLowerCase(),
  heightPx: { wide: 101, narrow: 120 },
  series: (palette) => [
    { stroke: palette.model, width: 2, fill: `${palette.model}33` },
    { scale: 'second', stroke: palette.trouble, width: 2 },
  ],
  values: ({ queue: waiting, retriesPerS }) => [waiting, retriesPerS],
  ghost: (reading) => reading.queue,
  ranges: (context) => ({
    y: [
      0,
      roomFor(
        greatest(context.readings, (r) => r.queue),
        everyday(context) * QUEUE_ROOM_S,
      ),
    ],
    second: [0, roomFor(greatest(context.readings, (r) => r.retriesPerS) * 1.05, everyday(context))],
  }),
  splits: (_, high) => [0, high / 2, high],
  axisText: (value) => count(value).replace('.0', ''),
  labels: (pen, context, ranges) => {
    const { latest, palette, nowS } = context;
    if (!latest) return;
    const top = ranges.second;
    if (top)
      pen.label(
        `${count(top[1]).replace('.0', '')} retries/s`,
        [{ x: pen.right - 4, y: pen.top + 1, align: 'right' }],
        palette['trouble-ink'],
      );
    const x = pen.x(nowS);
    const beside = (y: number): { x: number; y: number; align?: 'right' }[] =>
      [0, 15, -15, 30, -30]
        .flatMap((dy) => [{ x: x + 8, y: y + dy }])
        .concat([0, 15, -15].flatMap((dy) => [{ x: x - 8, y: y + dy, align: 'right' as const }]));
    if (latest.queue > everyday(context))
      pen.label(
        `${count(latest.queue)} waiting`,
        beside(Math.min(pen.bottom - 8, Math.max(pen.top + 8, pen.y(latest.queue)))),
        palette['model-ink'],
        600,
      );
    if (latest.retriesPerS > everyday(context) / 50)
      pen.label(
        `${rate(latest.retriesPerS).replace('/s', ' retries/s')}`,
        beside(Math.min(pen.bottom - 8, Math.max(pen.top + 8, pen.y(latest.retriesPerS, 'second')))),
        palette['trouble-ink'],
        600,
      );
  },
  legend: ({ queue: waiting, retriesPerS }) => [
    { name: 'queue', value: count(waiting), tier: 'model' },
    { name: 'retries', value: rate(retriesPerS), tier: 'trouble' },
  ],
  describe: ({ queue: waiting, retriesPerS, deadShare }) =>
    `Queue and retries. Now ${count(waiting)} calls wait, ${percent(deadShare, 0)} of them for nobody, and ${rate(retriesPerS)} come back as retries.`,
};
