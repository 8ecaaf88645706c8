import { count, percent } from '../../format.ts';
import type { ChartDefinition } from '../definition.ts';

/** How full the heaps are, and how much of that no collection takes away. */
export const heap: ChartDefinition = {
  id: 'heap',
  title: 'Memory in use',
  note: ({ narrow }) => (narrow ? '' : 'bold: live · thin: with garbage'),
  heightPx: { wide: 96, narrow: 120 },
  series: (palette) => [
    { stroke: palette['ink-3'], width: 1 },
    { stroke: palette.l1, width: 2, fill: palette['l1-fill'] },
  ],
  values: ({ machines }) => [machines?.memory?.share ?? null, machines?.memory?.live ?? null],
  ranges: () => ({ y: [0, 1] }),
  splits: () => [0, 0.5, 1],
  axisText: (value) => percent(value, 0),
  labels: (pen, { palette, latest, nowS, setting, scenario }) => {
    const at = setting('memory.process.collectAt') ?? scenario.memory?.process.collectAt;
    if (typeof at === 'number') {
      const y = pen.horizontal(at, palette['ink-2'], [4, 3]);
      pen.label(
        `collect at ${percent(at, 0)}`,
        [{ x: pen.right - 4, y: y + 9, align: 'right' }],
        palette['ink-2'],
      );
    }
    const live = latest?.machines?.memory?.live;
    if (live === undefined) return;
    const y = Math.max(pen.top + 8, pen.y(live));
    pen.label(
      `${percent(live, 0)} live`,
      [
        { x: pen.x(nowS) + 8, y },
        { x: pen.x(nowS) - 8, y: y + 12, align: 'right' },
        { x: pen.x(nowS) - 8, y: y - 12, align: 'right' },
      ],
      palette['l1-ink'],
      600,
    );
  },
  legend: ({ machines }) => [
    { name: 'live', value: percent(machines?.memory?.live, 0), tier: 'l1' },
    { name: 'with garbage', value: percent(machines?.memory?.share, 0) },
    { name: 'conversations', value: count(machines?.memory?.held) },
  ],
  describe: ({ machines }) =>
    `Memory in use. Now ${percent(machines?.memory?.live, 0)} of the heaps is live, ${percent(machines?.memory?.share, 0)} taken with garbage; ${count(machines?.memory?.held)} conversations are held.`,
};
