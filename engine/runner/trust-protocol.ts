/** The messages between the page of checks and the worker that makes them. Plain data. */
import type { Check, CheckResult } from '../trust/check.ts';

/** What the page shows of a check before it is run. */
export type CheckInfo = Omit<Check, 'run'>;

/** What came of a file with a trace: the misses, beside the published ones. */
export interface TraceCheck {
  /** Of the published trace that it is. */
  name: string;
  source: string;
  requests: number;
  result: CheckResult;
}

/** The worker's side, exposed through Comlink. One thing at a time. */
export interface TrustWorker {
  checks(): Promise<CheckInfo[]>;
  /** `onProgress` hears the share done, 0 to 1, at most once a percent. Rejects with "stopped" after `stop`. */
  run(id: string, onProgress: (share: number) => void): Promise<CheckResult>;
  /** Reads a trace and replays it with every policy whose misses are published. Rejects with what was wrong, fit for the reader. */
  replay(file: File, onProgress: (share: number) => void): Promise<TraceCheck>;
  stop(): Promise<void>;
}
