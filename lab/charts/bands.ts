import type { ChartContext } from './definition.ts';
import type { Pen } from './pen.ts';
import { fillOf, type FillKind } from './patterns.ts';
import type { Reading } from './reading.ts';

/** One layer of a stack. */
export interface Band {
  name: string;
  fill: FillKind;
  color: string;
  /** Null where there is nothing to draw. */
  valueOf: (reading: Reading) => number | null;
}

/** A band this thin has no room for its name. */
const LEAST_BAND_PX = 14;

const upTo = (bands: readonly Band[], reading: Reading, end: number): number =>
  bands.slice(0, end).reduce((sum, { valueOf }) => sum + (valueOf(reading) ?? 0), 0);

/** Draws bands on top of each other, the first at the bottom; what is nothing throughout is left out. */
export function drawBands(pen: Pen, { readings, palette }: ChartContext, bands: readonly Band[]): void {
  const { g } = pen;
  const xs = readings.map(({ atS }) => pen.x(atS));
  pen.inside(() => {
    bands.forEach(({ valueOf, fill, color }, i) => {
      if (!readings.some((r) => (valueOf(r) ?? 0) > 0)) return;
      const top = readings.map((r) => pen.y(upTo(bands, r, i + 1)));
      const bottom = readings.map((r) => pen.y(upTo(bands, r, i)));
      g.beginPath();
      xs.forEach((x, j) => g.lineTo(x, top[j]));
      for (let j = xs.length - 1; j >= 0; j--) g.lineTo(xs[j], bottom[j]);
      g.closePath();
      g.fillStyle = fillOf(g, palette, fill, color);
      g.fill();
      g.beginPath();
      xs.forEach((x, j) => g.lineTo(x, top[j]));
      g.strokeStyle = color;
      g.lineWidth = 1.25;
      g.stroke();
    });
  });
}

/** Writes each band's name where it is thickest. */
export function nameBands(pen: Pen, { readings, palette }: ChartContext, bands: readonly Band[]): void {
  bands.forEach(({ name, valueOf }, i) => {
    let widest: Reading | undefined;
    for (const reading of readings)
      if ((valueOf(reading) ?? 0) > (widest ? (valueOf(widest) ?? 0) : 0)) widest = reading;
    if (!widest) return;
    const top = pen.y(upTo(bands, widest, i + 1));
    const bottom = pen.y(upTo(bands, widest, i));
    if (bottom - top < LEAST_BAND_PX) return;
    const x = pen.x(widest.atS);
    const y = (top + bottom) / 2;
    pen.label(
      name,
      [
        { x, y, align: 'center' },
        { x: x - 6, y, align: 'right' },
        { x: x + 6, y },
      ],
      palette.ink,
      600,
    );
  });
}
