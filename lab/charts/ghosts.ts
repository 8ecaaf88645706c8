/** Lines of pinned runs behind those of the run in the lab. */
import {
  readingBy,
  type ChartContext,
  type ChartDefinition,
  type Ghost,
  type LegendItem,
} from './definition.ts';
import type { Pen } from './pen.ts';

const DASH = [5, 4];

/** Scales have room for the ghosts, too. */
export const withGhosts = (context: ChartContext, ghosts: readonly Ghost[]): ChartContext =>
  ghosts.length === 0
    ? context
    : { ...context, readings: [...context.readings, ...ghosts.flatMap(({ readings }) => readings)] };

export function drawGhosts(pen: Pen, { ghost: valueOf }: ChartDefinition, ghosts: readonly Ghost[]): void {
  if (!valueOf) return;
  for (const { readings } of ghosts)
    pen.inside(() => {
      const { g } = pen;
      g.beginPath();
      let drawing = false;
      for (const reading of readings) {
        const value = valueOf(reading);
        if (value === null) drawing = false;
        else {
          const point = [pen.x(reading.atS), pen.y(value)] as const;
          if (drawing) g.lineTo(...point);
          else g.moveTo(...point);
          drawing = true;
        }
      }
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
