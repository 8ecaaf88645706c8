import { account, judge, type Account, type Judgement } from '../../engine/rescue/judge.ts';
import { endSOf, INCIDENTS, PULLS_ALLOWED, RESCUE_SEED, type Incident } from '../../engine/rescue/rules.ts';
import type { GameResult } from '../../engine/rescue/score.ts';
import type { Speed } from '../../engine/runner/protocol.ts';
import type { Connect } from './connection.ts';
import { scriptedEvents } from './live-settings.ts';
import { requestOfGame, scoreGame } from './rescue-game.ts';
import { usualPace } from './rescue-paces.ts';
import { rescueRecord } from './rescue-record.ts';
import { dropGame, keepGame, readGame, type SavedGame } from './rescue-saved.ts';
import { addressOf } from './run-address-open.ts';
import { RunStore } from './run.svelte.ts';
import type { RunsSaved } from './runs-saved.ts';

/** `closing`: the levers are out of hand, and the rest of the clock is simulated to see whether it holds. */
export type RescuePhase = 'briefing' | 'playing' | 'closing' | 'over';

export interface RescueParts {
  connect: Connect;
  saved: Pick<RunsSaved, 'put'>;
  nowMs: () => number;
  /** Where the game under way is kept; the browser's own when it is not given. */
  storage?: Storage;
}

/** The game is kept each time so much of the clock has gone: five seconds of seven minutes. */
const KEEP_SHARE = 1 / 84;
/** Sevenths of the clock at which the time that is left is said. */
const SAID = [5, 3, 1];

/** A game of rescue mode. Whoever draws it calls `look` whenever its run has changed. */
export class RescueStore {
  incident = $state.raw<Incident>(INCIDENTS[0]);
  seed = $state(RESCUE_SEED);
  pace = $state<Speed>(3);
  phase = $state<RescuePhase>('briefing');
  /** The run stands where the game begins or goes on. */
  ready = $state(false);
  /** It was left, and is taken up again. */
  resumed = $state(false);
  judgement = $state.raw<Judgement | undefined>();
  account = $state.raw<Account | undefined>();
  result = $state.raw<GameResult | undefined>();
  /** Opens the game that is over in the lab; empty until it is known, or where it is too long for an address. */
  replay = $state('');
  /** Said politely; seldom. */
  announcement = $state('');
  readonly run: RunStore;

  readonly elapsedS = $derived.by(() => this.onClock(this.run.nowS));
  readonly leftS = $derived.by(() => this.incident.clockS - this.elapsedS);
  readonly pullsLeft = $derived.by(() => Math.max(0, PULLS_ALLOWED - this.run.pulls.length));

  /** How far the run has to be brought. */
  private targetS = 0;
  private forwarded = false;
  private playWhenReady = false;
  private keptAtS = 0;
  private keptPulls = 0;
  private held = false;
  private saidSevenths = 7;

  constructor(private readonly parts: RescueParts) {
    this.run = new RunStore(parts.connect);
  }

  /** A game that was left, whichever it is of. */
  get left(): SavedGame | undefined {
    return readGame(this.parts.storage);
  }

  /** Opens an incident at its briefing, or where its game was left. */
  async open(incident: Incident, seed: number, pace: Speed = usualPace(incident)): Promise<void> {
    this.rest();
    const { left } = this;
    const game = left?.incident === incident.id && left.seed === seed ? left : undefined;
    await this.start(incident, seed, game?.pace ?? pace, game);
  }

  /** Starts the clock. */
  begin(): void {
    if (this.phase !== 'briefing') return;
    this.phase = 'playing';
    this.announcement = 'The clock runs.';
    if (this.ready) this.play();
    else this.playWhenReady = true;
  }

  /** The same incident from the beginning, the clock running. */
  async again(): Promise<void> {
    dropGame(this.parts.storage);
    await this.start(this.incident, this.seed, this.pace);
    this.begin();
  }

  /** Back to the briefing; the game is given up. */
  async giveUp(): Promise<void> {
    dropGame(this.parts.storage);
    await this.start(this.incident, this.seed, this.pace);
  }

  async toggle(): Promise<void> {
    if (this.phase !== 'playing' || !this.ready) return;
    if (this.run.state === 'playing') await this.run.pause();
    else this.play();
    this.keep();
  }

  async setPace(pace: Speed): Promise<void> {
    this.pace = pace;
    await this.run.setSpeed(pace);
  }

  /** No more pulls: the rest of the clock is simulated as things stand. */
  async close(): Promise<void> {
    if (this.phase !== 'playing' || !this.ready) return;
    this.phase = 'closing';
    const restS = endSOf(this.incident) - this.run.nowS;
    if (restS > 0) await this.run.step(restS);
    else await this.run.pause();
  }

