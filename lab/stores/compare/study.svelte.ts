import { webHand } from '../../../engine/runner/trial-web-hand.ts';
import { TrialRunner, type TrialHand, type TrialSource } from '../../../engine/runner/trial-runner.ts';
import type { Outcome } from '../../../engine/tuning/outcome.ts';
import { workersFor } from '../ablation-plan.ts';
import { keepStudy, keptStudy, type StudyKind } from './study-kept.ts';
import { studyTrials, widthOf, type Study, type StudyTrial } from './study-plan.ts';

export type StudyPhase = 'idle' | 'running' | 'cancelled' | 'failed' | 'done';

/** Progress is written this often at most. */
const TELL_EVERY_MS = 200;

/** A sweep, a study of seeds or a paired comparison as the page sees it. It goes on while another page is open. */
export class StudyStore {
  phase = $state<StudyPhase>('idle');
  study = $state.raw<Study | undefined>();
  /** Those that are complete, in order. */
  seeds = $state.raw<readonly number[]>([]);
  /** By value or run, then by seed. */
  outcomes = $state.raw<readonly (readonly Outcome[])[]>([]);
  done = $state(0);
  all = $state(0);
  /** 0 to 1. */
  share = $state(0);
  leftS = $state<number | undefined>();
  failure = $state('');

  private stopping = new AbortController();

  /** @param kind under which it is kept for a reload */
  constructor(
    private readonly kind: StudyKind,
    private readonly hire: () => TrialHand = webHand,
    readonly workers = workersFor(navigator.hardwareConcurrency),
    private readonly nowMs = (): number => performance.now(),
    private readonly storage = (): Storage => sessionStorage,
  ) {
    Object.assign(this, keptStudy(kind, storage));
  }

  /** Whether it is of these runs, the base first. */
  isOf(queries: readonly string[]): boolean {
    return this.study !== undefined && JSON.stringify(this.study.of) === JSON.stringify(queries);
  }

  holds(study: Study): boolean {
    return this.study !== undefined && JSON.stringify(this.study) === JSON.stringify(study);
  }

  /** Ends when the runs have, or were stopped. */
  async start(study: Study): Promise<void> {
    this.stopping.abort();
    const stopping = (this.stopping = new AbortController());
    const trials = studyTrials(study);
    const found: (Outcome | undefined)[][] = Array.from({ length: widthOf(study) }, () => []);
    Object.assign(this, {
      study,
      seeds: [],
      outcomes: [],
      done: 0,
      all: trials.length,
      share: 0,
      failure: '',
    });
    this.leftS = undefined;
    this.phase = 'running';
    const waiting = [...trials].reverse();
    const runner = new TrialRunner(this.hire, this.workers);
    const source: TrialSource<StudyTrial> = {
      next: () => waiting.pop() ?? null,
      done: (trial, outcome) => {
        found[trial.value]![trial.seed - study.base.seed] = outcome;
        this.done++;
        this.take(found, study);
      },
    };
    const beganMs = this.nowMs();
    let toldMs = -Infinity;
    try {
      const end = await runner.run(source, {
        signal: stopping.signal,
        onProgress: ({ ended, underWay }) => {
          const nowMs = this.nowMs();
          if (nowMs - toldMs < TELL_EVERY_MS || stopping.signal.aborted) return;
          toldMs = nowMs;
          const gone = ended + underWay;
          this.share = gone / trials.length;
          this.leftS = gone > 0 ? ((trials.length - gone) * (nowMs - beganMs)) / gone / 1000 : undefined;
        },
      });
      if (end !== 'stopped') this.end('done');
    } catch (error) {
      if (stopping.signal.aborted) return;
      this.phase = 'failed';
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      runner.close();
    }
  }

  cancel(): void {
    if (this.phase !== 'running') return;
    this.stopping.abort();
    this.end('cancelled');
  }

  private end(phase: 'done' | 'cancelled'): void {
    this.phase = phase;
    const { study, seeds, outcomes, done, all } = this;
    if (study)
      keepStudy(
        this.kind,
        { phase, study, seeds: [...seeds], outcomes: [...outcomes], done, all },
        this.storage,
      );
  }

  private take(found: readonly (readonly (Outcome | undefined)[])[], { seeds, base }: Study): void {
    const complete = Array.from({ length: seeds }, (_, s) => s).filter((s) => found.every((of) => of[s]));
    if (complete.length > (this.outcomes[0]?.length ?? 0))
      Object.assign(this, {
        seeds: complete.map((s) => base.seed + s),
        outcomes: found.map((of) => complete.map((s) => of[s]!)),
      });
  }
}

const stores: Partial<Record<StudyKind, StudyStore>> = {};
/** One of each kind for the visit. */
export const study = (kind: StudyKind): StudyStore => (stores[kind] ??= new StudyStore(kind));
