import type uPlot from 'uplot';
import type { Scenario, SettingValue } from '../../engine/simulation/scenario.ts';
import type { TimeMark } from './marks.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import type { Reading } from './reading.ts';
import type { TimeWindow } from './time-window.ts';

export interface Ranges {
  y: [number, number];
  second?: [number, number];
}

/** What a chart draws from; made anew for each drawing. */
export interface ChartContext {
  scenario: Scenario;
  intervalS: number;
  readings: readonly Reading[];
  /** Those of the same run after the place that is looked at, while somebody looks back. */
  rest: readonly Reading[];
  latest: Reading | undefined;
  window: TimeWindow;
  nowS: number;
  /** Nothing more will come. */
  ended: boolean;
  /** Which of the gateway's budgets is shown; the first is 0. */
  budget: number;
  marks: readonly TimeMark[];
  palette: Palette;
  narrow: boolean;
  /** Value that a live setting has now. */
  setting: (path: string) => SettingValue | undefined;
}

/** A pinned run whose lines are drawn behind those of the run in the lab. */
export interface Ghost {
  name: string;
  /** In the order of time. */
  readings: readonly Reading[];
}

export interface LegendItem {
  name: string;
  value: string;
  tier?: 'l1' | 'l2' | 'l3' | 'l4' | 'model' | 'trouble';
}

/** One of the charts. Series, scales and words; SyncedChart makes a uPlot of it. */
export interface ChartDefinition {
  id: string;
  title: string;
  note: (context: ChartContext) => string;
  heightPx: { wide: number; narrow: number };
  /** Logarithmic y scale. */
  log?: boolean;
  series: (palette: Palette) => uPlot.Series[];
  /** One number for each series. */
  values: (reading: Reading) => (number | null)[];
  /** Range of the scale `y`, and of `second` where there is one. */
  ranges: (context: ChartContext) => Ranges;
  /** What is drawn of a ghost, on the scale `y`; left out, it has none here. */
  ghost?: (reading: Reading) => number | null;
  splits: (low: number, high: number) => number[];
  axisText: (value: number) => string;
  /** Below the grid. */
  under?: (pen: Pen, context: ChartContext) => void;
  /** Above the grid and below the marks of time. */
  body?: (pen: Pen, context: ChartContext) => void;
  /** Above everything. */
  labels?: (pen: Pen, context: ChartContext, ranges: Ranges) => void;
  legend: (reading: Reading, context: ChartContext) => LegendItem[];
  /** The present values in words. */
  describe: (reading: Reading, context: ChartContext) => string;
}

/** Few steps, so that an axis seldom changes while a run grows. */
const COARSE = [1, 2, 4, 10];
export const FINE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next of the steps × a power of ten. */
export function roomFor(value: number, least: number, steps = COARSE): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (steps.find((step) => step * power >= wanted) ?? 10) * power;
}

export const greatest = (
  readings: readonly Reading[],
  valueOf: (reading: Reading) => number | null,
): number => readings.reduce((most, reading) => Math.max(most, valueOf(reading) ?? 0), 0);

/** The last of the readings by this time. */
export const readingBy = (readings: readonly Reading[], atS: number): Reading | undefined =>
  readings.findLast((reading) => reading.atS <= atS);
