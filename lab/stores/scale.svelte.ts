import * as Comlink from 'comlink';
import type { FleetWorker } from '../../engine/runner/fleet-protocol.ts';
import { intervalSOf } from '../../engine/simulation/scenario.ts';
import { Fleet, type CellResult } from '../../engine/simulation/fleet.ts';
import { fleetRequest, scaleScenario, type ScaleChoice } from './scale-plan.ts';

export type ScalePhase = 'idle' | 'running' | 'paused' | 'cancelled' | 'failed' | 'done';

/** A worker that simulates cells, as the store needs it; a test passes its own. */
export interface FleetHand {
  remote: FleetWorker;
  end(): void;
}
/** `failed` hears of it when the worker cannot be loaded or dies. */
export type HireFleet = (failed: (message: string) => void) => FleetHand;

export const hireFleet: HireFleet = (failed) => {
  const worker = new Worker(new URL('../../engine/runner/fleet-worker.ts', import.meta.url), {
    type: 'module',
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    failed(
      event.message || 'The simulation’s program could not be loaded. See whether the server still runs.',
    );
  });
  return {
    remote: Comlink.wrap<FleetWorker>(worker) as unknown as FleetWorker,
    end: () => worker.terminate(),
  };
};

/** What is under way in a worker: requests so far, and share of the cell. */
interface UnderWay {
  requests: number;
  share: number;
}

const TELL_EVERY_MS = 250;

/** A fleet as the page sees it: its cells go to the workers one by one, and only their sum is kept. */
export class ScaleStore {
  phase = $state<ScalePhase>('idle');
  choice = $state.raw<ScaleChoice | undefined>();
  /** Grows when a cell has joined the sum. */
  cells = $state(0);
  /** Cells that are done, some of them waiting for an earlier one. */
  cellsDone = $state(0);
  /** Simulated, cells under way included. */
  requests = $state(0);
  /** Share of the work that is done, 0 to 1. */
  share = $state(0);
  /** Simulated requests a wall second, since the start, pauses left out. */
  requestsPerS = $state(0);
  leftS = $state<number | undefined>();
  /** Wall seconds of work, pauses left out. */
  workedS = $state(0);
  fingerprint = $state<string | undefined>();
  failure = $state<string | undefined>();
  /** Said politely; seldom. */
  announcement = $state('');
  /** Read `cells` first: it is not reactive by itself. */
  fleet = new Fleet(1);

  private hands: FleetHand[] = [];
  private underWay: (UnderWay | undefined)[] = [];
  /** Which cell each seat simulates. */
  private readonly at: number[] = [];
  private requestsDone = 0;
  private next = 0;
  /** Counts the runs: what comes of an earlier one is nobody's. */
  private turn = 0;
  private beganMs = 0;
  private workedBeforeMs = 0;
  private toldMs = -Infinity;
  private toldTenth = 0;

  constructor(
    private readonly hire: HireFleet = hireFleet,
    readonly workers = Math.max(1, navigator.hardwareConcurrency || 2),
    private readonly nowMs = (): number => performance.now(),
  ) {}

  get busy(): boolean {
    return this.phase === 'running' || this.phase === 'paused';
  }

  start(choice: ScaleChoice): void {
    this.dismiss();
    const rows = Math.ceil(scaleScenario.durationS / intervalSOf(scaleScenario) - 1e-9);
    this.fleet = new Fleet(rows);
    this.choice = choice;
    this.cells = this.cellsDone = this.requests = this.share = this.requestsPerS = this.workedS = 0;
    this.next = this.toldTenth = this.requestsDone = 0;
    this.fingerprint = this.failure = this.leftS = undefined;
    this.workedBeforeMs = 0;
    this.beganMs = this.nowMs();
    this.toldMs = -Infinity;
    this.phase = 'running';
    this.announcement = `Simulating ${choice.cells} cells.`;
    const hands = Math.min(this.workers, choice.cells);
    this.underWay = Array.from({ length: hands }, () => undefined);
    for (let i = 0; i < hands; i++) void this.work(i, this.turn, choice);
  }

