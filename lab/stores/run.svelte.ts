import { proxy } from 'comlink';
import type {
  Frame,
  Monitor,
  Pull,
  RunInfo,
  RunReport,
  RunRequest,
  RunState,
  Speed,
} from '../../engine/runner/protocol.ts';
import type { RunFile } from '../../engine/runner/run-file.ts';
import type { CostReport } from '../../engine/simulation/cost-report.ts';
import type { LeverState, PullValue } from '../../engine/simulation/levers.ts';
import type { Narrative } from '../../engine/simulation/narrative.ts';
import type { NotableEvent } from '../../engine/simulation/notable.ts';
import type { ObjectiveState } from '../../engine/simulation/objectives.ts';
import type { Connect, Connection } from './connection.ts';
import { fittingSpeed } from './run-address.ts';
import { Series } from './series.ts';

/** Where a run came from that was made elsewhere: a link or a file. */
export type RunOrigin =
  | { kind: 'link'; engine: string }
  | { kind: 'file'; name: string; engine: string; fingerprint: string | null; request: RunRequest };

/** What defines a run, in one text. */
export const keyOf = ({ scenario, seed, overrides = [], pulls = [] }: RunRequest): string =>
  JSON.stringify([scenario, seed, overrides, pulls]);

/** Simulated seconds that the charts show before the learner's first look at them. */
const LEAD_S = 60;

/**
 * A run as the page sees it: what the worker told so far, and the commands to it. A failure of any kind ends in
 * `failure`; the next `open` starts afresh.
 */
export class RunStore {
  /** What it was opened with. */
  choice = $state.raw<RunRequest | undefined>();
  /** The run that the address in the bar asks for. */
  addressed: RunRequest | undefined;
  origin = $state.raw<RunOrigin | undefined>();
  /** Whether the request itself was wrong, so that it would fail again. */
  refused = $state(false);
  /** Then: the same run without what was to be changed in it, if that is what was wrong. */
  plain = $state.raw<{ scenario: string; seed: number } | undefined>();
  /** The fingerprint that it was kept as. */
  keptAs: string | undefined;
  /** Of this run once `opened`, until then of the last one. */
  info = $state.raw<RunInfo | undefined>();
  opened = $state(false);
  state = $state<RunState>('paused');
  private chosenSpeed = $state<Speed | undefined>();
  nowS = $state(0);
  requests = $state(0);
  requestsPerS = $state(0);
  objectives = $state.raw<ObjectiveState[]>([]);
  narrative = $state.raw<Narrative | undefined>();
  levers = $state.raw<Record<string, LeverState>>({});
  pulls = $state.raw<Pull[]>([]);
  /** Who has spent what; undefined for a scenario without a gateway. */
  cost = $state.raw<CostReport | undefined>();
  /** What is used and what to change; undefined before an interval has ended. */
  monitor = $state.raw<Monitor | undefined>();
  events = $state.raw<NotableEvent[]>([]);
  fingerprint = $state<string | undefined>();
  recoveredAfterS = $state<number | null | undefined>();
  failure = $state.raw<string | undefined>();
  /** Grows with each frame, so that what reads the series knows of new rows. */
  frames = $state(0);
  /** Not reactive by itself: read `frames` first. */
  series = new Series([], 1);
  /** The time that the charts are filled up to before the run is shown. */
  leadS = $state(0);
  readonly ready = $derived(this.opened && this.nowS >= this.leadS);

  private readonly connect: Connect;
  private connection: Connection | undefined;
  /** Counts the runs: a frame of an earlier one may still be under way. */
  private turn = 0;
  private early: Frame[] = [];
  private playAfterLead = true;

  constructor(connect: Connect) {
    this.connect = connect;
  }

  /** What the learner chose, else what fits the run; a paused run will go on at it. */
  get speed(): Speed {
    return this.chosenSpeed ?? fittingSpeed(this.info?.scenario.durationS ?? 0);
  }
  set speed(speed: Speed | undefined) {
    this.chosenSpeed = speed;
  }

