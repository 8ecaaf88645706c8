import type { RandomStream } from '../core/random.ts';

/** Wait before a retry. */
export interface Backoff {
  kind: 'none' | 'fixed' | 'exponential';
  baseMs: number;
  capMs: number;
  /** Full jitter draws uniformly between 0 and the backoff (exponential only). */
  jitter: 'full' | 'none';
  /** Least wait after a refusal. */
  refusedMs: number;
}

/**
 * Milliseconds to wait before retry number `retry` (1 is the first).
 * Source: Brooker, "Exponential Backoff and Jitter" (2015): min(cap, base × 2^(retry − 1)), full jitter.
 */
export function backoffMs(backoff: Backoff, retry: number, refused: boolean, random: RandomStream): number {
  const wait = unrefusedMs(backoff, retry, random);
  return refused ? Math.max(wait, backoff.refusedMs) : wait;
}

function unrefusedMs(backoff: Backoff, retry: number, random: RandomStream): number {
  if (backoff.kind === 'none') return 0;
  if (backoff.kind === 'fixed') return backoff.baseMs;
  let ms = backoff.baseMs;
  for (let i = 1; i < retry && ms < backoff.capMs; i++) ms *= 2;
  ms = Math.min(ms, backoff.capMs);
  return backoff.jitter === 'full' ? ms * random.uniform() : ms;
}

/**
 * Retry budget: a token bucket that first tries fill and retries empty, so that retries stay a share of the load
 * (Finagle's RetryBudget; Google SRE book, ch. 21). A state machine: time is passed in.
 */
export class RetryBudget {
  /** Tokens for each first try. */
  ratio: number;
  /** Tokens for each second, whatever the load. */
  minPerS: number;
  /** Most tokens that can be saved up; the bucket starts with a tenth of it. */
  burst: number;
  /** Retries that found the bucket empty, so far. */
  denied = 0;
  private tokens: number;
  private lastMs = 0;

  constructor(settings: { ratio: number; minPerS: number; burst: number }) {
    this.ratio = settings.ratio;
    this.minPerS = settings.minPerS;
    this.burst = settings.burst;
    this.tokens = settings.burst / 10;
  }

  onFirstTry(): void {
    this.tokens = Math.min(this.burst, this.tokens + this.ratio);
  }

  /** True when a retry may go now; takes its token. `nowMs` never goes back. */
  tryTake(nowMs: number): boolean {
    this.tokens = Math.min(this.burst, this.tokens + ((nowMs - this.lastMs) * this.minPerS) / 1000);
    this.lastMs = nowMs;
    if (this.tokens < 1) {
      this.denied++;
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
