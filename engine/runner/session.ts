import { scenarioByName } from '../scenarios/catalogue.ts';
import { InputError } from '../core/errors.ts';
import { parseClock } from '../core/clock.ts';
import { loadReport } from '../simulation/load-report.ts';
import { Simulation } from '../simulation/simulation.ts';
import {
  RESCUE_SPEEDS,
  SPEEDS,
  type Frame,
  type Pull,
  type RunInfo,
  type RunReport,
  type RunRequest,
  type SimulationWorker,
  type Speed,
} from './protocol.ts';
import { runFile, type RunFile } from './run-file.ts';
import { SessionAdvice } from './session-advice.ts';
import { FrameMaker, requestsOf } from './session-frames.ts';
import { SessionHistory } from './session-history.ts';

/** The wall clock and the event loop, passed in so that a test can hold them. */
export interface Wall {
  /** Milliseconds of a clock that never goes back. */
  nowMs(): number;
  /** Lets waiting messages be handled. */
  yield(): Promise<void>;
  sleep(ms: number): Promise<void>;
}

const ALL_SPEEDS: readonly Speed[] = [...SPEEDS, ...RESCUE_SPEEDS];
/** Longest stretch of work between two looks at the messages. */
const SLICE_MS = 8;
/** Least time between two frames. */
const FRAME_MS = 33;
/** Simulated milliseconds that one step of work covers at most; a slice is made of several. */
const STEP_MS = 1000;

/**
 * Runs a simulation at the pace of the wall clock, in slices, and reports by frames. It knows nothing of workers;
 * worker.ts exposes it.
 */
export class Session implements SimulationWorker {
  private simulation: Simulation | null = null;
  private onFrame: (frame: Frame) => unknown = () => undefined;
  private state: Frame['state'] = 'paused';
  private speed: Speed = 'max';
  /** Counts up with each `open` and `close`; a loop of an earlier run ends by it. */
  private generation = 0;
  private looping = false;
  /** Until this simulated time the run goes as fast as possible, whatever the speed. */
  private skipUntilMs = 0;
  /** Where the pace began: wall and simulated time. */
  private paceWallMs = 0;
  private paceSimMs = 0;
  private error: Frame['error'];
  private request: RunRequest = { scenario: {}, seed: 0 };
  private advice = new SessionAdvice();
  private history: SessionHistory | null = null;
  private frames: FrameMaker | null = null;
  private lastFrameMs = 0;
  private frameUnderWay = false;
  private frameDue = false;
  private readonly rate: { wallMs: number; requests: number }[] = [];

  constructor(private readonly wall: Wall) {}

  async open(request: RunRequest, onFrame: (frame: Frame) => unknown): Promise<RunInfo> {
    this.generation++;
    this.looping = false;
    const scenario =
      typeof request.scenario === 'string' ? scenarioByName(request.scenario) : request.scenario;
    if (!Number.isSafeInteger(request.seed) || request.seed < 0)
      throw new InputError('seed', 'a whole number of 0 or more', String(request.seed));
    const simulation = new Simulation(scenario, request.seed, {
      overrides: request.overrides ?? [],
      pulls: request.pulls ?? [],
    });
    this.simulation = simulation;
    this.request = request;
    this.advice = new SessionAdvice();
    this.history = new SessionHistory(simulation, this.advice);
    this.frames = new FrameMaker(simulation, this.advice, this.history);
    this.onFrame = onFrame;
    this.state = 'paused';
    this.error = undefined;
    this.skipUntilMs = 0;
    this.frameUnderWay = false;
    this.rate.length = 0;
    return infoOf(simulation);
  }

  async play(speed: Speed): Promise<void> {
    if (!ALL_SPEEDS.includes(speed))
      throw new InputError('speed', `one of ${SPEEDS.join(', ')}`, String(speed));
    const { done } = this.opened();
    this.speed = speed;
    this.resetPace();
    if (!done && this.state !== 'failed') {
      this.state = 'playing';
      this.ensureLoop();
    }
    this.sendFrame();
  }

  async pause(): Promise<void> {
    if (this.state === 'playing') this.state = 'paused';
    this.skipUntilMs = 0;
    this.sendFrame();
  }

  async skip(seconds: number): Promise<void> {
    if (!(seconds > 0)) throw new InputError('seconds', 'a number above 0', String(seconds));
    this.skipUntilMs = Math.ceil(this.opened().nowMs + seconds * 1000);
    this.ensureLoop();
  }

  async pull(lever: string, value: Pull['value']): Promise<Pull> {
    const pull = this.opened().pull(lever, value);
    this.sendFrame();
    return pull;
  }

  async take(id: string): Promise<Pull> {
    const pull = this.advice.take(this.opened(), id);
    this.frames?.monitorSoon();
    this.sendFrame();
    return pull;
  }

