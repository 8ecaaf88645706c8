/**
 * A live figure of the reading: what it runs and what it shows, as data and small functions of the engine. It is computed from its id and
 * the values of its knobs, so that what it draws can be made again by anybody: once when the site is built (still.ts), which is the picture
 * that a section opens with, and in a worker of the page (figure-worker.ts) as soon as it comes near the screen or a knob turns.
 *
 *   run     one scenario in one to four panels, drawn over time
 *   curve   functions of the engine over a quantity
 *   bars    a few figures side by side
 */
import type { Override } from '../../engine/simulation/overrides.ts';
import type { ScenarioInput } from '../../engine/simulation/scenario.ts';
import type { Pull, Simulation } from '../../engine/simulation/simulation.ts';
import type { Outcome } from '../../engine/tuning/outcome.ts';

export type Tier = 'l1' | 'l2' | 'l3' | 'l4' | 'model' | 'trouble';

/** Something that the reader may turn. */
export interface Knob {
  /** By which the functions below know it. */
  name: string;
  label: string;
  /** Stands behind the value; `×` and `$` stand before it. */
  unit: string;
  min: number;
  max: number;
  step: number;
  /** Where it stands untouched. */
  value: number;
}
export type KnobValues = Readonly<Record<string, number>>;

interface About {
  /** At most two. */
  knobs: Knob[];
  /** What can be seen, written from what came out: "With one or two tries the pool comes back. With three it never does." */
  title: (data: FigureData) => string;
  /** Below the figure: what is drawn, of what run. */
  caption: string;
  /** Where to go on: an address of the lab, and its words. */
  open: { href: string; words: string };
}

export interface RunFigure extends About {
  kind: 'run';
  /** A name of the catalogue, or a scenario of the figure's own. */
  scenario: string | ScenarioInput;
  seed: number;
  /** Seconds of the run, from its start. Small: all panels together take well under a second. */
  untilS: number;
  /** First second that is drawn. */
  fromS?: number;
  panels: {
    title: string;
    overrides?: (knobs: KnobValues) => Override[];
    pulls?: (knobs: KnobValues) => Pull[];
  }[];
  y: { label: string; unit: string; max?: number };
  /** Drawn over time, the first at the back. */
  lines: {
    label: string;
    tier?: Tier;
    style: 'line' | 'area';
    dashed?: boolean;
    /** One value for each interval of the recorder; NaN leaves a gap. */
    of: (simulation: Simulation) => ArrayLike<number>;
  }[];
  /** Dashed lines right across, the same in every panel: what the pool can do, what was promised. */
  levels?: (knobs: KnobValues) => { label: string; y: number }[];
  /** Stretches of time that are shaded, the same in every panel: the surge, the outage. */
  bands?: (knobs: KnobValues) => { label: string; fromS: number; toS: number }[];
  /** Below a panel: a verdict in a few words, and whether it is a good one. */
  verdict: (outcome: Outcome, simulation: Simulation) => { words: string; good: boolean; note?: string };
}

export interface CurveFigure extends About {
  kind: 'curve';
  x: { label: string; unit: string; from: number; to: number; points?: number };
  y: { label: string; unit: string; max?: number };
  lines: { label: string; tier?: Tier; dashed?: boolean; of: (x: number, knobs: KnobValues) => number }[];
  /** Points that are named. */
  marks?: (knobs: KnobValues) => { x: number; y: number; words: string }[];
}

export interface BarsFigure extends About {
  kind: 'bars';
  unit: string;
  rows: (knobs: KnobValues) => Row[];
}

export type Figure = RunFigure | CurveFigure | BarsFigure;

export interface Line {
  label: string;
  tier?: Tier;
  style: 'line' | 'area';
  dashed?: boolean;
  y: Float64Array;
}
export interface Panel {
  title: string;
  x: Float64Array;
  lines: Line[];
  verdict?: { words: string; good: boolean; note?: string };
  marks?: { x: number; y: number; words: string }[];
}
export interface Row {
  label: string;
  value: number;
  tier?: Tier;
  good?: boolean;
  note?: string;
}

/** What a figure came to: plain data that can be posted. */
export interface FigureData {
  title: string;
  knobs: KnobValues;
  /** Of a run or a curve; x is seconds or the curve's quantity. */
  panels: Panel[];
  /** Of a run. */
  levels?: { label: string; y: number }[];
  bands?: { label: string; fromS: number; toS: number }[];
  /** Of bars. */
  rows: Row[];
}

/** What of a figure does not change with its knobs, as plain data. */
export interface FigureFrame {
  kind: Figure['kind'];
  knobs: Knob[];
  caption: string;
  open: { href: string; words: string };
  /** Of a run, x is time. */
  x?: { label: string; unit: string };
  y: { label: string; unit: string; max?: number };
}
