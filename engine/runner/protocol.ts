/**
 * The messages between a page and the worker that simulates, and nothing else. Plain data: it crosses a thread boundary.
 */
import type { CostReport } from '../simulation/cost-report.ts';
import type { LoadReport } from '../simulation/load-report.ts';
import type { LeverState, PullValue } from '../simulation/levers.ts';
import type { NotableEvent } from '../simulation/notable.ts';
import type { Narrative } from '../simulation/narrative.ts';
import type { ObjectiveState } from '../simulation/objectives.ts';
import type { Override } from '../simulation/overrides.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { Effect } from '../tuning/effect.ts';
import type { Recommendation } from '../tuning/recommend.ts';
import type { ResourceUse } from '../tuning/resource-use.ts';
import type { RunFile } from './run-file.ts';

/** Simulated seconds a wall second; 1440 is a day a minute; 'max' as fast as the machine allows. */
export const SPEEDS = [1, 10, 60, 1440, 'max'] as const;
/** Those of rescue mode, beside them. */
export const RESCUE_SPEEDS = [3, 180] as const;
export type Speed = (typeof SPEEDS)[number] | (typeof RESCUE_SPEEDS)[number];

/** A lever pulled at a time of the run, by lever id or by the path of a live setting. */
export interface Pull {
  atS: number;
  lever: string;
  value: PullValue;
}

/** Everything that defines a run, besides the engine's version. */
export interface RunRequest {
  /** A name in the catalogue, or a scenario as data. */
  scenario: string | object;
  seed: number;
  overrides?: Override[];
  pulls?: Pull[];
}

/** What the page needs to know once. */
export interface RunInfo {
  engine: string;
  seed: number;
  /** Checked, with defaults. */
  scenario: Scenario;
  /** Width of an interval of the series. */
  intervalS: number;
  intervals: number;
  /** Names of the series' columns, in the order of `Frame.series`. */
  columns: string[];
}

export type RunState = 'paused' | 'playing' | 'done' | 'failed';

/** One message a frame; `series` is transferred, not copied. */
export interface Frame {
  state: RunState;
  speed: Speed;
  /** Simulated time, seconds from the start. */
  nowS: number;
  /** Requests simulated so far, in the one cell. */
  requests: number;
  /** Simulated requests per wall second over the last second of work; 0 while paused. */
  requestsPerS: number;
  /** First interval in `series`. */
  fromInterval: number;
  /** Finished intervals since the last frame: columns × rows, column after column. */
  series: Float64Array;
  rows: number;
  /** What happened since the last frame. */
  events: NotableEvent[];
  /** Present when it changed. */
  objectives?: ObjectiveState[];
  narrative?: Narrative;
  levers?: Record<string, LeverState>;
  /** Levers pulled so far, when it changed; with the request it reproduces the run. */
  pulls?: Pull[];
  /** With a gateway: who has spent what; about twice a second, and at the end. */
  cost?: CostReport;
  /** What is used, what to change now, and what came of advice that was taken; about once a second, and at the end. */
  monitor?: Monitor;
  /** How the run stood at fixed simulated times since the last frame, in their order; left out when there is none. */
  moments?: Moment[];
  /** When done. */
  fingerprint?: string;
  recoveredAfterS?: number | null;
  /** When failed: what to tell the learner. */
  error?: { message: string; place?: string };
}

/** How the run stood at a simulated time. A part that is left out is as it was at the moment before. */
export interface Moment {
  atS: number;
  objectives?: ObjectiveState[];
  narrative?: Narrative;
  levers?: Record<string, LeverState>;
  cost?: CostReport;
  monitor?: Monitor;
}

export interface Monitor {
  /** What is used now, part by part. */
  resources: ResourceUse[];
  /** Most urgent first. */
  recommendations: Recommendation[];
  /** In the order in which they were taken. */
  effects: Effect[];
}

/** The load test report of a run, finished or as far as it is, with what else says which run it is. */
export interface RunReport {
  report: LoadReport;
  overrides: NonNullable<RunRequest['overrides']>;
  /** Time of day at the start, seconds. */
  startS: number;
  durationS: number;
  done: boolean;
}

/** The worker's side, exposed through Comlink. Methods answer when the worker has taken the command. */
export interface SimulationWorker {
  /** Checks the request, builds the world, simulates nothing yet. Frames go to `onFrame` until the next `open` or `close`. */
  open(request: RunRequest, onFrame: (frame: Frame) => void): Promise<RunInfo>;
  play(speed: Speed): Promise<void>;
  pause(): Promise<void>;
  /** Runs on for that many simulated seconds as fast as possible, then goes on as before (playing or paused). */
  skip(seconds: number): Promise<void>;
  /** Takes effect at the present simulated time and is recorded. Rejects with an Error whose message says what was wrong. */
  pull(lever: string, value: PullValue): Promise<Pull>;
  /** Pulls the lever of a recommendation that the last frames brought. Rejects when it is not recommended any more. */
  take(recommendation: string): Promise<Pull>;
  /** Of the run so far, from the end of its warm-up to the last closed interval. Takes a tenth of a second or so. */
  loadReport(): Promise<RunReport>;
  /** The run as a file, finished or as far as it is. */
  file(): Promise<RunFile>;
  close(): Promise<void>;
}
