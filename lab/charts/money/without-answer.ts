import { CRITICALITIES } from '../../../engine/cost/task.ts';
import { percent } from '../../format.ts';
import type { ChartDefinition } from '../definition.ts';

/** Critical is the strongest line, low the weakest; none of them is told by its colour alone. */
const LINES = [
  { ink: 'ink', width: 2.5, dash: [] },
  { ink: 'ink-2', width: 1.75, dash: [7, 3] },
  { ink: 'ink-3', width: 1.5, dash: [2, 3] },
  { ink: 'ink-3', width: 1, dash: [] },
] as const;

const percentOf = (share: number | null | undefined): number | null =>
  share === null || share === undefined ? null : share * 100;

export const withoutAnswer: ChartDefinition = {
  id: 'without-answer',
  title: 'Without an answer',
  note: () => 'share of the requests that ended, by criticality',
  heightPx: { wide: 110, narrow: 126 },
  series: (palette) =>
    LINES.map(({ ink, width, dash }) => ({ stroke: palette[ink], width, dash: [...dash] })),
  values: ({ money }) => CRITICALITIES.map((_, i) => percentOf(money?.givenUp[i])),
  ranges: () => ({ y: [0, 100] }),
  splits: () => [0, 50, 100],
  axisText: (value) => `${value} %`,
  labels: (pen, { latest, readings, palette, nowS }) => {
    if (!latest?.money) return;
    const { givenUp } = latest.money;
    const x = pen.x(nowS);
    const lost = CRITICALITIES.filter((_, i) => (givenUp[i] ?? 0) >= 0.01);
    lost.forEach((name) => {
      const i = CRITICALITIES.indexOf(name);
      const y = Math.min(pen.bottom - 8, Math.max(pen.top + 8, pen.y(100 * (givenUp[i] ?? 0))));
      pen.label(
        name,
        [0, 14, 28, 42].flatMap((dy) => [
          { x: x + 8, y: y + dy },
          { x: x - 8, y: y + dy, align: 'right' as const },
        ]),
        i === 0 ? palette.ink : palette['ink-2'],
        i === 0 ? 650 : 500,
      );
    });
    if (
      lost.length === 0 &&
      readings.every(({ money }) => (money?.givenUp ?? []).every((s) => (s ?? 0) < 0.01))
    )
      pen.label('everybody is answered', [{ x: pen.left + 8, y: pen.bottom - 12 }], palette['ink-2']);
  },
  legend: ({ money }) => CRITICALITIES.map((name, i) => ({ name, value: percent(money?.givenUp[i], 0) })),
  describe: ({ money }) =>
    `Requests without an answer. Now ${CRITICALITIES.map((name, i) => `${name} ${percent(money?.givenUp[i], 0)}`).join(', ')}.`,
};
