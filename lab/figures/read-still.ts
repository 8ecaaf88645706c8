import type { Panel } from './format.ts';
import type { Still } from './still.ts';

const columnOf = (written: unknown): Float64Array =>
  Float64Array.from(written as (number | null)[], (value) => value ?? NaN);

/** A still picture from its JSON. */
export const readStill = ({ frame, data }: Still): Still => ({
  frame,
  data: {
    ...data,
    panels: data.panels.map((panel): Panel => ({
      ...panel,
      x: columnOf(panel.x),
      lines: panel.lines.map((line) => ({ ...line, y: columnOf(line.y) })),
    })),
  },
});
