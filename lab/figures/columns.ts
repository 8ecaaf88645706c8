/** Columns of a run as figures draw them. */
import type { Simulation } from '../../engine/simulation/simulation.ts';

/** As the recorder has it, one value for each interval. @throws Error for a name that the run has no column of. */
export function column({ world: { recorder } }: Simulation, name: string): Float64Array {
  if (!recorder.columns.includes(name))
    throw new Error(`The run has no column "${name}". There are: ${recorder.columns.join(', ')}.`);
  return recorder.column(name);
}

/** A count as a rate, averaged over so many seconds around each interval, so that the eye sees the level and not the dice. */
export function perSecond(simulation: Simulation, name: string, overS = 5): Float64Array {
  const { intervalMs, closed } = simulation.world.recorder;
  const intervalS = intervalMs / 1000;
  return smooth(
    column(simulation, name)
      .subarray(0, closed)
      .map((count) => count / intervalS),
    Math.max(1, Math.round(overS / intervalS)),
  );
}

/** The mean of the `width` values around each; fewer at the ends. */
export function smooth(values: Float64Array, width: number): Float64Array {
  const before = Math.floor((width - 1) / 2);
  return values.map((_, i) => {
    const near = values.subarray(Math.max(0, i - before), i - before + width);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
