import { proxy } from 'comlink';
import type { Frame, Pull, RunReport } from '../../engine/runner/protocol.ts';
import type { Scenario } from '../../engine/simulation/scenario.ts';
import { connectWorker, type Connect, type Connection } from './connection.ts';
import { pullsOf, type ReportChoice } from './report-plan.ts';
import type { RunStore } from './run.svelte.ts';

export type ReportPhase = 'idle' | 'running' | 'cancelled' | 'failed' | 'done';

/** A report and the run that it is of. */
export interface ShownReport extends RunReport {
  /** Where it ran: in the lab, or for this report alone. */
  from: 'lab' | 'own';
  /** With defaults. */
  scenario: Scenario;
}

/** A load test as the page sees it: a run of its own in a worker of its own, or the report of the run in the lab. */
export class ReportStore {
  phase = $state<ReportPhase>('idle');
  choice = $state.raw<ReportChoice | undefined>();
  shown = $state.raw<ShownReport | undefined>();
  /** Of the run under way, 0 to 1. */
  share = $state(0);
  failure = $state.raw<string | undefined>();
  /** Said politely; seldom. */
  announcement = $state('');

  private connection: Connection | undefined;
  /** Counts the runs: a frame of an earlier one may still be under way. */
  private turn = 0;

  constructor(private readonly connect: Connect = connectWorker) {}

  /** Runs a scenario to its end; resolves when its report is there, or it was cancelled or failed. */
  async start(choice: ReportChoice): Promise<void> {
    const turn = this.begin();
    this.choice = choice;
    this.phase = 'running';
    this.share = 0;
    this.failure = undefined;
    this.announcement = 'The load test has begun.';
    try {
      const pulls: Pull[] = pullsOf(choice);
      this.connection = this.connect((message) => this.fail(turn, message));
      const { simulation } = this.connection;
      let ended: () => void = () => undefined;
      const end = new Promise<void>((resolve) => (ended = resolve));
      let durationS = Infinity;
      const info = await simulation.open(
        { scenario: choice.scenario, seed: choice.seed, pulls },
        proxy((frame: Frame) => {
          if (turn !== this.turn) return;
          this.share = frame.nowS / durationS;
          if (frame.state === 'failed')
            this.fail(turn, frame.error?.message ?? 'The simulation stopped and gave no reason.');
          if (frame.state === 'done') ended();
        }),
      );
      durationS = info.scenario.durationS;
      await simulation.play('max');
      await end;
      const report = await simulation.loadReport();
      if (turn !== this.turn) return;
      this.shown = { ...report, from: 'own', scenario: info.scenario };
      this.phase = 'done';
      this.announcement = 'Finished: the report is there.';
      this.end();
    } catch (error) {
      this.fail(turn, error instanceof Error ? error.message : String(error));
    }
  }

  cancel(): void {
    if (this.phase !== 'running') return;
    this.begin();
    this.phase = 'cancelled';
    this.announcement = 'Cancelled.';
  }

  /** Shows the report of the run in the lab as far as it is. */
  async show(run: RunStore): Promise<void> {
    if (!run.info || !run.alive || this.phase === 'running') return;
    const turn = this.begin();
    const { scenario } = run.info;
    try {
      const report = await run.loadReport();
      if (turn !== this.turn) return;
      this.shown = { ...report, from: 'lab', scenario };
      this.failure = undefined;
      this.phase = 'done';
    } catch (error) {
      this.fail(turn, error instanceof Error ? error.message : String(error));
    }
  }

  private begin(): number {
    this.end();
    return ++this.turn;
  }

  private end(): void {
    this.connection?.end();
    this.connection = undefined;
  }

  private fail(turn: number, message: string): void {
    if (turn !== this.turn) return;
    this.begin();
    this.failure = message;
    this.phase = 'failed';
  }
}

let store: ReportStore | undefined;
/** One for the visit: it goes on while another page is open, and coming back finds the result. */
export const reportStore = (): ReportStore => (store ??= new ReportStore());
