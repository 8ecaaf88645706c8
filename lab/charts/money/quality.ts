import { percent } from '../../format.ts';
import type { ChartContext, ChartDefinition } from '../definition.ts';

const least = ({ scenario }: ChartContext): number =>
  Math.floor(Math.min(...Object.values(scenario.models).map(({ quality }) => quality)) * 10) / 10;

export const quality: ChartDefinition = {
  id: 'quality',
  title: 'Quality of the answers',
  note: () => 'mean of the models that gave them',
  heightPx: { wide: 66, narrow: 90 },
  series: (palette) => [{ stroke: palette.ink, width: 2, spanGaps: false }],
  values: ({ money }) => [money?.quality ?? null],
  ranges: (context) => ({ y: [least(context), 1] }),
  splits: (low, high) => [low, high],
  axisText: (value) => value.toFixed(1),
  labels: (pen, { scenario, palette }) => {
    for (const [name, { quality: of }] of Object.entries(scenario.models)) {
      const y = pen.horizontal(of, palette['ink-3'], [1, 3]);
      pen.label(name, [{ x: pen.right - 4, y, align: 'right' }], palette['ink-2']);
    }
  },
  legend: ({ money }) => [{ name: '', value: money?.quality?.toFixed(3) ?? '–' }],
  describe: ({ money }) =>
    `Quality of the answers. Now ${money?.quality === null || money === undefined ? 'nobody answers' : `${percent(money.quality)} on average`}.`,
};
