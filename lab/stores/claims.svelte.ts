import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { CLAIMS } from '../../engine/claims/board.ts';
import { isOutside, type Claim } from '../../engine/claims/claim.ts';
import { ClaimsRun, type ClaimsTrial } from '../../engine/claims/claims-run.ts';
import type { ClaimResult } from '../../engine/claims/evaluate.ts';
import { webHand } from '../../engine/runner/trial-web-hand.ts';
import {
  TrialRunner,
  type TrialHand,
  type TrialProgress,
  type TrialSource,
} from '../../engine/runner/trial-runner.ts';
import { workersFor } from './ablation-plan.ts';
import { expectedS } from './claims-time.ts';

/** Progress is written this often at most; the workers tell it more often. */
const TELL_EVERY_MS = 200;

export type ClaimState =
  | { kind: 'idle' }
  | { kind: 'running'; done: number; of: number }
  | { kind: 'failed'; message: string }
  | { kind: 'done'; result: ClaimResult };

const IDLE: ClaimState = { kind: 'idle' };

/** The claims board as the page sees it: runs go to workers, and what has come of them is kept for the visit. */
export class ClaimsStore {
  busy = $state(false);
  /** Of the runs that were wanted since it was last idle. */
  counts = $state.raw({ done: 0, of: 0 });
  /** 0 to 1. */
  share = $state(0);
  /** Wall seconds; undefined as long as it cannot be told. */
  leftS = $state<number | undefined>();
  /** Why nothing could be run at all. */
  failure = $state<string | undefined>();
  /** Said politely; seldom. */
  announcement = $state('');

  private readonly run: ClaimsRun;
  /** Runs made so far: what others still take depends on it. */
  private made = $state(0);
  private readonly states = new SvelteMap<string, ClaimState>();
  /** Those that were asked for, and are told when they are there. */
  private readonly asked = new SvelteSet<string>();
  private stopping = new AbortController();

  constructor(
    readonly claims: readonly Claim[] = CLAIMS,
    private readonly hire: () => TrialHand = webHand,
    readonly workers = workersFor(navigator.hardwareConcurrency),
    private readonly nowMs = (): number => performance.now(),
  ) {
    this.run = new ClaimsRun(claims);
    for (const claim of claims) if (isOutside(claim)) this.refresh(claim);
  }

  stateOf({ id }: Claim): ClaimState {
    return this.states.get(id) ?? IDLE;
  }

  /** Those without a result. */
  get open(): Claim[] {
    return this.claims.filter((claim) => this.stateOf(claim).kind !== 'done');
  }

  /** Wall seconds that it takes to measure these, about; runs that are there already take none. */
  secondsFor(claims: readonly Claim[]): number {
    void this.made;
    return expectedS(this.run.missingRequests(claims), this.workers);
  }

  /** Ends when nothing is wanted any more. While others run, these come after them. */
  async measure(claims: readonly Claim[]): Promise<void> {
    for (const claim of claims) this.asked.add(claim.id);
    const added = this.run.want(claims);
    for (const claim of claims) this.refresh(claim);
    this.counts = { ...this.counts, of: this.counts.of + added };
    if (this.busy) return;
    if (added === 0) this.announcement = this.tellOf(claims);
    else await this.go(claims);
  }

  /** Runs under way are given up; results stay. */
  cancel(): void {
    if (!this.busy) return;
    this.run.forgetWanted();
    this.stopping.abort();
    this.announcement = 'Cancelled. What was measured stays.';
  }

  private async go(claims: readonly Claim[]): Promise<void> {
    const stopping = (this.stopping = new AbortController());
    const runner = new TrialRunner(this.hire, Math.min(this.workers, this.counts.of));
    this.busy = true;
    this.share = 0;
    this.leftS = this.failure = undefined;
    this.announcement = `Running ${this.counts.of} simulations.`;
    try {
      const end = await runner.run(this.source(), { signal: stopping.signal, onProgress: this.teller() });
      if (end === 'done') this.announcement = this.tellOf(claims);
    } catch (error) {
      this.run.forgetWanted();
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      runner.close();
      this.busy = false;
      this.counts = { done: 0, of: 0 };
      this.leftS = undefined;
      for (const claim of this.claims) this.refresh(claim);
    }
  }

  private source(): TrialSource<ClaimsTrial> {
    const ended = (): void => {
      this.counts = { ...this.counts, done: this.counts.done + 1 };
      for (const claim of this.claims) if (this.stateOf(claim).kind !== 'done') this.refresh(claim);
    };
    return {
      next: () => this.run.next(),
      release: (trial) => this.run.release(trial),
      done: (trial, outcome) => {
        this.run.done(trial, outcome);
        this.made++;
        ended();
      },
      failed: (trial, failure) => {
        this.run.failed(trial, failure);
        ended();
        return true;
      },
    };
  }

  private refresh(claim: Claim): void {
    const state = this.read(claim);
    if (state.kind === 'idle') this.states.delete(claim.id);
    else this.states.set(claim.id, state);
  }

  private read(claim: Claim): ClaimState {
    const { done, of, wanted } = this.run.progress(claim);
    if (of === 0 && !isOutside(claim) && !this.asked.has(claim.id)) return IDLE;
    if (done === of) return this.resultOf(claim);
    const message = this.run.failureOf(claim);
    if (message !== undefined) return { kind: 'failed', message };
    return wanted && this.asked.has(claim.id) ? { kind: 'running', done, of } : IDLE;
  }

  private resultOf(claim: Claim): ClaimState {
    try {
      return { kind: 'done', result: this.run.result(claim)! };
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  private tellOf(claims: readonly Claim[]): string {
    if (claims.length > 1) return `Finished: ${this.claims.length - this.open.length} claims have a verdict.`;
    const state = this.stateOf(claims[0]);
    return state.kind === 'done' ? `Finished: ${state.result.verdict.kind}.` : 'Finished.';
  }

  private teller(): (progress: TrialProgress) => void {
    const beganMs = this.nowMs();
    let toldMs = -Infinity;
    return ({ ended, underWay }) => {
      const nowMs = this.nowMs();
      if (nowMs - toldMs < TELL_EVERY_MS) return;
      toldMs = nowMs;
      const gone = ended + underWay;
      this.share = Math.min(1, gone / this.counts.of);
      this.leftS = ended > 0 ? ((this.counts.of - gone) * (nowMs - beganMs)) / gone / 1000 : undefined;
    };
  }
}

let store: ClaimsStore | undefined;
/** One for the visit: it goes on while another page is open, and coming back finds the results. */
export const claims = (): ClaimsStore => (store ??= new ClaimsStore());
