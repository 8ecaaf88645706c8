import { webHand } from '../../engine/runner/trial-web-hand.ts';
import {
  TrialFailure,
  TrialRunner,
  type Trial,
  type TrialHand,
  type TrialSource,
} from '../../engine/runner/trial-runner.ts';
import {
  Comparison,
  contendersFor,
  FRESH_SEED,
  type Compared,
  type ComparisonRecord,
} from '../../engine/tuning/comparison.ts';
import { Tuner, type Standing } from '../../engine/tuning/tuner.ts';
import type { TunerRecord } from '../../engine/tuning/tuner-records.ts';
import { workersFor } from './ablation-plan.ts';
import { CHECK_SEEDS, planOf, sameRuns, type TuneChoice } from './tuner-plan.ts';
import { TunerSaved, type SavedSearch, type SavedState } from './tuner-saved.ts';

export type TunePhase = 'idle' | 'running' | 'paused' | 'cancelled' | 'failed' | 'done';

/** What the page shows of a search: written at most this often, since sorting the trials is not free. */
const TELL_EVERY_MS = 250;
/** Runs are kept this often, and whenever the search stops. */
const SAVE_EVERY_MS = 3000;

/** The search as it was when it was last looked at. */
export interface TuneView {
  /** Where the search is, in a few words. */
  step: string;
  best: Standing | null;
  baseline: Standing | null;
  /** The best first. */
  trials: readonly Standing[];
  failures: Tuner['failures'];
}

/** A search as the page sees it: its runs go to workers, and what has come of them is kept whatever happens. */
export class TunerStore {
  phase = $state<TunePhase>('idle');
  /** What is searched, or was. */
  choice = $state.raw<TuneChoice | undefined>();
  tuner = $state.raw<Tuner | undefined>();
  view = $state.raw<TuneView | undefined>();
  /** The winner beside the presets on fresh seeds; by the seeds that are complete. */
  check = $state.raw<readonly Compared[] | undefined>();
  counts = $state.raw({ runs: 0, expected: 0 });
  /** Share of all runs that is done, 0 to 1. */
  share = $state(0);
  /** Wall seconds; undefined as long as it cannot be told. */
  leftS = $state<number | undefined>();
  failure = $state.raw<{ message: string; place?: string } | undefined>();
  /** Said politely; seldom. */
  announcement = $state('');
  saved = $state.raw<SavedState>({ ok: true, text: '' });
  /** A search that an earlier visit left. */
  offer = $state.raw<SavedSearch | undefined>();

  private stopping = new AbortController();
  private comparison: Comparison | undefined;
  private readonly storage = new TunerSaved((state) => (this.saved = state));
  private looked = false;
  private savedMs = -Infinity;

  constructor(
    private readonly hire: () => TrialHand = webHand,
    readonly workers = workersFor(navigator.hardwareConcurrency),
    private readonly nowMs = (): number => performance.now(),
  ) {}

  get busy(): boolean {
    return this.phase === 'running' || this.phase === 'paused';
  }

  /** Looks, once a visit, for a search that an earlier one left. */
  async look(): Promise<void> {
    if (this.looked) return;
    this.looked = true;
    const kept = await this.storage.load();
    if (this.phase === 'idle') this.offer = kept;
  }

  /** Goes on with what was found; one that was done is shown without new runs. @throws InputError */
  takeUp(): Promise<void> {
    const { offer } = this;
    if (!offer) return Promise.resolve();
    this.offer = undefined;
    return this.begin(offer.choice, offer.records, offer.check);
  }

  async discard(): Promise<void> {
    this.offer = undefined;
    await this.storage.clear();
  }

  /** Ends when the search has, or was stopped. Runs of an earlier search that are asked for again are not made again. @throws InputError */
  start(choice: TuneChoice): Promise<void> {
    const own = this.choice && sameRuns(this.choice, choice);
    const kept = this.offer && sameRuns(this.offer.choice, choice) ? this.offer : undefined;
    this.offer = undefined;
    return this.begin(
      choice,
      own ? this.tuner?.records() : kept?.records,
      own ? this.comparison?.records() : kept?.check,
    );
  }

  /** Runs under way are given up; they are made again after `resume`. */
  pause(): void {
    this.stop('paused', 'Paused.');
  }

  /** Also after a failure, and after `cancel`. */
  resume(): Promise<void> {
    if (this.phase === 'running' || !this.tuner) return Promise.resolve();
    return this.go(this.tuner);
  }

  cancel(): void {
    this.stop('cancelled', 'Cancelled. What was found so far stays.');
  }

  private begin(
    choice: TuneChoice,
    records: readonly TunerRecord[] = [],
    check: readonly ComparisonRecord[] = [],
  ): Promise<void> {
    const tuner = new Tuner(planOf(choice), records);
    this.choice = choice;
    this.tuner = tuner;
    this.comparison = undefined;
    this.check = undefined;
    return this.go(tuner, check);
  }

