import type { PicoUsd } from '../cost/money.ts';
import type { Usage } from '../cost/task.ts';
import type { Job } from './job.ts';

/** Why a request gets no answer of a model. */
export type Refusal =
  /** A budget has no room left for its worst case. */
  | 'budget'
  /** Criticality: the measures in force serve others first. */
  | 'measures'
  | 'rule'
  /** Its input is longer than any model takes. */
  | 'input'
  /** The model's queue was full, or the call was dropped. */
  | 'failed';

/**
 * What a driver does for the gateway; `ref` is the driver's name for a request. All are called synchronously. Every request ends in exactly one
 * of `answered`, `refused` and `broken`, unless its caller has left before.
 */
export interface GatewayPort {
  /** Sends a call to a model for one request, or several in a batch. The driver says `ended` or `failed` for it later. */
  start(call: number, nowMs: number): void;
  /** Says `due(timer)` at that time, not before. Timers cannot be taken back; one that is not needed any more does nothing. */
  timer(timer: number, atMs: number): void;
  /** A call has been settled for this request. */
  paid(job: Job, usage: Usage, cost: PicoUsd): void;
  answered(ref: number, nowMs: number, job: Job): void;
  refused(ref: number, why: Refusal, nowMs: number, job: Job): void;
  /** What a task or a result says cannot be, for instance fewer input than cached tokens. Without this the error is thrown. */
  broken?(ref: number, error: unknown, nowMs: number, job: Job): void;
  /** The request waits for a batch or for the night; nothing is running for it. */
  held?(ref: number, why: 'batch' | 'off-peak', untilMs: number, job: Job): void;
}

/** What came of one request of a call. */
export interface Result {
  usage: Usage;
  /** The model's own confidence in its answer, 0 … 1; cascades look at it. */
  confidence: number;
}
