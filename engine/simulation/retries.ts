import { RandomStream } from '../core/random.ts';
import { backoffMs, RetryBudget } from '../latency/retry.ts';
import type { CallerSettings } from './caller-schema.ts';
import type { Requests } from './calls.ts';
import { RENEWAL } from './outcomes.ts';
import { MOST_TRIES, type RetryPlugIn } from './plug-ins.ts';

/** How long callers wait for a try, and whether and when they try again. */
export class Retries {
  readonly budget: RetryBudget;
  private readonly random: RandomStream;

  constructor(
    private readonly settings: CallerSettings,
    private readonly requests: Requests,
    seed: number,
    private readonly plugIn: RetryPlugIn | null = null,
  ) {
    this.budget = new RetryBudget(settings.retryBudget);
    this.random = new RandomStream(seed, 'backoff');
  }

  onFirstTry(nowMs: number): void {
    this.budget.onFirstTry();
    if (this.plugIn !== null) this.plugIn.onFirstTry(nowMs);
  }

  /** When the caller of a try that begins now gives it up. */
  endOfTry(request: number, nowMs: number): number {
    return Math.min(nowMs + (this.settings.timeoutMs ?? Infinity), this.deadlineOf(request));
  }

  /** Wait before the next try, after one that failed; −1: there is none. */
  waitMs(request: number, refused: boolean, nowMs: number): number {
    const { settings } = this;
    const deadlineMs = this.deadlineOf(request);
    const retry = this.requests.tries[request]!;
    if (nowMs >= deadlineMs || this.requests.demand[request] === RENEWAL) return -1;
    if (retry > (this.plugIn === null ? settings.retries : MOST_TRIES - 1)) return -1;
    if (this.plugIn === null && settings.retryBudget.on && !this.budget.tryTake(nowMs)) return -1;
    const waitMs =
      this.plugIn === null
        ? backoffMs(settings.backoff, retry, refused, this.random)
        : this.plugIn.waitMs(retry, refused, nowMs, deadlineMs);
    // Whoever could not try again in time need not wait for it.
    return nowMs + waitMs < deadlineMs ? waitMs : -1;
  }

  private deadlineOf(request: number): number {
    return this.requests.intendedMs[request]! + (this.settings.deadlineMs ?? Infinity);
  }
}
