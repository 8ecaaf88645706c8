/** Runs of one exercise: one at a time, each with a seed that is shown and can be run again. */
import { grade, type Entry } from '../../exercises/catalogue.ts';
import { openFrame } from '../../exercises/grader/host.ts';
import type { ConsoleLine } from '../../exercises/grader/verdict.ts';
import { outcomeOf, type Outcome } from './code-outcome.ts';
import { freshSeed } from './code-seed.ts';
import type { ProgressView } from './progress/progress.svelte.ts';

export interface Ran {
  outcome: Outcome;
  console: readonly ConsoleLine[];
  seed: number;
  tookMs: number;
  /** The text that was run. */
  source: string;
}

export class CodeRun {
  last = $state.raw<Ran>();
  running = $state(false);
  /** Why the tests could not be run at all. */
  fault = $state('');
  /** For the live region. */
  spoken = $state('');
  private stopper: AbortController | undefined;
  private readonly entry: Entry;
  private readonly starter: string;
  private readonly progress: ProgressView;

  constructor(entry: Entry, starter: string, progress: ProgressView) {
    this.entry = entry;
    this.starter = starter;
    this.progress = progress;
  }

  /** Runs `source`; undefined while another run goes on, and when this one was stopped by hand. */
  async run(source: string, seed = freshSeed()): Promise<Ran | undefined> {
    if (this.running) return undefined;
    this.running = true;
    this.fault = '';
    this.spoken = 'The tests run.';
    const stopper = (this.stopper = new AbortController());
    try {
      const { signal } = stopper;
      const verdict = await grade(this.entry, source, { seed, open: openFrame, signal });
      if (signal.aborted) {
        this.spoken = 'The run was stopped. The results are those of the run before.';
        return undefined;
      }
      const { exercise, id } = this.entry;
      const outcome = outcomeOf(exercise, verdict);
      this.last = { outcome, console: verdict.console, seed, tookMs: verdict.tookMs, source };
      this.spoken = outcome.spoken;
      const { hintsOpened, gaveUpAtMs } = this.progress.of(id);
      await this.progress.recordAttempt({
        exercise: id,
        atMs: Date.now(),
        kind: outcome.kind,
        seed,
        passed: outcome.passed,
        of: outcome.lines.length,
        objectives: outcome.objectives,
        changed: source.trim() !== this.starter.trim(),
        hintsOpened,
        gaveUp: gaveUpAtMs !== null,
      });
      return this.last;
    } catch (error) {
      // The grader turns all that code can do into a verdict: what is left is its own files that did not arrive.
      const why = error instanceof Error ? error.message : String(error);
      this.fault = `The tests could not be run: ${why.replace(/\.$/, '')}. Reload the page and run again.`;
      this.spoken = '';
      return undefined;
    } finally {
      this.running = false;
      this.stopper = undefined;
    }
  }

  stop(): void {
    this.stopper?.abort();
  }
}