  private stop(phase: TunePhase, announcement: string): void {
    if (!this.busy) return;
    this.phase = phase;
    this.announcement = announcement;
    this.leftS = undefined;
    this.stopping.abort();
    this.show();
    this.keep();
  }

  private async go(tuner: Tuner, check: readonly ComparisonRecord[] = []): Promise<void> {
    this.stopping.abort();
    const { signal } = (this.stopping = new AbortController());
    const runner = new TrialRunner(this.hire, this.workers);
    this.leftS = this.failure = undefined;
    this.phase = 'running';
    this.announcement = 'The search has begun.';
    this.show();
    const tell = this.teller();
    try {
      if ((await runner.run(this.watched(tuner), { signal, onProgress: tell })) === 'stopped') return;
      this.show();
      this.comparison ??= this.comparisonOf(tuner, check);
      if ((await runner.run(this.watched(this.comparison), { signal, onProgress: tell })) === 'stopped')
        return;
      this.phase = 'done';
      this.announcement = 'Finished: the winner was checked on fresh seeds.';
    } catch (error) {
      if (signal.aborted) return;
      this.phase = 'failed';
      this.failure = {
        message: error instanceof Error ? error.message : String(error),
        ...(error instanceof TrialFailure && error.place !== undefined ? { place: error.place } : {}),
      };
    } finally {
      runner.close();
    }
    this.leftS = undefined;
    this.show();
    this.keep();
  }

  private comparisonOf(tuner: Tuner, check: readonly ComparisonRecord[]): Comparison {
    const { goal, atS, rungs, scenario, best } = tuner;
    const { untilS } = rungs.at(-1)!;
    return new Comparison(
      {
        ...{ goal, untilS, scenario: this.choice!.scenario },
        contenders: contendersFor(scenario, best!.setting, atS, untilS),
        seeds: CHECK_SEEDS,
        firstSeed: FRESH_SEED,
      },
      check,
    );
  }

  /** The source, with a look at each step of it. */
  private watched<T extends Trial>(source: TrialSource<T>): TrialSource<T> {
    let step = this.view?.step;
    return {
      next: () => source.next(),
      done: (trial, outcome) => {
        source.done(trial, outcome);
        if (this.nowMs() - this.savedMs >= SAVE_EVERY_MS) this.keep();
        const now = this.step;
        if (now === step) return;
        step = now;
        this.show();
        this.announcement = `Now: ${now}.`;
      },
      failed: (trial, failure) => source.failed?.(trial, failure) ?? false,
      release: (trial) => source.release?.(trial),
    };
  }

  private get step(): string {
    const { tuner, comparison } = this;
    if (comparison) return 'checking the winner on fresh seeds';
    switch (tuner?.phase) {
      case 'searching':
        return `bracket ${tuner.bracketNow} of ${tuner.brackets}, ${LENGTHS[Math.min(tuner.rungNow, tuner.rungs.length - 1)] ?? ''} runs`;
      case 'leaving out':
        return 'leaving out what does nothing';
      case 'done':
        return 'the winner is found';
      default:
        return 'the scenario as it is';
    }
  }

  /** Takes what the page shows off the search. */
  private show(): void {
    const { tuner, comparison } = this;
    if (!tuner) return;
    const contenders = 2 + Object.keys(tuner.scenario.presets).length;
    const search = tuner.progress;
    const check = comparison?.progress ?? { runs: 0, expected: contenders * CHECK_SEEDS };
    this.counts = { runs: search.runs + check.runs, expected: search.expected + check.expected };
    this.share = this.counts.runs / this.counts.expected;
    this.check = comparison?.result() ?? undefined;
    this.view = {
      step: this.step,
      best: tuner.best,
      baseline: tuner.baseline,
      trials: tuner.trials(),
      failures: [...tuner.failures],
    };
  }

  private teller(): () => void {
    const beganMs = this.nowMs();
    const before = this.counts.runs;
    let toldMs = -Infinity;
    return () => {
      const nowMs = this.nowMs();
      if (nowMs - toldMs < TELL_EVERY_MS) return;
      toldMs = nowMs;
      this.show();
      const made = this.counts.runs - before;
      this.leftS =
        made > 0 ? ((this.counts.expected - this.counts.runs) * (nowMs - beganMs)) / made / 1000 : undefined;
    };
  }

  private keep(): void {
    const { choice, tuner, comparison, phase } = this;
    if (!choice || !tuner) return;
    this.savedMs = this.nowMs();
    void this.storage.save({
      choice: JSON.parse(JSON.stringify(choice)) as TuneChoice,
      done: phase === 'done',
      records: tuner.records(),
      check: comparison?.records() ?? [],
    });
  }
}

const LENGTHS = ['short', 'longer', 'the longest', 'many'];

let store: TunerStore | undefined;
/** One for the visit: it goes on while another page is open, and coming back finds the result. */
export const tunerStore = (): TunerStore => (store ??= new TunerStore());