  /** Reads the game off its run as it stands. */
  look(): void {
    const { run, incident } = this;
    if (run.failure !== undefined || !run.info || !run.ready) return;
    if (!this.ready && !this.arrive()) return;
    const { cells } = run.info.scenario.fleet;
    const { series } = run;
    this.judgement = judge(incident, series, cells);
    this.account = account(
      incident,
      series,
      cells,
      scriptedEvents(run.info.scenario)[0]?.atS ?? incident.startS,
    );
    if (this.phase === 'playing') this.watch(this.judgement);
    if (this.phase === 'closing' && this.judgement.over) this.finish();
  }

  /** The browser may be about to close the page: the game is kept as it stands. */
  rest(): void {
    if (this.phase === 'playing' && this.ready) this.keep();
  }

  /** The page is left; the game waits. */
  leave(): void {
    this.rest();
    this.run.end();
  }

  private async start(incident: Incident, seed: number, pace: Speed, game?: SavedGame): Promise<void> {
    this.incident = incident;
    this.seed = seed;
    this.pace = pace;
    this.ready = this.forwarded = this.playWhenReady = this.held = false;
    this.resumed = game !== undefined && !game.over;
    this.judgement = this.account = this.result = undefined;
    this.announcement = this.replay = '';
    this.phase = game === undefined ? 'briefing' : game.over ? 'closing' : 'playing';
    this.targetS = game?.nowS ?? incident.startS;
    this.keptAtS = this.targetS;
    this.keptPulls = game?.pulls.length ?? 0;
    this.saidSevenths = Math.ceil((1 - this.onClock(this.targetS) / incident.clockS) * 7);
    this.run.speed = pace;
    await this.run.open(requestOfGame(incident, seed, game?.pulls), false);
  }

  /** Whether the run has come to where the game begins or goes on; sends it there. */
  private arrive(): boolean {
    const { run } = this;
    // What is a fraction of a millisecond short was rounded.
    if (run.nowS < this.targetS - 0.001) {
      if (!this.forwarded) void run.step(this.targetS - run.nowS);
      this.forwarded = true;
      return false;
    }
    this.ready = true;
    if (this.playWhenReady) this.play();
    return true;
  }

  private play(): void {
    this.resumed = false;
    this.run.speed = this.pace;
    void this.run.play();
    this.keep();
  }

  private watch({ handedOverS, over, heldSinceS }: Judgement): void {
    if (handedOverS !== null || over) {
      this.announcement = over
        ? 'The time is over.'
        : 'The goals have held for long enough. The rest of the clock is simulated.';
      void this.close();
      return;
    }
    const held = heldSinceS !== null;
    if (held !== this.held)
      this.announcement = held ? 'All goals hold. Keep them.' : 'The goals do not hold any more.';
    this.held = held;
    const sevenths = Math.ceil((this.leftS / this.incident.clockS) * 7);
    if (sevenths < this.saidSevenths && SAID.includes(sevenths))
      this.announcement = `${sevenths} ${this.incident.clockS >= 7 * 3600 ? 'hour' : 'minute'}${sevenths > 1 ? 's' : ''} left.`;
    this.saidSevenths = sevenths;
    const { nowS, pulls } = this.run;
    if (pulls.length !== this.keptPulls || nowS - this.keptAtS >= this.incident.clockS * KEEP_SHARE)
      this.keep();
  }

  private finish(): void {
    const { run, incident } = this;
    const { info, request } = run;
    if (!info || !request) return;
    const pulls = (request.pulls ?? []).filter(({ atS }) => atS < endSOf(incident));
    this.result = scoreGame(incident, info, run.series, pulls.length);
    this.phase = 'over';
    this.keep();
    void this.record({ ...request, pulls }, this.result);
  }

  private async record(request: NonNullable<RunStore['request']>, result: GameResult): Promise<void> {
    const { info, requests } = this.run;
    if (!info) return;
    const address = await addressOf(request, info).then(
      (query) => `${query}#/`,
      () => '',
    );
    const { incident, parts } = this;
    if (this.result === result) this.replay = address;
    const endS = endSOf(incident);
    const { id, clockS } = incident;
    const game = { incident: id, request, info, address, requests, endS, clockS, result };
    await parts.saved.put(rescueRecord(game, parts.nowMs()));
  }

  private keep(): void {
    const { run, incident, seed, pace } = this;
    const over = this.phase === 'over';
    this.keptAtS = run.nowS;
    this.keptPulls = run.pulls.length;
    keepGame(
      {
        incident: incident.id,
        ...{ seed, pace, over },
        nowS: over ? endSOf(incident) : run.nowS,
        pulls: [...run.pulls],
      },
      this.parts.storage,
    );
  }

  private onClock(nowS: number): number {
    const { startS, clockS } = this.incident;
    return Math.min(clockS, Math.max(0, nowS - startS));
  }
}
