import {
  FINE,
  greatest,
  roomFor,
  type ChartContext,
  type ChartDefinition,
  type LegendItem,
} from '../definition.ts';
import type { Reading } from '../reading.ts';

interface Line {
  /** Written where the line ends. */
  name: (value: number, context: ChartContext) => string;
  valueOf: (reading: Reading) => number | null;
  tone: 'ink' | 'model' | 'trouble' | 'thin';
}

interface LineChart {
  id: string;
  title: string;
  note: string;
  /** At most three: bold, dashed, dotted. */
  lines: readonly Line[];
  /** The axis goes at least so far; or ends there, whatever comes. */
  least: number;
  fixed?: boolean;
  /** Where the axis ends at most, however high a line goes. */
  most?: (context: ChartContext) => number;
  /** Values come seldom, and what lies between is not nothing. */
  seldom?: boolean;
  axisText: (value: number) => string;
  splits?: readonly number[];
  legend: (reading: Reading) => LegendItem[];
  describe: (reading: Reading) => string;
}

const DASHES: readonly number[][] = [[], [6, 4], [2, 3]];

/** A few lines on one axis, each with a dash of its own and its name at its end. */
export function lineChart(of: LineChart): ChartDefinition {
  return {
    id: of.id,
    title: of.title,
    note: ({ narrow }) => (narrow ? '' : of.note),
    heightPx: { wide: 96, narrow: 120 },
    series: (palette) =>
      of.lines.map(({ tone }, i) => ({
        stroke: tone === 'thin' ? palette['ink-2'] : palette[tone],
        width: tone === 'thin' ? 1.25 : 2,
        dash: DASHES[i] ?? [],
        spanGaps: of.seldom ?? false,
      })),
    values: (reading) => of.lines.map(({ valueOf }) => valueOf(reading)),
    ranges: (context) => {
      const { readings } = context;
      const most = Math.max(...of.lines.map(({ valueOf }) => greatest(readings, valueOf)));
      const end = Math.min(1.05 * most, of.most?.(context) ?? Infinity);
      return { y: [0, of.fixed ? of.least : roomFor(end, of.least, FINE)] };
    },
    splits: (_, high) => [...(of.splits ?? [0, high / 2, high])],
    axisText: of.axisText,
    labels: (pen, context) => {
      const { latest, palette, nowS } = context;
      if (!latest) return;
      for (const { name, valueOf, tone } of of.lines) {
        const value = valueOf(latest);
        if (value === null) continue;
        const y = Math.min(pen.bottom - 7, Math.max(pen.top + 8, pen.y(value)));
        const x = pen.x(nowS);
        const color = {
          ink: palette.ink,
          model: palette['model-ink'],
          trouble: palette['trouble-ink'],
          thin: palette['ink-2'],
        }[tone];
        pen.label(
          name(value, context),
          [0, -13, 13]
            .flatMap((dy) => [{ x: x + 8, y: y + dy }])
            .concat([-11, 12, -24].flatMap((dy) => [{ x: x - 8, y: y + dy, align: 'right' as const }])),
          color,
          600,
        );
      }
    },
    legend: of.legend,
    describe: of.describe,
  };
}