  /** Whether there is a run that can be asked for something. */
  get alive(): boolean {
    return this.opened && this.connection !== undefined && this.failure === undefined;
  }

  /** What reproduces the run as it stands: what it was opened with, and the levers pulled since. */
  get request(): RunRequest | undefined {
    if (!this.choice) return undefined;
    const { pulls = [], ...rest } = this.choice;
    // The first frame says which levers there are; until then it is those of the request.
    return { ...rest, pulls: this.frames > 0 ? this.pulls : pulls };
  }

  /** Whether the run that is here is this one: there is nothing to be opened. */
  holds(request: RunRequest): boolean {
    return this.alive && this.request !== undefined && keyOf(this.request) === keyOf(request);
  }

  async open(choice: RunRequest, play = true): Promise<void> {
    const turn = ++this.turn;
    this.forget();
    this.choice = choice;
    this.playAfterLead = play;
    try {
      this.connection ??= this.connect((message) => this.fail(message));
      const { simulation } = this.connection;
      const info = await simulation.open(
        { ...choice },
        proxy((frame: Frame) => this.receive(turn, frame)),
      );
      if (turn !== this.turn) return;
      this.series = new Series(info.columns, info.intervalS);
      const { view, durationS } = info.scenario;
      this.leadS = view ? Math.min(view.fromS + LEAD_S, durationS) : 0;
      this.info = info;
      this.opened = true;
      if (this.leadS > 0) await simulation.skip(this.leadS);
      else if (play) await simulation.play(this.speed);
      else await simulation.pause(); // Sends the first frame.
      for (const frame of this.early.splice(0)) this.receive(turn, frame);
    } catch (error) {
      if (turn !== this.turn) return;
      this.fail(words(error));
      this.refused = error instanceof Error && error.name === 'InputError';
      if (this.refused) this.plain = plainOf(choice);
    }
  }

  /** The same scenario, settings and seed from the start, without the levers pulled. */
  restart(): Promise<void> {
    if (!this.choice) return Promise.resolve();
    const { pulls: _, ...rest } = this.choice;
    return this.open(rest, this.state !== 'paused' || !this.ready);
  }

  /** The same scenario, settings and seed from the start, with these levers pulled at a time. */
  restartWith(pulls: Record<string, PullValue>, atS: number): Promise<void> {
    if (!this.choice) return Promise.resolve();
    const list = Object.entries(pulls).map(([lever, value]) => ({ atS, lever, value }));
    return this.open({ ...this.choice, pulls: list });
  }

  play(): Promise<void> {
    if (this.state === 'done') return this.restart();
    this.state = 'playing';
    return this.tell((connection) => connection.simulation.play(this.speed));
  }

  pause(): Promise<void> {
    this.playAfterLead = false;
    if (this.state === 'playing') this.state = 'paused';
    return this.tell((connection) => connection.simulation.pause());
  }

  toggle(): Promise<void> {
    return this.state === 'playing' ? this.pause() : this.play();
  }

  /** Pauses, and runs on for that many simulated seconds. */
  async step(seconds: number): Promise<void> {
    await this.pause();
    await this.tell((connection) => connection.simulation.skip(seconds));
  }

  async setSpeed(speed: Speed): Promise<void> {
    this.speed = speed;
    if (this.state === 'playing') await this.tell((connection) => connection.simulation.play(speed));
  }

  /** Resolves with what was wrong, if anything was. */
  async pull(lever: string, value: PullValue): Promise<string | undefined> {
    if (!this.connection || this.failure !== undefined) return 'The run has stopped; restart it first.';
    try {
      await this.connection.simulation.pull(lever, value);
      return undefined;
    } catch (error) {
      return words(error);
    }
  }

  /** Takes a recommendation. Resolves with what was wrong, if anything was. */
  async take(id: string): Promise<string | undefined> {
    if (!this.connection || this.failure !== undefined) return 'The run has stopped; restart it first.';
    try {
      await this.connection.simulation.take(id);
      return undefined;
    } catch (error) {
      return words(error);
    }
  }

