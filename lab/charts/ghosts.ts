/** Lines of pinned runs behind those of the run in the lab, and what that run did after the place that is looked at. */
import type uPlot from 'uplot';
import {
  readingBy,
  type ChartContext,
  type ChartDefinition,
  type Ghost,
  type LegendItem,
} from './definition.ts';
import type { Pen } from './pen.ts';
import type { Reading } from './reading.ts';

const DASH = [5, 4];

/** Scales have room for the ghosts and for the rest of the run, too, so that they stay while somebody looks back. */
export const withGhosts = (context: ChartContext, ghosts: readonly Ghost[]): ChartContext =>
  ghosts.length + context.rest.length === 0
    ? context
    : {
        ...context,
        readings: [...context.readings, ...context.rest, ...ghosts.flatMap(({ readings }) => readings)],
      };

/** How strongly the rest of the run is drawn: enough to find one's way, too little to be taken for the past. */
const REST_ALPHA = 0.35;

/** What the run did after the place that is looked at, line by line. */
export function drawRest(
  pen: Pen,
  { values, series }: ChartDefinition,
  { rest, readings }: ChartContext,
): void {
  if (rest.length === 0) return;
  const joined = [...readings.slice(-1), ...rest];
  series(pen.palette).forEach((line, i) => {
    if (!line.stroke || line.paths !== undefined) return;
    pen.inside(() => {
      const { g } = pen;
      trace(pen, joined, (reading) => values(reading)[i], line.scale);
      g.globalAlpha = REST_ALPHA;
      g.lineWidth = line.width ?? 1;
      g.strokeStyle = line.stroke as string;
      g.stroke();
    });
  });
}

/** Makes the path of one value, broken where there is none. */
function trace(
  pen: Pen,
  readings: readonly Reading[],
  valueOf: (reading: Reading) => number | null,
  scale?: uPlot.Series['scale'],
): void {
  const { g } = pen;
  g.beginPath();
  let drawing = false;
  for (const reading of readings) {
    const value = valueOf(reading);
    if (value === null) drawing = false;
    else {
      const point = [pen.x(reading.atS), pen.y(value, scale)] as const;
      if (drawing) g.lineTo(...point);
      else g.moveTo(...point);
      drawing = true;
    }
  }
}

export function drawGhosts(pen: Pen, { ghost: valueOf }: ChartDefinition, ghosts: readonly Ghost[]): void {
  if (!valueOf) return;
  for (const { readings } of ghosts)
    pen.inside(() => {
      const { g } = pen;
      trace(pen, readings, valueOf);
      g.setLineDash(DASH);
      g.lineWidth = 1.25;
      g.strokeStyle = pen.palette['ink-3'];
      g.stroke();
    });
}

/** Names of the ghosts with their values at the playhead. */
export const ghostLegend = (
  { ghost: valueOf, axisText }: ChartDefinition,
  ghosts: readonly Ghost[],
  atS: number,
): LegendItem[] =>
  ghosts.flatMap(({ name, readings }) => {
    const reading = readingBy(readings, atS);
    const value = reading && valueOf?.(reading);
    return typeof value === 'number' ? [{ name, value: axisText(Number(value.toPrecision(3))) }] : [];
  });