  pause(): void {
    if (this.phase !== 'running') return;
    this.workedBeforeMs += this.nowMs() - this.beganMs;
    this.phase = 'paused';
    this.announcement = 'Paused.';
    for (const { remote } of this.hands) void remote.hold();
  }

  resume(): void {
    if (this.phase !== 'paused') return;
    this.beganMs = this.nowMs();
    this.phase = 'running';
    this.announcement = 'Going on.';
    for (const { remote } of this.hands) void remote.goOn();
  }

  /** What has joined the sum stays. */
  cancel(): void {
    if (!this.busy) return;
    this.tell(true);
    this.phase = 'cancelled';
    this.leftS = undefined;
    this.dismiss();
    this.requests = this.fleet.requests;
    this.announcement = `Cancelled. The sum is of ${this.cells} cells.`;
  }

  private async work(seat: number, turn: number, choice: ScaleChoice): Promise<void> {
    const fail = (message: string): void => {
      if (turn !== this.turn) return;
      this.dismiss();
      this.phase = 'failed';
      this.leftS = undefined;
      this.failure = message;
    };
    const hand = this.hire(fail);
    this.hands.push(hand);
    const request = fleetRequest(choice);
    try {
      while (turn === this.turn && this.next < choice.cells) {
        const cell = this.next++;
        const onProgress = Comlink.proxy((requests: number, share: number) => {
          // The last word of a cell may come after its end.
          if (turn !== this.turn || this.at[seat] !== cell) return;
          this.underWay[seat] = { requests, share };
          this.tell();
        });
        this.at[seat] = cell;
        const result = await hand.remote.run(request, cell, onProgress);
        this.at[seat] = -1;
        if (turn !== this.turn) return;
        this.underWay[seat] = undefined;
        this.take(result, choice);
      }
      hand.end();
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  }

  private take(result: CellResult, { cells }: ScaleChoice): void {
    this.fleet.add(result);
    this.requestsDone += result.requests;
    this.cells = this.fleet.cells;
    this.cellsDone = this.fleet.done;
    const ended = this.fleet.cells === cells;
    this.tell(ended);
    if (!ended) return;
    this.phase = 'done';
    this.share = 1;
    this.leftS = undefined;
    this.fingerprint = this.fleet.fingerprint();
    this.announcement = `Finished: ${this.fleet.requests.toLocaleString('en-US')} requests in ${Math.round(this.workedS)} seconds.`;
    this.hands = [];
  }

  private tell(now = false): void {
    const nowMs = this.nowMs();
    if (!now && nowMs - this.toldMs < TELL_EVERY_MS) return;
    this.toldMs = nowMs;
    const { cells } = this.choice!;
    const under = this.underWay.filter((one) => one !== undefined);
    this.requests = this.requestsDone + under.reduce((sum, { requests }) => sum + requests, 0);
    this.share = (this.fleet.done + under.reduce((sum, { share }) => sum + share, 0)) / cells;
    this.workedS = (this.workedBeforeMs + (this.phase === 'running' ? nowMs - this.beganMs : 0)) / 1000;
    this.requestsPerS = this.workedS > 0 ? this.requests / this.workedS : 0;
    this.leftS = this.share > 0.005 ? this.workedS * (1 / this.share - 1) : undefined;
    const tenth = Math.floor(this.share * 10);
    if (tenth > this.toldTenth && this.phase === 'running') {
      this.toldTenth = tenth;
      this.announcement = `${tenth * 10} percent.`;
    }
  }

  private dismiss(): void {
    this.turn++;
    for (const hand of this.hands) hand.end();
    this.hands = [];
    this.underWay = [];
  }
}

let store: ScaleStore | undefined;
/** One for the visit: it goes on while another page is open. */
export const scale = (): ScaleStore => (store ??= new ScaleStore());