  /** Of the run so far. @throws Error when there is no run, or it cannot say. */
  async loadReport(): Promise<RunReport> {
    if (!this.connection) throw new Error('There is no run in the lab.');
    return this.connection.simulation.loadReport();
  }

  /** The run as a file. @throws Error when there is no run, or it cannot say. */
  async loadFile(): Promise<RunFile> {
    if (!this.connection) throw new Error('There is no run in the lab.');
    return this.connection.simulation.file();
  }

  /** Pulls several levers at one simulated time. */
  async pullAll(pulls: Record<string, PullValue>): Promise<string | undefined> {
    const playing = this.state === 'playing';
    if (playing) await this.pause();
    const answers = await Promise.all(Object.entries(pulls).map(([lever, value]) => this.pull(lever, value)));
    if (playing) await this.play();
    return answers.find((answer) => answer !== undefined);
  }

  fail(message: string): void {
    this.turn++;
    this.connection?.end();
    this.connection = undefined;
    this.state = 'failed';
    this.failure = message;
  }

  /** There is no run, as what was asked for is none. */
  refuse(error: unknown, plain?: { scenario: string; seed: number }): void {
    this.fail(words(error));
    this.choice = undefined;
    this.refused = true;
    this.plain = plain;
  }

  end(): void {
    this.turn++;
    this.connection?.end();
    this.connection = undefined;
  }

  private async tell(command: (connection: Connection) => Promise<unknown>): Promise<void> {
    const turn = this.turn;
    if (!this.connection) return;
    try {
      await command(this.connection);
    } catch (error) {
      if (turn === this.turn) this.fail(words(error));
    }
  }

  private forget(): void {
    this.opened = false;
    this.state = 'paused';
    this.nowS = this.requests = this.requestsPerS = this.frames = this.leadS = 0;
    this.objectives = [];
    this.narrative = undefined;
    this.levers = {};
    this.pulls = [];
    this.events = [];
    this.cost = undefined;
    this.monitor = undefined;
    this.fingerprint = this.recoveredAfterS = this.failure = undefined;
    this.origin = this.keptAs = undefined;
    this.refused = false;
    this.plain = undefined;
    this.series = new Series([], 1);
    this.early = [];
  }

  private receive(turn: number, frame: Frame): void {
    if (turn !== this.turn) return;
    // The answer to `open` and the first frames come through different channels, in any order.
    if (!this.opened) {
      this.early.push(frame);
      return;
    }
    try {
      this.series.append(frame.fromInterval, frame.rows, frame.series);
    } catch (error) {
      this.fail(words(error));
      return;
    }
    this.nowS = frame.nowS;
    this.requests = frame.requests;
    this.requestsPerS = frame.requestsPerS;
    this.state = frame.state;
    if (frame.events.length > 0) this.events = [...this.events, ...frame.events];
    if (frame.objectives) this.objectives = frame.objectives;
    if (frame.narrative) this.narrative = frame.narrative;
    if (frame.levers) this.levers = frame.levers;
    if (frame.pulls) this.pulls = frame.pulls;
    if (frame.cost) this.cost = frame.cost;
    if (frame.monitor) this.monitor = frame.monitor;
    if (frame.fingerprint !== undefined) this.fingerprint = frame.fingerprint;
    if (frame.recoveredAfterS !== undefined) this.recoveredAfterS = frame.recoveredAfterS;
    this.frames++;
    if (frame.state === 'failed')
      this.fail(frame.error?.message ?? 'The simulation stopped and gave no reason.');
    else if (this.playAfterLead && this.ready && frame.state === 'paused') {
      this.playAfterLead = false;
      void this.play();
    }
  }
}

function plainOf({ scenario, seed, overrides = [], pulls = [] }: RunRequest) {
  return typeof scenario === 'string' && overrides.length + pulls.length > 0 ? { scenario, seed } : undefined;
}

/** The page says `?set` where the command line says `--set`. */
function words(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^--set /, '?set ');
}
