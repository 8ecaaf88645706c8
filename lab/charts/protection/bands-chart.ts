import { drawBands, nameBands, type Band } from '../bands.ts';
import { FINE, greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';
import type { Reading } from '../reading.ts';
import { amount, perSecond } from '../small-rate.ts';

interface BandsChart {
  id: string;
  title: string;
  note: (context: ChartContext) => string;
  bands: (context: ChartContext) => Band[];
  /** Names of the bands and their values, in their order. */
  parts: (
    reading: Reading,
    context: ChartContext,
  ) => { name: string; perS: number | undefined; trouble?: boolean }[];
  nothing: string;
}

/** Rates stacked on each other, each with a pattern of its own. */
export function bandsChart({ id, title, note, bands, parts, nothing }: BandsChart): ChartDefinition {
  const total = (reading: Reading, context: ChartContext): number =>
    parts(reading, context).reduce((sum, { perS }) => sum + (perS ?? 0), 0);
  return {
    id,
    title,
    note,
    heightPx: { wide: 96, narrow: 120 },
    series: () => [{ stroke: 'transparent', width: 0 }],
    values: () => [null],
    ranges: (context) => ({
      y: [0, roomFor(1.05 * greatest(context.readings, (r) => total(r, context)), 1, FINE)],
    }),
    splits: (_, high) => [0, high / 2, high],
    axisText: (value) => `${amount(value).replace('.0', '')}/s`,
    body: (pen, context) => drawBands(pen, context, bands(context)),
    labels: (pen, context) => {
      nameBands(pen, context, bands(context));
      if (greatest(context.readings, (r) => total(r, context)) === 0)
        pen.label(
          nothing,
          [{ x: (pen.left + pen.right) / 2, y: (pen.top + pen.bottom) / 2, align: 'center' }],
          context.palette['ink-3'],
        );
    },
    legend: (reading, context) =>
      parts(reading, context).map(({ name, perS, trouble }) => ({
        name,
        value: perSecond(perS),
        ...(trouble ? { tier: 'trouble' as const } : {}),
      })),
    describe: (reading, context) => {
      const said = parts(reading, context)
        .filter(({ perS }) => (perS ?? 0) > 0)
        .map(({ name, perS }) => `${name} ${perSecond(perS)}`);
      return `${title}. Now ${said.length > 0 ? said.join(', ') : nothing}.`;
    },
  };
}
