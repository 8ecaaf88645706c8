import { proxy } from 'comlink';
import type { Frame, RunInfo, RunReport, RunRequest, Speed } from '../../engine/runner/protocol.ts';
import { InputError } from '../../engine/core/errors.ts';
import type { RunFile } from '../../engine/runner/run-file.ts';
import type { PullValue } from '../../engine/simulation/levers.ts';
import type { Connect, Connection } from './connection.ts';
import { fittingSpeed } from './run-address.ts';
import type { RunPlace } from './run-address-place.ts';
import { Replay } from './run-replay.svelte.ts';
import { RunTold } from './run-told.svelte.ts';
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
export class RunStore extends RunTold {
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
  private chosenSpeed = $state<Speed | undefined>();
  failure = $state.raw<string | undefined>();
  /** The time that the charts are filled up to before the run is shown. */
  leadS = $state(0);
  readonly ready = $derived(this.opened && this.nowS >= this.leadS);
  /** How far it was asked to come by itself as fast as possible. */
  headedS = $state(0);
  /** It was playing when the learner looked back, and will go on. */
  held = $state(false);
  /** Plays on from the place that is looked at. */
  readonly replay = new Replay(this);

  private readonly connect: Connect;
  private connection: Connection | undefined;
  /** Counts the runs: a frame of an earlier one may still be under way. */
  private turn = 0;
  private early: Frame[] = [];
  private playAfterLead = true;

  constructor(connect: Connect) {
    super();
    this.connect = connect;
  }

  /** What the learner chose, else what fits the run; a paused run will go on at it. */
  get speed(): Speed {
    return this.chosenSpeed ?? fittingSpeed(this.info?.scenario.durationS ?? 0);
  }
  set speed(speed: Speed | undefined) {
    this.chosenSpeed = speed;
  }

  /** Looks at an earlier time. A run that plays is held: it would go wrong unseen, with nobody at the levers. */
  scrubTo(atS: number): void {
    if (atS >= this.nowS) return this.scrubLive();
    const playing = this.state === 'playing';
    this.scrubS = Math.max(0, atS);
    if (!playing) return;
    this.held = true;
    void this.pause();
  }

  /** Back to the run's end; a run that was held goes on. */
  scrubLive(): void {
    const { held } = this;
    this.scrubS = undefined;
    this.held = false;
    if (held && this.state === 'paused') void this.play();
  }

  /** The same run with the levers pulled by then, from that time on; it waits there to be steered. */
  branch(atS: number): Promise<void> {
    if (!this.request) return Promise.resolve();
    const { pulls = [], ...rest } = this.request;
    const kept = pulls.filter((pull) => pull.atS <= atS);
    return this.open({ ...rest, ...(kept.length > 0 ? { pulls: kept } : {}) }, false, { toS: atS });
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

  /** @param start where in the run to begin: nothing is shown before it has come there, and it does not play by itself */
  async open(choice: RunRequest, play = true, start?: RunPlace): Promise<void> {
    const turn = ++this.turn;
    this.forget();
    this.choice = choice;
    this.playAfterLead = play && !start;
    this.scrubS = start?.atS;
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
      const toS = start && inRun('?to', start.toS ?? durationS, durationS);
      this.leadS = start
        ? inRun('?t', start.atS ?? toS ?? 0, toS ?? durationS)
        : view
          ? Math.min(view.fromS + LEAD_S, durationS)
          : 0;
      if (start?.atS === toS) this.scrubS = undefined;
      this.headedS = toS ?? 0;
      this.info = info;
      this.opened = true;
      if (toS ?? this.leadS) await simulation.skip(toS ?? this.leadS);
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
    this.scrubS = undefined;
    this.held = false;
    this.state = 'playing';
    return this.tell((connection) => connection.simulation.play(this.speed));
  }

  pause(): Promise<void> {
    this.playAfterLead = false;
    if (this.state === 'playing') this.state = 'paused';
    return this.tell((connection) => connection.simulation.pause());
  }

  /** Plays or pauses: the run, or what is replayed of it while somebody looks back. */
  toggle(): Promise<void> {
    if (this.scrubS !== undefined) {
      this.replay.toggle();
      return Promise.resolve();
    }
    return this.state === 'playing' ? this.pause() : this.play();
  }

  /** Pauses, and runs on for that many simulated seconds. */
  async step(seconds: number): Promise<void> {
    this.held = false;
    this.scrubLive();
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
    this.replay.stop();
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
    this.replay.stop();
    this.opened = false;
    this.forgetWhatWasTold();
    this.leadS = this.headedS = 0;
    this.failure = undefined;
    this.origin = this.keptAs = undefined;
    this.refused = false;
    this.plain = undefined;
    this.held = false;
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
      this.takeIn(frame);
    } catch (error) {
      this.fail(words(error));
      return;
    }
    if (frame.state === 'failed')
      this.fail(frame.error?.message ?? 'The simulation stopped and gave no reason.');
    else if (this.playAfterLead && this.ready && frame.state === 'paused') {
      this.playAfterLead = false;
      void this.play();
    }
  }
}

/** @throws InputError for a time that the run does not come to */
function inRun(place: string, seconds: number, endS: number): number {
  if (seconds > endS)
    throw new InputError(
      place,
      `a time of the run, from 0 to ${endS} (s)`,
      String(seconds),
      'Correct it in the address.',
    );
  return seconds;
}

function plainOf({ scenario, seed, overrides = [], pulls = [] }: RunRequest) {
  return typeof scenario === 'string' && overrides.length + pulls.length > 0 ? { scenario, seed } : undefined;
}

/** The page says `?set` where the command line says `--set`. */
function words(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^--set /, '?set ');
}
