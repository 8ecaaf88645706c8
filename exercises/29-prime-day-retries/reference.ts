interface Question {
  attempt: number;
  nowMs: number;
  deadlineMs: number;
}

/** Tokens that a request brings, and the most that can be saved up. */
const SHARE = 0.005;
const MOST = 5;
/** Failures a second above which the trouble is not a retry's to mend. */
const CALM_PER_S = 2;

/** A retry budget, and none at all while failures come so fast that it is the system that fails. */
export class Retry {
  private tokens = 0;
  private failuresPerS = 0;
  private lastMs = 0;

  constructor(private readonly random: () => number) {}

  onRequest(): void {
    this.tokens = Math.min(MOST, this.tokens + SHARE);
  }

  next({ attempt, nowMs, deadlineMs }: Question): number | undefined {
    // Forgets over ten seconds.
    const passedS = (nowMs - this.lastMs) / 1000;
    this.failuresPerS = Math.max(0, this.failuresPerS * (1 - passedS / 10)) + 0.1;
    this.lastMs = nowMs;
    if (this.failuresPerS > CALM_PER_S || this.tokens < 1) return undefined;
    const waitMs = this.random() * Math.min(8000, 500 * 2 ** (attempt - 1));
    if (nowMs + waitMs >= deadlineMs) return undefined;
    this.tokens -= 1;
    return waitMs;
  }
}
