/** The messages between a page that looks at single requests of a run and the worker that simulates the run once more for it. Plain data. */
import type { TraceWindow } from '../simulation/request-trace.ts';
import type { RunRequest } from './protocol.ts';

export interface TraceRequest {
  /** With all levers pulled so far: it is the same run, request by request. */
  run: RunRequest;
  /** Those who arrive from here to there are traced. */
  fromS: number;
  toS: number;
  /** The run has come this far. What comes after may still be changed, so it is not looked at. */
  reachedS: number;
  /** Most requests that are traced. */
  most: number;
}

export interface TraceProgress {
  nowS: number;
  /** The end of the stretch; it goes on after that until the requests have ended. */
  toS: number;
  /** Requests traced so far. */
  found: number;
}

export type TraceReply =
  | { kind: 'window'; window: TraceWindow }
  | { kind: 'stopped' }
  /** An error crosses as data: as an Error it would lose its place. */
  | { kind: 'failed'; message: string; place?: string };

/** The worker's side, exposed through Comlink. One stretch at a time: the next one stops the one before. */
export interface TraceWorker {
  /** From now on it is told how far it is, seldom enough to be shown. */
  watch(onProgress: (progress: TraceProgress) => void): Promise<void>;
  trace(request: TraceRequest): Promise<TraceReply>;
  stop(): Promise<void>;
}
