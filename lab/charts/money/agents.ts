import { count, dollarsPerHour } from '../../format.ts';
import { drawBands, nameBands, type Band } from '../bands.ts';
import { FINE, greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';
import type { Reading } from '../reading.ts';
import { amount } from '../small-rate.ts';

/** All there are: those that start, too. `spot` counts both. */
const all = ({ money }: Reading): number => (money?.agents ? money.agents.ready + money.agents.starting : 0);
const spot = (reading: Reading): number => Math.min(all(reading), reading.money?.agents?.spot ?? 0);

const bandsOf = ({ palette }: ChartContext): Band[] => [
  { name: 'on demand', fill: 'plain', color: palette.model, valueOf: (r) => all(r) - spot(r) },
  { name: 'spot', fill: 'hatched', color: palette.model, valueOf: spot },
];

const forecastOn = ({ setting, scenario }: ChartContext): boolean =>
  (setting('controls.agents.forecast.on') ?? scenario.controls.agents?.forecast.on) === true;

export const agents: ChartDefinition = {
  id: 'agents',
  title: 'Agents',
  note: (context) =>
    `bold: at work · thin: ready · dashed: forecast${forecastOn(context) ? '' : ', not used'}`,
  heightPx: { wide: 200, narrow: 190 },
  series: (palette) => [
    { stroke: palette.ink, width: 2 },
    { stroke: palette['ink-2'], width: 1 },
    { stroke: palette['ink-2'], width: 1.25, dash: [4, 3] },
  ],
  values: ({ money }) => [
    money?.agents?.atWork ?? null,
    money?.agents?.ready ?? null,
    money?.agents?.forecast ?? null,
  ],
  ranges: ({ readings, scenario }) => ({
    y: [
      0,
      roomFor(
        Math.max(
          greatest(readings, all),
          greatest(readings, ({ money }) => money?.agents?.forecast ?? 0),
          greatest(readings, ({ money }) => money?.agents?.atWork ?? 0),
        ) * 1.05,
        Math.max(4, scenario.controls.agents?.pool.min ?? 0),
        FINE,
      ),
    ],
  }),
  splits: (_, high) => [0, high / 2, high],
  axisText: (value) => amount(value).replace('.0', ''),
  // Below the lines.
  under: (pen, context) => drawBands(pen, context, bandsOf(context)),
  labels: (pen, context) => {
    const { latest, palette, nowS, scenario } = context;
    nameBands(pen, context, bandsOf(context));
    const work = latest?.money?.agents?.atWork;
    if (work !== undefined)
      pen.label(
        `${amount(work)} at work`,
        [
          { x: pen.x(nowS) + 8, y: pen.y(work) },
          { x: pen.x(nowS) - 8, y: pen.y(work) - 10, align: 'right' },
        ],
        palette.ink,
        600,
      );
    const most = scenario.controls.agents?.pool.max;
    if (most !== undefined) {
      const y = pen.horizontal(most, palette['ink-3'], [1, 3]);
      pen.label(`at most ${most}`, [{ x: pen.right - 4, y: y + 9, align: 'right' }], palette['ink-2']);
    }
  },
  legend: ({ money }) => [
    { name: 'ready', value: count(money?.agents?.ready) },
    { name: 'starting', value: count(money?.agents?.starting) },
    { name: 'spot', value: count(money?.agents?.spot) },
    { name: 'forecast', value: amount(money?.agents?.forecast) },
    { name: '', value: dollarsPerHour(money?.agents?.usdPerH) },
  ],
  describe: ({ money }) =>
    `Agents. Now ${count(money?.agents?.ready)} are ready, ${count(money?.agents?.spot)} of them or of those starting on spot capacity, ${count(money?.agents?.starting)} start; the work keeps ${amount(money?.agents?.atWork)} busy, ${amount(money?.agents?.forecast)} were forecast. They cost ${dollarsPerHour(money?.agents?.usdPerH)}.`,
};
