import type { RunTold } from './run-told.svelte.ts';
import type { Speed } from '../../engine/runner/protocol.ts';

/** What is replayed: a run whose place can be moved. */
type Replayed = Pick<RunTold, 'scrubS' | 'nowS'> & {
  readonly speed: Speed;
  scrubTo(atS: number): void;
};

/** “As fast as possible” takes so long for all that there is, so that it can be followed. */
const WHOLE_S = 10;
/** A page that was in the background goes on where it was. */
const LONGEST_MS = 100;

/** Plays what a run has told already, from the place that is looked at up to its end. Nothing is simulated. */
export class Replay {
  playing = $state(false);
  private readonly run: Replayed;
  private readonly nextFrame: (then: (nowMs: number) => void) => void;
  private turn = 0;

  constructor(
    run: Replayed,
    nextFrame: (then: (nowMs: number) => void) => void = (then) => requestAnimationFrame(then),
  ) {
    this.run = run;
    this.nextFrame = nextFrame;
  }

  toggle(): void {
    if (this.playing) this.stop();
    else this.start();
  }

  stop(): void {
    this.turn++;
    this.playing = false;
  }

  private start(): void {
    const mine = ++this.turn;
    this.playing = true;
    let lastMs: number | undefined;
    const frame = (nowMs: number): void => {
      const { scrubS, nowS, speed } = this.run;
      if (mine !== this.turn) return;
      if (scrubS === undefined) return this.stop();
      const pace = speed === 'max' ? nowS / WHOLE_S : speed;
      this.run.scrubTo(scrubS + (pace * Math.min(LONGEST_MS, nowMs - (lastMs ?? nowMs))) / 1000);
      lastMs = nowMs;
      this.nextFrame(frame);
    };
    this.nextFrame(frame);
  }
}
