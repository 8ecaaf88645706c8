import type { Entry } from '../../../../exercises/catalogue.ts';
import { textOfFile } from '../../../../exercises/catalogue.ts';
import { openFrame } from '../../../../exercises/grader/host.ts';
import { runReference } from '../../../../exercises/prime-day/references.ts';
import { runYours, type YoursEnd } from '../../../../exercises/prime-day/yours.ts';
import type { ContestantReport, Progress } from '../../../../engine/runner/learner-protocol.ts';
import { challengeOf, type Challenge, type ChallengeKind } from '../../../../engine/scenarios/challenges.ts';
import { solutions } from './solutions.ts';

export const YOURS = 'yours';
export const SOLUTION = 'solution';

export interface Contestant {
  id: string;
  title: string;
  /** One for each seed that is done, in the order of the seeds. */
  reports: ContestantReport[];
  /** Of all seeds. */
  share: number;
}

export type Failure = Exclude<YoursEnd, { kind: 'report' }>;

/** The learner's part and its references on the same seeds: the learner's and our solution in the sandbox, the rest beside it. */
export class PrimeDayRun {
  readonly challenge: Challenge;
  contestants = $state.raw<readonly Contestant[]>([]);
  seeds = $state.raw<readonly number[]>([]);
  running = $state(false);
  /** How the learner's part ended the run. */
  failure = $state.raw<Failure | undefined>();
  /** What went wrong on our side. */
  fault = $state<string | undefined>();
  /** The text that was run. */
  source = $state.raw<string | undefined>();
  progress = $state.raw<Progress | undefined>();
  private control: AbortController | undefined;

  constructor(
    private readonly entry: Entry,
    private readonly kind: ChallengeKind,
  ) {
    this.challenge = challengeOf(kind);
  }

  get share(): number {
    const { contestants } = this;
    return contestants.length === 0
      ? 0
      : contestants.reduce((sum, { share }) => sum + share, 0) / contestants.length;
  }

  async start(source: string, firstSeed: number, seedCount: number): Promise<void> {
    this.stop();
    const control = new AbortController();
    const { signal } = control;
    this.control = control;
    this.running = true;
    this.failure = this.fault = this.progress = undefined;
    this.source = source;
    this.seeds = Array.from({ length: seedCount }, (_, i) => firstSeed + i);
    this.contestants = [
      { id: YOURS, title: 'Yours', reports: [], share: 0 },
      ...this.challenge.references.map(({ id, title }) => ({ id, title, reports: [], share: 0 })),
      { id: SOLUTION, title: 'Our solution', reports: [], share: 0 },
    ];
    try {
      await Promise.all([this.inSandbox(source, signal), this.beside(signal)]);
    } catch (error) {
      if (!signal.aborted) this.fault = (error as Error).message;
    } finally {
      control.abort();
      if (this.control === control) this.running = false;
    }
  }

  stop(): void {
    this.control?.abort();
    this.control = undefined;
    this.running = false;
  }

  private async inSandbox(source: string, signal: AbortSignal): Promise<void> {
    for (const [done, seed] of this.seeds.entries()) {
      const report = await this.sandboxed(YOURS, done, source, seed, signal);
      if (!report) return;
      this.note(YOURS, report, signal);
    }
    const solution = await textOfFile(this.entry, 'reference.ts');
    for (const [done, seed] of this.seeds.entries()) {
      const name = `${this.kind} ${seed}`;
      const report = solutions.get(name) ?? (await this.sandboxed(SOLUTION, done, solution, seed, signal));
      if (!report) return;
      solutions.set(name, report);
      this.note(SOLUTION, report, signal);
    }
  }

  private async sandboxed(
    id: string,
    done: number,
    source: string,
    seed: number,
    signal: AbortSignal,
  ): Promise<ContestantReport | undefined> {
    const end = await runYours({
      source,
      order: { kind: this.kind, seed, reference: null },
      open: openFrame,
      signal,
      onProgress: (progress) => {
        if (id === YOURS && !signal.aborted) this.progress = progress;
        this.advance(id, done, progress.share, signal);
      },
    });
    if (end.kind === 'report') return end.report;
    if (signal.aborted) return undefined;
    if (id === YOURS) this.failure = end;
    else this.fault = `Our solution did not come to its end: ${end.message}`;
    // Nobody waits for the references of a run that has broken off.
    this.control?.abort();
    return undefined;
  }

  private async beside(signal: AbortSignal): Promise<void> {
    for (const [done, seed] of this.seeds.entries())
      for (const { id } of this.challenge.references) {
        const onProgress = ({ share }: Progress): void => this.advance(id, done, share, signal);
        this.note(
          id,
          await runReference({ kind: this.kind, seed, reference: id }, { signal, onProgress }),
          signal,
        );
      }
  }

  private advance(id: string, done: number, share: number, signal: AbortSignal): void {
    this.change(id, signal, (one) => ({ ...one, share: (done + share) / this.seeds.length }));
  }

  private note(id: string, report: ContestantReport, signal: AbortSignal): void {
    this.change(id, signal, (one) => {
      const reports = [...one.reports, report];
      return { ...one, reports, share: reports.length / this.seeds.length };
    });
  }

  private change(id: string, signal: AbortSignal, to: (one: Contestant) => Contestant): void {
    if (signal.aborted) return;
    this.contestants = this.contestants.map((one) => (one.id === id ? to(one) : one));
  }
}
