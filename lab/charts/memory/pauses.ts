import { count, milliseconds } from '../../format.ts';
import { FINE, greatest, roomFor, type ChartDefinition } from '../definition.ts';

/** Each collection that stopped an instance, as long as the longest of its interval. */
export const pauses: ChartDefinition = {
  id: 'pauses',
  title: 'Pauses',
  note: ({ narrow }) => (narrow ? '' : 'longest of each interval, in which an instance answers nobody'),
  heightPx: { wide: 96, narrow: 120 },
  series: (palette) => [
    {
      stroke: palette.trouble,
      paths: () => null,
      points: { show: true, size: 5, width: 1, stroke: palette.trouble, fill: palette['trouble-wash'] },
    },
  ],
  values: ({ machines }) => [machines?.memory?.longestPauseMs ?? null],
  ranges: ({ readings, scenario }) => ({
    y: [
      0,
      roomFor(
        1.1 *
          Math.max(
            greatest(readings, ({ machines }) => machines?.memory?.longestPauseMs ?? 0),
            scenario.objectives.stallMs ?? 0,
          ),
        1000,
        FINE,
      ),
    ],
  }),
  splits: (_, high) => [0, high / 2, high],
  axisText: (value) => `${value / 1000} s`,
  labels: (pen, { palette, scenario }) => {
    const target = scenario.objectives.stallMs;
    if (target === undefined) return;
    const y = pen.horizontal(target, palette.ink);
    pen.label(
      `target ${milliseconds(target)}`,
      [{ x: pen.right - 4, y: y - 9, align: 'right' }],
      palette.ink,
      600,
    );
  },
  legend: ({ machines }) => [
    { name: 'longest', value: milliseconds(machines?.memory?.longestPauseMs), tier: 'trouble' },
    { name: 'collections', value: count(machines?.memory?.collections) },
  ],
  describe: ({ machines }) =>
    machines?.memory?.longestPauseMs
      ? `Pauses. The longest just now took ${milliseconds(machines.memory.longestPauseMs)}, of ${count(machines.memory.collections)} collections.`
      : 'Pauses. No instance was collected just now.',
};
