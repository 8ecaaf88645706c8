import type { ChartContext } from './definition.ts';
import type { Pen } from './pen.ts';

/** Shades the time that hasn't come yet. */
export function shadeFuture(pen: Pen, { nowS, palette }: ChartContext): void {
  pen.fill(palette.shade, 1, pen.x(nowS), pen.top, pen.right, pen.bottom);
}

/** A line for each mark of time; a pulled lever's has the hue of its cache level. */
export function drawTimeMarks(pen: Pen, { marks, palette }: ChartContext): void {
  for (const { atS, kind, level } of marks) {
    if (kind === 'now') pen.vertical(atS, palette.ink, [], 1.5);
    else if (kind === 'minor') continue;
    else if (kind === 'trouble') pen.vertical(atS, palette.trouble, [4, 3], 1, 0.9);
    else if (kind === 'future') pen.vertical(atS, palette['ink-3'], [2, 4], 1, 0.7);
    else
      pen.vertical(
        atS,
        level ? palette[level] : kind === 'pull' ? palette.ink : palette['ink-3'],
        [4, 3],
        1,
        0.9,
      );
  }
}
