import { webHand } from '../../engine/runner/trial-web-hand.ts';
import {
  TrialFailure,
  TrialRunner,
  type TrialHand,
  type TrialProgress,
  type TrialSource,
} from '../../engine/runner/trial-runner.ts';
import { AblationRun, type AblationTrial } from '../../engine/tuning/ablation.ts';
import type { Attribution } from '../../engine/tuning/attribution.ts';
import { planOf, sameRuns, workersFor, type AblationChoice } from './ablation-plan.ts';

export type AblationPhase = 'idle' | 'running' | 'paused' | 'cancelled' | 'failed' | 'done';

/** Progress is written this often at most; the workers tell it more often. */
const TELL_EVERY_MS = 200;

/** An ablation as the page sees it: its trials go to workers, and what has come of them is kept whatever happens. */
export class AblationStore {
  phase = $state<AblationPhase>('idle');
  /** What is run, or was. */
  choice = $state.raw<AblationChoice | undefined>();
  run = $state.raw<AblationRun | undefined>();
  counts = $state.raw<AblationRun['progress']>({ trials: 0, done: 0, seeds: 0, seedsDone: 0 });
  /** Of `counts`, by itself: the result changes with it, and not with each run. */
  private seedsDone = $state(0);
  /** Share of all trials that is done, 0 to 1. */
  share = $state(0);
  /** Wall seconds; undefined as long as it cannot be told. */
  leftS = $state<number | undefined>();
  failure = $state.raw<{ message: string; place?: string } | undefined>();
  /** Said politely; seldom. */
  announcement = $state('');

  private stopping = new AbortController();

  constructor(
    private readonly hire: () => TrialHand = webHand,
    readonly workers = workersFor(navigator.hardwareConcurrency),
    private readonly nowMs = (): number => performance.now(),
  ) {}

  get busy(): boolean {
    return this.phase === 'running' || this.phase === 'paused';
  }

  /**
   * Where the figure's change comes from, by the seeds that are complete; null before the first is. Any figure, without a new run.
   * @throws InputError when some run has no value of it.
   */
  result(figure: string): Attribution | null {
    return this.seedsDone > 0 ? (this.run?.result(figure) ?? null) : null;
  }

  /** Ends when the trials have, or were stopped. Seeds that were run with the same settings before are not run again. @throws InputError */
  start(choice: AblationChoice): Promise<void> {
    const already = this.choice && sameRuns(this.choice, choice) ? this.run?.records() : [];
    const run = new AblationRun(planOf(choice), already);
    this.choice = choice;
    return this.go(run);
  }

  /** Trials under way are given up; they are run again after `resume`. */
  pause(): void {
    this.stop('paused', 'Paused.');
  }

  /** Also after a failure, and after `cancel`. */
  resume(): Promise<void> {
    if (this.phase === 'running' || !this.choice) return Promise.resolve();
    return this.go(new AblationRun(planOf(this.choice), this.run?.records()));
  }

  cancel(): void {
    const { seedsDone, seeds } = this.counts;
    this.stop(
      'cancelled',
      seedsDone > 0 ? `Cancelled. The result is of ${seedsDone} of ${seeds} seeds.` : 'Cancelled.',
    );
  }

  private stop(phase: AblationPhase, announcement: string): void {
    if (!this.busy) return;
    this.phase = phase;
    this.announcement = announcement;
    this.leftS = undefined;
    this.stopping.abort();
  }

  private async go(run: AblationRun): Promise<void> {
    this.stopping.abort();
    const stopping = (this.stopping = new AbortController());
    const runner = new TrialRunner(this.hire, this.workers);
    this.run = run;
    this.count(run);
    this.share = this.counts.done / this.counts.trials;
    this.leftS = this.failure = undefined;
    this.phase = 'running';
    const todo = this.counts.trials - this.counts.done;
    this.announcement = `Running ${todo} simulations.`;
    try {
      const end = await runner.run(this.sourceOf(run), {
        signal: stopping.signal,
        onProgress: this.teller(todo),
      });
      if (end === 'stopped') return;
      this.phase = 'done';
      this.share = 1;
      this.announcement = `Finished: all ${this.counts.seeds} seeds are in the result.`;
    } catch (error) {
      if (stopping.signal.aborted) return;
      this.phase = 'failed';
      this.leftS = undefined;
      this.failure = {
        message: error instanceof Error ? error.message : String(error),
        ...(error instanceof TrialFailure && error.place !== undefined ? { place: error.place } : {}),
      };
    } finally {
      runner.close();
    }
  }

  private count(run: AblationRun): void {
    this.counts = run.progress;
    this.seedsDone = this.counts.seedsDone;
  }

  private sourceOf(run: AblationRun): TrialSource<AblationTrial> {
    return {
      next: () => run.next(),
      done: (trial, outcome) => {
        run.done(trial, outcome);
        const { seedsDone: before } = this;
        this.count(run);
        if (before === 0 && this.seedsDone === 1 && this.counts.seeds > 1)
          this.announcement = 'The first seed is complete, and in the result.';
      },
      release: (trial) => run.release(trial),
    };
  }

  private teller(todo: number): (progress: TrialProgress) => void {
    const beganMs = this.nowMs();
    let toldMs = -Infinity;
    return ({ ended, underWay }) => {
      const nowMs = this.nowMs();
      if (nowMs - toldMs < TELL_EVERY_MS) return;
      toldMs = nowMs;
      const { trials } = this.counts;
      const gone = ended + underWay;
      this.share = (trials - todo + gone) / trials;
      this.leftS = ended > 0 ? ((todo - gone) * (nowMs - beganMs)) / gone / 1000 : undefined;
    };
  }
}

let store: AblationStore | undefined;
/** One for the visit: it goes on while another page is open, and coming back finds the result. */
export const ablation = (): AblationStore => (store ??= new AblationStore());
