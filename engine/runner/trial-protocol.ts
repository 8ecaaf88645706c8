/** The messages between whoever wants many runs and a worker that makes them one after the other. Plain data. */
import type { Outcome } from '../tuning/outcome.ts';
import type { TrialRequest } from '../tuning/trial.ts';

/** What came of a trial. An error crosses as data: as an Error it would lose its place. */
export type TrialReply = { outcome: Outcome } | { failure: TrialFailureData };

export interface TrialFailureData {
  /** Fit for the learner. */
  message: string;
  /** What was wrong with the request; absent when the fault is not in the request. */
  place?: string;
}

/** The worker's side, exposed through Comlink. One trial at a time. */
export interface TrialWorker {
  /** From now on the share of the trial under way goes to `onProgress`, 0 to 1, seldom enough to be shown. */
  watch(onProgress: (share: number) => void): Promise<void>;
  run(request: TrialRequest): Promise<TrialReply>;
  /** The trial under way ends soon with the failure "stopped". */
  stop(): Promise<void>;
}
