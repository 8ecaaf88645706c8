import { costReport } from '../simulation/cost-report.ts';
import { narrate } from '../simulation/narrative.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Frame } from './protocol.ts';
import type { SessionAdvice } from './session-advice.ts';
import type { SessionHistory } from './session-history.ts';

/** The narrative is told anew at events and after this much simulated time. */
const RETELL_S = 10;
/** Least time between two tables of who spent what. */
const COST_MS = 500;
/** Least time between two looks at what is used and what to recommend. */
const MONITOR_MS = 1000;

/** How the session stands when a frame is made. */
export interface Standing {
  state: Frame['state'];
  speed: Frame['speed'];
  requestsPerS: number;
  error: Frame['error'];
  wallMs: number;
}

/** Makes the frames of one run: each holds what is new since the last. */
export class FrameMaker {
  private rows = 0;
  private events = 0;
  private levers = '';
  private toldAtS = -1;
  private toldEvents = -1;
  private costAtMs = -1;
  private monitorAtMs = -1;

  constructor(
    private readonly simulation: Simulation,
    private readonly advice: SessionAdvice,
    private readonly history: SessionHistory,
  ) {}

  /** The next frame looks anew at what to recommend. */
  monitorSoon(): void {
    this.monitorAtMs = -1;
  }

  frame(standing: Standing): Frame {
    const { simulation } = this;
    const { state, speed, requestsPerS, error, wallMs } = standing;
    const { recorder } = simulation.world;
    const fromInterval = this.rows;
    const rows = recorder.closed - fromInterval;
    const series = new Float64Array(rows * recorder.columns.length);
    recorder.data.forEach((column, c) =>
      series.set(column.subarray(fromInterval, recorder.closed), c * rows),
    );
    this.rows = recorder.closed;
    const events = simulation.events.slice(this.events);
    this.events = simulation.events.length;
    const frame: Frame = {
      ...{ state, speed, requestsPerS, fromInterval, series, rows, events },
      nowS: simulation.nowMs / 1000,
      requests: requestsOf(simulation),
    };
    if (rows > 0 || fromInterval === 0) frame.objectives = simulation.objectives.states();
    this.addNarrative(frame);
    this.addLevers(frame, events.length > 0);
    this.addCost(frame, wallMs);
    this.addMonitor(frame, wallMs);
    const moments = this.history.take();
    if (moments.length > 0) frame.moments = moments;
    if (simulation.done) {
      frame.fingerprint = simulation.fingerprint();
      frame.recoveredAfterS = simulation.objectives.recoveredAfterS;
    }
    if (error) frame.error = error;
    return frame;
  }

  private addNarrative(frame: Frame): void {
    const { simulation } = this;
    if (
      this.toldEvents === simulation.events.length &&
      frame.nowS - this.toldAtS < RETELL_S &&
      !simulation.done
    )
      return;
    if (simulation.world.recorder.closed === 0 && this.toldAtS >= 0) return;
    frame.narrative = narrate(simulation);
    this.toldAtS = frame.nowS;
    this.toldEvents = simulation.events.length;
  }

  private addMonitor(frame: Frame, wallMs: number): void {
    const { simulation } = this;
    // A run that stands shows how it stands, whenever the last look was.
    const soon = frame.state === 'playing' && this.monitorAtMs >= 0 && wallMs - this.monitorAtMs < MONITOR_MS;
    if (simulation.world.recorder.closed === 0 || soon) return;
    frame.monitor = this.advice.look(simulation);
    this.monitorAtMs = wallMs;
  }

  private addCost(frame: Frame, wallMs: number): void {
    // A run that stands shows what it has cost up to now, whenever the last table was sent.
    const soon = frame.rows === 0 || wallMs - this.costAtMs < COST_MS;
    if (frame.state === 'playing' && soon && this.costAtMs >= 0) return;
    const cost = costReport(this.simulation.world);
    if (cost === null) return;
    frame.cost = cost;
    this.costAtMs = wallMs;
  }

  private addLevers(frame: Frame, maybeChanged: boolean): void {
    if (this.levers !== '' && !maybeChanged) return;
    const states = this.simulation.leverStates();
    const text = JSON.stringify(states);
    if (text !== this.levers) frame.levers = states;
    frame.pulls = [...this.simulation.pulls];
    this.levers = text;
  }
}

/** Requests simulated so far, those of the open interval included. */
export function requestsOf(simulation: Simulation): number {
  const { recorder } = simulation.world;
  return recorder.total.requests + recorder.arrivals;
}