  async loadReport(): Promise<RunReport> {
    const simulation = this.opened();
    const { scenario, durationMs, done } = simulation;
    return {
      report: loadReport(simulation),
      overrides: [...(this.request.overrides ?? [])],
      startS: parseClock(scenario.startsAt, 'startsAt'),
      durationS: durationMs / 1000,
      done,
    };
  }

  async file(): Promise<RunFile> {
    const simulation = this.opened();
    return runFile(simulation, this.request, infoOf(simulation));
  }

  async close(): Promise<void> {
    this.generation++;
    this.looping = false;
    this.simulation = null;
    this.history = null;
    this.frames = null;
    this.onFrame = () => undefined;
  }

  private opened(): Simulation {
    if (!this.simulation) throw new InputError('run', 'an open run', 'none', 'Open a scenario first.');
    return this.simulation;
  }

  private ensureLoop(): void {
    if (this.looping) return;
    this.looping = true;
    this.resetPace();
    void this.loop(this.generation);
  }

  private resetPace(): void {
    this.paceWallMs = this.wall.nowMs();
    this.paceSimMs = Math.max(this.simulation?.nowMs ?? 0, this.skipUntilMs);
  }

  private async loop(generation: number): Promise<void> {
    while (generation === this.generation) {
      const simulation = this.opened();
      const skipping = simulation.nowMs < this.skipUntilMs;
      if (simulation.done || (!skipping && this.state !== 'playing')) break;
      try {
        this.work(simulation, skipping);
      } catch (error) {
        this.fail(error);
        break;
      }
      if (simulation.done && this.state !== 'failed') this.state = 'done';
      if (this.state === 'done' || this.wall.nowMs() - this.lastFrameMs >= FRAME_MS) this.sendFrame();
      if (!skipping && this.speed !== 'max' && simulation.nowMs >= this.targetMs())
        await this.wall.sleep(FRAME_MS / 2);
      else await this.wall.yield();
    }
    if (generation === this.generation) {
      this.looping = false;
      this.sendFrame();
    }
  }

  /** Whole milliseconds, so that the time of a pull is exact in seconds, too. */
  private targetMs(): number {
    return this.speed === 'max'
      ? Infinity
      : Math.floor(this.paceSimMs + (this.wall.nowMs() - this.paceWallMs) * this.speed);
  }

  private work(simulation: Simulation, skipping: boolean): void {
    const began = this.wall.nowMs();
    const requestsBefore = requestsOf(simulation);
    const target = skipping ? this.skipUntilMs : this.targetMs();
    let now = began;
    while (simulation.nowMs < target && !simulation.done && now - began < SLICE_MS) {
      simulation.advanceTo(
        Math.min(
          target,
          this.history?.nextMs ?? Infinity,
          Math.floor(simulation.nowMs) +
            STEP_MS / (skipping || this.speed === 'max' || this.speed > 60 ? 4 : 20),
        ),
      );
      this.history?.look();
      now = this.wall.nowMs();
    }
    if (skipping && simulation.nowMs >= this.skipUntilMs) this.resetPace();
    // A machine that cannot keep the pace falls behind; the pace begins anew rather than running after it for ever.
    else if (!skipping && this.speed !== 'max' && target - simulation.nowMs > 250 * this.speed)
      this.resetPace();
    this.rate.push({ wallMs: now - began, requests: requestsOf(simulation) - requestsBefore });
    if (this.rate.length > 100) this.rate.shift();
  }

  private fail(error: unknown): void {
    this.state = 'failed';
    this.error = {
      message: error instanceof Error ? error.message : String(error),
      ...(error instanceof InputError ? { place: error.place } : {}),
    };
  }

  /** Sends what is new. While the page is still busy with the last frame, the next one waits and gathers. */
  private sendFrame(): void {
    if (!this.frames) return;
    if (this.frameUnderWay) {
      this.frameDue = true;
      return;
    }
    this.lastFrameMs = this.wall.nowMs();
    this.frameUnderWay = true;
    this.frameDue = false;
    const { generation } = this;
    const { state, speed, error } = this;
    const requestsPerS = state === 'playing' ? this.requestsPerS() : 0;
    const frame = this.frames.frame({ state, speed, error, requestsPerS, wallMs: this.lastFrameMs });
    void Promise.resolve(this.onFrame(frame))
      .catch(() => undefined) // a page that has gone
      .then(() => {
        if (generation !== this.generation) return;
        this.frameUnderWay = false;
        if (this.frameDue) this.sendFrame();
      });
  }

  private requestsPerS(): number {
    let wallMs = 0;
    let requests = 0;
    for (const slice of this.rate) {
      wallMs += slice.wallMs;
      requests += slice.requests;
    }
    return wallMs > 0 ? (requests / wallMs) * 1000 : 0;
  }
}

function infoOf({ engine, seed, scenario, world: { recorder } }: Simulation): RunInfo {
  return {
    engine,
    seed,
    scenario,
    intervalS: recorder.intervalMs / 1000,
    intervals: recorder.intervals,
    columns: recorder.columns,
  };
}
