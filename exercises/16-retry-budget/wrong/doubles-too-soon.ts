// Wrong: the first wait is doubled already: the power counts failures from 1
// Says: After failure 1 the longest wait is 100 ms
interface Settings {
  baseMs: number;
  capMs: number;
  marginMs: number;
}

/** Hundredths of a token, so that all sums are whole. */
const cost = 100;
const mostSaved = 100 * cost;
const forFirstTry = 20;
const forMillisecond = 1;

export class RetryBudget {
  private saved = 10 * cost;
  private lastMs = 0;

  constructor(private readonly settings: Settings) {}

  firstTry(nowMs: number): void {
    this.refill(nowMs);
    this.add(forFirstTry);
  }

  tokens(nowMs: number): number {
    this.refill(nowMs);
    return Math.floor(this.saved / cost);
  }

  retry(failed: number, deadlineMs: number, nowMs: number, random: number): number | undefined {
    const { baseMs, capMs, marginMs } = this.settings;
    this.refill(nowMs);
    const waitMs = Math.floor(random * Math.min(capMs, baseMs * 2 ** failed));
    if (nowMs + waitMs > deadlineMs - marginMs || this.saved < cost) return undefined;
    this.saved -= cost;
    return waitMs;
  }

  private refill(nowMs: number): void {
    this.add((nowMs - this.lastMs) * forMillisecond);
    this.lastMs = nowMs;
  }

  private add(hundredths: number): void {
    this.saved = Math.min(mostSaved, this.saved + hundredths);
  }
}
